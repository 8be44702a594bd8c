"""The form that chooses an assignment's readers and the way their readings merge."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.assignments.readers import MERGE_WORDS, MOST_RUNS, MOST_TEMPERATURE, ReaderRow, ReadersForm
from feedforward.assignments.readers_view import reader_label, travel_notice
from feedforward.assignments.rules import Task
from feedforward.assignments.text_travel import TextTravel
from feedforward.llm.readers import BUILT_IN
from feedforward.ui.choices import Choice, checkbox, radio_group, select_field
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import number_field
from feedforward.ui.forms import field_group, field_row, form, hidden_field
from feedforward.ui.layout import card, page_head
from feedforward.ui.navigation import Link, link

BUILT_IN_HINT = (
    "Fixed checks without a language model: structure, evidence, links, length, sources and language. It gives a level "
    "only where it can judge one, and says nothing where it cannot."
)
NO_MODELS = (
    "No language model is set up on this installation, so the built-in reader reads alone. Whoever runs the "
    "installation can connect models in its settings."
)


def readers_body(
    *, task: Task, typed: ReadersForm, version: int, travel: TextTravel, places: Mapping[str, str],
    errors: Mapping[str, str],
    notices: Sequence[Child] = (),
) -> Child:  # fmt: skip
    """The form filled with `typed`; `travel` tells what the readers chosen in it mean for students' text."""
    offered = [row.reader for row in typed.rows if row.offered]
    only_own = offered == [BUILT_IN]
    return (
        page_head(
            title="Readers",
            lead="Each chosen reader reads every draft on its own; their readings are merged and wait for your review.",
        ),
        *notices,
        travel_notice(travel),
        form(
            action=urls.edit_readers(task.assignment_id), submit="Save the readers", errors=errors, guard=True,
            more=link(Link("Back to the assignment", urls.assignment(task.assignment_id))),
            fields=(
                hidden_field(name="version", value=str(version)),
                *(_reader(number, row, offered, places, errors) for number, row in enumerate(typed.rows)),
                P(NO_MODELS) if only_own else None,
                field_group(
                    legend="From several readings to one",
                    fields=(
                        radio_group(
                            name="merge_method", label="How scores are merged", value=typed.merge_method,
                            choices=[Choice(method, *words) for method, words in MERGE_WORDS.items()],
                            error=errors.get("merge_method"),
                        ),
                        number_field(
                            name="min_readings", label="Least good readings", value=typed.min_readings, least=1,
                            hint="If fewer readings succeed, no score is made up: the draft waits for you instead.",
                            error=errors.get("min_readings"),
                        ),
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def _reader(
    number: int, row: ReaderRow, offered: Sequence[str], places: Mapping[str, str], errors: Mapping[str, str]
) -> Child:
    start = f"reader.{number}."
    own = row.reader == BUILT_IN
    weight = number_field(name=f"{start}weight", label="Weight", value=row.weight, least=0, step="any",
                          error=errors.get(f"{start}weight"))  # fmt: skip
    return card(
        title=reader_label(row.reader),
        top=True,
        body=(
            hidden_field(name=f"{start}name", value=row.reader),
            checkbox(
                name=f"{start}use", label="Reads every draft", checked=row.chosen, error=errors.get(f"{start}use"),
                hint=BUILT_IN_HINT if own else places[row.reader],
            ),
            weight if own else _model_fields(start, row, offered, weight, errors),
        ),
    )  # fmt: skip


def _model_fields(
    start: str, row: ReaderRow, offered: Sequence[str], weight: Child, errors: Mapping[str, str]
) -> Child:
    others = [name for name in offered if name != row.reader]
    spare = others if not row.fallback or row.fallback in others else [*others, row.fallback]
    return (
        field_row(
            number_field(name=f"{start}runs", label="Readings", value=row.runs, least=1, most=MOST_RUNS,
                         error=errors.get(f"{start}runs")),
            weight,
            number_field(name=f"{start}temperature", label="Temperature", value=row.temperature, least=0,
                         most=MOST_TEMPERATURE, step="any", error=errors.get(f"{start}temperature")),
        ),
        select_field(
            name=f"{start}fallback", label="If it fails", value=row.fallback, empty="No other reader", required=False,
            choices=[Choice(name, reader_label(name)) for name in spare], error=errors.get(f"{start}fallback"),
        ),
    )  # fmt: skip
