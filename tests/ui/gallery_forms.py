"""The gallery's forms: signing in, and a new assignment with mistakes."""

from feedforward.ui.choices import Choice, checkbox, checkbox_group, radio_group, select_field
from feedforward.ui.dialogs import typed_confirmation
from feedforward.ui.fields import (
    date_time_field,
    email_field,
    file_field,
    number_field,
    password_field,
    text_area,
    text_field,
)
from feedforward.ui.forms import field_group, field_row, form
from feedforward.ui.layout import (
    page_head,
    section,
    sheet,
)
from feedforward.ui.shell import Theme, page
from tests.ui.gallery_texts import CRUMBS, INSTRUCTIONS, NAV_TEACHER, NONCE, TEACHER


def sign_in(theme: Theme | None) -> str:
    body = sheet(
        page_head(title="Sign in"),
        form(
            action="/sign-in",
            errors={"email": "This e-mail address and password do not belong together. Check both and try again."},
            fields=(
                email_field(
                    value="mira@college.example",
                    error="This e-mail address and password do not belong together. Check both and try again.",
                ),
                password_field(),
            ),
            submit="Sign in",
        ),
    )
    return page(title="Sign in", body=body, person=None, nonce=NONCE, theme=theme)


def assignment_form(theme: Theme | None) -> str:
    errors = {"title": "Give the assignment a title.", "due": "The due date lies in the past. Choose a later one."}
    fields = (
        text_field(name="title", label="Title", error=errors["title"], max_length=200),
        text_area(
            name="instructions",
            label="Instructions",
            value=INSTRUCTIONS,
            hint="Students read this above the rubric. You can use Markdown.",
            autosave="assignment-new",
            count_words=True,
        ),
        field_row(
            date_time_field(
                name="due", label="Due", value="2025-12-04T23:59", zone="Europe/Berlin", error=errors["due"]
            ),
            number_field(name="drafts", label="Most drafts", value=3, least=1, most=10, unit="drafts"),
        ),
        field_group(
            legend="Readers",
            fields=(
                checkbox_group(
                    name="reader",
                    label="Who reads each draft",
                    values=["built-in"],
                    choices=[
                        Choice(
                            "built-in", "Built-in reader", "Offline, no model: structure, citations, length, language."
                        ),
                        Choice("northwind/large", "northwind/large", "About $0.03 a draft."),
                    ],
                ),
                radio_group(
                    name="method",
                    label="How scores are merged",
                    value="median",
                    inline=True,
                    choices=[
                        Choice("mean", "Mean"),
                        Choice("median", "Median"),
                        Choice("trimmed_mean", "Trimmed mean"),
                    ],
                ),
                select_field(
                    name="kind",
                    label="Kind of work",
                    choices=[Choice("essay", "Essay"), Choice("report", "Report")],
                    empty="Choose one",
                ),
            ),
        ),
        checkbox(name="numbers", label="Students see numbers", hint="Levels and words are always shown."),
        file_field(name="rubric", label="Rubric from a file", accept=".json,.yaml", required=False),
    )
    body = (
        page_head(title="New assignment"),
        form(action="/assignments", fields=fields, errors=errors, submit="Save and go on", files=True, guard=True),
        section(
            title="Delete this course",
            quiet=True,
            body=typed_confirmation(
                action="/delete",
                explain="The course, its assignments and all drafts will be gone, and nobody can bring them back.",
                word="Argument and Evidence",
                label="Delete the course",
            ),
        ),
    )
    return page(
        title="New assignment",
        body=body,
        person=TEACHER,
        nonce=NONCE,
        theme=theme,
        nav=NAV_TEACHER,
        breadcrumbs=CRUMBS[:1],
    )
