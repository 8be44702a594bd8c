"""Feedback without running readers: made-up answers go through the real merging, and the release is written as rows."""

from datetime import timedelta

from sqlalchemy import Connection, update

from feedforward.assessment.answer import Answer, CriterionReading, ReaderComment, Uptake
from feedforward.assessment.built_in.uptake import Judgement, judgements
from feedforward.assessment.merging import merged_rows, write_merged
from feedforward.assessment.opening import document_before, open_draft
from feedforward.assessment.queries import RoundReading
from feedforward.assignments.queries import task_for_work
from feedforward.drafts.content import read_content
from feedforward.drafts.queries import draft_for_work
from feedforward.drafts.tables import Draft
from feedforward.feedback.rules import CommentKind, Quote
from feedforward.feedback.tables import Feedback
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from tests.factories.site import Site


def answer_for(rubric: Rubric, text: str, *, level: int = 1, uptake: tuple[Uptake, ...] = ()) -> Answer:
    """An answer with a strength and an improvement that quote, one on something missing, and one unsupported."""
    first = rubric.criteria[0]

    def quoted(kind: CommentKind, words: str, said: str, step: str) -> ReaderComment:
        start = text.index(words)
        return ReaderComment(first.key, kind, said, Quote(words, start, start + len(words)), step, True)

    opening, ending = text.split(".")[0], text.rstrip(".").rsplit(". ", 1)[-1]
    comments = (
        quoted(CommentKind.STRENGTH, ending, "The ending takes a clear stand.", ""),
        quoted(CommentKind.IMPROVEMENT, opening, "The claim stands alone.", "Give one reason right after it."),
        ReaderComment(
            first.key,
            CommentKind.IMPROVEMENT,
            "No source is named.",
            None,
            "Name two sources.",
            True,
            "the whole draft",
        ),
        ReaderComment(first.key, CommentKind.IMPROVEMENT, "An invented passage.", None, "Ignore this.", False),
    )
    scores = tuple(CriterionReading(each.key, each.levels[level].points, "") for each in rubric.criteria)
    return Answer(scores, comments, "A clear stand with little evidence.", uptake)


def merge(
    site: Site,
    draft_id: int,
    *,
    by_model: bool = True,
    level: int = 1,
    uptake: tuple[Uptake, ...] = (),
    judge: bool = False,
) -> None:
    """The draft has been read and waits for review; `judge` compares it with the draft before, as the desk does."""
    wiring, now = site.wiring, site.wiring.clock.now()
    database = wiring.database

    def inputs(connection: Connection) -> tuple[object, ...]:
        draft = draft_for_work(connection, draft_id)
        return draft, task_for_work(connection, draft.assignment_id), rubric_by_id(connection, draft.rubric_id)

    draft, task, rubric = database.read_now(inputs)
    content = read_content(wiring.content, draft)  # type: ignore[arg-type]
    assert content is not None
    reader = "local/model-a" if by_model else "built-in"
    reading = RoundReading(f"{draft_id}-1-0-1", reader, 1, 1.0, "done", None, None, False)
    judged: tuple[Judgement, ...] = ()
    before = database.read_now(document_before, wiring.content, draft_id) if judge else None
    if before is not None:
        opened = database.read_now(open_draft, wiring.content, draft_id)
        judged = judgements(opened.brief, before, opened.document)
    rows = merged_rows(
        judged=judged, earlier_text=before.text if before else "",
        readings=[(reading, answer_for(rubric, content.text, level=level, uptake=uptake))],  # type: ignore[arg-type]
        task=task, rubric=rubric, content=content, content_id=draft.content_id, store=wiring.content, now=now,  # type: ignore[arg-type, attr-defined]
    )  # fmt: skip
    database.write_now(
        lambda connection: connection.execute(update(Draft).where(Draft.id == draft_id).values(status="merging"))
    )
    assert database.write_now(write_merged, draft_id, rows, now)


def release(site: Site, draft_id: int, *, by: int, note: str = "", days: int = 30) -> None:
    """The instructor released what stands there; done again it is a new version."""
    now = site.wiring.clock.now()

    def write(connection: Connection) -> None:
        connection.execute(
            update(Feedback)
            .where(Feedback.draft_id == draft_id)
            .values(
                status="released", version=Feedback.version + 1, released_at=now, released_by=by, note=note,
                opened_at=None, changed_at=now,
            )
        )  # fmt: skip
        connection.execute(
            update(Draft)
            .where(Draft.id == draft_id)
            .values(status="released", changed_at=now, erase_after=now + timedelta(days=days))
        )

    site.wiring.database.write_now(write)
