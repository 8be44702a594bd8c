"""The form of a course, what its states mean, and the steps from each."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.courses.life_cycle_rules import is_kept
from feedforward.courses.queries import CourseView
from feedforward.courses.rules import CourseStatus, Move, time_zones
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.fields import text_area, text_field
from feedforward.ui.forms import field_row, form, hidden_field
from feedforward.ui.layout import page_head, row, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice

STATUS_WORDS = {
    CourseStatus.DRAFT: ("Being prepared", Tone.NEUTRAL),
    CourseStatus.ACTIVE: ("Open", Tone.ACTIVE),
    CourseStatus.INACTIVE: ("Paused", Tone.NEUTRAL),
    CourseStatus.ARCHIVED: ("Archived", Tone.NEUTRAL),
    CourseStatus.DELETED: ("Deleted", Tone.NEUTRAL),
}
STATUS_MEANS = {
    CourseStatus.DRAFT: "Only you and the other staff see this course. Students see it once you open it.",
    CourseStatus.ACTIVE: "Enrolled students see this course and hand in drafts.",
    CourseStatus.INACTIVE: "Students still see this course and their feedback; no new drafts are taken in.",
    CourseStatus.ARCHIVED: "Everything can be read and nothing changed.",
}


def course_badge(status: CourseStatus) -> Element:
    word, tone = STATUS_WORDS[status]
    return badge(word, tone=tone)


def counted(number: int, one: str, many: str) -> str:
    """`1 student`, `12 students`, `no students`."""
    return f"{number or 'no'} {one if number == 1 else many}"


def zone_field(*, value: str, hint: str, error: str | None) -> Element:
    """The time zone, chosen from the places of the world; one stored earlier under another spelling stays."""
    zones = time_zones()
    shown = zones if not value or value in zones else (value, *zones)
    return select_field(
        name="time_zone", label="Time zone", choices=[Choice(zone, zone.replace("_", " ")) for zone in shown],
        value=value, empty=None if value else "Choose a time zone", hint=hint, error=error,
    )  # fmt: skip


def course_fields(*, fields: Mapping[str, str], errors: Mapping[str, str]) -> Child:
    """What is said of a course, in a form for a new one, an existing one or a copy."""
    return (
        field_row(
            text_field(name="code", label="Code", value=fields["code"], hint="Short, such as ENG 101.", max_length=40,
                       error=errors.get("code")),
            text_field(name="term", label="Term", value=fields["term"], hint="Such as Autumn 2026.", max_length=60,
                       error=errors.get("term"), required=False),
        ),
        text_field(name="department", label="Department", value=fields["department"], max_length=120, required=False,
                   hint="Such as English. Courses can be found by it.", error=errors.get("department")),
        text_field(name="title", label="Title", value=fields["title"], max_length=200, error=errors.get("title")),
        text_area(name="description", label="Description", value=fields["description"], rows=4, required=False,
                  hint="Students see this above their assignments.", error=errors.get("description")),
        zone_field(value=fields["time_zone"], hint="Deadlines are told in this zone.", error=errors.get("time_zone")),
    )  # fmt: skip


def course_form_body(
    *, title: str, action: str, submit: str, back: Link, fields: Mapping[str, str], errors: Mapping[str, str],
    overtaken: Child = None,
) -> Child:  # fmt: skip
    """The form of a new or existing course; `fields` are what is filled in, as text, `overtaken` what to tell somebody
    whose form another person's came before."""
    parts = (hidden_field(name="version", value=fields["version"]), course_fields(fields=fields, errors=errors))
    return (
        page_head(title=title),
        overtaken,
        form(action=action, fields=parts, submit=submit, errors=errors, more=link(back), guard=True),
    )


def course_overtaken(*, differences: Sequence[str]) -> Child:
    """What to tell somebody whose form was overtaken: what differs, and that saving again replaces it."""
    differs = f" What you typed differs in: {', '.join(differences)}." if differences else ""
    return notice(
        Notice(
            f"Nothing was overwritten, and what you typed is below.{differs} Saving now puts yours in place of theirs.",
            NoticeKind.PERSON, title="Somebody else has changed this course since you opened it.",
        )
    )  # fmt: skip


def course_life(*, course: CourseView, moves: Sequence[Move]) -> Child:
    """What the course's state means, and the steps from here with what each one does; what takes assignments along is
    shown on a page of its own first."""
    return stack(P(STATUS_MEANS[course.status]), *(stack(_step(course, move), P(move.effect)) for move in moves))


def _step(course: CourseView, move: Move) -> Element:
    if is_kept(move.go_to) or is_kept(move.come_from):
        href = urls.course_step(course.id, move.go_to)
        return row(link_button(f"{move.label} …", href=href, kind=ButtonKind.QUIET))
    return button_form(
        action=urls.course_status(course.id), label=move.label,
        fields={"come_from": course.status, "go_to": move.go_to, "confirmation": ""},
    )  # fmt: skip
