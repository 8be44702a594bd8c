"""The form of an assignment's details."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.assignments.details import LONGEST_TITLE, MOST_DRAFTS, PREVIEW, DetailsForm
from feedforward.courses.pages import zone_field
from feedforward.submission_types.registry import SUBMISSION_TYPES
from feedforward.ui.buttons import ButtonKind, button
from feedforward.ui.choices import Choice, radio_group
from feedforward.ui.elements import Child, Div
from feedforward.ui.fields import date_time_field, number_field, text_area, text_field
from feedforward.ui.forms import field_group, field_row, form, hidden_field
from feedforward.ui.layout import page_head
from feedforward.ui.markdown import markdown
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice


def details_body(
    *, title: str, lead: str | None, action: str, submit: str, back: Link, typed: DetailsForm, retention_days: int,
    errors: Mapping[str, str], notices: Sequence[Child] = (),
) -> Child:  # fmt: skip
    """The form filled with `typed`; `retention_days` is the installation's own, which an empty field follows."""
    return (
        page_head(title=title, lead=lead),
        *notices,
        form(
            action=action, submit=submit, errors=errors, more=link(back), guard=True,
            fields=(
                hidden_field(name="version", value=typed.version),
                _task_fields(typed, errors),
                _deadline_fields(typed, errors),
                _reading_fields(typed, errors),
                _retention_field(typed, retention_days, errors),
            ),
        ),
    )  # fmt: skip


def _task_fields(typed: DetailsForm, errors: Mapping[str, str]) -> Child:
    kinds = [Choice(kind.name, kind.label, f"{kind.description} Files: {kind.accepted_in_words}.")
             for kind in SUBMISSION_TYPES.values()]  # fmt: skip
    return (
        text_field(name="title", label="Title", value=typed.title, max_length=LONGEST_TITLE, error=errors.get("title")),
        text_area(name="instructions", label="Instructions", value=typed.instructions, rows=10, required=False,
                  hint="Needed before you publish. Students and readers read them; Markdown such as **bold** works.",
                  error=errors.get("instructions")),
        button("Preview the instructions", kind=ButtonKind.QUIET, name="do", value=PREVIEW, unfinished=True),
        _preview(typed),
        radio_group(name="kind", label="Kind of work", choices=kinds, value=typed.kind, error=errors.get("kind")),
    )  # fmt: skip


def _preview(typed: DetailsForm) -> Child:
    """How the instructions will look: as the form was sent, and live where scripts run."""
    shown = typed.do == PREVIEW
    return Div(
        markdown(typed.instructions) if shown else None,
        id="instructions-preview",
        role="region",
        aria_label="The instructions as students will see them",
        hx_post=urls.preview_instructions(),
        hx_trigger="input delay:500ms from:#field-instructions",
        hx_include="#field-instructions",
        hx_swap="innerHTML",
        cls="instructions-preview",
    )


def _deadline_fields(typed: DetailsForm, errors: Mapping[str, str]) -> Child:
    return field_group(
        legend="Drafts",
        fields=(
            date_time_field(name="due", label="Due", value=typed.due, error=errors.get("due"),
                            hint="What becomes of later drafts, and extensions, are set on the assignment’s page."),
            zone_field(value=typed.time_zone, hint="The due date is told in this zone.",
                       error=errors.get("time_zone")),
            number_field(name="max_drafts", label="Most drafts per student", value=typed.max_drafts, least=1,
                         most=MOST_DRAFTS, error=errors.get("max_drafts"),
                         hint="Feedback helps when there is a next draft to use it in."),
            field_row(
                number_field(name="word_min", label="Least words", value=typed.word_min, least=1, required=False,
                             error=errors.get("word_min")),
                number_field(name="word_max", label="Most words", value=typed.word_max, least=1, required=False,
                             error=errors.get("word_max")),
            ),
        ),
    )  # fmt: skip


def _reading_fields(typed: DetailsForm, errors: Mapping[str, str]) -> Child:
    return field_group(
        legend="Feedback",
        fields=(
            text_area(name="guidelines", label="Guidelines for the readers", value=typed.guidelines, rows=4,
                      required=False, error=errors.get("guidelines"),
                      hint="Students never see this: what to look for, what to let pass, what was covered in class."),
        ),
    )  # fmt: skip


def _retention_field(typed: DetailsForm, retention_days: int, errors: Mapping[str, str]) -> Child:
    usual = "at once" if retention_days == 0 else f"after {retention_days} days"
    return number_field(
        name="retention_days", label="Days until a draft’s text is erased", value=typed.retention_days, least=0,
        required=False, unit="days after release", error=errors.get("retention_days"),
        hint=f"File, text and quoted passages are erased; the feedback stays. Empty: {usual}, as everywhere here. "
        "0: within the hour after release, so that a next draft cannot be compared with this one.",
    )  # fmt: skip


def changed_meanwhile(*, differences: Sequence[str], current: Link) -> Child:
    """What to tell somebody whose form was overtaken: what differs, and that saving again replaces it."""
    differs = f" What you typed differs in: {', '.join(differences)}." if differences else ""
    return notice(
        Notice(
            (
                "Nothing was overwritten, and what you typed is below.", differs,
                " Saving now puts yours in place of theirs. ", link(current),
            ),
            NoticeKind.PERSON, title="Somebody else has changed this assignment since you opened it.",
        )
    )  # fmt: skip
