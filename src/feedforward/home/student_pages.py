"""A student's home: what came back, what is due, what waits, and which texts will be erased soon."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from feedforward import urls
from feedforward.drafts.rules import DraftStatus
from feedforward.drafts.status_words import status_badge
from feedforward.home.queries import DraftLine, StudentHome, TaskLine
from feedforward.ui.badges import Tone, badge
from feedforward.ui.dates import ago_in_words, day_text, moment_text, relative
from feedforward.ui.elements import Child, Element, Raw
from feedforward.ui.layout import ListItem, item_list, kept_row, section
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import empty_state

MOST_RETURNED = 12
MOST_NOTICES = 5


def student_home_body(*, home: StudentHome, now: datetime, notice_days: int, unreleased_days: int) -> Child:
    """All sections; where there is nothing at all, what will be here and whom to ask."""
    if not home.tasks and not home.drafts:
        return empty_state(
            title="Nothing is due",
            text="When an assignment is published in one of your courses, it stands here. The courses you are in stand "
            "under “My courses”; if one is missing, ask your instructor whether you are enrolled with the e-mail "
            "address you signed in with.",
        )
    return student_sections(home=home, now=now, notice_days=notice_days, unreleased_days=unreleased_days)


def student_sections(*, home: StudentHome, now: datetime, notice_days: int, unreleased_days: int) -> Child:
    """What came back, what is due and what waits: of all courses, or of one."""
    returned = [each for each in home.drafts if each.status is DraftStatus.RELEASED]
    waiting = [each for each in home.drafts if each.status not in (DraftStatus.RELEASED, DraftStatus.WITHHELD)]
    return (
        _erasures(home.drafts, now, notice_days, unreleased_days),
        section(title="What came back", body=_returned(returned, now)) if returned else None,
        section(title="What is due", body=_due(home.tasks, home.drafts, now)),
        section(title="What waits", body=_waiting(waiting, now)) if waiting else None,
    )


def _returned(drafts: Sequence[DraftLine], now: datetime) -> Element:
    """Unread ones first, then the newest."""
    newest = sorted(drafts, key=lambda each: each.released_at or each.changed_at, reverse=True)
    ordered = sorted(newest, key=lambda each: each.opened_at is not None)
    return item_list(
        label="What came back",
        items=[
            _returned_row(each, relative(each.released_at or each.changed_at, now)) for each in ordered[:MOST_RETURNED]
        ],
    )


# People come back to the same home: a row depends on nothing but these parameters.
@lru_cache(maxsize=4096)
def _returned_row(each: DraftLine, ago: str) -> Raw:
    item = ListItem(
        title=f"Draft {each.number}: {each.title}",
        href=urls.feedback(each.draft_id),
        detail=each.course_code,
        badges=_news(each),
        meta=ago_in_words(each.released_at or each.changed_at, each.time_zone, ago),
    )
    return kept_row(item)


def _news(each: DraftLine) -> list[Child]:
    amended = each.version is not None and each.version > 1
    unread = each.opened_at is None
    return [
        badge("New", tone=Tone.DONE) if unread else None,
        badge("Amended", tone=Tone.PERSON if unread else Tone.NEUTRAL) if amended else None,
    ]


def _due(tasks: Sequence[TaskLine], drafts: Sequence[DraftLine], now: datetime) -> Element:
    """Tasks that still take a draft; the others wait or came back."""
    used: dict[int, int] = {}
    for each in drafts:
        used[each.assignment_id] = used.get(each.assignment_id, 0) + (each.number is not None)
    tasks = [each for each in tasks if used.get(each.assignment_id, 0) < each.max_drafts]
    if not tasks:
        return empty_state(title="Nothing is due now", text="Assignments that take a draft of yours stand here.")
    return item_list(
        label="What is due",
        items=[_due_row(task, used.get(task.assignment_id, 0), relative(task.due_at, now)) for task in tasks],
    )


@lru_cache(maxsize=4096)
def _due_row(task: TaskLine, used: int, away: str) -> Raw:
    item = ListItem(
        title=task.title,
        href=urls.task(task.assignment_id),
        detail=f"{task.course_code}. Due {moment_text(task.due_at, task.time_zone)}",
        badges=(_attempts(used, task.max_drafts),),
        meta=away,
    )
    return kept_row(item)


def _attempts(used: int, most: int) -> Element:
    if used == 0:
        return badge("No draft yet")
    return badge(f"{used} of {most} drafts handed in", tone=Tone.DONE)


def _waiting(drafts: Sequence[DraftLine], now: datetime) -> Element:
    return item_list(
        label="What waits",
        items=[_waiting_row(each, relative(each.changed_at, now)) for each in drafts],
    )


@lru_cache(maxsize=4096)
def _waiting_row(each: DraftLine, ago: str) -> Raw:
    item = ListItem(
        title=f"Draft {each.number}: {each.title}" if each.number else each.title,
        href=urls.draft(each.draft_id) if each.number else urls.preview_draft(each.draft_id),
        detail=each.course_code,
        badges=(status_badge(each.status),),
        meta=ago_in_words(each.changed_at, each.time_zone, ago),
    )
    return kept_row(item)


def _erasures(drafts: Sequence[DraftLine], now: datetime, notice_days: int, unreleased_days: int) -> Child:
    """Texts that go within the notice time, the soonest first."""
    soon = sorted(
        (
            (when, each)
            for each in drafts
            if (when := each.erased_on(unreleased_days)) is not None and when <= now + timedelta(days=notice_days)
        ),
        key=lambda pair: pair[0],
    )
    if not soon:
        return None
    told = [
        f"“{each.title}”, draft {each.number}: on {day_text(when, each.time_zone)}."
        for when, each in soon[:MOST_NOTICES]
    ]
    more = f" And {len(soon) - MOST_NOTICES} more." if len(soon) > MOST_NOTICES else ""
    text = (
        f"{' '.join(told)}{more} File, text and quoted passages go; feedback you received stays. Download your file "
        "before that if you want to keep it."
    )
    return notice(Notice(text, NoticeKind.PERSON, title="Some of your texts will be erased soon"))
