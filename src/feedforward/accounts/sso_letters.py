"""The letters about single sign-on: security mail, which nobody can turn off."""

from datetime import timedelta

from sqlalchemy import Connection

from feedforward import urls
from feedforward.accounts.token_actions import mint
from feedforward.accounts.token_rules import TokenKind
from feedforward.mail.letters import Letter, LetterLink, Message, Writer
from feedforward.mail.rules import Kind, Template

SIGN_ON_PROOF = Template("sign_on_proof", Kind.SECURITY, lasts=timedelta(minutes=15))
SIGN_ON_CHANGED = Template("sign_on_changed", Kind.SECURITY)
_WORDS = {
    "on": "Your account was connected to your sign-in at your institution: it opens your account from now on.",
    "off": "A connection of your account to a sign-in at an institution was ended: it opens your account no more.",
}


def _write_proof(connection: Connection, message: Message) -> Letter | None:
    if message.to.user_id is None:
        return None
    token = mint(connection, kind=TokenKind.SIGN_ON, user_id=message.to.user_id, now=message.now)
    return Letter(
        subject="Connect your sign-in",
        paragraphs=(
            "Somebody signed in at your institution and says that your account here is theirs. If that was you, open "
            "the link in the browser you used there. It works once, for a quarter of an hour.",
        ),
        link=LetterLink("Connect and sign in", urls.sign_on_proof(token)),
        after=("If that was not you, nothing has changed and you can leave this letter.",),
    )


def _write_changed(connection: Connection, message: Message) -> Letter | None:
    return Letter(
        subject="How you sign in has changed",
        paragraphs=(_WORDS[message.ids["what"]],),
        link=LetterLink("Look at your account", urls.account()),
        after=("If that was not you, choose a new password now and end every connection you do not know.",),
    )


def sign_on_letters() -> tuple[Writer, ...]:
    """Who writes each letter about single sign-on."""
    return (Writer(SIGN_ON_PROOF, _write_proof), Writer(SIGN_ON_CHANGED, _write_changed))
