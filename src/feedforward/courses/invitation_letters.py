"""The letters about the people of a course: an invitation, and that a course has another owner."""

from sqlalchemy import Connection, insert, select, update

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.courses.invitation_rules import InvitationStatus, InvitedAs
from feedforward.courses.rules import CourseStatus
from feedforward.courses.tables import Course, Invitation, InvitationToken
from feedforward.mail.letters import Letter, LetterLink, Message, Writer
from feedforward.mail.rules import Kind, Template
from feedforward.web.sessions import hash_of, new_token

INVITATION = Template("invitation", Kind.SECURITY, may_be_laid_out=True)
NEW_OWNER = Template("course_owner_changed", Kind.SECURITY)
LONGEST_LINE = 120


def write_invitation(connection: Connection, message: Message) -> Letter | None:
    """None where it was revoked, taken up or is over. The link of this letter voids those of letters before it; a copy
    of the same letter keeps both, because nobody knows which one arrived."""
    row = connection.execute(
        select(
            Invitation.id, Invitation.role, Invitation.expires_at, Course.code, Course.title, User.name.label("inviter")
        )
        .join(Course, Course.id == Invitation.course_id)
        .join(User, User.id == Invitation.created_by)
        .where(
            Invitation.id == message.ids["invitation_id"], Invitation.status == InvitationStatus.OPEN,
            Invitation.expires_at > message.now,
            Course.status.not_in((CourseStatus.ARCHIVED, CourseStatus.DELETED)),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    connection.execute(
        update(InvitationToken)
        .where(
            InvitationToken.invitation_id == row.id, InvitationToken.message_id.is_not(None),
            InvitationToken.message_id != message.id, InvitationToken.ended_at.is_(None),
        )
        .values(ended_at=message.now)
    )  # fmt: skip
    token = new_token()
    connection.execute(
        insert(InvitationToken).values(
            token_hash=hash_of(token), invitation_id=row.id, message_id=message.id, made_at=message.now,
            expires_at=row.expires_at,
        )
    )  # fmt: skip
    course = one_line(f"{row.code} {row.title}")
    last_day = row.expires_at
    what = "as a tutor of" if row.role == InvitedAs.TUTOR else "to"
    return Letter(
        subject=f"Invitation {what} {course}",
        paragraphs=(
            f"{one_line(row.inviter)} invites you {what} {course} on FeedForward, where drafts are handed in and "
            "feedback on them is read.",
        ),
        link=LetterLink("Join the course", urls.join(token)),
        after=(
            f"The link is for you alone. It works once, until {last_day.day} {last_day:%B %Y}. If you do not know what "
            "this is about, leave this letter: without the link nothing happens.",
        ),
    )


def write_new_owner(connection: Connection, message: Message) -> Letter | None:
    """`what` is given to the person who owns the course now, or taken from the one who did."""
    row = connection.execute(
        select(Course.id, Course.code, Course.title, User.name)
        .join(User, User.id == Course.owner_id)
        .where(Course.id == message.ids["course_id"], Course.status != CourseStatus.DELETED)
    ).one_or_none()
    if row is None:
        return None
    course, owner = one_line(f"{row.code} {row.title}"), one_line(row.name)
    told = (
        f"You are the owner of {course} now: you decide who teaches it, and only you can delete it."
        if message.ids["what"] == "given"
        else f"{owner} is the owner of {course} now. You teach it on as a co-instructor."
    )
    return Letter(
        subject=f"{course} has a new owner",
        paragraphs=(told,),
        link=LetterLink("Open the course", urls.course(row.id)),
        after=("If you did not expect this, ask the other person or those who run FeedForward at your institution.",),
    )


def one_line(words: str) -> str:
    """Words as they fit the subject of a letter."""
    line = " ".join("".join(each if each.isprintable() else " " for each in words).split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


LETTERS = (Writer(INVITATION, write_invitation), Writer(NEW_OWNER, write_new_owner))
