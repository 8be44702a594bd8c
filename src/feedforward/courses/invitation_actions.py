"""What instructors do with invitations: invite, send again, make a link to hand over, revoke, remove."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from feedforward.accounts.tables import User
from feedforward.audit.record import record, record_each
from feedforward.courses.invitation_letters import INVITATION
from feedforward.courses.invitation_rules import LASTS, InvitationStatus, InvitedAs
from feedforward.courses.queries import require_may_change
from feedforward.courses.roster_rows import RosterRow
from feedforward.courses.tables import Invitation, InvitationToken
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.mail.outbox import post, post_each
from feedforward.web.sessions import hash_of, new_token

CANNOT_GO_OUT = "This invitation was taken up or removed meanwhile. Look at the list again."
_INVITE = insert(Invitation)
_AGAIN = update(Invitation).where(Invitation.id == bindparam("invitation"))
_POSTED = _AGAIN.values(message_id=bindparam("letter"))
BATCH = 500


def invite_each(
    connection: Connection, *, staff_id: int, course_id: int, role: InvitedAs,
    people: Sequence[tuple[RosterRow, SealedAddress, int | None]], now: datetime,
) -> None:  # fmt: skip
    """Invite these people, or again those whose invitation (the third of each) is over, and post the letters. The
    caller has checked that `staff_id` may."""
    fresh = [row for row, _, earlier in people if earlier is None]
    same = {
        "status": InvitationStatus.OPEN, "created_by": staff_id, "invited_at": now, "expires_at": now + LASTS,
        "settled_at": None, "link_made_at": None, "joined_as": None,
    }  # fmt: skip
    if fresh:
        # Without their ids back, which would make a statement of every row; they are found by their addresses.
        connection.execute(_INVITE, [{**_values(row), **same, "course_id": course_id, "role": role} for row in fresh])
    again = [{**_values(row), **same, "invitation": earlier} for row, _, earlier in people if earlier is not None]
    if again:
        end_tokens(connection, [each["invitation"] for each in again], now)
        connection.execute(_AGAIN, again)
    ids = _ids_of(connection, course_id, role, [row.email for row in fresh])
    numbered = [(earlier if earlier is not None else ids[row.email], address) for row, address, earlier in people]
    letters = post_each(
        connection, template=INVITATION, to=[(address, {"invitation_id": each}) for each, address in numbered],
        asked_by=staff_id, now=now,
    )  # fmt: skip
    pairs = [(each, letter) for (each, _), letter in zip(numbered, letters, strict=True)]
    if pairs:
        connection.execute(_POSTED, [{"invitation": each, "letter": letter} for each, letter in pairs])
    record_each(
        connection, at=now, actor_id=staff_id, action="invitation.add", subject=("course", course_id),
        details=[{"invitation": each, "as": str(role)} for each, _ in pairs],
    )  # fmt: skip


def _ids_of(connection: Connection, course_id: int, role: InvitedAs, emails: Sequence[str]) -> dict[str, int]:
    return {
        row.email: row.id
        for start in range(0, len(emails), BATCH)
        for row in connection.execute(
            select(Invitation.email, Invitation.id).where(
                Invitation.course_id == course_id, Invitation.role == role,
                Invitation.email.in_(emails[start : start + BATCH]),
            )
        )
    }  # fmt: skip


def _values(row: RosterRow) -> dict[str, Any]:
    return {"email": row.email, "name": row.name, "section": row.section, "student_number": row.number}


def end_tokens(connection: Connection, invitations: Sequence[int], now: datetime) -> None:
    """Void every link of these invitations."""
    for start in range(0, len(invitations), BATCH):
        connection.execute(
            update(InvitationToken)
            .where(
                InvitationToken.invitation_id.in_(invitations[start : start + BATCH]),
                InvitationToken.ended_at.is_(None),
            )
            .values(ended_at=now)
        )


def settle_open(
    connection: Connection, *, course_id: int, people: Sequence[int], role: InvitedAs, become: InvitationStatus,
    now: datetime,
) -> None:  # fmt: skip
    """End what still invites these people to this course: who came in otherwise, or was sent away, must not
    come back by an old link."""
    for start in range(0, len(people), BATCH):
        some = list(people[start : start + BATCH])
        rows = connection.execute(
            select(Invitation.id, User.id.label("person"))
            .join(User, User.email == Invitation.email)
            .where(
                Invitation.course_id == course_id, Invitation.status == InvitationStatus.OPEN, Invitation.role == role,
                User.id.in_(some),
            )
        ).all()  # fmt: skip
        for row in rows:
            joined = {"joined_as": row.person} if become is InvitationStatus.JOINED else {}
            connection.execute(
                update(Invitation).where(Invitation.id == row.id).values(status=become, settled_at=now, **joined)
            )
        end_tokens(connection, [row.id for row in rows], now)


def send_again(
    connection: Connection, *, staff_id: int, course_id: int, invitation_id: int, address: SealedAddress, now: datetime
) -> None:
    """A new letter, good for 30 days from now; also for an invitation that was revoked or is over. RuleBroken where it
    was taken up meanwhile."""
    require_may_change(connection, staff_id, course_id)
    message_id = post(
        connection, template=INVITATION, to=address, ids={"invitation_id": invitation_id}, asked_by=staff_id, now=now
    )
    sent = update(Invitation).where(
        Invitation.id == invitation_id, Invitation.course_id == course_id,
        Invitation.status.in_((InvitationStatus.OPEN, InvitationStatus.REVOKED)),
    )  # fmt: skip
    if not connection.execute(
        sent.values(
            status=InvitationStatus.OPEN, expires_at=now + LASTS, message_id=message_id, settled_at=None,
            created_by=staff_id,
        )
    ).rowcount:  # fmt: skip
        raise RuleBroken(CANNOT_GO_OUT)
    _note(connection, staff_id, course_id, invitation_id, "invitation.send", now)


def make_link(connection: Connection, *, staff_id: int, course_id: int, invitation_id: int, now: datetime) -> str:
    """The token of a link to hand over, in clear for this once; it voids the link made before, not the letter's."""
    require_may_change(connection, staff_id, course_id)
    made = connection.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation_id, Invitation.course_id == course_id,
            Invitation.status == InvitationStatus.OPEN,
        )
        .values(link_made_at=now, expires_at=now + LASTS)
    ).rowcount  # fmt: skip
    if not made:
        raise RuleBroken(CANNOT_GO_OUT)
    connection.execute(
        update(InvitationToken)
        .where(
            InvitationToken.invitation_id == invitation_id, InvitationToken.message_id.is_(None),
            InvitationToken.ended_at.is_(None),
        )
        .values(ended_at=now)
    )  # fmt: skip
    token = new_token()
    connection.execute(
        insert(InvitationToken).values(
            token_hash=hash_of(token), invitation_id=invitation_id, message_id=None, made_at=now, expires_at=now + LASTS
        )
    )
    _note(connection, staff_id, course_id, invitation_id, "invitation.link", now)
    return token


