"""What terms of service and a privacy policy may hold, and the words that stand for this installation's settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from feedforward.web.typed_text import is_blank

LONGEST_TERMS = 40_000
# In braces, so that a text without any needs no care: "{retention_days}".
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
PLACEHOLDERS: Mapping[str, str] = {
    "institution": "the name of the institution",
    "contact": "whom people ask for help",
    "where_data_lies": "where texts and accounts are kept",
    "models": "the language models that are connected",
    "mail": "whether letters are sent, and through which server",
    "retention_days": "days after release until a text is erased",
    "unreleased_days": "days after the due date until a text whose feedback was never released is erased",
    "session_hours": "hours after which everybody is signed out",
    "idle_minutes": "minutes without a request after which a browser is signed out",
    "registration": "who can make an account",
}
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class Terms:
    """One edition in Markdown; version 0 is the one that comes with FeedForward and was never published."""

    version: int
    terms: str
    privacy: str


def _flowing(text: str) -> str:
    """Each paragraph on one line, as people edit it in a field."""
    return "\n\n".join(part if part.startswith(("- ", "#")) else part.replace("\n", " ") for part in text.split("\n\n"))


DEFAULT = Terms(
    0,
    terms=_flowing("""\
FeedForward here is run by {institution}. {contact}

## Your account

{registration} Keep your password to yourself. What is done from your account counts as done by you; tell the people
who run it when you think that somebody else uses it. You are signed out after {session_hours} hours, or {idle_minutes}
minutes without a request.

## What you may do

- Hand in texts you wrote yourself, in courses you were invited to.
- Use feedback for your own learning. What teachers and readers wrote about your text is meant for you.
- Do not try to reach what belongs to others, and do not hand in what is unlawful.

## What you can rely on

People decide: nothing a language model says about a text reaches its writer before an instructor has released it. What
happens with texts stands in the privacy policy, from the settings in force.

## When an account ends

You can ask for your account to be closed and deleted. Accounts can be deactivated where these terms are not kept; the
people who run FeedForward here say why when you ask.
"""),
    privacy=_flowing("""\
FeedForward here is run by {institution}. {contact}

We keep what the work needs: your name and e-mail address, the courses you teach or study in, your drafts and what
people and readers wrote about them, and a record of what was done, by numbers, without texts. {where_data_lies}

{models} {mail}

A text is erased {retention_days} days after its feedback was released; a text whose feedback was never released,
{unreleased_days} days after the due date. You can ask to see what is kept about you, to have it corrected, and to have
your account deleted.
"""),
)


def problem_with_terms(text: str) -> str | None:
    """Why this cannot be published; None where it can."""
    if is_blank(text):
        return "Write the text; people have to be able to read what they accept."
    if len(text) > LONGEST_TERMS:
        return f"Use at most {LONGEST_TERMS:,} characters."
    unknown = sorted({name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS})
    if unknown:
        return f"There is no placeholder {{{unknown[0]}}}. Those below can be used; anything else would stay as it is."
    return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """The Markdown with every placeholder replaced; values are plain words, so what Markdown would read in them is
    escaped."""
    return _PLACEHOLDER.sub(lambda found: _plain(values.get(found[1], found[0])), text)


def _plain(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)
