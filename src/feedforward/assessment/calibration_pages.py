"""The page on which an instructor calibrates a reader, sees how sure the result is, and turns it on or off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedforward import urls
from feedforward.assessment.calibration_orders import CalibrationView, Reviewed
from feedforward.assessment.calibration_queries import Run
from feedforward.assignments.readers_view import reader_label
from feedforward.assignments.rules import Task
from feedforward.calibration.marked_file import MOST_BYTES, MOST_TEXTS
from feedforward.calibration.training import FEWEST, CriterionFigures, how_sure
from feedforward.rubrics.rules import Rubric
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, button_row, link_button
from feedforward.ui.choices import Choice, radio_group, select_field
from feedforward.ui.dates import moment
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.fields import file_field, text_field
from feedforward.ui.forms import form
from feedforward.ui.layout import card, page_head, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import Column, data_table, empty_state

_LEAD = (
    "Learn from texts that people have marked how a reader’s figures and scores go together with those marks. It stays "
    "out of the feedback until you turn it on."
)
_CAUTION = (
    "A calibration learns what goes along with marks, not what earns them: it does not understand a text any better "
    "than its reader does. Every level still waits for your review."
)
_SOURCES = {"reviewed": "reviewed drafts", "marked": "texts from a file"}


@dataclass(frozen=True, slots=True)
class CalibrationTyped:
    """What the two forms hold."""

    reader: str = ""
    scope: str = "here"
    text_column: str = "text"


def calibration_body(
    *, view: CalibrationView, typed: CalibrationTyped, errors: Mapping[str, str], form_in: str
) -> Child:
    """The whole page; `errors` belong to the form `form_in`: "reviewed", "marked" or "" for none."""
    task = view.task
    back = link(Link("Back to the assignment", urls.assignment(task.assignment_id)))
    head = page_head(title="Calibrate a reader", lead=_LEAD)
    if view.rubric is None:
        build = link_button("Build the rubric", href=urls.edit_rubric(task.assignment_id), kind=ButtonKind.QUIET)
        return (
            head,
            empty_state(
                title="No rubric yet", text="A reader is calibrated for the criteria of a rubric.", action=build
            ),
            button_row(back),
        )
    return (
        head,
        notice(Notice(_CAUTION, NoticeKind.INFO)),
        section(
            title="Calibrations", body=stack(*(_run(task, run, run.id in view.outdated) for run in view.runs))
            if view.runs else P("None yet. Scores are merged as the readers give them."),
        ),
        section(
            title="From drafts you have reviewed",
            lead="Released drafts with a level for every criterion. A level you left as it was proposed counts as your "
            "own, and pulls the figures towards agreement.",
            body=_reviewed_form(task, view.reviewed, typed, errors if form_in == "reviewed" else {}),
        ),
        section(
            title="From texts marked elsewhere",
            lead="The built-in reader alone: a language model would have to read every text, and be paid for it.",
            body=_file_form(task, view.rubric, typed, errors if form_in == "marked" else {}),
        ),
        button_row(back),
    )  # fmt: skip


def _run(task: Task, run: Run, outdated: bool) -> Element:
    return card(
        title=f"{reader_label(run.reader)}, from {_SOURCES[run.source]}",
        actions=_state(run),
        body=stack(
            P("Begun on ", moment(run.created_at, task.time_zone), ".", cls="quiet"),
            _outcome(run),
            P(
                "The reader has changed since: its figures today are not those learnt from, so merging leaves this "
                "calibration aside. Calibrate again."
            )
            if outdated and run.status == "fitted"
            else None,
            button_row(*_buttons(run)),
        ),
    )  # fmt: skip


def _state(run: Run) -> Element:
    if run.in_use:
        return badge("Used in merging", tone=Tone.ACTIVE)
    if run.silent or run.status == "stopped":
        return badge("Stopped", tone=Tone.PERSON)
    return {
        "running": badge("Under way", tone=Tone.ACTIVE), "refused": badge("Nothing learnt", tone=Tone.PERSON),
    }.get(run.status, badge("Not used"))  # fmt: skip


def _outcome(run: Run) -> Child:
    if run.silent or run.status == "stopped":
        return P(f"It stopped after {run.done} of {run.n} texts. Nothing was changed; start it again.")
    if run.status == "running":
        return P(f"{run.done} of {run.n} texts are read. You can leave this page; it goes on.")
    if run.status == "refused":
        return P(run.problem)
    return stack(
        P(f"Learnt from {run.n} texts. The figures come from texts left out while learning, a fifth each time."),
        data_table(
            caption="How far scores agree with the people who marked",
            head=[
                "Criterion", Column("Texts", number=True), Column("As read", number=True),
                Column("Calibrated", number=True), Column("95 in 100", number=True),
                Column("Kinder or stricter", number=True), Column("Mean distance", number=True), "In words",
            ],
            rows=[_figures(each) for each in run.figures],
        ),
        P(
            "Agreement is quadratic weighted kappa: 1 is the same step everywhere, 0 is chance. “Kinder or stricter” "
            "is the mean of score minus mark, “mean distance” how far apart they lie whichever way; both in points.",
            cls="quiet",
        ),
    )  # fmt: skip


def _figures(each: CriterionFigures) -> list[Child]:
    interval = "–" if each.interval is None else f"{each.interval[0]:.2f} to {each.interval[1]:.2f}"
    before = "no level" if not each.scored else _shown(each.before)
    if each.scored and each.scored < each.n:
        before = f"{before} (of {each.scored})"
    return [
        each.name, str(each.n), before, _shown(each.after), interval, _signed(each.bias),
        _shown(each.mae), how_sure(each),
    ]  # fmt: skip


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}"


def _buttons(run: Run) -> Sequence[Child]:
    action = urls.calibration(run.id)
    buttons = []
    if run.in_use:
        buttons.append(button_form(action=action, label="Stop using it", fields={"do": "stop"}))
    elif run.status == "fitted" and any(each.usable for each in run.figures):
        buttons.append(button_form(action=action, label="Use it in merging", fields={"do": "use"}))
    label = "End it" if run.status == "running" and not run.silent else "Remove"
    buttons.append(button_form(action=action, label=label, fields={"do": "remove"}))
    return buttons


def _reviewed_form(
    task: Task, reviewed: Sequence[Reviewed], typed: CalibrationTyped, errors: Mapping[str, str]
) -> Child:
    if not any(each.everywhere for each in reviewed):
        return stack(
            *(notice(Notice(message, NoticeKind.FAILED)) for message in errors.values()),
            P(
                f"No reviewed draft can be learnt from yet. As soon as {FEWEST} are released with a level for every "
                "criterion, you can calibrate on them."
            ),
        )
    return form(
        action=urls.calibrate(task.assignment_id, "reviewed"), submit="Calibrate on reviewed drafts", errors=errors,
        submit_kind=ButtonKind.QUIET,
        fields=(
            select_field(
                name="reader", label="Reader", value=typed.reader or reviewed[0].reader, error=errors.get("reader"),
                choices=[Choice(each.reader, _counted(each)) for each in reviewed],
            ),
            radio_group(
                name="scope", label="Which drafts", value=typed.scope,
                choices=[
                    Choice("here", "Of this assignment"),
                    Choice("everywhere", "Of every assignment I teach whose rubric has the same criteria and points"),
                ],
            ),
            P(
                f"At least {FEWEST} are needed. For the built-in reader only drafts count whose text is not erased "
                "yet, in English and with 100 words or more.",
                cls="quiet",
            ),
        ),
    )  # fmt: skip


def _counted(each: Reviewed) -> str:
    drafts = f"{each.here} drafts here, {each.everywhere} in all"
    return f"{reader_label(each.reader)}: {drafts}, {each.changed} of {each.marks} levels set by hand"


def _file_form(task: Task, rubric: Rubric, typed: CalibrationTyped, errors: Mapping[str, str]) -> Child:
    named = ", ".join(f"“{each.name}”" for each in rubric.criteria)
    return form(
        action=urls.calibrate(task.assignment_id, "marked"), submit="Calibrate on this file", files=True,
        submit_kind=ButtonKind.QUIET, errors=errors,
        fields=(
            file_field(
                name="file", label="File of marked texts", accept=".csv,.tsv,.txt", error=errors.get("file"),
                hint=f"A CSV file: one line for each text, its marks in columns called {named}, as numbers within the "
                f"rubric’s points or as names of levels. At most {MOST_TEXTS} texts and {MOST_BYTES // 1_000_000} MB. "
                "The texts are read in memory and never stored.",
            ),
            text_field(
                name="text_column", label="Column that holds the texts", value=typed.text_column,
                error=errors.get("text_column"), max_length=200,
            ),
        ),
    )  # fmt: skip
