"""What a new draft did with each comment on the one before: where its passage stands now, was it addressed, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from feedforward.assessment.answer import Addressed
from feedforward.assessment.assignment_brief import Brief, EarlierComment
from feedforward.assessment.built_in.measuring import facts_for
from feedforward.assessment.built_in.uptake_matters import Comparison, Finding, counted, matters_of
from feedforward.drafts.differences import Change, ChangeKind, Span, differences, sentence_spans, too_long
from feedforward.extraction.document import Document
from feedforward.feedback.rules import CommentKind, Standing

REWRITTEN_BELOW = 0.6
"""A sentence that shares less than this with its old wording was rewritten rather than touched up."""
LITTLE = 0.05
BY_PLACE = {"order"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of the earlier comment called `ref`; `place` are characters of the new draft where its passage is."""

    ref: str
    addressed: Addressed
    reason: str
    standing: Standing
    place: Span | None


def judgements(brief: Brief, before: Document | None, after: Document) -> tuple[Judgement, ...]:
    """One for each of the brief's earlier comments; none where the draft they were on (`before`) was erased.

    Reads two drafts for facts and compares them: some 100 ms for 1,000 words. A strength is judged as kept or not.
    """
    if not brief.previous or before is None:
        return ()
    drafts = compared(brief, before, after)
    return () if drafts is None else tuple(judgement(comment, drafts) for comment in brief.previous)


