"""The page on which a rubric is tried on texts, and a model is asked about it, before any student is touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feedforward import urls
from feedforward.assessment.trial_costs import Estimate
from feedforward.assessment.trial_queries import TrialLine
from feedforward.assessment.trial_rules import KEPT_FOR, MOST_TEXTS, TrialKind
from feedforward.assignments.readers_view import reader_label
from feedforward.assignments.rules import Task
from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.rules import Rubric
from feedforward.ui.buttons import ButtonKind, button, button_row, link_button
from feedforward.ui.choices import Choice, checkbox, select_field
from feedforward.ui.dates import moment
from feedforward.ui.elements import Br, Child, Div, Element, P
from feedforward.ui.fields import text_area
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import ListItem, disclosure, item_list, page_head, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import Column, data_table, empty_state

KIND_WORDS = {
    TrialKind.DRY_RUN: "Dry run",
    TrialKind.PROPOSAL: "Proposal of a rubric",
    TrialKind.OPINION: "Second opinion",
}
LEAD = (
    "See what each reader would say about a text or two, and whether it tells the levels apart, before any student is "
    "touched. Nothing here reaches a student, a statistic or a calibration."
)
PRIVACY = (
    f"The texts and all that is said about them are kept encrypted and erased after {KEPT_FOR.days} days, or when you "
    "delete them. Take names out before you paste somebody’s text."
)


@dataclass(frozen=True, slots=True)
class TrialTyped:
    """What the forms hold: two texts, by text (from 1) and criterion key the level each should get, the readers."""

    texts: tuple[str, ...] = ("", "")
    expected: Mapping[tuple[int, str], str] = field(default_factory=dict)
    readers: tuple[str, ...] = (BUILT_IN,)


@dataclass(frozen=True, slots=True)
class Price:
    """What was worked out before anything is sent: `agreed` is the mark that this very thing was shown."""

    kind: TrialKind
    estimates: Sequence[Estimate]
    travel: Sequence[str]
    agreed: str


def trials_body(
    *, task: Task, rubric: Rubric | None, readers: Sequence[str], typed: TrialTyped, errors: Mapping[str, str],
    price: Price | None, lines: Sequence[TrialLine],
) -> Child:  # fmt: skip
    """The whole page; `rubric` is the saved one, `readers` those that are offered here."""
    models = [each for each in readers if each != BUILT_IN]
    back = link(Link("Back to the rubric", urls.edit_rubric(task.assignment_id)))
    return (
        page_head(title="Try the rubric", lead=LEAD),
        P(back),
        section(title="On a text or two", body=_dry_run(task, rubric, readers, typed, errors, price))
        if rubric is not None
        else empty_state(
            title="No rubric yet", text="A rubric can be tried as soon as it is saved.",
            action=link_button("Build the rubric", href=urls.edit_rubric(task.assignment_id), kind=ButtonKind.QUIET),
        ),
        section(title="Ask a model about the rubric", body=_asking(task, rubric, models, typed, price))
        if models else None,
        section(title="Earlier trials", body=_lines(lines, task)) if lines else None,
    )  # fmt: skip


def _dry_run(
    task: Task, rubric: Rubric, readers: Sequence[str], typed: TrialTyped, errors: Mapping[str, str],
    price: Price | None,
) -> Element:  # fmt: skip
    priced = price if price is not None and price.kind is TrialKind.DRY_RUN else None
    fields = (
        P(PRIVACY),
        *(_text(rubric, number, typed, errors) for number in range(1, MOST_TEXTS + 1)),
        P("Readers to ask"),
        *(
            checkbox(name=f"reader.{at}", label=reader_label(each), value=each, checked=each in typed.readers,
                     error=errors.get("reader.0") if at == 0 else None)
            for at, each in enumerate(readers)
        ),
        _told(priced) if priced else None,
        hidden_field(name="agreed", value=priced.agreed) if priced else None,
        button_row(
            button("Try it now", name="do", value="run") if priced else
            button("Try it", name="do", value="cost", action=f"{urls.rubric_trials(task.assignment_id)}#cost"),
        ),
    )  # fmt: skip
    return form(
        action=urls.rubric_trials(task.assignment_id), fields=fields, submit=None, errors=errors, guard=True,
    )  # fmt: skip


def _text(rubric: Rubric, number: int, typed: TrialTyped, errors: Mapping[str, str]) -> Child:
    which = "first" if number == 1 else "second"
    chosen = [typed.expected.get((number, each.key), "") for each in rubric.criteria]
    levels = stack(
        *(
            select_field(
                name=f"expected.{number}.{each.key}", label=each.name, value=value, empty="Not said", required=False,
                choices=[Choice(level.label, level.label) for level in each.levels], say_optional=False,
            )
            for each, value in zip(rubric.criteria, chosen, strict=True)
        )
    )  # fmt: skip
    return stack(
        text_area(
            name=f"text.{number}", label=f"The {which} text", value=typed.texts[number - 1], rows=8,
            required=number == 1, count_words=True, error=errors.get(f"text.{number}"),
            hint="A draft you know well." if number == 1 else
            "Best one of another level: then you see whether each reader tells the two apart.",
        ),
        disclosure(
            summary=f"Which levels the {which} text should get, if you want to compare", body=levels,
            opened=any(chosen),
        ),
    )  # fmt: skip


def _asking(
    task: Task, rubric: Rubric | None, models: Sequence[str], typed: TrialTyped, price: Price | None
) -> Child:  # fmt: skip
    kinds = [TrialKind.PROPOSAL] if rubric is None else [TrialKind.OPINION, TrialKind.PROPOSAL]
    return stack(*(_ask(task, kind, models, typed, price) for kind in kinds))


def _ask(task: Task, kind: TrialKind, models: Sequence[str], typed: TrialTyped, price: Price | None) -> Element:
    opinion = kind is TrialKind.OPINION
    words = (
        "A second opinion on the saved rubric, beside what the check-up found by rules."
        if opinion
        else "A rubric proposed from the instructions and the task sheet, to edit in the builder. Nothing is saved."
    )
    priced = price if price is not None and price.kind is kind else None
    chosen = next((each for each in typed.readers if each in models), models[0])
    label = "Ask for a second opinion" if opinion else "Ask for a proposal"
    fields = (
        P(words),
        hidden_field(name="kind", value=kind),
        select_field(name="reader", label="Model", choices=[Choice(each, reader_label(each)) for each in models],
                     value=chosen),
        _told(priced) if priced else None,
        hidden_field(name="agreed", value=priced.agreed) if priced else None,
        button_row(
            button("Ask now") if priced else
            button(label, kind=ButtonKind.QUIET, action=f"{urls.ask_about_rubric(task.assignment_id)}#cost"),
        ),
    )  # fmt: skip
    return form(
        action=urls.ask_about_rubric(task.assignment_id), fields=fields, submit=None, form_id=f"ask-{kind}",
    )  # fmt: skip


def _told(price: Price) -> Element:
    return Div(
        notice(
            Notice(
                ("Look at what it costs and where the text goes.", *((Br(), each) for each in price.travel)),
                NoticeKind.PERSON, title="Nothing is sent yet.",
            )
        ),
        data_table(
            caption="What it will cost", head=["Reader", Column("Calls", number=True), Column("Tokens", number=True),
                                               Column("US dollars", number=True)],
            rows=[
                [reader_label(each.reader), str(each.calls), f"about {each.tokens:,}" if each.tokens else "none",
                 dollars_text(each)]
                for each in price.estimates
            ],
        ),
        id="cost", cls="stack",
    )  # fmt: skip


def dollars_text(estimate: Estimate) -> str:
    """What a reader will cost, in words."""
    if estimate.dollars is None:
        return "no price is known"
    if not estimate.dollars:
        return "nothing"
    return "less than 0.01" if estimate.dollars < 0.01 else f"about {estimate.dollars:.2f}"


def _lines(lines: Sequence[TrialLine], task: Task) -> Element:
    return item_list(
        items=[
            ListItem(
                title=KIND_WORDS[each.kind], href=urls.rubric_trial(each.id),
                detail="Texts and answers are erased." if each.erased else
                "Done." if each.over == each.calls else f"Under way: {each.over} of {each.calls} done.",
                meta=moment(each.created_at, task.time_zone),
            )
            for each in lines
        ],
        label="Earlier trials",
    )  # fmt: skip
