"""The gallery's pages of an instructor."""

from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button, button_form, link_button
from feedforward.ui.charts import Bar, HeatRow, bars, heat_strip
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.dialogs import keyboard_help
from feedforward.ui.draft_text import marked_text
from feedforward.ui.elements import Child
from feedforward.ui.fields import (
    text_area,
)
from feedforward.ui.forms import form
from feedforward.ui.ladder import ReaderDot, spread
from feedforward.ui.layout import (
    card,
    columns,
    page_head,
    section,
    two_panes,
)
from feedforward.ui.navigation import Link, pager, tabs
from feedforward.ui.notices import Notice, NoticeKind
from feedforward.ui.shell import Theme, page
from feedforward.ui.tables import Column, data_table
from tests.ui.gallery_comments import comments
from tests.ui.gallery_texts import CRUMBS, ESSAY, LEVELS, MARKS, NAV_TEACHER, NONCE, TEACHER


def review(theme: Theme | None) -> str:
    right = (
        card(
            title="Use of evidence",
            body=(
                spread(
                    criterion="Use of evidence",
                    levels=LEVELS,
                    dots=[
                        ReaderDot("built-in", 2.0, "Proficient, 3.0"),
                        ReaderDot("northwind/large", 2.2, "Proficient, 3.2"),
                        ReaderDot("aurora/small", 0.4, "Beginning, 1.4"),
                        ReaderDot("aurora/old", None, "no score: the answer was not in the form asked for"),
                    ],
                    merged=2.0,
                ),
                form(
                    action="/level",
                    fields=select_field(
                        name="level",
                        label="Your level",
                        choices=[Choice(str(i), n) for i, n in enumerate(LEVELS)],
                        value="2",
                        key="l",
                    ),
                    submit="Save level",
                    submit_kind=ButtonKind.QUIET,
                    submit_key="s",
                ),
            ),
        ),
        *comments(review=True),
        form(
            action="/note",
            fields=text_area(name="note", label="Note to the student", required=False, rows=3, autosave="note-1"),
            submit="Release",
            submit_key="r",
            more=button("Save", kind=ButtonKind.QUIET, name="what", value="save"),
            guard=True,
        ),
    )
    body = (
        page_head(
            title="Draft 2 by Reader 14",
            badges=[
                badge("Readers disagree", tone=Tone.PERSON),
                badge("One reader failed", tone=Tone.FAILED),
                badge("Waiting for you", tone=Tone.ACTIVE),
            ],
            actions=(
                link_button("Previous", href="/review/1", kind=ButtonKind.QUIET, key="k"),
                link_button("Next", href="/review/3", kind=ButtonKind.QUIET, key="j"),
                keyboard_help(
                    keys=[
                        ("j", "next draft"),
                        ("k", "previous draft"),
                        ("n", "next comment"),
                        ("p", "previous comment"),
                    ]
                ),
            ),
        ),
        two_panes(left=marked_text(text=ESSAY, marks=MARKS), right=right),
    )
    return page(
        title="Review draft 2",
        body=body,
        person=TEACHER,
        nonce=NONCE,
        theme=theme,
        nav=NAV_TEACHER,
        breadcrumbs=CRUMBS,
        wide=True,
        notice=Notice(
            "Dr Amara Lindqvist released this draft while you were reading. Your changes are kept below.",
            NoticeKind.PERSON,
            title="This page is no longer current.",
        ),
    )


def queue(theme: Theme | None) -> str:
    rows: list[list[Child]] = [
        [
            "Reader 14",
            "2",
            badge("Readers disagree", tone=Tone.PERSON),
            "3 days",
            link_button("Review", href="/review/14", kind=ButtonKind.QUIET),
        ],
        [
            "Reader 3",
            "1",
            badge("2 quotes not found", tone=Tone.PERSON),
            "2 days",
            link_button("Review", href="/review/3", kind=ButtonKind.QUIET),
        ],
        [
            "Reader 22",
            "1",
            badge("A reader failed", tone=Tone.FAILED),
            "5 hours",
            link_button("Review", href="/review/22", kind=ButtonKind.QUIET),
        ],
        [
            "Reader 9",
            "3",
            badge("Saved", tone=Tone.DONE),
            "1 hour",
            link_button("Review", href="/review/9", kind=ButtonKind.QUIET),
        ],
    ]
    body = (
        page_head(
            title="To review",
            lead="Twelve drafts wait. Those on top need a person most.",
            actions=button_form(action="/release", label="Release the 4 saved", kind=ButtonKind.PRIMARY),
        ),
        tabs(
            label="Queue",
            links=[Link("Waiting", "/review", current=True, count=12), Link("Released", "/released", count=31)],
        ),
        data_table(
            caption="Drafts to review",
            head=["Who", Column("Draft", number=True), "Why it needs you", Column("Waiting", number=True), "Action"],
            rows=rows,
        ),
        pager(page=1, pages=3, previous_href=None, next_href="/review?page=2"),
        section(
            title="The class",
            body=columns(
                card(
                    body=heat_strip(
                        title="Levels per criterion",
                        description="How many of 43 drafts stand on each level of each criterion.",
                        columns=LEVELS,
                        rows=[
                            HeatRow("Use of evidence", [4, 17, 19, 3]),
                            HeatRow("Objections", [12, 20, 9, 2]),
                            HeatRow("Structure", [1, 8, 24, 10]),
                        ],
                    )
                ),
                card(
                    body=bars(
                        title="Spent this month",
                        description="Cost of readings per model since the first of the month.",
                        label_head="Model",
                        value_head="Spent",
                        rows=[
                            Bar("northwind/large", 8.4, "$8.40"),
                            Bar("aurora/small", 1.2, "$1.20"),
                            Bar("built-in", 0, "nothing"),
                        ],
                    )
                ),
            ),
        ),
    )
    return page(title="To review", body=body, person=TEACHER, nonce=NONCE, theme=theme, nav=NAV_TEACHER)
