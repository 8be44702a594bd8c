"""The review queue as a page: what waits, why it needs a person, and releasing what is saved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from feedforward import urls
from feedforward.drafts.status_words import late_badge
from feedforward.review.queue_queries import ROWS, AssignmentCounts, Queue, QueueRow
from feedforward.review.rules import WAITING, FeedbackStatus
from feedforward.review.words import STATUS_WORDS, reasons_in_short
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button, link_button
from feedforward.ui.choices import Choice, radio_group
from feedforward.ui.dates import ago_in_words, moment_text, relative
from feedforward.ui.elements import Child, Element, P, Raw, written_once
from feedforward.ui.fields import date_time_field
from feedforward.ui.forms import form
from feedforward.ui.layout import ListItem, card, item_list, kept_row, page_head, section, stack
from feedforward.ui.navigation import Link, link, pager, tabs
from feedforward.ui.tables import Column, data_table, empty_state

NAMES = {"waiting": "Waiting", "released": "Released", "withheld": "Withheld"}


def queue_body(
    *, queue: Queue, shown: str, page: int, now: datetime, errors: Mapping[str, str], typed: Mapping[str, str]
) -> Child:  # fmt: skip
    """`errors` and `typed` belong to the release form of the assignment the queue is narrowed to."""
    rows, counts, chosen = queue.rows, queue.counts, queue.chosen
    within = chosen.assignment_id if chosen else None
    scope = [chosen] if chosen else list(counts)
    totals = {
        "waiting": sum(each.waiting for each in scope),
        "released": sum(each.counts.get("released", 0) for each in scope),
        "withheld": sum(each.counts.get("withheld", 0) for each in scope),
    }
    asked = "" if shown == "waiting" else shown
    return (
        page_head(
            title=f"Review: {chosen.assignment}" if chosen else "Review",
            lead=_lead(totals["waiting"], sum(each.reading for each in scope)),
            actions=link_button("All assignments", href=urls.review_queue(), kind=ButtonKind.QUIET) if chosen else None,
        ),
        _release_saved(chosen, errors, typed) if chosen else None,
        _tabs(within, shown, tuple(totals.values())),
        item_list(
            items=[_item(row, within, relative(row.since, now), promised(row.return_at, now)) for row in rows],
            label=f"{NAMES[shown]} drafts",
        )
        if rows
        else _empty(shown, scope),
        pager(
            page=page,
            pages=max(1, -(-totals[shown] // ROWS)),
            previous_href=urls.review_queue(within, asked, page - 1) if page > 1 else None,
            next_href=urls.review_queue(within, asked, page + 1) if page * ROWS < totals[shown] else None,
        ),
        None
        if chosen
        else _assignments(tuple(_line(each, now) for each in sorted(filter(_has_drafts, counts), key=_promised_first))),
    )


def _lead(waiting: int, reading: int) -> str:
    with_readers = f" {reading} more {'is' if reading == 1 else 'are'} still with the readers." if reading else ""
    if not waiting:
        return f"No draft waits for you.{with_readers}"
    drafts = "1 draft waits" if waiting == 1 else f"{waiting} drafts wait"
    return f"{drafts} for you; those where readers disagree or something went wrong come first.{with_readers}"


@lru_cache(maxsize=1024)
def _tabs(within: int | None, shown: str, totals: tuple[int, ...]) -> Element:
    """`totals` in the order of NAMES."""
    links = [
        Link(name, urls.review_queue(within, "" if key == "waiting" else key), key == shown, count=total)
        for (key, name), total in zip(NAMES.items(), totals, strict=True)
    ]
    return written_once(tabs(label="What is shown", links=links))


# The same rows stand on every page of a queue until somebody does something; `row` and `ago` are all a row shows.
@lru_cache(maxsize=4096)
def _item(row: QueueRow, within: int | None, ago: str, promise: str) -> Raw:
    why = reasons_in_short(row.reasons)
    where = f"{row.course_code} · {row.assignment}"
    if row.status is FeedbackStatus.SCHEDULED and row.release_at is not None:
        why = f"goes out {moment_text(row.release_at, row.time_zone)}"
    elif promise and row.status in WAITING:
        why = f"{promise} · {why}" if why else promise
    item = ListItem(
        title=f"{row.student}, draft {row.number}",
        href=urls.review(row.draft_id, within),
        detail=where if not why else (where, " · ", why),
        badges=(
            status_badge(row.status, needs_manual_feedback=row.needs_manual_feedback),
            late_badge(row.late),
        ),
        meta=ago_in_words(row.since, row.time_zone, ago),
    )
    return kept_row(item)


def promised(return_at: datetime | None, now: datetime) -> str:
    """What was promised of the feedback, "" for nothing: `promised in 3 days`, `promised for 2 days ago: overdue`."""
    if return_at is None:
        return ""
    away = relative(return_at, now)
    return f"promised {away}" if return_at > now else f"was promised {away}: overdue"


def status_badge(status: FeedbackStatus, *, needs_manual_feedback: bool = False) -> Element:
    """Where a feedback stands, as shape and word."""
    word, tone = STATUS_WORDS[status]
    if status is FeedbackStatus.AWAITING_REVIEW and needs_manual_feedback:
        return badge("Needs your own feedback", tone=Tone.PERSON)
    return badge(word, tone=Tone.NEUTRAL if status is FeedbackStatus.AWAITING_REVIEW else tone)


def _empty(shown: str, scope: Sequence[AssignmentCounts]) -> Element:
    if shown != "waiting":
        return empty_state(
            title=f"Nothing is {shown}", text="Drafts appear here when that has happened to them.",
            action=link_button("See what waits", href=urls.review_queue(), kind=ButtonKind.QUIET),
        )  # fmt: skip
    if not scope:
        return empty_state(
            title="Nothing to review yet",
            text="When students hand in drafts to an assignment of yours and the readers are done, they wait here.",
            action=link_button("Go to your courses", href=urls.courses()),
        )
    return empty_state(
        title="All done here",
        text="Every draft that came back from the readers has been dealt with. New ones appear by themselves.",
        action=link_button("Go to your courses", href=urls.courses(), kind=ButtonKind.QUIET),
    )


class _Line(NamedTuple):
    """All that the table of assignments shows of one."""

    assignment_id: int
    name: str
    waiting: int
    saved: int
    scheduled: int
    released: int
    reading: int
    read_only: bool
    promise: str


def _promised_first(each: AssignmentCounts) -> tuple[bool, float]:
    """What was promised soonest stands first, as long as something waits; the others keep their order."""
    waits = each.return_at is not None and each.waiting > 0
    return not waits, each.return_at.timestamp() if waits and each.return_at else 0.0


def _has_drafts(each: AssignmentCounts) -> bool:
    return any(each.counts.values()) or each.reading > 0


def _line(each: AssignmentCounts, now: datetime) -> _Line:
    counts = each.counts
    return _Line(
        each.assignment_id, f"{each.course_code} · {each.assignment}", each.waiting, counts.get("saved", 0),
        counts.get("scheduled", 0), counts.get("released", 0), each.reading, each.read_only,
        promised(each.return_at, now) if each.waiting else "",
    )  # fmt: skip


# Kept like the rows: the table changes when a draft does.
@lru_cache(maxsize=256)
def _assignments(lines: tuple[_Line, ...]) -> Child:
    if not lines:
        return None
    rows = [
        [
            link(Link(each.name, urls.review_queue(each.assignment_id))), str(each.waiting), str(each.saved),
            str(each.scheduled), str(each.released), str(each.reading), each.promise or "–",
            link_button(
                f"Release {each.saved} saved", href=urls.review_queue(each.assignment_id), kind=ButtonKind.QUIET
            ) if each.saved and not each.read_only else "",
        ]
        for each in lines
    ]  # fmt: skip
    head: list[str | Column] = [
        "Assignment", Column("In the queue", number=True), Column("Saved", number=True),
        Column("Scheduled", number=True),
        Column("Released", number=True), Column("With the readers", number=True), "Promised", "Release",
    ]  # fmt: skip
    table = data_table(caption="Drafts by assignment", head=head, rows=rows)
    return written_once(section(title="By assignment", body=table))


def _release_saved(chosen: AssignmentCounts, errors: Mapping[str, str], typed: Mapping[str, str]) -> Child:
    saved = chosen.counts.get("saved", 0)
    if chosen.read_only or (not saved and not errors):
        return None
    words = "the one saved feedback" if saved == 1 else f"all {saved} saved feedbacks"
    fields = stack(
        P(f"Students see their feedback as soon as it is released. {chosen.waiting - saved} others stay in the queue.")
        if chosen.waiting > saved
        else P("Students see their feedback as soon as it is released."),
        radio_group(
            name="when", label="When", value=typed.get("when") or "now", inline=True,
            choices=[Choice("now", "At once"), Choice("at", "At a set time")],
        ),
        date_time_field(
            name="release_at", label="Day and time", value=typed.get("release_at", ""), zone=chosen.time_zone,
            error=errors.get("release_at"), required=False,
            hint="Only for a set time. It is the assignment's local time.",
        ),
    )  # fmt: skip
    return card(
        title=f"Release {words}",
        body=form(
            action=urls.release_saved(chosen.assignment_id), fields=fields, submit=None, errors=errors,
            more=button(f"Release {saved} saved", kind=ButtonKind.PRIMARY),
        ),
    )  # fmt: skip
