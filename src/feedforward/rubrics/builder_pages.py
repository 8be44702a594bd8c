"""The rubric builder: a form that works without a script, each step a button that keeps everything typed."""

from dataclasses import dataclass

from feedforward import urls
from feedforward.rubrics.builder import shares
from feedforward.rubrics.checkup import check_up_typed
from feedforward.rubrics.criterion_pages import criterion_card, step_button
from feedforward.rubrics.desk import Checked, Desk, checked
from feedforward.rubrics.files import LONGEST_NAME
from feedforward.rubrics.formats.registry import ACCEPTED_ENDINGS
from feedforward.rubrics.kept_states import packed
from feedforward.rubrics.linter_pages import checkup_card, counted
from feedforward.rubrics.order_pages import order_table
from feedforward.rubrics.reading_pages import seen_part
from feedforward.rubrics.template_rules import LONGEST_ABOUT
from feedforward.rubrics.templates import ready_made_names
from feedforward.ui.buttons import ButtonKind, button, button_row
from feedforward.ui.elements import A, Child, Div, Element, Li, P, Ul
from feedforward.ui.fields import file_field, text_area, text_field
from feedforward.ui.forms import field_id, form, hidden_field
from feedforward.ui.layout import disclosure, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a builder stands: `action` takes its form, `library` is where more templates are, `about` the typed purpose
    of a template (None for the rubric of an assignment)."""

    action: str
    version: int
    back: Link
    library: Link
    about: str | None = None


READ = Notice(
    "It is in the form below and not saved yet. Look through it, change what you like, then save.", NoticeKind.DONE
)


def builder_form(*, frame: Frame, desk: Desk, start_opened: bool = False) -> Element:
    """The builder for what lies on the desk."""
    typed, errors, parts = desk.typed, desk.errors, shares(desk.typed)
    many = len(typed.criteria)
    fields = (
        hidden_field(name="version", value=str(frame.version)),
        hidden_field(name="before", value=packed(desk.before)),
        hidden_field(name="offered", value=packed(desk.offered)),
        # Return in a field presses the first button of a form, which must be the harmless one.
        button_row(
            button("Save the rubric", kind=ButtonKind.QUIET, name="do", value="save"),
            step_button(action=frame.action, label="Undo", step="undo", anchor="rubric", heard="Undo the last step")
            if desk.before
            else None,
        ),
        seen_part(seen=desk.seen, action=frame.action) if desk.seen else None,
        _start(frame, desk, opened=start_opened),
        text_field(name="name", label="Name of the rubric", value=typed.name, max_length=LONGEST_NAME,
                   error=errors.get("name")),
        text_field(name="about", label="What it is for", value=frame.about, max_length=LONGEST_ABOUT, required=False,
                   hint="One line by which you and others find it again.", error=errors.get("about"))
        if frame.about is not None else None,
        order_table(action=frame.action, typed=typed, shares=parts) if many > 1 else None,
        Div(
            check_part(found=checked(typed)), id="rubric-check", cls="rubric-check", aria_live="polite",
            hx_post=urls.check_rubric(), hx_trigger="input from:'closest form' delay:700ms", hx_include="closest form",
            # A chosen file is not sent with every pause in typing.
            hx_encoding="application/x-www-form-urlencoded",
        ),
        *(
            criterion_card(action=frame.action, criterion=each, position=at, share=parts[at], errors=errors)
            for at, each in enumerate(typed.criteria)
        ),
        None if many else P("There is no criterion yet."),
        button_row(
            step_button(action=frame.action, label="Add a criterion", step="add-criterion",
                        anchor=f"criterion-{many + 1}"),
        ),
        checkup_card(found=check_up_typed(typed), action=frame.action),
        button_row(button("Save the rubric", name="do", value="save"), link(frame.back)),
    )  # fmt: skip
    return form(
        action=frame.action, fields=fields, submit=None, errors=errors, files=True, guard=True, narrow=False,
        form_id="rubric",
    )  # fmt: skip


def check_part(*, found: Checked) -> Child:
    """The live check: the weights in a sentence, and what is still to change, each a link to its field."""
    shown = found.to_change[:8]
    rest = len(found.to_change) - len(shown)
    return (
        P(found.weights),
        Ul(*(Li(A(words, href=f"#{field_id(name)}") if name else words) for name, words in shown)) if shown else None,
        P(f"And {rest} more.") if rest else None,
        None if shown else P("Every criterion has a name, levels and points."),
        P(A(counted(found.findings), href="#checkup")) if found.findings else None,
    )


def told_of(*, desk: Desk) -> Child:
    """What stands above the form after a rubric was put into it."""
    return notice(READ) if desk.put_in else None


def _start(frame: Frame, desk: Desk, *, opened: bool) -> Element:
    replaces = "" if desk.typed.is_blank else " It replaces what stands in the form; “Undo” brings that back."
    return disclosure(
        summary="Start from a ready-made rubric, a template or a file",
        opened=opened or "pasted" in desk.errors or "file" in desk.errors,
        body=stack(
            P(f"A ready-made rubric can be changed in every word.{replaces}"),
            button_row(
                *(
                    button(title, kind=ButtonKind.QUIET, name="do", value=f"template:{name}", unfinished=True,
                           action=f"{frame.action}#rubric", label_heard=f"Use the rubric “{title}”")
                    for name, (title, _) in ready_made_names().items()
                )
            ),
            P(link(frame.library)),
            text_area(name="pasted", label="Rubric as text", value=desk.pasted, rows=5, required=False,
                      error=desk.errors.get("pasted"),
                      hint="Paste a table from a word processor or spreadsheet, Markdown, or a rubric file’s content."),
            file_field(name="file", label="Rubric file", accept=ACCEPTED_ENDINGS, required=False,
                       error=desk.errors.get("file"),
                       hint="From Canvas (CSV), Moodle (grading XML), edX (XML), .ffrubric, Markdown, JSON or YAML."),
            button_row(button("Look at it", kind=ButtonKind.QUIET, name="do", value="read", unfinished=True,
                              action=f"{frame.action}#rubric", label_heard="Read it and put it into the form")),
        ),
    )  # fmt: skip
