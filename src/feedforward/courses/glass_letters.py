"""The letter that tells the owner of a course who opened student work of it, and why."""

from sqlalchemy import Connection, select

from feedforward import urls
from feedforward.courses.glass_queries import optional_one_opening
from feedforward.courses.glass_rules import GlassScope, Opening
from feedforward.courses.invitation_letters import one_line
from feedforward.courses.tables import Course
from feedforward.mail.letters import Letter, LetterLink, Message, Writer
from feedforward.mail.rules import Kind, Template

GLASS_OPENED = Template("glass_opened", Kind.SECURITY)


def write_glass_opened(connection: Connection, message: Message) -> Letter | None:
    """None where the person who gets it does not own the course any more."""
    opening = optional_one_opening(connection, message.ids["opening_id"])
    if opening is None:
        return None
    owner = select(Course.owner_id).where(Course.id == opening.course_id)
    if connection.execute(owner).scalar_one() != message.to.user_id:
        return None
    course = one_line(opening.course)
    return Letter(
        subject=f"An administrator opened student work of {course}",
        paragraphs=(
            f"{one_line(opening.admin)}, who runs FeedForward at your institution, opened {scope_in_words(opening)} of "
            f"{course} to read it, until {opening.ends_at:%H:%M} UTC on {opening.ends_at.day} {opening.ends_at:%B %Y}. "
            "Nothing can be changed that way, and every page read is recorded.",
            f"The reason they gave: {' '.join(opening.reason.split())}",
        ),
        link=LetterLink("See it on the course’s page", urls.course(opening.course_id)),
        after=("If this surprises you, ask them, or whoever looks after privacy at your institution.",),
    )


def scope_in_words(opening: Opening) -> str:
    """“draft 12”; “all drafts of one student”."""
    match opening.scope:
        case GlassScope.COURSE:
            return "the work of all students"
        case GlassScope.STUDENT:
            return "all drafts of one student"
        case GlassScope.DRAFT:
            return f"draft {opening.draft_id}"


LETTERS = (Writer(GLASS_OPENED, write_glass_opened),)