def revoke_invitation(
    connection: Connection, *, staff_id: int, course_id: int, invitation_id: int, now: datetime
) -> None:
    """Void its links; it stays in the list. RuleBroken where it is not open any more."""
    _settle(connection, staff_id, course_id, invitation_id, now, InvitationStatus.REVOKED, (InvitationStatus.OPEN,))
    _note(connection, staff_id, course_id, invitation_id, "invitation.revoke", now)


def remove_invitation(
    connection: Connection, *, staff_id: int, course_id: int, invitation_id: int, now: datetime
) -> None:
    """Take it out of the list and forget the person; its row stands on with its id alone."""
    _settle(
        connection, staff_id, course_id, invitation_id, now, InvitationStatus.REMOVED,
        (InvitationStatus.OPEN, InvitationStatus.REVOKED, InvitationStatus.JOINED),
        email=None, name="", section="", student_number="", deleted_at=now,
    )  # fmt: skip
    _note(connection, staff_id, course_id, invitation_id, "invitation.remove", now)


def _settle(
    connection: Connection, staff_id: int, course_id: int, invitation_id: int, now: datetime,
    become: InvitationStatus, come_from: tuple[InvitationStatus, ...], **more: Any,
) -> None:  # fmt: skip
    require_may_change(connection, staff_id, course_id)
    settled = connection.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation_id, Invitation.course_id == course_id, Invitation.status.in_(come_from),
        )
        .values(status=become, settled_at=now, **more)
    ).rowcount  # fmt: skip
    if not settled:
        raise RuleBroken(CANNOT_GO_OUT)
    end_tokens(connection, [invitation_id], now)


def _note(
    connection: Connection, staff_id: int, course_id: int, invitation_id: int, action: str, now: datetime
) -> None:
    record(
        connection, at=now, actor_id=staff_id, action=action, subject=("course", course_id), invitation=invitation_id
    )


def optional_invitation_id(connection: Connection, course_id: int, email: str, role: InvitedAs) -> int | None:
    """The invitation of this address in this course and role, whatever became of it."""
    return _ids_of(connection, course_id, role, [email]).get(email)
