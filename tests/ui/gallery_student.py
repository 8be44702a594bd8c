"""The gallery's pages of a student."""

from datetime import UTC, datetime

from feedforward.ui.badges import Tone, ai_label, badge
from feedforward.ui.buttons import ButtonKind, button, button_form, button_row, link_button
from feedforward.ui.dates import ago, moment, moment_and_distance
from feedforward.ui.draft_text import draft_text, marked_text
from feedforward.ui.fields import (
    text_area,
)
from feedforward.ui.forms import form, search_form
from feedforward.ui.ladder import CriterionPath, drafts_ladders, level_ladder
from feedforward.ui.layout import (
    ListItem,
    card,
    columns,
    disclosure,
    item_list,
    letter,
    page_head,
    quiet,
    section,
    stack,
    two_panes,
)
from feedforward.ui.markdown import markdown
from feedforward.ui.navigation import Link
from feedforward.ui.notices import Notice, NoticeKind
from feedforward.ui.shell import Theme, page
from feedforward.ui.stages import Stage, StageState, stages
from feedforward.ui.tables import definition_list, empty_state
from tests.ui.gallery_comments import comments
from tests.ui.gallery_texts import (
    CRUMBS,
    DUE,
    ESSAY,
    INSTRUCTIONS,
    LEVELS,
    MARKS,
    NAV_STUDENT,
    NONCE,
    NOW,
    STUDENT,
    ZONE,
)


def home(theme: Theme | None) -> str:
    due = item_list(
        label="Due",
        items=[
            ListItem(
                "A change in your town",
                "/assignments/3",
                detail="Argument and Evidence · draft 2 of 3",
                badges=[badge("Feedback is ready", tone=Tone.DONE)],
                meta=("due ", moment_and_distance(DUE, ZONE, NOW)),
            ),
            ListItem(
                "Laboratory report: melting ice",
                "/assignments/4",
                detail="Writing in the Sciences · nothing submitted yet",
                badges=[badge("Open")],
                meta=("due ", moment_and_distance(datetime(2026, 11, 24, 11, 0, tzinfo=UTC), ZONE, NOW)),
            ),
            ListItem(
                "A letter to the editor",
                "/assignments/5",
                detail="Argument and Evidence · draft 1, submitted on Friday",
                badges=[badge("With your instructor", tone=Tone.ACTIVE)],
                meta=ago(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), ZONE, NOW),
            ),
        ],
    )
    body = (
        page_head(
            title="Good to see you, Mira", lead="One piece of feedback came back, and one report is due on Tuesday."
        ),
        section(title="Your assignments", body=due),
        section(
            title="Earlier courses",
            body=empty_state(
                title="No earlier courses",
                text="When a course ends, its feedback stays here for you to read.",
                action=link_button("See all courses", href="/courses", kind=ButtonKind.QUIET),
            ),
        ),
    )
    return page(
        title="Home",
        body=body,
        person=STUDENT,
        nonce=NONCE,
        theme=theme,
        nav=[Link("Home", "/", current=True), Link("Courses", "/courses")],
    )


