"""From the readings of a round to the draft's feedback: opened, merged, sealed and written in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from feedforward.assessment.addressed_rows import addressed_rows
from feedforward.assessment.aggregation import Merged, MergedCriterion, merge_readings
from feedforward.assessment.answer import Answer
from feedforward.assessment.attention import Attention, attention_for
from feedforward.assessment.built_in.uptake import Judgement
from feedforward.assessment.calibrated import Calibrated, with_scores
from feedforward.assessment.merging_comments import MergedComment, ScoredReading, priorities
from feedforward.assessment.queries import RoundReading, readings_of_round
from feedforward.assessment.settling import TERMINAL
from feedforward.assessment.shaping import shaped
from feedforward.assessment.tables import CalibratedScore
from feedforward.assignments.rules import MergeMethod, Task
from feedforward.audit.record import record
from feedforward.drafts.rules import DraftContent, DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.feedback.content import COMMENT, SUMMARY
from feedforward.feedback.tables import AddressedComment, Comment, Feedback, FeedbackCriterion
from feedforward.rubrics.rules import Rubric
from feedforward.storage.content import ContentStore
from feedforward.storage.passages import lift_passages, without_passages


@dataclass(frozen=True, slots=True)
class MergedRows:
    """Everything to be written for one draft, its content sealed already."""

    feedback: dict[str, Any]
    criteria: list[dict[str, Any]]
    comments: list[dict[str, Any]]
    addressed: list[dict[str, Any]]
    status: DraftStatus
    trouble: str
    calibrated: list[dict[str, Any]] = field(default_factory=list)


def claim_merging(connection: Connection, draft_id: int, now: datetime) -> bool:
    """Whether all readings of the draft are finished, and this caller is the one to merge them."""
    if any(each.status not in TERMINAL for each in readings_of_round(connection, draft_id)):
        return False
    claimed = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.status == DraftStatus.READING)
        .values(status=DraftStatus.MERGING, changed_at=now)
    ).rowcount
    return claimed == 1


def merged_rows(
    *, readings: Sequence[tuple[RoundReading, Answer | None]], task: Task, rubric: Rubric, content: DraftContent,
    content_id: str, store: ContentStore, now: datetime, judged: Sequence[Judgement] = (), earlier_text: str = "",
    calibrated: Sequence[Calibrated] = (),
) -> MergedRows:  # fmt: skip
    """Merge the good readings; too few of them go to the instructor without a result, with the reasons.

    `judged` is what the built-in reader makes of the comments on the draft before, whose text is `earlier_text`;
    `calibrated` scores are merged in the place of those the readers gave.
    """
    good = [(reading, answer) for reading, answer in readings if answer is not None]
    merged = merge_readings(
        [
            ScoredReading(
                reading.reader, reading.run, reading.weight, with_scores(reading.reading_id, answer, calibrated)
            )
            for reading, answer in good
        ],
        rubric, task.merge_method,
    )  # fmt: skip
    too_few = len(good) < task.min_readings
    failed = [reading for reading, answer in readings if answer is None and not reading.replaced]
    attention = attention_for(
        disagreements=[each.disagreement for each in merged.criteria if each.disagreement is not None],
        unsupported=sum(1 for each in merged.comments if not each.supported),
        hidden=len(content.hidden), failed=len(failed), too_few=too_few,
        # The built-in reader by itself leaves criteria open by design: only a model that says nothing is news.
        unscored=sum(1 for each in merged.criteria if each.score is None) if any(r.by_model for r, _ in good) else 0,
    )  # fmt: skip
    text = content.text
    merged = shaped(merged, task.settings.shape)
    # Where anything needs a person, a person sees it first, whatever the assignment says.
    alone = task.settings.goes_out_unreviewed and not too_few and not attention.reasons
    goes_out = {"status": "scheduled", "release_at": now, "unreviewed": True} if alone else {}
    return MergedRows(
        feedback=_feedback(merged, attention, good, text, content_id, store, now) | goes_out,
        criteria=[_criterion(each, stands=not too_few) for each in merged.criteria],
        comments=_comments(merged.comments, text, content_id, store),
        addressed=addressed_rows(good, judged, texts=f"{text}\n{earlier_text}", content_id=content_id, store=store),
        status=DraftStatus.NEEDS_MANUAL_FEEDBACK if too_few else DraftStatus.AWAITING_REVIEW,
        trouble="\n".join(sorted({reading.error or "internal" for reading in failed})),
        calibrated=[
            {
                "reading_id": each.reading_id, "criterion_id": int(each.criterion_key),
                "calibration_id": each.calibration_id, "score": each.score, "level": each.level,
            }
            for each in calibrated
        ],
    )  # fmt: skip


def unreadable_rows(rubric: Rubric, why: str, now: datetime) -> MergedRows:
    """Feedback with nothing in it, for a person to write: the text is gone, or merging failed (`why`, a code)."""
    nothing = merge_readings([], rubric, MergeMethod.MEAN)
    attention = attention_for(disagreements=[], unsupported=0, hidden=0, failed=1, too_few=True, unscored=0)
    return MergedRows(
        feedback=_feedback_values("", None, attention, readers=0, by_models=False, now=now),
        criteria=[_criterion(each, stands=False) for each in nothing.criteria], comments=[], addressed=[],
        status=DraftStatus.NEEDS_MANUAL_FEEDBACK, trouble=why,
    )  # fmt: skip


def write_merged(connection: Connection, draft_id: int, rows: MergedRows, now: datetime) -> bool:
    """Write the feedback of a draft that is being merged; False where somebody else has written it.

    After an earlier round, what people wrote or edited stays; only what readers said is replaced.
    """
    changed = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.status == DraftStatus.MERGING)
        .values(status=rows.status, trouble=rows.trouble, changed_at=now)
        .returning(Draft.settings_version)
    ).one_or_none()
    if changed is None:
        return False
    rows.feedback["settings_version"] = changed.settings_version
    earlier = connection.execute(select(Feedback.id).where(Feedback.draft_id == draft_id)).scalar_one_or_none()
    feedback_id = _insert_feedback(connection, draft_id, rows) if earlier is None else earlier
    if earlier is not None:
        _replace_feedback(connection, feedback_id, rows, now)
    criteria = [{"feedback_id": feedback_id, **row} for row in rows.criteria]
    if criteria:
        connection.execute(insert(FeedbackCriterion), criteria)
    if rows.comments:
        connection.execute(insert(Comment), [{"feedback_id": feedback_id, **row} for row in rows.comments])
    if rows.calibrated:
        connection.execute(insert(CalibratedScore), rows.calibrated)
    connection.execute(delete(AddressedComment).where(AddressedComment.draft_id == draft_id))
    if rows.addressed:
        connection.execute(insert(AddressedComment), [{"draft_id": draft_id, **row} for row in rows.addressed])
    record(
        connection, at=now, actor_id=None, action="feedback.merged", subject=("draft", draft_id),
        readings=rows.feedback["readers"], status=str(rows.status),
    )  # fmt: skip
    return True


def _insert_feedback(connection: Connection, draft_id: int, rows: MergedRows) -> int:
    feedback_id: int = connection.execute(
        insert(Feedback).values(draft_id=draft_id, **rows.feedback).returning(Feedback.id)
    ).scalar_one()
    return feedback_id


def _replace_feedback(connection: Connection, feedback_id: int, rows: MergedRows, now: datetime) -> None:
    kept = connection.execute(
        select(
            FeedbackCriterion.criterion_id,
            FeedbackCriterion.score,
            FeedbackCriterion.level,
            FeedbackCriterion.edited_by,
        ).where(FeedbackCriterion.feedback_id == feedback_id, FeedbackCriterion.edited_by.is_not(None))
    ).all()
    by_person = {row.criterion_id: row for row in kept}
    for row in rows.criteria:
        if (person := by_person.get(row["criterion_id"])) is not None:
            row |= {"score": person.score, "level": person.level, "edited_by": person.edited_by}
    connection.execute(delete(FeedbackCriterion).where(FeedbackCriterion.feedback_id == feedback_id))
    connection.execute(
        delete(Comment).where(
            Comment.feedback_id == feedback_id, Comment.origin == "readers", Comment.edited_by.is_(None)
        )
    )
    edited = connection.execute(select(Feedback.summary_edited).where(Feedback.id == feedback_id)).scalar_one()
    fresh = {name: rows.feedback[name] for name in ("attention", "reasons", "readers", "by_models", "settings_version")}
    if not edited:
        fresh |= {name: rows.feedback[name] for name in ("summary", "summary_passages")}
    connection.execute(
        update(Feedback)
        .where(Feedback.id == feedback_id)
        .values(status="awaiting_review", unreviewed=False, edit=Feedback.edit + 1, changed_at=now, **fresh)
    )


def _feedback(
    merged: Merged, attention: Attention, good: Sequence[tuple[RoundReading, Answer]], text: str, content_id: str,
    store: ContentStore, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    summary = lift_passages(merged.summary, text)
    sealed = store.seal(content_id, list(summary.passages), SUMMARY)
    return _feedback_values(
        summary.template, sealed, attention, readers=len({reading.reader for reading, _ in good}),
        by_models=any(reading.by_model for reading, _ in good), now=now,
    )  # fmt: skip


def _feedback_values(
    summary: str, passages: bytes | None, attention: Attention, *, readers: int, by_models: bool, now: datetime
) -> dict[str, Any]:
    return {
        "status": "awaiting_review", "version": 0, "edit": 1, "summary": summary, "summary_passages": passages,
        "summary_edited": False, "note": "", "attention": attention.level, "reasons": "\n".join(attention.reasons),
        "readers": readers, "by_models": by_models, "withheld_reason": "", "created_at": now, "changed_at": now,
    }  # fmt: skip


def _criterion(merged: MergedCriterion, *, stands: bool) -> dict[str, Any]:
    """What the readings gave; it `stands` as the result only where enough of them were good."""
    return {
        "criterion_id": int(merged.key), "merged_score": merged.score, "merged_level": merged.level,
        "disagreement": merged.disagreement, "scores": merged.scores_count, "score": merged.score if stands else None,
        "level": merged.level if stands else None, "edited_by": None,
    }  # fmt: skip


def _comments(
    comments: Sequence[MergedComment], text: str, content_id: str, store: ContentStore
) -> list[dict[str, Any]]:
    # Identity, not equality: two comments may say the same words about different places.
    first = {id(each) for each in priorities([each for each in comments if each.supported])}
    rows = []
    for position, each in enumerate(comments):
        said, step = lift_passages(each.text, text), lift_passages(each.next_step, text)
        quote = (
            None if each.quote is None else {"text": each.quote.text, "start": each.quote.start, "end": each.quote.end}
        )
        sealed = {"quote": quote, "text": list(said.passages), "next_step": list(step.passages)}
        rows.append(
            {
                "criterion_id": int(each.criterion_key) if each.criterion_key else None, "position": position,
                "kind": str(each.kind), "text": said.template, "next_step": step.template,
                "looked_in": without_passages(each.looked_in, text),
                "passages": store.seal(content_id, sealed, COMMENT), "has_quote": each.quote is not None,
                "supported": each.supported, "kept": False, "dropped": False, "priority": id(each) in first,
                "support": each.support, "of": each.of, "readers": "\n".join(each.readers), "origin": "readers",
                "edited_by": None,
            }
        )  # fmt: skip
    return rows
