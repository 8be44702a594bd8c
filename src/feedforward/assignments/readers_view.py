"""The readers of an assignment to look at: a table, the way their readings merge, and where the text goes."""

from collections.abc import Sequence

from feedforward.assignments.readers import MERGE_WORDS
from feedforward.assignments.rules import ReaderSetting, Task
from feedforward.assignments.text_travel import TextTravel
from feedforward.llm.readers import BUILT_IN
from feedforward.ui.elements import Br, Child
from feedforward.ui.layout import stack
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import Column, data_table, definition_list


def reader_label(reader: str) -> str:
    """What a reader is called on pages: `The built-in reader`, `gpt-5 (openai)`."""
    provider, _, model = reader.partition("/")
    return "The built-in reader" if reader == BUILT_IN else f"{model} ({provider})"


def readers_view(*, task: Task, readers: Sequence[ReaderSetting], travel: TextTravel) -> Child:
    """The readers as a table, how their readings merge, and what that means for students’ text."""
    method, means = MERGE_WORDS[task.merge_method]
    readings = sum(reader.runs for reader in readers)
    return stack(
        data_table(
            caption="Readers of this assignment",
            head=["Reader", Column("Readings", number=True), Column("Weight", number=True),
                  Column("Temperature", number=True), "If it fails"],
            rows=[_reader_row(reader) for reader in readers],
        ),
        definition_list(
            items=[
                ("Merged by", f"{method}. {means}"),
                ("Least good readings", f"{task.min_readings} of {readings}; with fewer a draft waits for you."),
            ]
        ),
        travel_notice(travel),
    )  # fmt: skip


def _reader_row(reader: ReaderSetting) -> list[Child]:
    if reader.reader == BUILT_IN:
        return [reader_label(BUILT_IN), "1", f"{reader.weight:g}", "none", "does not happen"]
    spare = reader_label(reader.fallback_reader) if reader.fallback_reader else "no other reader"
    return [reader_label(reader.reader), str(reader.runs), f"{reader.weight:g}", f"{reader.temperature:g}", spare]


def travel_notice(travel: TextTravel) -> Child:
    """Where the text goes, as a strip; it needs a person's eye where it leaves."""
    title = (
        "Students’ text stays inside your institution." if travel.stays else "Students’ text leaves your institution."
    )
    kind = NoticeKind.INFO if travel.stays else NoticeKind.PERSON
    return notice(Notice([(Br(), sentence) for sentence in travel.sentences], kind, title=title))
