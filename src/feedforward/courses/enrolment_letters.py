"""The letter to somebody with an account who was enrolled without doing anything for it."""

from sqlalchemy import Connection, select

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.courses.invitation_letters import one_line
from feedforward.courses.rules import SEEN_BY_STUDENTS, CourseStatus
from feedforward.courses.tables import Course, Enrolment
from feedforward.mail.letters import Letter, LetterLink, Message, Writer
from feedforward.mail.rules import Kind, Template, Topic

ENROLLED = Template("enrolled", Kind.NOTICE, topic=Topic.ENROLMENTS)


def write_enrolled(connection: Connection, message: Message) -> Letter | None:
    """None where they were removed meanwhile, or the course is over."""
    row = connection.execute(
        select(Course.id, Course.code, Course.title, Course.status, User.name)
        .join(Enrolment, Enrolment.course_id == Course.id)
        .join(User, User.id == Course.owner_id)
        .where(
            Course.id == message.ids["course_id"], Enrolment.student_id == message.to.user_id,
            Enrolment.status == "active", Course.status.in_((CourseStatus.DRAFT, *SEEN_BY_STUDENTS)),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    course = one_line(f"{row.code} {row.title}")
    prepared = row.status == CourseStatus.DRAFT
    then = (
        "It is still being prepared: you find it on your home page as soon as it opens."
        if prepared
        else "You hand in drafts there and read the feedback on them."
    )
    link = (
        LetterLink("Go to your home page", urls.home())
        if prepared
        else LetterLink("Open the course", urls.my_course(row.id))
    )
    return Letter(
        subject=f"You are now in {course}",
        paragraphs=(f"{one_line(row.name)} added you to {course} on FeedForward. {then}",),
        link=link,
        after=("You have nothing to do for it. If you are not in this course, tell its instructor.",),
    )


LETTERS = (Writer(ENROLLED, write_enrolled),)
