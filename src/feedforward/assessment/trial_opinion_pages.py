"""What a model said about a rubric itself: a proposal on its way to the builder, or a second opinion."""

from collections.abc import Mapping
from typing import Any

from feedforward import urls
from feedforward.assessment.trial_queries import CallView, TrialView
from feedforward.assignments.readers_view import reader_label
from feedforward.rubrics.builder import TypedRubric, typed_from
from feedforward.rubrics.checkup import check_up
from feedforward.rubrics.files import rubric_from_data
from feedforward.rubrics.kept_states import packed
from feedforward.rubrics.linter_pages import LOOKED_AT, checkup_list
from feedforward.rubrics.pages import rubric_view
from feedforward.rubrics.rules import Rubric
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.layout import ListItem, item_list, section, stack
from feedforward.ui.notices import Notice, NoticeKind, notice


def proposal_part(*, trial: TrialView, call: CallView) -> Child:
    proposed = rubric_from_data(call.said, "The proposal")
    return (
        notice(
            Notice(
                "It is only a proposal and saved nowhere. Open it in the builder, change what you like, then save.",
                NoticeKind.PERSON, title=f"Proposed by {reader_label(call.reader)}.",
            )
        ),
        section(
            title=proposed.name,
            body=stack(_open_in_builder(trial, proposed), rubric_view(rubric=proposed, show_points=True)),
        ),
        section(title="Check-up", lead=LOOKED_AT, body=checkup_list(found=check_up(proposed))),
    )  # fmt: skip


def _open_in_builder(trial: TrialView, proposed: Rubric) -> Element:
    """The builder takes it as one of its own steps: nothing is saved, and “Undo” brings the saved rubric back."""
    fields = {"version": str(trial.task.version), "do": "proposed", **fields_of(typed_from(proposed))}
    if trial.rubric is not None:
        fields["before"] = packed((typed_from(trial.rubric),))
    return button_form(
        action=urls.edit_rubric(trial.task.assignment_id), label="Open it in the builder", kind=ButtonKind.PRIMARY,
        fields=fields,
    )  # fmt: skip


def fields_of(typed: TypedRubric) -> Mapping[str, str]:
    """A rubric as the builder's form sends it."""
    fields = {"name": typed.name}
    for at, criterion in enumerate(typed.criteria):
        start = f"criterion.{at}."
        fields |= {f"{start}name": criterion.name, f"{start}weight": criterion.weight}
        fields[f"{start}description"] = criterion.description
        for step, level in enumerate(criterion.levels):
            place = f"{start}level.{step}."
            fields |= {f"{place}label": level.label, f"{place}points": level.points}
            fields[f"{place}description"] = level.description
    return fields


def opinion_part(*, trial: TrialView, call: CallView | None) -> Child:
    assert trial.rubric is not None, "a second opinion is on a rubric"
    rules = section(title="Found by rules", lead=LOOKED_AT, body=checkup_list(found=check_up(trial.rubric)))
    if call is None:
        return rules
    name = reader_label(call.reader)
    items = [_found_by_model(each, trial.rubric, name) for each in (call.said or {})["findings"]]
    body = item_list(items=items, label=f"Findings of {name}") if items else P(f"{name} found nothing to change.")
    lead = "A model's opinion: it can be wrong, and it is yours to weigh. The reasons and mends are its words."
    return (rules, section(title=f"Second opinion of {name}", lead=lead, body=body))


def _found_by_model(found: Mapping[str, Any], rubric: Rubric, name: str) -> ListItem:
    about = next((each.name for each in rubric.criteria if each.key == found["criterion"]), "The whole rubric")
    return ListItem(
        title=f"{about}: {found['reason']}", detail=found["mend"], badges=[badge(f"Says {name}", tone=Tone.NEUTRAL)]
    )
