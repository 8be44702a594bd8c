"""The page that shows which facts speak to a criterion, from which of its words, and lets an instructor change it."""

from collections.abc import Sequence

from feedforward import urls
from feedforward.assessment.built_in.topics import JUDGED, Sign, Topic
from feedforward.assessment.signals import LOOKS_AT, CriterionLooks, field_of, level_in_words
from feedforward.assignments.rules import Task
from feedforward.submission_types.registry import submission_type
from feedforward.ui.buttons import ButtonKind, button_row, link_button
from feedforward.ui.choices import Choice, checkbox_group, radio_group
from feedforward.ui.elements import Child, Element, Li, P, Strong, Ul
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import card, disclosure, page_head, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table, empty_state

_LEAD = (
    "The built-in reader measures; it does not understand. Which of its facts speak to a criterion is told from the "
    "criterion’s own words, and you can change it."
)


def signals_body(
    *, task: Task, looks: Sequence[CriterionLooks] | None, version: int, has_drafts: bool,
    notices: Sequence[Child] = (),
) -> Child:  # fmt: skip
    """A table of all criteria, and the form to change each; `looks` is None while there is no rubric."""
    back = link(Link("Back to the assignment", urls.assignment(task.assignment_id)))
    head = page_head(title="What the built-in reader looks at", lead=_LEAD)
    if looks is None:
        build = link_button("Build the rubric", href=urls.edit_rubric(task.assignment_id), kind=ButtonKind.QUIET)
        return (
            head,
            empty_state(
                title="No rubric yet",
                text="As soon as there are criteria, this page shows what the built-in reader makes of their words.",
                action=build,
            ),
            button_row(back),
        )
    return (
        head,
        *notices,
        _later_only() if has_drafts else None,
        section(
            title="As it stands",
            body=data_table(
                caption="Criteria and what is looked at for each",
                head=["Criterion", "Looks at", "Told from", "What it does"],
                rows=[_row(each) for each in looks],
            ),
        ),
        section(
            title="Change it",
            body=form(
                action=urls.assignment_signals(task.assignment_id), submit="Save what is looked at", guard=True,
                more=back,
                fields=(
                    hidden_field(name="version", value=str(version)),
                    *(_fields(each, submission_type(task.kind).signals) for each in looks),
                ),
            ),
        ),
    )  # fmt: skip


def _later_only() -> Child:
    return notice(
        Notice(
            "A change applies to readings made from now on. Feedback that is there already stays as it is, and its "
            "review page says what was looked at then.",
            NoticeKind.INFO, title="Drafts have been handed in already.",
        )
    )  # fmt: skip


def _row(looks: CriterionLooks) -> list[Child]:
    topics = looks.signals.topics
    seen = Ul(*(Li(Strong(str(topic)), f": {LOOKS_AT[topic]}") for topic in topics)) if topics else "nothing"
    if looks.signals.chosen:
        told: Child = stack(P("Chosen by the staff."), _words(looks.signs))
    else:
        told = _words(looks.signs)
    return [looks.criterion.name, seen, told, level_in_words(looks)]


def _words(signs: Sequence[Sign]) -> Child:
    if not signs:
        return P("No word of this criterion names anything it can measure.", cls="quiet")
    return Ul(*(Li(f"{_quoted(sign.words)} in the {sign.where}: {sign.topic}") for sign in signs))


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words[:4])


def _fields(looks: CriterionLooks, among: Sequence[Topic]) -> Element:
    named = {sign.topic for sign in looks.signs}
    return card(
        title=looks.criterion.name,
        body=stack(
            radio_group(
                name=field_of(looks.criterion, "by"), label=f"What decides for {looks.criterion.name}", inline=True,
                value="words" if looks.by_words else "choice",
                choices=[Choice("words", "As decided from the words"), Choice("choice", "What is ticked below")],
            ),
            disclosure(
                summary=f"Choose what is looked at for {looks.criterion.name}",
                opened=not looks.by_words,
                body=checkbox_group(
                    name=field_of(looks.criterion, "topics"), label=f"Looked at for {looks.criterion.name}",
                    values=looks.ticked, choices=[_choice(topic, topic in named) for topic in among],
                    hint="Counts only with “What is ticked below”. With nothing ticked the built-in reader stays "
                    "silent on this criterion.",
                ),
            ),
        ),
    )  # fmt: skip


def _choice(topic: Topic, named: bool) -> Choice:
    level = "" if topic in JUDGED else " Comments only, no level."
    by_words = " Named by the criterion’s words." if named else ""
    return Choice(topic, str(topic).capitalize(), f"{LOOKS_AT[topic].capitalize()}.{level}{by_words}")
