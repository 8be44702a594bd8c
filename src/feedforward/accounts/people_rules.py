"""The words people are found by, and what an administrator may ask of the list of people."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from feedforward.web.access import Role

LONGEST_KEY = 100
MOST_WORDS = 3


class AccountStatus(StrEnum):
    """Where an account stands in its life."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """What the list is asked for. `status` None: active and inactive ones; `before` is the last id of the page before
    (None: the first page)."""

    words: str = ""
    role: Role | None = None
    status: AccountStatus | None = None
    before: int | None = None


def folded_words(text: str) -> str:
    """Without accents and capitals, as keys are compared."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def keys_of(name: str, email: str) -> set[str]:
    """What this person is found by: each word of the name, each part of a double name, the address, “@” and its domain.

    Keys of a name have at most 100 characters, those of an address at most 254.
    """
    words = folded_words(name).split()
    parts = [part for word in words for part in word.split("-")]
    return {each[:LONGEST_KEY] for each in (*words, *parts) if each} | {email, "@" + email.rpartition("@")[2]}


def searched_words(text: str) -> tuple[str, ...]:
    """The beginnings that must all be found, at most three; empty: everybody."""
    return tuple(word[:LONGEST_KEY] for word in folded_words(text).split())[:MOST_WORDS]
