"""What a message is, in words: its kind, its topic, its status, and when it is tried again."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """Security mail goes to whom it concerns whatever they chose; a notice respects what they chose."""

    SECURITY = "security"
    NOTICE = "notice"


class Topic(StrEnum):
    """What people choose a frequency for."""

    FEEDBACK_RELEASED = "feedback_released"
    REMINDERS = "reminders"
    ENROLMENTS = "enrolments"
    DRAFTS_WAITING = "drafts_waiting"
    SOMETHING_FAILED = "something_failed"


class Frequency(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


class MailStatus(StrEnum):
    """`unsent`: there was no reason or no way to send it, which is no failure; `code` says which."""

    WAITING = "waiting"
    HELD = "held"
    FOLDED = "folded"
    SENT = "sent"
    LAID_OUT = "laid_out"
    UNSENT = "unsent"
    FAILED = "failed"
    GIVEN_UP = "given_up"


# What whoever caused a message is told about.
UNDELIVERED = (MailStatus.FAILED, MailStatus.GIVEN_UP)


class MailCode(StrEnum):
    """Why a message stands where it stands; the mail server's own answers are kept as `smtp_451`."""

    NO_SERVER = "no_server"
    NO_RECIPIENT = "no_recipient"
    NOT_WANTED = "not_wanted"
    NOT_NEEDED = "not_needed"
    UNKNOWN_TEMPLATE = "unknown_template"
    CANNOT_BE_WRITTEN = "cannot_be_written"
    UNREACHABLE = "unreachable"
    NO_ENCRYPTION = "no_encryption"
    SIGN_IN_REFUSED = "sign_in_refused"


USUAL_FREQUENCY = {
    Topic.FEEDBACK_RELEASED: Frequency.AT_ONCE,
    Topic.REMINDERS: Frequency.AT_ONCE,
    Topic.ENROLMENTS: Frequency.AT_ONCE,
    Topic.DRAFTS_WAITING: Frequency.DAILY,
    Topic.SOMETHING_FAILED: Frequency.AT_ONCE,
}


# What somebody turns off from a digest: every topic they get daily.
ALL_DAILY = "digest"


@dataclass(frozen=True, slots=True)
class Template:
    """A letter a feature can post; the feature declares it, and wiring says who writes it.

    `topic` is for notices that people can turn off. `may_be_laid_out`: without a mail server it is written into a
    folder that administrators read, which only an invitation may be. After `lasts` without success it is given up.
    """

    name: str
    kind: Kind
    topic: Topic | None = None
    may_be_laid_out: bool = False
    lasts: timedelta = timedelta(days=3)

    def __post_init__(self) -> None:
        if self.topic is not None and self.kind is Kind.SECURITY:
            raise ValueError(f"{self.name}: nobody can turn off security mail, so it has no topic")


# A claim holds this long: what a killed worker had in hand is tried again after it.
CLAIM_LASTS = timedelta(minutes=3)
LONGEST_PAUSE = timedelta(minutes=5)


def pause_after(tries: int) -> timedelta:
    """How long to wait after the n-th try failed for now: 15 s, 30 s, 1, 2, 4, then 5 minutes each time.

    Five minutes at most: an hour of silence must not be followed by another.
    """
    return min(timedelta(seconds=15 * 2 ** min(tries - 1, 10)), LONGEST_PAUSE)
