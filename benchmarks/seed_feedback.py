"""Seeded drafts with everything that hangs on them: readings, feedback, comments, marks and audit events."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.loading import Loader, Row
from benchmarks.texts import COMMENTS, STEPS, SUMMARY, essay, quotes
from feedforward.storage.content import ContentStore

if TYPE_CHECKING:
    from benchmarks.seed import SeedDraft

READERS = (("built-in", "built-in"), ("school/model-a", "school"))
# Drafts that are opened carry as many comments as a full feedback has; the others stand for the size of the table.
COMMENTS_OPENED, COMMENTS_OTHER = 10, 4
WAITING = ("awaiting_review", "needs_manual_feedback")
WORDS = 500


def load_feedback(loader: Loader, store: ContentStore, drafts: Iterable["SeedDraft"], criteria: Sequence[str]) -> None:
    """All rows below drafts; ids of feedback are those of their drafts."""
    made = list(drafts)
    texts = {each.id: _Sealed(store, each.id) for each in made if each.opened}
    count = len(criteria)
    loader.load("drafts", _DRAFT, (_draft(loader, each, texts.get(each.id)) for each in made))
    loader.load("readings", _READING, _readings(loader, made, texts))
    loader.load(
        "reading_scores", ("reading_id", "criterion_id", "score", "level"),
        ((f"{each.id}-1-{place}-1", (each.rubric_id - 1) * count + one, 2.0 + one % 2, 1 + one % 2)
         for each in made if each.status != "reading" for place in (1, 2) for one in range(1, count + 1)),
    )  # fmt: skip
    merged = [each for each in made if each.status != "reading"]
    loader.load("feedback", _FEEDBACK, (_feedback(loader, each, texts.get(each.id)) for each in merged))
    loader.load(
        "feedback_criteria",
        ("feedback_id", "criterion_id", "merged_score", "merged_level", "disagreement", "scores", "score", "level"),
        ((each.id, (each.rubric_id - 1) * count + one, 2.0 + one % 2, 1 + one % 2, 0.5, 2, 2.0 + one % 2, 1 + one % 2)
         for each in merged for one in range(1, count + 1)),
    )  # fmt: skip
    loader.load("comments", _COMMENT, _comments(merged, texts, count))
    loader.load("audit_seals", ("id", "at", "events", "digest"), ((1, loader.ago(1), 3 * len(made), "0" * 64),))
    loader.load(
        "audit_events", ("id", "at", "actor_id", "action", "subject_kind", "subject_id", "detail", "seal_id"),
        ((3 * (each.id - 1) + place + 1, loader.ago(max(0, each.age - place)), each.student_id, action, "draft",
          str(each.id), "{}", 1)
         for each in made for place, action in enumerate(("draft.preview", "draft.submit", "feedback.merged"))),
    )  # fmt: skip


class _Sealed:
    """The content of one opened draft, sealed under a key of its own."""

    def __init__(self, store: ContentStore, draft_id: int) -> None:
        self._store = store
        self.content_id = store.new()
        self.text = essay(draft_id, WORDS)
        self.quotes = quotes(draft_id, self.text, COMMENTS_OPENED)

    def seal(self, value: Any, place: str) -> bytes:
        return self._store.seal(self.content_id, value, place)


_DRAFT = (
    "id", "assignment_id", "student_id", "number", "status", "once", "media_type", "word_count", "fingerprint",
    "rubric_id", "round", "created_at", "submitted_at", "changed_at", "trouble", "content_id", "content", "has_file",
    "erase_after",
    "erased_at", "content_preserved", "preserved_reason",
)  # fmt: skip


def _draft(loader: Loader, each: "SeedDraft", sealed: _Sealed | None) -> Row:
    name = sealed.content_id if sealed else f"{each.id:032x}"
    content = None
    if sealed:
        content = sealed.seal(
            {
                "text": sealed.text,
                "blocks": [],
                "hidden": [],
                "warnings": [],
                "file_name": "",
                "media_type": "text/plain",
            },
            "draft content",
        )
    at = loader.ago(each.age)
    released = each.status == "released"
    return (
        each.id, each.assignment_id, each.student_id, each.number, each.status, name, "text/plain", WORDS, "0" * 64,
        each.rubric_id, 1, at, at, loader.ago(max(0, each.age - 60)), "", name, content, False,
        loader.ago(-30 * 24 * 60) if released and sealed else None, None if sealed else loader.ago(0), False, "",
    )  # fmt: skip


_READING = (
    "id", "draft_id", "round", "reader", "provider", "run", "weight", "temperature", "max_tokens", "status", "dispatch",
    "planned_at", "changed_at", "finished_at", "seconds", "tokens_in", "tokens_out", "tokens_cached", "prompt_version",
    "answer",
)  # fmt: skip


def _readings(loader: Loader, drafts: Iterable["SeedDraft"], texts: dict[int, _Sealed]) -> Iterator[Row]:
    for each in drafts:
        at, sealed = loader.ago(each.age), texts.get(each.id)
        status = "running" if each.status == "reading" else "done"
        for place, (reader, provider) in enumerate(READERS, 1):
            answer = None
            if sealed and status == "done":
                answer = sealed.seal({"criteria": [], "comments": [], "summary": SUMMARY, "uptake": []}, "answer")
            yield (
                f"{each.id}-1-{place}-1", each.id, 1, reader, provider, 1, 1.0, 0.2, 2000, status, 1, at, at, at, 2.4,
                1200, 300, 0, "1", answer,
            )  # fmt: skip


_FEEDBACK = (
    "id", "draft_id", "status", "version", "edit", "summary", "summary_passages", "summary_edited", "note", "attention",
    "reasons", "readers", "by_models", "withheld_reason", "released_at", "released_by", "reviewed_by", "opened_at",
    "created_at", "changed_at",
)  # fmt: skip


def _feedback(loader: Loader, each: "SeedDraft", sealed: _Sealed | None) -> Row:
    at, released = loader.ago(max(0, each.age - 5)), each.status == "released"
    status = each.status if each.status not in WAITING else ("saved" if each.id % 10 == 0 else "awaiting_review")
    staff = each.rubric_id
    reasons = "disagreement" if each.id % 3 == 0 else ""
    return (
        each.id, each.id, status, int(released), 1, SUMMARY, sealed.seal([], "summary") if sealed else None, False,
        "Come and see me about the second paragraph." if released else "", float(each.id % 7), reasons, 2, True, "",
        at if released else None, staff if released else None, staff if released else None,
        at if each.id % 5 else None, at, at,
    )  # fmt: skip


_COMMENT = (
    "id", "feedback_id", "criterion_id", "position", "kind", "text", "next_step", "looked_in", "passages", "has_quote",
    "supported", "kept", "dropped", "priority", "support", "of", "readers", "origin",
)  # fmt: skip


def _comments(drafts: Iterable["SeedDraft"], texts: dict[int, _Sealed], criteria: int) -> Iterator[Row]:
    comment_id = 0
    for each in drafts:
        sealed = texts.get(each.id)
        for place in range(COMMENTS_OPENED if sealed else COMMENTS_OTHER):
            comment_id += 1
            passages = None
            if sealed:
                text, start, end = sealed.quotes[place]
                passages = sealed.seal(
                    {"quote": {"text": text, "start": start, "end": end}, "text": [], "next_step": []}, "comment"
                )
            kind = "strength" if not STEPS[place % len(STEPS)] else "improvement"
            yield (
                comment_id, each.id, (each.rubric_id - 1) * criteria + place % criteria + 1, place, kind,
                COMMENTS[place % len(COMMENTS)], STEPS[place % len(STEPS)], "", passages, True, True, False, False,
                place < 3, 1 + place % 2, 2, "built-in\nschool/model-a", "readers",
            )  # fmt: skip
