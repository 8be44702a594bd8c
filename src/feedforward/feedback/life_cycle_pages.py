"""What a step in the life of a course or an assignment means, said with real counts before it is confirmed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedforward import urls
from feedforward.assignments.life_cycle_queries import DeletedAssignment, DeletedCourse, StepChange
from feedforward.assignments.publishing import Move as AssignmentMove
from feedforward.assignments.rules import Task
from feedforward.courses.life_cycle_rules import ARCHIVED, DELETED, DRAFT
from feedforward.courses.pages import counted
from feedforward.courses.queries import CourseView
from feedforward.courses.rules import Move
from feedforward.feedback.life_cycle_queries import Affected, Cascade
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.dates import ago
from feedforward.ui.dialogs import typed_confirmation
from feedforward.ui.elements import Child, P
from feedforward.ui.layout import ListItem, disclosure, item_list, page_head, reading, row, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import empty_state

STATE_WORDS = {
    "draft": "not published", "active": "open", "inactive": "closed", "archived": "archived", "deleted": "deleted",
}  # fmt: skip


def course_step_body(*, course: CourseView, move: Move, cascade: Cascade, errors: Mapping[str, str]) -> Child:
    """The step with all that goes along, and the button that takes it."""
    return (
        page_head(title=f"{move.label}?", lead=f"{course.code} {course.title}"),
        _sheet(
            P(move.effect),
            _waiting_notice(cascade.affected, move.go_to),
            section(title="What goes along", body=_list(course_sentences(cascade=cascade, go_to=move.go_to))),
            _assignments(cascade.changes),
            _confirm(
                action=urls.course_status(course.id), label=move.label, go_to=move.go_to, word=course.code,
                back=Link("Leave everything as it is", urls.course(course.id)), error=errors.get("confirmation"),
                fields={"come_from": str(move.come_from), "go_to": str(move.go_to)},
            ),
        ),
    )  # fmt: skip


def restore_course_body(*, course: DeletedCourse, cascade: Cascade) -> Child:
    """What comes back with a deleted course."""
    back = "in the archive" if course.back_to == ARCHIVED else "being prepared, hidden from students"
    return (
        page_head(title="Restore the course?", lead=f"{course.code} {course.title}"),
        _sheet(
            P(f"The course comes back as it was when it was deleted: {back}."),
            section(title="What comes back", body=_list(_restored(cascade))),
            _assignments(cascade.changes),
            row(
                button_form(
                    action=urls.restore_course(course.course_id), label="Restore the course", kind=ButtonKind.PRIMARY
                ),
                link_button("Leave it deleted", href=urls.courses(status=DELETED), kind=ButtonKind.QUIET),
            ),
        ),
    )  # fmt: skip


def assignment_step_body(*, task: Task, move: AssignmentMove, affected: Affected, errors: Mapping[str, str]) -> Child:
    """The step with what it means for the drafts behind the assignment."""
    return (
        page_head(title=f"{move.label}?", lead=f"{task.course_code}: {task.title}"),
        _sheet(
            P(move.effect),
            _waiting_notice(affected, move.go_to),
            section(title="What goes along", body=_list(draft_sentences(affected=affected, go_to=move.go_to))),
            _confirm(
                action=urls.assignment_status(task.assignment_id), label=move.label, go_to=move.go_to, word=task.title,
                back=Link("Leave everything as it is", urls.assignment(task.assignment_id)),
                error=errors.get("confirmation"),
                fields={"come_from": str(move.come_from), "go_to": str(move.go_to)},
            ),
        ),
    )  # fmt: skip


def deleted_assignments_body(*, course: CourseView, deleted: Sequence[DeletedAssignment], now: datetime) -> Child:
    """Deleted assignments of a course, each with the way back."""
    head = page_head(title="Deleted assignments", lead=f"{course.code} {course.title}")
    if not deleted:
        return head, empty_state(
            title="Nothing was deleted here", text="An assignment that is deleted can be restored from this page.",
            action=link_button("Back to the course", href=urls.course(course.id), kind=ButtonKind.QUIET),
        )  # fmt: skip
    items = [
        ListItem(
            title=each.title, detail=f"Restored, it is {STATE_WORDS[each.back_to]} as before, with all its drafts.",
            meta=("deleted ", ago(each.deleted_at, each.time_zone, now)) if each.deleted_at else None,
            actions=button_form(action=urls.restore_assignment(each.assignment_id), label="Restore")
            if course.may_change else None,
        )
        for each in deleted
    ]  # fmt: skip
    return head, item_list(items=items, label="Deleted assignments")


def course_sentences(*, cascade: Cascade, go_to: str) -> list[str]:
    """What a step of a course does, a sentence each, with counts; what stays is told where there is some."""
    changing, students = len(cascade.changes), cascade.students
    archived = sum(each.stands_at == ARCHIVED for each in cascade.staying)
    hidden = sum(each.stands_at == DRAFT for each in cascade.staying)
    told: tuple[tuple[int, str, str, bool], ...] = (
        (changing, "assignment becomes what it was before", "assignments become what they were before", True),
        (archived, "assignment was archived on its own and stays archived",
         "assignments were archived on their own and stay archived", False),
    )  # fmt: skip
    if go_to == ARCHIVED:
        told = (
            (changing, "assignment becomes read-only", "assignments become read-only", True),
            (archived, "assignment is archived already and stays so whatever becomes of the course",
             "assignments are archived already and stay so whatever becomes of the course", False),
            (hidden, "assignment was never published and stays hidden",
             "assignments were never published and stay hidden", False),
            (students, "student keeps reading the course and their feedback",
             "students keep reading the course and their feedback", True),
        )  # fmt: skip
    elif go_to == DELETED:
        told = (
            (changing, "assignment disappears with the course", "assignments disappear with the course", True),
            (students, "student loses sight of it", "students lose sight of it", True),
        )
    sentences = [_sentence(number, one, many) for number, one, many, always in told if number or always]
    return sentences + draft_sentences(affected=cascade.affected, go_to=go_to)


def draft_sentences(*, affected: Affected, go_to: str) -> list[str]:
    """What a step means for drafts, a sentence each; kinds there are none of are left out."""
    counts: tuple[tuple[int, str, str], ...]
    if go_to == DELETED:
        counts = (
            (affected.waiting, "draft waiting for review leaves the queue",
             "drafts waiting for review leave the queue"),
            (affected.released, "feedback is no longer shown to its student",
             "feedbacks are no longer shown to their students"),
        )  # fmt: skip
        kept = "Nothing is lost: restoring gives back exactly this. Texts are erased at their time as before."
    elif go_to == ARCHIVED:
        counts = (
            (affected.waiting, "draft waiting for review stays in the queue, and can be reviewed once this is out of "
             "the archive", "drafts waiting for review stay in the queue, and can be reviewed once this is out of the "
             "archive"),
            (affected.scheduled, "of them was to go out by itself and waits until then",
             "of them were to go out by themselves and wait until then"),
            (affected.reading, "draft is still with the readers, who finish it",
             "drafts are still with the readers, who finish them"),
            (affected.not_handed_in, "text that a student has not handed in can no longer be handed in",
             "texts that students have not handed in can no longer be handed in"),
            (affected.released, "feedback stays readable", "feedbacks stay readable"),
        )  # fmt: skip
        kept = "Nobody is reminded any more. Texts are erased at their time as before: an archive keeps none longer."
    else:
        counts = (
            (affected.waiting, "draft waiting for review can be reviewed again",
             "drafts waiting for review can be reviewed again"),
            (affected.scheduled, "of them goes out at its set time, at once where that has passed",
             "of them go out at their set times, at once where these have passed"),
        )  # fmt: skip
        kept = "No new drafts are taken in before you open it."
    return [_sentence(number, one, many) for number, one, many in counts if number] + [kept]


def _restored(cascade: Cascade) -> list[str]:
    affected = cascade.affected
    told = [_sentence(len(cascade.changes), "assignment", "assignments, each as it was")]
    if affected.waiting:
        told.append(_sentence(affected.waiting, "draft waiting for review", "drafts waiting for review"))
    if affected.released:
        told.append(_sentence(affected.released, "released feedback", "released feedbacks"))
    return [*told, "Texts whose time came meanwhile stay erased."]


def _sentence(number: int, one: str, many: str) -> str:
    words = counted(number, one, many)
    return f"{words[:1].upper()}{words[1:]}."


def _sheet(*children: Child) -> Child:
    return reading(stack(*children))


def _list(sentences: Sequence[str]) -> Child:
    return stack(*(P(each) for each in sentences))


def _waiting_notice(affected: Affected, go_to: str) -> Child:
    if not affected.waiting or go_to not in (ARCHIVED, DELETED):
        return None
    waits = counted(affected.waiting, "draft waits", "drafts wait")
    text = f"{waits} for review. You may want to review and release first what students are waiting for."
    return notice(Notice(text, NoticeKind.PERSON))


def _assignments(changes: Sequence[StepChange]) -> Child:
    if not changes:
        return None
    items = [f"{each.title}: {STATE_WORDS[each.come_from]}, then {STATE_WORDS[each.go_to]}" for each in changes]
    summary = "The assignment by name" if len(changes) == 1 else f"The {len(changes)} assignments by name"
    return disclosure(summary=summary, body=_list(items))


def _confirm(
    *, action: str, label: str, go_to: str, word: str, back: Link, error: str | None, fields: Mapping[str, str]
) -> Child:
    if go_to == DELETED:
        typed = typed_confirmation(
            action=action, explain="It can be restored, and until then nobody finds it.", word=word, label=label,
            error=error, fields=fields,
        )  # fmt: skip
        return stack(typed, P(link(back)))
    return row(
        button_form(action=action, label=label, kind=ButtonKind.PRIMARY, fields={**fields, "confirmation": ""}),
        link_button(back.label, href=back.href, kind=ButtonKind.QUIET),
    )
