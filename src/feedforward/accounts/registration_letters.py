"""The letters about registering: confirm the address, or that there is an account already; let in, or not."""

from datetime import timedelta

from sqlalchemy import Connection, select, update

from feedforward import urls
from feedforward.accounts.queries import is_taken
from feedforward.accounts.registration_rules import LINK_LASTS, RegistrationStatus
from feedforward.accounts.tables import Registration
from feedforward.mail.letters import Letter, LetterLink, Message, Writer
from feedforward.mail.rules import Kind, Template
from feedforward.web.sessions import hash_of, new_token

CONFIRM_REGISTRATION = Template("confirm_registration", Kind.SECURITY, lasts=LINK_LASTS)
REGISTRATION_APPROVED = Template("registration_approved", Kind.SECURITY)
REGISTRATION_REJECTED = Template("registration_rejected", Kind.SECURITY, lasts=timedelta(days=3))

_HAS_ACCOUNT = Letter(
    subject="You have an account already",
    paragraphs=(
        "Somebody asked for an instructor’s account with this address. There is one already, so nothing was changed.",
    ),
    link=LetterLink("Sign in", urls.sign_in()),
    after=("Forgotten the password? The sign-in page sends a link. If that was not you, leave this letter.",),
)
_WAITS_ALREADY = Letter(
    subject="Your registration waits already",
    paragraphs=(
        "Somebody asked for an instructor’s account with this address. An earlier request is confirmed and waits for "
        "an administrator; nothing was changed. You get a letter when they have decided.",
    ),
)


def _write_confirm(connection: Connection, message: Message) -> Letter | None:
    asking = Registration.id == message.ids["registration_id"], Registration.status == RegistrationStatus.ASKED
    email = connection.execute(select(Registration.email).where(*asking)).scalar_one_or_none()
    if email is None:
        return None
    # Looked at here and not when it was asked: the page must not take longer for one of the two.
    if is_taken(connection, email):
        connection.execute(update(Registration).where(*asking).values(**_dropped(message)))
        return _HAS_ACCOUNT
    waiting = select(Registration.id).where(
        Registration.email == email, Registration.status == RegistrationStatus.WAITING
    )
    if connection.execute(waiting).first() is not None:
        connection.execute(update(Registration).where(*asking).values(**_dropped(message)))
        return _WAITS_ALREADY
    token = new_token()
    connection.execute(update(Registration).where(*asking).values(token_hash=hash_of(token)))
    return Letter(
        subject="Confirm your address",
        paragraphs=(
            "Somebody asked for an instructor’s account with this address. To go on, open the link and type the "
            "password you chose. It works once, for a day.",
        ),
        link=LetterLink("Confirm this address", urls.confirm_registration(token)),
        after=("If that was not you, leave this letter: without the link there will be no account.",),
    )


def _dropped(message: Message) -> dict[str, object]:
    return {"status": RegistrationStatus.DROPPED, "settled_at": message.now, "password_hash": "", "token_hash": None}


def _write_approved(connection: Connection, message: Message) -> Letter | None:
    return Letter(
        subject="Your account is ready",
        paragraphs=("An administrator approved your registration. Sign in with the password you chose.",),
        link=LetterLink("Sign in", urls.sign_in()),
    )


def _write_rejected(connection: Connection, message: Message) -> Letter | None:
    words = connection.execute(
        select(Registration.message).where(
            Registration.id == message.ids["registration_id"], Registration.status == RegistrationStatus.REJECTED
        )
    ).scalar_one_or_none()
    if words is None:
        return None
    return Letter(
        subject="Your registration was not approved",
        paragraphs=(
            "You asked for an instructor’s account. An administrator looked at it and did not approve it. They say:",
            *(each.strip() for each in words.split("\n") if each.strip()),
        ),
        after=("What you sent us is deleted within a month.",),
    )


def registration_letters() -> tuple[Writer, ...]:
    """Who writes each letter about registering."""
    return (
        Writer(CONFIRM_REGISTRATION, _write_confirm),
        Writer(REGISTRATION_APPROVED, _write_approved),
        Writer(REGISTRATION_REJECTED, _write_rejected),
    )
