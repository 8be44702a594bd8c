"""Invitations: how long they are good, what they may be, and what somebody who opens one is told."""

from datetime import datetime, timedelta
from enum import StrEnum

from feedforward.accounts.limits import Limit
from feedforward.courses.rules import CourseStatus

LASTS = timedelta(days=30)
# A class joins from one room at the same time: what succeeds counts no more.
JOINS = Limit("join", 10, 120)


class InvitedAs(StrEnum):
    STUDENT = "student"
    TUTOR = "tutor"


class InvitationStatus(StrEnum):
    """`open` is expired once its time is over; `removed` keeps a row without the person."""

    OPEN = "open"
    JOINED = "joined"
    REVOKED = "revoked"
    REMOVED = "removed"


class Offer(StrEnum):
    """What a link is worth now."""

    GOOD = "good"
    USED = "used"
    REVOKED = "revoked"
    REPLACED = "replaced"
    EXPIRED = "expired"
    CLOSED = "closed"


def offer_of(
    *, status: InvitationStatus, course: CourseStatus, ended: bool, expires_at: datetime, now: datetime
) -> Offer:
    """What the link is worth; `ended`: this link itself was voided, by its use or by a newer one."""
    if status is InvitationStatus.JOINED:
        return Offer.USED
    if status is not InvitationStatus.OPEN:
        return Offer.REVOKED
    if course in (CourseStatus.ARCHIVED, CourseStatus.DELETED):
        return Offer.CLOSED
    if expires_at <= now:
        return Offer.EXPIRED
    return Offer.REPLACED if ended else Offer.GOOD
