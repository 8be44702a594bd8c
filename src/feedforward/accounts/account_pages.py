"""A person's own account: the overview, and the pages on which address and password are changed."""

from collections.abc import Mapping
from datetime import datetime

from feedforward import urls
from feedforward.accounts.account_queries import OwnAccount, SessionView
from feedforward.accounts.browsers import browser_in_words
from feedforward.accounts.password_rules import ADVICE, LEAST_PASSWORD, MOST_PASSWORD
from feedforward.accounts.proving import Means, proof_parts
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, button_row, link_button
from feedforward.ui.dates import ago
from feedforward.ui.elements import A, Child, P, Strong
from feedforward.ui.fields import email_field, password_field, text_field
from feedforward.ui.forms import form
from feedforward.ui.layout import ListItem, item_list, page_head, reading, section, stack
from feedforward.ui.navigation import Link
from feedforward.ui.notices import Notice, NoticeKind, notice

UTC = "UTC"
ACCOUNT_LINK = Link("Your account", urls.account())
PASSWORD_HINT = f"{LEAST_PASSWORD} to {MOST_PASSWORD} characters, any of them. {ADVICE}"


def account_body(
    *, account: OwnAccount, name: str, now: datetime, errors: Mapping[str, str], institutions: Child = None
) -> Child:
    """Name, address, password, second step, mail, and the browsers that are signed in."""
    return reading(
        page_head(title="Your account", lead=f"You sign in as {account.email}."),
        section(
            title="Name",
            body=form(
                action=urls.rename_account(), errors=errors, submit="Save the name", submit_kind=ButtonKind.QUIET,
                fields=text_field(
                    name="name", label="The name others see", value=name, autocomplete="name", max_length=200,
                    error=errors.get("name"),
                ),
            ),
        ),
        section(title="E-mail address", body=_email(account)),
        section(
            title="Password",
            body=button_row(link_button("Change the password", href=urls.change_password(), kind=ButtonKind.QUIET)),
        ),
        section(title="Sign-in at your institution", body=institutions) if institutions else None,
        section(title="Second step", body=_second_step(account)),
        section(title="Letters to you", body=P(A("Choose what you get by e-mail", href=urls.mail_settings()))),
        section(title="Calendar", body=P(A("Take your deadlines into your calendar", href=urls.calendar()))),
        section(
            title="Where you are signed in",
            lead="A browser you do not know? End it, and change your password.",
            body=stack(
                _sessions(account.sessions, now),
                button_row(button_form(action=urls.end_all_sessions(), label="Sign out everywhere")),
            ),
        ),
    )  # fmt: skip


def _email(account: OwnAccount) -> Child:
    waiting = None
    if account.new_email is not None:
        waiting = notice(
            Notice(
                (Strong(account.new_email), " waits for its confirmation: open the link in the letter sent there."),
                NoticeKind.PERSON,
                actions=button_form(action=urls.drop_email_change(), label="Keep the present address"),
            )
        )
    change = link_button("Change the address", href=urls.change_email(), kind=ButtonKind.QUIET)
    return stack(P(account.email), waiting, button_row(change))


def _second_step(account: OwnAccount) -> Child:
    factor = account.factor
    if factor is not None and factor.confirmed_at is not None:
        words: Child = (badge("On", tone=Tone.DONE), f" {factor.codes_left} recovery codes are left.")
    else:
        words = "Off. An authenticator app on your phone protects your account even if somebody learns your password."
    return stack(
        P(words),
        button_row(link_button("Look at the second step", href=urls.second_factor(), kind=ButtonKind.QUIET)),
    )


def _sessions(sessions: tuple[SessionView, ...], now: datetime) -> Child:
    return item_list(
        label="Browsers that are signed in",
        items=[
            ListItem(
                browser_in_words(each.browser),
                badges=(badge("This browser", tone=Tone.ACTIVE),) if each.this_one else (),
                detail=("signed in ", ago(each.created_at, UTC, now), ", last seen ", ago(each.seen_at, UTC, now)),
                actions=None
                if each.this_one
                else button_form(action=urls.end_session(each.handle), label="End this one"),
            )
            for each in sessions
        ],
    )


def change_password_body(*, means: Means, errors: Mapping[str, str]) -> Child:
    """Who it is, and the new password: typed only once that is known, since a password is never kept in a page."""
    proof = proof_parts(means, errors, submit="Change the password")
    return (
        page_head(title="Change the password", lead="Every other browser is signed out. You stay signed in here."),
        form(
            action=urls.change_password(), submit=proof.submit, more=proof.more, errors=errors,
            fields=(
                proof.fields,
                password_field(
                    name="new_password", label="New password", new=True, hint=PASSWORD_HINT,
                    error=errors.get("new_password"),
                )
                if proof.submit
                else None,
            ),
        ),
    )  # fmt: skip


def change_email_body(
    *, email: str, present: str, sends_mail: bool, whom: str, means: Means, errors: Mapping[str, str]
) -> Child:
    """The new address, and who it is; without a mail server, whom to ask."""
    proof = proof_parts(means, errors, submit="Send the link")
    head = page_head(title="Change the e-mail address", lead=f"Your present address is {present}.")
    if not sends_mail:
        return (
            head,
            P("This installation sends no mail, so a new address cannot be confirmed here."),
            P(f"{whom} They can change it for you."),
        )
    return (
        head,
        P("We send a link to the new address. It is used once you opened the link; until then nothing changes."),
        form(
            action=urls.change_email(), submit=proof.submit, more=proof.more, errors=errors,
            fields=(
                email_field(label="New address", value=email, autocomplete="email", error=errors.get("email")),
                proof.fields,
            ),
        ),
    )  # fmt: skip


def confirm_email_body(*, token: str, address: str) -> Child:
    """One press, because mail programs open links by themselves."""
    return (
        page_head(title="Use this address"),
        P("From now on you sign in as ", Strong(address), ", and letters go there. The old address is told."),
        button_row(
            button_form(
                action=urls.confirm_email(), label="Use this address", kind=ButtonKind.PRIMARY, fields={"token": token}
            )
        ),
    )


def undo_email_body(*, token: str, address: str) -> Child:
    """What undoing does, and the button."""
    return (
        page_head(title="Undo the change of address"),
        P(
            "Your account goes back to ",
            Strong(address),
            ". Every browser is signed out, and you choose a new password.",
        ),
        button_row(
            button_form(action=urls.undo_email(), label="Undo it", kind=ButtonKind.PRIMARY, fields={"token": token})
        ),
    )


def link_over_body(*, what_next: Child) -> Child:
    """A link that is unknown, used or over."""
    return (
        page_head(title="This link does not work any more"),
        P("It was used already, is over, or was not copied whole. Nothing was changed."),
        P(what_next),
    )
