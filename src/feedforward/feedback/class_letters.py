"""The reminder to who has handed in nothing for an assignment: sent by an instructor, or days before it is due."""

from sqlalchemy import Connection

from feedforward import urls
from feedforward.assignments.queries import task_for_student
from feedforward.drafts.queries import drafts_used
from feedforward.drafts.rules import may_submit
from feedforward.errors import NotFound
from feedforward.mail.letters import Letter, LetterLink, Message
from feedforward.mail.rules import Kind, Template, Topic
from feedforward.ui.dates import moment_text

CLASS_REMINDER = Template("class_reminder", Kind.NOTICE, topic=Topic.REMINDERS)
LONGEST_TITLE = 120


def write_class_reminder(connection: Connection, message: Message) -> Letter | None:
    """None where they have handed in meanwhile, or nothing can be handed in any more."""
    student_id, assignment_id = message.to.user_id, message.ids["assignment_id"]
    if student_id is None:
        return None
    try:
        task = task_for_student(connection, student_id, assignment_id)
    except NotFound:
        return None
    used, *_ = drafts_used(connection, student_id, assignment_id)
    if used or may_submit(task, drafts_used=used, now=message.now) is not None:
        return None
    line = " ".join("".join(each if each.isprintable() else " " for each in task.title).split())
    title = line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"
    due = moment_text(task.deadline, task.time_zone)
    return Letter(
        subject=f"Nothing handed in yet: {title}",
        paragraphs=(
            f"You have not handed in a draft for “{title}” ({task.course_code}) yet. It is due {due}.",
            "A first draft need not be finished: feedback on it helps you with the next one.",
        ),
        link=LetterLink("Go to the assignment", urls.task(assignment_id)),
        after=("If something keeps you from it, tell your instructor.",),
    )
