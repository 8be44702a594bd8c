"""The one layout of every letter: the same words as plain text and as HTML, and a head nothing can be slipped into."""

import hashlib
import hmac
import textwrap
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from feedforward import urls
from feedforward.mail.addresses import Recipient, is_plain_address
from feedforward.mail.letters import CannotBeWritten, Letter

WIDTH = 72
LONGEST_SUBJECT = 200
# Colours are the reader's own but for the link: a mail program in dark mode has nothing to invert.
STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 24px; font-family: system-ui, sans-serif; font-size: 16px; line-height: 1.5; }
main { max-width: 36em; margin: 0 auto; }
a { color: #0f766e; }
.go { font-weight: 600; }
footer { margin-top: 32px; padding-top: 12px; border-top: 1px solid #8888; font-size: 14px; }
@media (prefers-color-scheme: dark) { a { color: #5eead4; } }
"""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who letters come from: our address, where answers go ("": to it), and the address of this installation."""

    address: str
    reply_to: str
    site: str
    secret: str = field(repr=False)

    def message_id(self, number: int) -> str:
        """The same for every try of a message, so that a second copy is recognised; nobody can guess the next one."""
        signed = hmac.new(self.secret.encode(), f"message:{number}".encode(), hashlib.sha256).hexdigest()[:20]
        return f"<feedforward-{number}-{signed}@{ascii_address(self.address).rpartition('@')[2]}>"


def compose(
    letter: Letter, *, to: Recipient, number: int, sender: Sender, unsubscribe: str | None, now: datetime
) -> EmailMessage:
    """`unsubscribe` is the token of a notice's topic; None for what nobody can turn off. CannotBeWritten where the
    subject or the address could not stand in a message's head."""
    if not letter.subject.isprintable() or not 0 < len(letter.subject) <= LONGEST_SUBJECT:
        raise CannotBeWritten("The subject of a letter is one line.")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name="FeedForward", addr_spec=ascii_address(sender.address))
    message["To"] = Address(display_name=one_line(to.name), addr_spec=ascii_address(to.email))
    if sender.reply_to:
        message["Reply-To"] = Address(addr_spec=ascii_address(sender.reply_to))
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = sender.message_id(number)
    message["Auto-Submitted"] = "auto-generated"
    if unsubscribe is not None:
        message["List-Unsubscribe"] = f"<{sender.site}{urls.unsubscribe(unsubscribe)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(as_text(letter, to, sender.site, unsubscribe), cte="quoted-printable")
    message.add_alternative(as_html(letter, to, sender.site, unsubscribe), subtype="html", cte="quoted-printable")
    return message


def as_text(letter: Letter, to: Recipient, site: str, unsubscribe: str | None) -> str:
    parts = [_wrapped(_greeting(to)), *(_wrapped(each) for each in letter.paragraphs)]
    if letter.link is not None:
        parts.append(f"{letter.link.label}:\n{site}{letter.link.path}")
    parts += [f"- {each.label}\n  {site}{each.path}" for each in letter.items]
    parts += [_wrapped(each) for each in letter.after]
    # "-- " and a line end: what mail programs know as the end of the letter.
    foot = [f"-- \nFeedForward, {site}"]
    if unsubscribe is not None:
        foot += [
            f"Choose what you are told:\n{site}{urls.mail_settings()}",
            f"No more mail of this kind:\n{site}{urls.unsubscribe(unsubscribe)}",
        ]
    return "\n\n".join([*parts, "\n".join(foot)]) + "\n"


def as_html(letter: Letter, to: Recipient, site: str, unsubscribe: str | None) -> str:
    parts = [f"<p>{escape(each)}</p>" for each in (_greeting(to), *letter.paragraphs)]
    if letter.link is not None:
        parts.append(f'<p class="go">{_anchor(letter.link.label, site + letter.link.path)}</p>')
    if letter.items:
        parts += ["<ul>", *(f"<li>{_anchor(each.label, site + each.path)}</li>" for each in letter.items), "</ul>"]
    parts += [f"<p>{escape(each)}</p>" for each in letter.after]
    foot = f"FeedForward, {_anchor(site, site)}"
    if unsubscribe is not None:
        choose = _anchor("Choose what you are told", site + urls.mail_settings())
        foot += f"<br>{choose} · {_anchor('No more mail of this kind', site + urls.unsubscribe(unsubscribe))}"
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(letter.subject)}</title><style>{STYLE}</style></head>\n<body><main>\n"
        + "\n".join(parts)
        + f"\n<footer>{foot}</footer>\n</main></body>\n</html>\n"
    )


def ascii_address(email: str) -> str:
    """The address with its domain as mail servers know it; CannotBeWritten where it is none."""
    local, _, domain = email.rpartition("@")
    try:
        ready = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        ready = ""
    if not is_plain_address(ready):
        raise CannotBeWritten("The address of a letter is none that mail can go to.")
    return ready


def one_line(name: str) -> str:
    """A name without line breaks and other characters nobody sees."""
    return " ".join("".join(each if each.isprintable() else " " for each in name).split())


def _greeting(to: Recipient) -> str:
    name = one_line(to.name)
    return f"Dear {name}," if name else "Hello,"


def _wrapped(paragraph: str) -> str:
    return textwrap.fill(" ".join(paragraph.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


def _anchor(label: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(label)}</a>'