def compared(brief: Brief, before: Document, after: Document) -> Comparison | None:
    """Two drafts taken apart; None where they are too long to be compared."""
    spans = sentence_spans(before.text, before.blocks), sentence_spans(after.text, after.blocks)
    if too_long(*spans):
        return None
    return Comparison(facts_for(before, brief), facts_for(after, brief), differences(before.text, after.text, *spans))


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The change that holds the quoted passage, its position among the changes, and where the passage stands now."""

    at: int
    change: Change
    standing: Standing
    place: Span | None


def judgement(comment: EarlierComment, drafts: Comparison) -> Judgement:
    """What became of one earlier comment, from what changed at its place, or by what it asks for."""
    anchor = _anchor(comment.quote, drafts)
    if anchor is None:
        standing = Standing.NO_PASSAGE if not comment.quote else Standing.GONE
        finding = _strength_of_the_whole() if comment.kind is CommentKind.STRENGTH else _of_the_whole(comment, drafts)
        return Judgement(comment.ref, finding.addressed, finding.reason, standing, None)
    finding = _strength(anchor) if comment.kind is CommentKind.STRENGTH else _at_its_place(comment, anchor, drafts)
    return Judgement(comment.ref, finding.addressed, finding.reason, anchor.standing, anchor.place)


def _anchor(quote: str, drafts: Comparison) -> _Anchor | None:
    """The first change whose old sentences overlap the quote most; None without a quote that can be found."""
    old, new = drafts.old.prose.text, drafts.new.prose.text
    start = old.find(quote) if quote.strip() else -1
    if start < 0:
        return None
    wanted = Span(start, start + len(quote))
    held = [(sum(_overlap(span, wanted) for span in each.old), -at) for at, each in enumerate(drafts.changes)]
    most, at = max(held, default=(0, 0))
    if most <= 0:
        return None
    change = drafts.changes[-at]
    if change.kind is ChangeKind.REMOVED:
        return _Anchor(-at, change, Standing.GONE, None)
    whole = Span(change.new[0].start, change.new[-1].end)
    verbatim = new.find(quote, whole.start)
    if change.kind is ChangeKind.MOVED:
        return _Anchor(-at, change, Standing.MOVED, whole)
    if 0 <= verbatim < whole.end:
        return _Anchor(-at, change, Standing.EXACT, Span(verbatim, verbatim + len(quote)))
    return _Anchor(-at, change, Standing.EXACT if change.kind is ChangeKind.KEPT else Standing.REWORDED, whole)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _strength(anchor: _Anchor) -> Finding:
    match anchor.change.kind:
        case ChangeKind.REMOVED:
            return Finding(Addressed.NO, "The passage that was praised is no longer in the draft.")
        case ChangeKind.REWORDED:
            return Finding(
                Addressed.PARTLY, "The passage that was praised was reworded; read whether it still does it."
            )
        case ChangeKind.MOVED:
            return Finding(Addressed.YES, "The passage that was praised stands elsewhere now.")
        case _:
            return Finding(Addressed.YES, "The passage that was praised still stands in the draft.")


def _strength_of_the_whole() -> Finding:
    return Finding(Addressed.PARTLY, "A strength of the whole draft: whether it is still there is for a person to say.")


def _at_its_place(comment: EarlierComment, anchor: _Anchor, drafts: Comparison) -> Finding:
    """For a comment on a passage: what was done to its sentence and right beside it."""
    beside = [each for each in _beside(anchor, drafts) if each.kind is ChangeKind.ADDED]
    matters = matters_of(f"{comment.next_step} {comment.text}")
    match anchor.change.kind:
        case ChangeKind.REMOVED:
            return Finding(Addressed.YES, "The sentence it pointed at was taken out of the draft.")
        case ChangeKind.REWORDED if len(anchor.change.new) > 1:
            return Finding(Addressed.YES, f"The sentence it pointed at became {len(anchor.change.new)} sentences.")
        case ChangeKind.REWORDED if len(anchor.change.old) > 1:
            return Finding(Addressed.YES, "The sentence it pointed at was joined to its neighbour.")
        case ChangeKind.REWORDED if not beside and _goes_on(anchor, drafts):
            return Finding(Addressed.PARTLY, "The sentence it pointed at keeps its words and goes on with others.")
        case ChangeKind.REWORDED if anchor.change.likeness < REWRITTEN_BELOW and not _goes_on(anchor, drafts):
            return Finding(Addressed.YES, "The sentence it pointed at was rewritten.")
        case ChangeKind.REWORDED if beside:
            return Finding(
                Addressed.YES,
                f"The sentence it pointed at was reworded, with {counted(len(beside), 'new sentence')} beside it.",
            )
        case ChangeKind.REWORDED:
            return Finding(
                Addressed.PARTLY, "The sentence it pointed at was reworded; most of its words are still the same."
            )
        case ChangeKind.MOVED if any(each.name in BY_PLACE for each in matters):
            return Finding(Addressed.YES, "The sentence it pointed at stands elsewhere now.")
        case _ if beside:
            words = counted(len(beside), "new sentence")
            stand = "stands" if len(beside) == 1 else "stand"
            return Finding(Addressed.PARTLY, f"The sentence it pointed at is as it was, and {words} {stand} beside it.")
        case ChangeKind.MOVED:
            return Finding(Addressed.NO, "The sentence it pointed at stands elsewhere now, in much the same words.")
        case _:
            return Finding(Addressed.NO, "The sentence it pointed at is as it was, and nothing was added beside it.")


def _goes_on(anchor: _Anchor, drafts: Comparison) -> bool:
    """Whether nearly all words of the old sentence are in the new one, among others."""
    (old,), (new,) = anchor.change.old, anchor.change.new
    before, after = (
        len(facts.prose.text[span.start : span.end].split()) for facts, span in ((drafts.old, old), (drafts.new, new))
    )
    in_common = anchor.change.likeness * (before + after) / 2
    return in_common >= 0.85 * before and after >= 1.3 * before


def _beside(anchor: _Anchor, drafts: Comparison) -> Iterator[Change]:
    """The changes right before and after, as far as they are new."""
    for step in (-1, 1):
        at = anchor.at + step
        while 0 <= at < len(drafts.changes) and drafts.changes[at].kind is ChangeKind.ADDED:
            yield drafts.changes[at]
            at += step


def _of_the_whole(comment: EarlierComment, drafts: Comparison) -> Finding:
    """For a comment on the draft as a whole, or on something missing: by what it asks for."""
    matters = matters_of(comment.text) or matters_of(comment.next_step)
    return matters[0].judge(drafts) if matters else _by_amount(drafts)


def _by_amount(drafts: Comparison) -> Finding:
    """Where the comment names nothing that can be seen: how much of the draft changed at all."""
    changed = len(drafts.changes) - len(drafts.changed(ChangeKind.KEPT))
    if changed <= LITTLE * len(drafts.changes):
        return Finding(Addressed.NO, "Almost nothing in the draft changed.")
    words = counted(changed, "sentence")
    return Finding(
        Addressed.PARTLY, f"In this draft {words} changed; whether they answer this comment is for a person to say."
    )
