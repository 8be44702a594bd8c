"""The states of a registration, how long each is kept, and how often one may be made."""

from datetime import timedelta
from enum import StrEnum

from feedforward.accounts.limits import Limit
from feedforward.web.typed_text import is_blank

# How long the link in the letter is good; without a mail server an administrator has a month to confirm.
LINK_LASTS = timedelta(hours=24)
UNCONFIRMED_LASTS = timedelta(days=30)
SETTLED_LASTS = timedelta(days=30)
REGISTRATIONS = Limit("registration", 3, 20, timedelta(hours=1))
LONGEST_MESSAGE = 2000


class RegistrationStatus(StrEnum):
    """`asked`: the address is not confirmed yet; `waiting`: an administrator decides; `dropped`: given up, or overtaken
    by another registration of the same address."""

    ASKED = "asked"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    DROPPED = "dropped"


OPEN = (RegistrationStatus.ASKED, RegistrationStatus.WAITING)


def problem_with_message(message: str) -> str | None:
    """Why this cannot be sent to somebody who is rejected; None where it can."""
    if is_blank(message):
        return "Say in a sentence why; it is sent to the person."
    if len(message) > LONGEST_MESSAGE:
        return f"Use at most {LONGEST_MESSAGE:,} characters."
    return None
