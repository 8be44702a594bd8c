"""The letters about an account: all of them security mail, which nobody can turn off."""

from datetime import timedelta

from sqlalchemy import Connection, select

from feedforward import urls
from feedforward.accounts.tables import EmailChange, User
from feedforward.accounts.token_actions import mint
from feedforward.accounts.token_rules import TokenKind
from feedforward.mail.letters import Letter, LetterLink, Message, WriteLetter, Writer
from feedforward.mail.rules import Kind, Template

PASSWORD_RESET = Template("password_reset", Kind.SECURITY, lasts=timedelta(hours=6))
PASSWORD_CHANGED = Template("password_changed", Kind.SECURITY)
CONFIRM_EMAIL = Template("confirm_email", Kind.SECURITY, lasts=timedelta(hours=24))
EMAIL_CHANGE_ASKED = Template("email_change_asked", Kind.SECURITY)
EMAIL_CHANGED = Template("email_changed", Kind.SECURITY)
SECOND_FACTOR_CHANGED = Template("second_factor_changed", Kind.SECURITY)
CODES_PAUSED = Template("codes_paused", Kind.SECURITY)

NOT_YOU = "If that was not you, choose a new password now and look at the browsers that are signed in to your account."
LEAVE_IT = "If that was not you, nothing has changed and you can leave this letter."
_FACTOR_WORDS = {
    "on": "Signing in to your account now takes a code from your authenticator app besides your password.",
    "off": "Signing in to your account no longer takes a code from an authenticator app.",
    "removed": "An administrator removed the authenticator app from your account, as somebody had asked them to.",
    "new_codes": "New recovery codes were made for your account; the earlier ones are worth nothing any more.",
    "code_used": "Somebody signed in to your account with one of your recovery codes. That code is used up.",
}


def _write_password_changed(connection: Connection, message: Message) -> Letter | None:
    return Letter(
        subject="Your password was changed",
        paragraphs=("The password of your account was changed, and every other browser was signed out.",),
        link=LetterLink("Choose a new password", urls.forgotten_password()),
        after=(NOT_YOU,),
    )


def _write_email_change_asked(connection: Connection, message: Message) -> Letter | None:
    return Letter(
        subject="Another address for your account",
        paragraphs=(
            "Somebody who knows your password asked to use another e-mail address for your account. Nothing has "
            "changed yet: the new address has to be confirmed first.",
        ),
        link=LetterLink("Look at your account", urls.account()),
        after=(NOT_YOU,),
    )


def _write_second_factor_changed(connection: Connection, message: Message) -> Letter | None:
    return Letter(
        subject="How you sign in has changed",
        paragraphs=(_FACTOR_WORDS[message.ids["what"]],),
        link=LetterLink("Look at your account", urls.account()),
        after=(NOT_YOU,),
    )


def _write_codes_paused(connection: Connection, message: Message) -> Letter | None:
    return Letter(
        subject="Wrong codes for your account",
        paragraphs=(
            "Somebody who knows your password gave several wrong codes for the second step of signing in. They were "
            "not let in, and nobody can try again for a quarter of an hour.",
        ),
        link=LetterLink("Choose a new password", urls.forgotten_password()),
        after=("If that was you, you need not do anything.",),
    )


def password_reset_writer(*, refuse_demonstration: bool) -> WriteLetter:
    """The letter with the link; None where the address has no account that may sign in: then nothing is sent."""

    def write(connection: Connection, message: Message) -> Letter | None:
        row = connection.execute(
            select(User.id, User.demonstration).where(User.email == message.to.email, User.status == "active")
        ).one_or_none()
        if row is None or (row.demonstration and refuse_demonstration):
            return None
        token = mint(connection, kind=TokenKind.RESET, user_id=row.id, now=message.now)
        return Letter(
            subject="Choose a new password",
            paragraphs=("Somebody asked for a new password for your account. The link works once, for 45 minutes.",),
            link=LetterLink("Choose a new password", urls.reset_password(token)),
            after=(LEAVE_IT,),
        )

    return write


def _write_confirm_email(connection: Connection, message: Message) -> Letter | None:
    change = connection.execute(
        select(EmailChange.user_id, EmailChange.new_email).where(
            EmailChange.id == message.ids["change_id"], EmailChange.status == "open"
        )
    ).one_or_none()
    if change is None:
        return None
    token = mint(
        connection, kind=TokenKind.EMAIL_CONFIRM, user_id=change.user_id, email=change.new_email, now=message.now
    )
    return Letter(
        subject="Confirm your new address",
        paragraphs=("This address was named as the new one of an account. The link works once, for a day.",),
        link=LetterLink("Use this address", urls.confirm_email(token)),
        after=("If you did not ask for this, leave this letter: without the link nothing changes.",),
    )


def _write_email_changed(connection: Connection, message: Message) -> Letter | None:
    change = connection.execute(
        select(EmailChange.user_id, EmailChange.old_email).where(
            EmailChange.id == message.ids["change_id"], EmailChange.status == "done"
        )
    ).one_or_none()
    if change is None:
        return None
    token = mint(connection, kind=TokenKind.EMAIL_UNDO, user_id=change.user_id, email=change.old_email, now=message.now)
    return Letter(
        subject="The address of your account was changed",
        paragraphs=("Your account now has another e-mail address, and letters no longer come here.",),
        link=LetterLink("Undo this", urls.undo_email(token)),
        after=(
            "If that was not you, undo it: the link works for a week. It signs out every browser and lets you choose a "
            "new password.",
        ),
    )


def account_letters(*, refuse_demonstration: bool) -> tuple[Writer, ...]:
    """Who writes each letter about an account."""
    return (
        Writer(PASSWORD_RESET, password_reset_writer(refuse_demonstration=refuse_demonstration)),
        Writer(PASSWORD_CHANGED, _write_password_changed),
        Writer(CONFIRM_EMAIL, _write_confirm_email),
        Writer(EMAIL_CHANGE_ASKED, _write_email_change_asked),
        Writer(EMAIL_CHANGED, _write_email_changed),
        Writer(SECOND_FACTOR_CHANGED, _write_second_factor_changed),
        Writer(CODES_PAUSED, _write_codes_paused),
    )