def feedback(theme: Theme | None) -> str:
    ladders = card(
        body=(
            level_ladder(criterion="Use of evidence", levels=LEVELS, reached=2, earlier=[0, 1], score="3.2 of 4"),
            level_ladder(criterion="Objections", levels=LEVELS, reached=1, earlier=[1, None]),
            level_ladder(criterion="Style", levels=LEVELS, reached=None, note=quiet("No reader could judge this one.")),
        )
    )
    body = (
        page_head(
            title="Feedback on draft 3",
            lead="A change in your town",
            badges=[
                ai_label("AI-assisted: read by 3 readers, reviewed by Dr Weiss"),
                quiet("released ", moment(NOW, ZONE)),
            ],
            actions=(
                link_button("Start draft 4", href="/new"),
                link_button("Save as file", href="/export", kind=ButtonKind.QUIET, download=True),
            ),
        ),
        letter(
            "Your case is clear from the first paragraph, and the accident figures carry it well. What would help "
            "most now: name the studies you lean on, and let the shop owners speak before you answer them."
        ),
        section(title="Where this draft stands", body=ladders),
        section(
            title="Your text and what to work on",
            body=two_panes(
                left=marked_text(text=ESSAY, marks=MARKS),
                right=(
                    *comments(review=False)[:3],
                    disclosure(summary="2 more comments", body=comments(review=False)[3:]),
                ),
            ),
        ),
        section(
            title="Over your drafts",
            body=card(
                body=drafts_ladders(
                    title="Levels over your drafts",
                    drafts=["Draft 1", "Draft 2", "Draft 3"],
                    paths=[
                        CriterionPath("Use of evidence", LEVELS, [0, 1, 2]),
                        CriterionPath("Objections", LEVELS, [1, None, 1]),
                        CriterionPath("Structure", ["Not yet", "Nearly", "Yes"], [0, 1, 2]),
                    ],
                )
            ),
        ),
    )
    return page(
        title="Feedback on draft 3",
        body=body,
        person=STUDENT,
        nonce=NONCE,
        theme=theme,
        nav=NAV_STUDENT,
        breadcrumbs=CRUMBS,
        wide=True,
        notice=Notice(
            "You marked comment 2 as done.", NoticeKind.DONE, actions=button_form(action="/undo", label="Undo")
        ),
    )


def assignment(theme: Theme | None) -> str:
    steps = [
        Stage("Received", StageState.DONE, "22 November, 18:04, 412 words"),
        Stage("Text read", StageState.DONE),
        Stage("Readings", StageState.NOW, "2 of 3; a reading takes about 20 seconds"),
        Stage("Merging", StageState.WAITING),
        Stage("With your instructor", StageState.WAITING, "usually two days"),
    ]
    failed = [
        Stage("Received", StageState.DONE),
        Stage(
            "Text not read",
            StageState.FAILED,
            "The file is protected by a password. Save it without one and submit again; this try does not count.",
        ),
    ]
    body = (
        page_head(
            title="A change in your town",
            lead=("Due ", moment_and_distance(DUE, ZONE, NOW)),
            badges=[badge("Open"), quiet("draft 2 of 3")],
        ),
        columns(
            stack(section(title="The task", body=markdown(INSTRUCTIONS))),
            stack(
                card(
                    title="Draft 1",
                    body=stages(steps=steps, poll_url="/drafts/1/stages", note="You can close this page."),
                ),
                card(title="Draft 2", body=stages(steps=failed, poll_url=None)),
                card(
                    title="Receipt",
                    body=definition_list(
                        items=[
                            ("Submitted", moment(NOW, ZONE)),
                            ("File", "harbour.docx"),
                            ("Fingerprint", "9f2c 41d0 77ab"),
                            ("Note", None),
                        ]
                    ),
                ),
            ),
        ),
        section(
            title="Submit draft 2",
            body=form(
                action="/drafts",
                fields=text_area(
                    name="text",
                    label="Your draft",
                    value=ESSAY,
                    autosave="draft-3-2",
                    count_words=True,
                    words_wanted="600 to 900",
                    reading=True,
                    hint="Your text is read by the built-in reader and by two models; your name is taken out before.",
                ),
                submit="See it as the readers will",
                more=button("Save for later", kind=ButtonKind.QUIET, name="what", value="later"),
                guard=True,
            ),
        ),
        section(title="As the readers will see it", body=draft_text(text=ESSAY[:560])),
        search_form(action="/search", label="Search your drafts"),
        button_row(button("Not possible now", disabled=True), button("Delete this draft", kind=ButtonKind.DANGER)),
    )
    return page(
        title="A change in your town",
        body=body,
        person=STUDENT,
        nonce=NONCE,
        theme=theme,
        nav=NAV_STUDENT,
        breadcrumbs=CRUMBS[:1],
    )
