"""An assignment as its students see it: what to do, how it is read, their drafts, and handing in the next one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedforward import urls
from feedforward.assignments.choices import LatePolicy, WordLimits
from feedforward.assignments.rules import AssignmentStatus, Task
from feedforward.assignments.settings_words import minutes_in_words
from feedforward.drafts.hand_in_form import Typed, hand_in_form, words_wanted
from feedforward.drafts.queries import DraftView
from feedforward.drafts.reading_notice import TextNotice
from feedforward.drafts.rules import DraftStatus, files_in_words, is_late, last_moment
from feedforward.drafts.status_words import late_badge, status_badge
from feedforward.rubrics.rules import Criterion, Rubric
from feedforward.ui.buttons import ButtonKind, link_button
from feedforward.ui.dates import ago, moment, moment_and_distance
from feedforward.ui.elements import Child, Element, Li, P, Span, Ul
from feedforward.ui.layout import ListItem, card, disclosure, item_list, page_head, quiet, section, stack
from feedforward.ui.markdown import markdown
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import definition_list, empty_state


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """Everything the page shows; `closed` says why no draft can be handed in now, None where one can. `only_looking`:
    staff look at what students see, and there is no form."""

    task: Task
    rubric: Rubric | None
    drafts: Sequence[DraftView]
    used: int
    highest: int
    closed: str | None
    text_notice: TextNotice
    most_megabytes: float
    student_id: int
    now: datetime
    only_looking: bool = False


def task_body(*, facts: TaskFacts, typed: Typed) -> Child:
    """The whole page; with errors in `typed` the form keeps what was sent."""
    task = facts.task
    waiting = next((draft for draft in facts.drafts if draft.status is DraftStatus.PREVIEWED), None)
    return (
        page_head(title=task.title, lead=f"{task.course_code} {task.course_title}"),
        definition_list(items=_facts(facts)),
        _waiting_notice(waiting) if waiting and not facts.closed else None,
        _late_notice(facts),
        section(title="What to do", body=_what_to_do(facts)) if _has_task(task) else None,
        section(title="Your drafts", body=_drafts(facts)),
        section(title=_hand_in_title(facts), anchor="hand-in", body=_hand_in(facts, typed)),
        section(title="What your draft is read for", body=rubric_parts(facts.rubric, task.show_numbers))
        if facts.rubric
        else None,
    )


def _has_task(task: Task) -> bool:
    return bool(task.instructions.strip()) or task.settings.sheet_id is not None


def _what_to_do(facts: TaskFacts) -> Child:
    task = facts.task
    address = urls.task_sheet_file if facts.only_looking else urls.own_task_sheet
    sheet = link_button(
        "Download the task sheet", href=address(task.assignment_id), kind=ButtonKind.QUIET, download=True
    )
    return (
        markdown(task.instructions) if task.instructions.strip() else None,
        P(sheet) if task.settings.sheet_id is not None else None,
    )


def _late_notice(facts: TaskFacts) -> Child:
    if facts.closed or not is_late(facts.task, facts.now):
        return None
    text = "The due date has passed. A draft is still taken in, and your instructor sees that it is late."
    return notice(Notice(text, NoticeKind.PERSON))


def student_view_body(*, facts: TaskFacts, typed: Typed) -> Child:
    """The page for staff who want to see what students see: a student who has handed in nothing yet."""
    hidden = "Students do not see it before it is published. " if facts.task.status is AssignmentStatus.DRAFT else ""
    return (
        notice(
            Notice(
                f"{hidden}This is the page of a student who has handed in nothing yet. Nothing can be handed in here.",
                NoticeKind.INFO, title="The students’ view.",
                actions=link_button(
                    "Back to the assignment", href=urls.assignment(facts.task.assignment_id), kind=ButtonKind.QUIET
                ),
            )
        ),
        task_body(facts=replace(facts, only_looking=True), typed=typed),
    )  # fmt: skip


def _facts(facts: TaskFacts) -> list[tuple[str, Child]]:
    task = facts.task
    left = max(0, task.max_drafts - facts.used)
    wanted = words_wanted(task)
    rows: list[tuple[str, Child]] = [
        ("Due", moment_and_distance(task.deadline, task.time_zone, facts.now)),
        *deadline_facts(task, facts.now),
        ("Drafts", f"{left} of {task.max_drafts} left"),
    ]
    if wanted:
        refused = task.settings.word_limits is WordLimits.REFUSE
        rows.append(("Words", f"{wanted}; other texts are not taken in" if refused else wanted))
    if task.settings.return_at is not None:
        rows.append(("Feedback by", moment_and_distance(task.settings.return_at, task.time_zone, facts.now)))
    return rows


def deadline_facts(task: Task, now: datetime) -> list[tuple[str, Child]]:
    """What is special about this deadline for this student: an extension, late drafts, a pause between drafts."""
    rows: list[tuple[str, Child]] = []
    if task.deadline > task.due_at:
        rows.append(("Your extension", Span("Everybody else’s drafts are due ", moment(task.due_at, task.time_zone))))
    if task.settings.late is LatePolicy.ACCEPT:
        last = last_moment(task)
        until = () if last is None else (" until ", moment(last, task.time_zone))
        rows.append(("Late drafts", Span("Taken in", *until, " and marked late")))
    if task.settings.minutes_between:
        rows.append(("Between two drafts", f"at least {minutes_in_words(task.settings.minutes_between)}"))
    return rows


def _waiting_notice(draft: DraftView) -> Element:
    return notice(
        Notice(
            "You looked at a text and have not handed it in yet. It does not count until you do.",
            NoticeKind.PERSON,
            actions=link_button("Go on with it", href=urls.preview_draft(draft.id), kind=ButtonKind.QUIET),
        )
    )


def _drafts(facts: TaskFacts) -> Element:
    shown = [draft for draft in facts.drafts if draft.number is not None]
    if not shown:
        text = "When you hand in a draft, it stands here with its feedback."
        return empty_state(title="No draft yet", text=text)
    zone = facts.task.time_zone
    return item_list(
        label="Your drafts",
        items=[
            ListItem(
                title=f"Draft {draft.number}",
                href=urls.draft(draft.id),
                detail=f"{draft.word_count} words{_read_before(facts.task, draft)}",
                badges=(status_badge(draft.status), late_badge(draft.is_late)),
                meta=ago(draft.submitted_at, zone, facts.now) if draft.submitted_at else None,
                actions=link_button("Read the feedback", href=urls.feedback(draft.id), kind=ButtonKind.QUIET)
                if draft.status is DraftStatus.RELEASED
                else None,
            )
            for draft in reversed(shown)
        ],
    )


def _read_before(task: Task, draft: DraftView) -> str:
    return "" if draft.rubric_id == task.rubric_id else "; read against the criteria before they were changed"


def _hand_in_title(facts: TaskFacts) -> str:
    return "Handing in" if facts.closed else f"Hand in draft {facts.highest + 1}"


def _hand_in(facts: TaskFacts, typed: Typed) -> Child:
    if facts.only_looking:
        taken = files_in_words(facts.task)
        return (
            P(facts.closed or f"Here students choose a file ({taken}) or paste a text, and look at it "
              "as the readers will see it before it counts."),
            notice_part(facts.text_notice),
        )  # fmt: skip
    if facts.closed:
        return P(facts.closed), P(typed.errors[""]) if typed.errors.get("") not in (None, facts.closed) else None
    return (
        P("You see your text as the readers will see it before it counts."),
        hand_in_form(
            action=urls.hand_in(facts.task.assignment_id),
            task=facts.task,
            student_id=facts.student_id,
            typed=typed,
            submit="Look at it first",
            most_megabytes=facts.most_megabytes,
        ),
        notice_part(facts.text_notice),
    )


def notice_part(told: TextNotice) -> Element:
    """What happens with the text, folded open where it leaves the institution."""
    return disclosure(
        summary="What happens with your text",
        body=stack(
            P("Who reads it:"),
            Ul(*(Li(each) for each in told.readers)) if told.readers else P("No reader has been chosen yet."),
            *(P(each) for each in told.keeping),
        ),
        opened=told.leaves,
    )


def rubric_parts(rubric: Rubric, numbers: bool) -> Element:
    """Each criterion with its levels from lowest to highest; points only where the assignment shows numbers."""
    return stack(*(_criterion(each, numbers) for each in rubric.criteria))


def _criterion(criterion: Criterion, numbers: bool) -> Element:
    steps: list[tuple[str, Child]] = [
        (f"{level.label} ({level.points:g})" if numbers else level.label, level.description or quiet("No description."))
        for level in criterion.levels
    ]
    return card(
        title=criterion.name,
        body=(P(criterion.description) if criterion.description.strip() else None, definition_list(items=steps)),
    )
