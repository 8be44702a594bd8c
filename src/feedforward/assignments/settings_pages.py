"""The forms of settings: one assignment's own, a course's defaults, and the installation's."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.assignments.choices import LONGEST_FOCUS, LONGEST_TONE, MOST_MINUTES, NAMES, Choices, Origin
from feedforward.assignments.rules import Task
from feedforward.assignments.settings_form import DefaultsForm, SettingsForm
from feedforward.assignments.settings_words import ORIGINS, WORDINGS, value_in_words
from feedforward.submission_types.registry import submission_type
from feedforward.ui.choices import Choice, checkbox, checkbox_group, select_field
from feedforward.ui.elements import Child, Element
from feedforward.ui.fields import date_time_field, number_field, text_area, text_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import disclosure, page_head, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice

GROUPS = (
    ("When drafts are taken in", ("late", "minutes_between", "word_limits", "reminders")),
    ("How the feedback is written", ("detail", "shape", "tone", "focus", "language")),
    ("What students see", ("students_see",)),
    ("Review and return", ("review", "anonymous")),
)
_FOLLOW = {Origin.PRODUCT: "As FeedForward does it", Origin.INSTALLATION: "As on this installation",
           Origin.COURSE: "As in the course"}  # fmt: skip
NOT_PERMITTED = (
    "This installation does not permit release without a review, so everything waits for a person, whatever is chosen "
    "here. An administrator can permit it."
)


def settings_body(
    *, task: Task, typed: SettingsForm, errors: Mapping[str, str], notices: Sequence[Child] = ()
) -> Child:
    """One assignment's settings; a field left to follow shows what it follows, and where that comes from."""
    zone, settings = task.time_zone, task.settings
    taken = submission_type(task.kind)
    more: dict[str, Child] = {
        "late": date_time_field(
            name="late_until", label="Last moment for late drafts", value=typed.late_until, zone=zone, required=False,
            hint="Empty: late drafts are taken until you close the assignment.", error=errors.get("late_until"),
        ),
        "word_limits": checkbox_group(
            name="file_types", label="Kinds of files", values=typed.file_types, inline=True,
            choices=[Choice(str(each), str(each)) for each in taken.file_types], error=errors.get("file_types"),
            hint="What is really in a file counts, not its name. Pasted text is always taken.",
        ),
        "anonymous": date_time_field(
            name="return_at", label="Feedback is promised by", value=typed.return_at, zone=zone, required=False,
            hint="Students see it, and your queue says what is overdue. Empty: nothing is promised.",
            error=errors.get("return_at"),
        ),
    }  # fmt: skip
    published = "Drafts that were read already keep the feedback and the settings they were read with."
    return (
        page_head(title="Handing in and feedback", lead=f"What is not chosen here follows the course. {published}"),
        *notices,
        form(
            action=urls.assignment_settings(task.assignment_id), submit="Save the settings", errors=errors, guard=True,
            more=link(Link("Back to the assignment", urls.assignment(task.assignment_id))),
            fields=(
                hidden_field(name="version", value=typed.version),
                *_groups(typed, settings.above, settings.above_origins, errors, more, settings.unreviewed_allowed),
            ),
        ),
    )  # fmt: skip


def course_defaults_body(
    *, course_id: int, course: str, typed: DefaultsForm, above: Choices, origins: Sequence[Origin],
    unreviewed_allowed: bool, errors: Mapping[str, str],
) -> Child:  # fmt: skip
    """What the assignments of a course follow."""
    return (
        page_head(
            title="Defaults of the course",
            lead=f"Assignments of {course} follow these where they choose nothing of their own, new and old ones.",
        ),
        form(
            action=urls.course_defaults(course_id), submit="Save the defaults", errors=errors, guard=True,
            more=link(Link("Back to the course", urls.course(course_id))),
            fields=(
                hidden_field(name="version", value=typed.version),
                *_groups(typed, above, origins, errors, {}, unreviewed_allowed),
            ),
        ),
    )  # fmt: skip


def installation_defaults_body(
    *, typed: DefaultsForm, above: Choices, origins: Sequence[Origin], errors: Mapping[str, str]
) -> Child:
    """What courses follow, and what they may choose at all."""
    return (
        page_head(
            title="Defaults of assignments",
            lead="Courses follow these where they choose nothing of their own, and assignments follow their course.",
        ),
        form(
            action=urls.installation_defaults(), submit="Save the defaults", errors=errors, guard=True,
            fields=(
                hidden_field(name="version", value=typed.version),
                checkbox(
                    name="unreviewed_allowed", label="Permit feedback that no person has reviewed",
                    checked=typed.unreviewed_allowed,
                    hint="Instructors may then let feedback go out by itself. Students are told plainly that nobody "
                    "reviewed it. Taken back, everything that has not gone out waits for a person again.",
                ),
                *_groups(typed, above, origins, errors, {}, typed.unreviewed_allowed),
            ),
        ),
    )  # fmt: skip


def _groups(
    typed: DefaultsForm | SettingsForm, above: Choices, origins: Sequence[Origin], errors: Mapping[str, str],
    more: Mapping[str, Child], unreviewed_allowed: bool,
) -> list[Element]:  # fmt: skip
    """Each group folded under what it holds now; opened where something in it is wrong, and the first one always."""
    found = []
    for number, (title, names) in enumerate(GROUPS):
        fields: list[Child] = []
        for name in names:
            if name == "review" and not unreviewed_allowed:
                fields.append(notice(Notice(NOT_PERMITTED, NoticeKind.INFO)))
            fields += [_field(name, typed, above, origins, errors), more.get(name)]
        wrong = bool({*names, *(_MORE[name] for name in names if name in _MORE)} & errors.keys())
        chosen = sum(1 for name in names if getattr(typed, name))
        told = f"{title} ({chosen} chosen here)" if chosen else title
        found.append(disclosure(summary=told, body=stack(*fields), opened=wrong or number == 0))
    return found


_MORE = {"late": "late_until", "word_limits": "file_types", "anonymous": "return_at"}


def _field(
    name: str, typed: DefaultsForm | SettingsForm, above: Choices, origins: Sequence[Origin], errors: Mapping[str, str]
) -> Element:
    wording = WORDINGS[name]
    value, error = getattr(typed, name), errors.get(name)
    follows = f"{_FOLLOW[origins[NAMES.index(name)]]}: {value_in_words(above, name)}"
    if wording.values:
        return select_field(
            name=name, label=wording.label, value=value, hint=wording.hint, empty=follows, required=False, error=error,
            choices=[Choice(*each) for each in wording.values], say_optional=False,
        )  # fmt: skip
    hint = f"{wording.hint} Empty: {follows[0].lower()}{follows[1:]}."
    if name == "minutes_between":
        return number_field(
            name=name, label=wording.label, value=value, hint=hint, least=0, most=MOST_MINUTES, unit="minutes",
            required=False, error=error, say_optional=False,
        )  # fmt: skip
    if name == "focus":
        return text_area(
            name=name, label=wording.label, value=value, hint=hint, rows=2, required=False, max_length=LONGEST_FOCUS,
            error=error, say_optional=False,
        )  # fmt: skip
    return text_field(
        name=name, label=wording.label, value=value, hint=hint, required=False, max_length=LONGEST_TONE, error=error
    )


def settings_facts(*, task: Task) -> list[tuple[str, Child]]:
    """What holds for an assignment, each with where it comes from."""
    return [
        (WORDINGS[name].label, f"{value_in_words(task.settings, name)} ({ORIGINS[task.settings.origin(name)]})")
        for name in NAMES
    ]  # fmt: skip
