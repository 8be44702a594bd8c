"""The retention page: what goes when in one's courses, what goes soon without a release, and what is kept and why."""

from collections.abc import Sequence
from datetime import datetime

from feedforward import urls
from feedforward.retention.queries import KeptByAssignment, KeptDraft
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.dates import day, relative
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import text_field
from feedforward.ui.forms import form
from feedforward.ui.layout import ListItem, item_list, page_head, section
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import Column, data_table, empty_state


def retention_body(
    *, kept: Sequence[KeptByAssignment], soon: Sequence[KeptDraft], preserved: Sequence[KeptDraft], retention_days: int,
    unreleased_days: int, now: datetime,
) -> Child:  # fmt: skip
    """`retention_days` and `unreleased_days` are the installation's own; an assignment may set the first."""
    return (
        page_head(
            title="How long drafts are kept",
            lead="The text, the file, quotes from it and what the readers were sent are erased after their time. "
            "Levels, comments and figures stay.",
        ),
        _soon(soon, now) if soon else None,
        section(
            title="By assignment",
            lead=f"Usually {_days(retention_days)} after the release; drafts that are never released "
            f"{_days(unreleased_days)} after the due date.",
            body=_table(kept, retention_days),
        )
        if kept
        else empty_state(
            title="Nothing is kept", text="No draft has been handed in to a course of yours yet.",
            action=link_button("Go to your courses", href=urls.courses(), kind=ButtonKind.QUIET),
        ),
        section(title="Kept longer by choice", body=_preserved(preserved)),
    )  # fmt: skip


def _days(days: int) -> str:
    return "at once" if days == 0 else "1 day" if days == 1 else f"{days} days"


def _soon(soon: Sequence[KeptDraft], now: datetime) -> Child:
    items = [
        ListItem(
            title=f"{each.student}, draft {each.number}",
            href=urls.review(each.draft_id),
            detail=f"{each.course_code} · {each.assignment}",
            meta=(day(each.planned.at, each.time_zone), f" ({relative(each.planned.at, now)})")
            if each.planned
            else None,
        )
        for each in soon
    ]
    said = "One draft" if len(soon) == 1 else f"{len(soon)} drafts"
    return (
        notice(
            Notice(
                f"{said} will be erased soon although the feedback was never released. "
                "Release it, or keep the text with a reason on the draft's page.",
                NoticeKind.PERSON,
            )
        ),
        section(title="Going soon without a release", body=item_list(items=items, label="Going soon")),
    )


def _table(kept: Sequence[KeptByAssignment], retention_days: int) -> Child:
    rows: list[list[Child]] = [
        [
            link(Link(f"{each.course_code} · {each.title}", urls.assignment(each.assignment_id))),
            _days(retention_days if each.retention_days is None else each.retention_days),
            str(each.kept),
            str(each.unreleased),
            day(each.next_at, each.time_zone) if each.next_at else "no date yet",
            str(each.erased),
        ]
        for each in kept
    ]
    head: list[str | Column] = [
        "Assignment", "After release", Column("Kept now", number=True), Column("Not released", number=True),
        "Next erasure",
        Column("Erased", number=True),
    ]  # fmt: skip
    return data_table(caption="What is kept, by assignment", head=head, rows=rows)


def _preserved(preserved: Sequence[KeptDraft]) -> Child:
    if not preserved:
        return P("Nothing. On a draft's review page you can keep its text longer, with a reason.")
    items = [
        ListItem(
            title=f"{each.student}, draft {each.number}", href=urls.review(each.draft_id),
            detail=f"{each.course_code} · {each.assignment} · {each.preserved_reason} ({each.keeper or 'unknown'})",
            actions=button_form(action=urls.preserve(each.draft_id), label="Stop keeping it", fields={"undo": "yes"}),
        )
        for each in preserved
    ]  # fmt: skip
    return item_list(items=items, label="Kept longer")


def preserve_body(*, draft_id: int, typed: str, error: str) -> Child:
    """The reason again, with what is wrong with it."""
    return (
        page_head(title="Keep the text longer", lead="It is kept until somebody undoes it."),
        form(
            action=urls.preserve(draft_id), submit="Keep it", errors={"preserved_reason": error},
            fields=text_field(
                name="preserved_reason", label="Why it must be kept", value=typed, error=error,
                hint="In your own words: the reason stays when the text is gone.",
            ),
        ),
        P(link(Link("Back to the draft", urls.review(draft_id)))),
    )  # fmt: skip
