"""Student work for an administrator: saying why, what is open, and lists of drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedforward import urls
from feedforward.courses.glass_letters import scope_in_words
from feedforward.courses.glass_rules import LONGEST_REASON, GlassScope, Opening, Place
from feedforward.drafts.rules import DraftStatus
from feedforward.review.glass_queries import Named, WorkLine
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button, button_form, button_row
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.dates import moment_text, relative
from feedforward.ui.elements import A, Child, Element, Form, Nav, P
from feedforward.ui.fields import text_area, text_field
from feedforward.ui.forms import error_summary, field_row, form
from feedforward.ui.layout import page_head, section, stack
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table, empty_state

STATES = {
    DraftStatus.SUBMITTED: "Waiting to be read",
    DraftStatus.READING: "Being read",
    DraftStatus.MERGING: "Being merged",
    DraftStatus.AWAITING_REVIEW: "Waiting for review",
    DraftStatus.NEEDS_MANUAL_FEEDBACK: "Waiting for feedback by hand",
    DraftStatus.RELEASED: "Released",
    DraftStatus.WITHHELD: "Withheld",
}
WHAT = {"draft": "Draft", "course": "Course"}


def address_of(place: Place) -> str:
    """Where the work of a place is read."""
    match place.scope:
        case GlassScope.COURSE:
            return urls.work_of_course(place.course_id)
        case GlassScope.STUDENT:
            return urls.work_of_student(place.course_id, place.student_id or 0)
        case GlassScope.DRAFT:
            return urls.work_of_draft(place.draft_id or 0)


def reason_body(*, named: Named, minutes: int, typed: str, errors: Mapping[str, str]) -> Child:
    """“This is student work; say why.”"""
    place = named.place
    what = {
        GlassScope.COURSE: f"every draft handed in to {named.course}, with its feedback and its readings",
        GlassScope.STUDENT: f"every draft {named.student} handed in to {named.course}, with feedback and readings",
        GlassScope.DRAFT: f"draft {place.draft_id} in {named.course}, with its feedback and its readings",
    }[place.scope]
    return (
        page_head(
            title="This is student work",
            lead="Running FeedForward is no reason to read what students write. Say why you need to.",
        ),
        error_summary(errors),
        stack(
            P(f"You will be able to read {what}. You can change nothing."),
            P(f"It lasts {minutes} minutes, or until you close it."),
            P("The owner of the course is told at once, with your name and your reason."),
            P("Your reason and every page you read are recorded."),
        ),
        form(
            action=urls.say_why(address_of(place)),
            fields=text_area(
                name="reason", label="Why do you need to read this?", value=typed, rows=4, max_length=LONGEST_REASON,
                error=errors.get("reason"),
                hint="Such as “The student asked us to look why their feedback does not open, ticket 4711.” Name no "
                "student: this stays.",
            ),
            submit="Record this and read",
        ),
        P("Less is better: ", A("read one draft alone", href=urls.student_work()), ", where that will do.")
        if place.scope is not GlassScope.DRAFT
        else None,
    )  # fmt: skip


def under_glass(*, opening: Opening, now: datetime) -> Child:
    """Stands above everything read for a reason: until when, and a button that ends it."""
    minutes = max(1, -(-int((opening.ends_at - now).total_seconds()) // 60))
    left = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return notice(
        Notice(
            f"You opened {scope_in_words(opening)} for a reason you gave. It closes in {left}. Every page you read is "
            "recorded, and the owner of the course was told.",
            NoticeKind.PERSON,
            actions=button_form(action=urls.close_glass(opening.id), label="Close it now"),
        )
    )


def openings_body(*, openings: Sequence[Opening], me: int, now: datetime, errors: Mapping[str, str]) -> Child:
    """The newest openings of all administrators, and the way to a draft or a course."""
    return (
        page_head(
            title="Student work",
            lead="Administrators read what students write only for a recorded reason. Who did so stands here.",
        ),
        error_summary(errors),
        Form(
            field_row(
                select_field(
                    name="what", label="What do you need to read?", value="draft", required=False, say_optional=False,
                    choices=[Choice(code, label) for code, label in WHAT.items()],
                ),
                text_field(
                    name="number", label="Its number", required=True, max_length=18, error=errors.get("number"),
                    hint="It stands at the end of its address.",
                ),
            ),
            button_row(button("Go on", kind=ButtonKind.QUIET)),
            method="get", action=urls.student_work(), cls="form form-narrow",
        ),
        section(
            title="Opened so far",
            body=_openings(openings, me, now) if openings else empty_state(
                title="Nobody opened anything", text="An opening stands here with its reason, and in the audit log."
            ),
        ),
    )  # fmt: skip


def _openings(openings: Sequence[Opening], me: int, now: datetime) -> Element:
    return data_table(
        caption="Openings of student work",
        head=["Who", "What", "Why", "When", "Read", "State"],
        rows=[
            [
                each.admin,
                (scope_in_words(each).capitalize(), ", ", each.course),
                each.reason,
                moment_text(each.opened_at, "UTC"),
                "1 page" if each.pages == 1 else f"{each.pages} pages",
                _state(each, me, now),
            ]
            for each in openings
        ],
    )  # fmt: skip


def _state(opening: Opening, me: int, now: datetime) -> Child:
    if not opening.is_open(now):
        return badge("Closed", tone=Tone.NEUTRAL)
    until = badge(f"Open, ends {relative(opening.ends_at, now)}", tone=Tone.PERSON)
    if opening.admin_id != me:
        return until
    place = Place(opening.course_id, opening.student_id, opening.draft_id)
    read = A("Read", href=address_of(place))
    return (until, " ", read, button_form(action=urls.close_glass(opening.id), label="Close it now"))


def list_body(
    *, named: Named, opening: Opening, lines: Sequence[WorkLine], after: int | None, now: datetime
) -> Child:  # fmt: skip
    """Drafts handed in, for who opened a course or a student's work in it."""
    here = address_of(named.place)
    older = A("Older", href=f"{here}?before={after}", rel="next", cls="button button-quiet")
    return (
        page_head(title=named.student or named.course, lead=named.course if named.student else None),
        under_glass(opening=opening, now=now),
        data_table(
            caption="Drafts handed in",
            head=["Draft", "Student", "Assignment", "Handed in", "State"],
            rows=[
                [
                    A(f"Draft {each.draft_id}", href=urls.work_of_draft(each.draft_id)),
                    each.student,
                    f"{each.assignment}, number {each.number}",
                    moment_text(each.submitted_at, each.time_zone),
                    (badge(STATES[each.status]), badge("Text erased") if each.erased else None),
                ]
                for each in lines
            ],
        )
        if lines
        else empty_state(title="Nothing was handed in", text="Drafts stand here once students hand them in."),
        Nav(older, cls="pager", aria_label="Pages") if after is not None else None,
    )  # fmt: skip
