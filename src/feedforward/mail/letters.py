"""What a feature says when its letter is written: a subject, sentences, and one link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from feedforward.errors import FeedForwardError
from feedforward.mail.addresses import Recipient
from feedforward.mail.rules import Template


class CannotBeWritten(FeedForwardError):
    """A letter that must not or cannot be sent as it is, such as one whose subject has two lines."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the writer of a letter is given: whom it goes to, the ids it was posted with, who caused it."""

    id: int
    template: str
    to: Recipient
    ids: Mapping[str, Any]
    asked_by: int | None
    posted_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class LetterLink:
    """`path` is a path of this site (from `urls`); the installation's address is put before it."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text only: the layout makes text and HTML of it and escapes what must be.

    `paragraphs` stand before the link and the list of `items`, `after` behind them. In a digest a notice is its subject
    and its link.
    """

    subject: str
    paragraphs: tuple[str, ...]
    link: LetterLink | None = None
    after: tuple[str, ...] = ()
    items: tuple[LetterLink, ...] = ()


WriteLetter = Callable[[Connection, Message], Letter | None]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes the letters of a template, inside a transaction of its own just before they are sent.

    `write` may write rows (mint a token, keep its hash). It returns None where there is nothing to say any more
    (a revoked invitation). It may be called again for the same message: after an answer such as 451, or after a crash.
    """

    template: Template
    write: WriteLetter


Letters = Mapping[str, Writer]


def letters(*writers: Writer) -> Letters:
    """Name of the template → its writer; ValueError where two share a name."""
    by_name = {each.template.name: each for each in writers}
    if len(by_name) < len(writers):
        raise ValueError("two letters have the same name")
    return by_name
