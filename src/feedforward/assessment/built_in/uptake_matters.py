"""What an earlier comment asks for, told from its words, and what two drafts show about it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from feedforward.assessment.answer import Addressed
from feedforward.drafts.differences import Change, ChangeKind, Span
from feedforward.facts.gather import Facts

SLIPS = (
    "misspellings", "missing_apostrophes", "lower_case_i", "lower_case_starts", "missing_end_marks", "doubled_words",
    "missing_spaces", "spaces_before_marks", "comma_splices", "word_form_slips", "fragments",
)  # fmt: skip
REWRITTEN_BELOW = 0.75
"""A sentence that shares less than this with its old wording says something new; from here on it was touched up."""
FEW, MUCH, ENOUGH = 3, 4, 3
"""Sentences from which work counts as done at all, as much, and as enough; fitted as docs/guides/evaluation.md says."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two drafts taken apart, and what changed between them. `task` names what readers of both were told."""

    old: Facts
    new: Facts
    changes: tuple[Change, ...]

    def changed(self, *kinds: ChangeKind) -> list[Change]:
        return [each for each in self.changes if each.kind in kinds]

    def written(self) -> list[Change]:
        """The sentences that are new, or share so little with their old wording that they say something new."""
        return [each for each in self.changed(ChangeKind.ADDED, ChangeKind.REWORDED) if each.likeness < REWRITTEN_BELOW]

    def bearing(self, *names: str) -> int:
        """How many of these hold a place of one of these facts."""
        return sum(any(_holds(span, self.new, names) for span in each.new) for each in self.written())

    def new_openings(self) -> int:
        """How many paragraphs of the new draft open with one of them."""
        starts = {each.sentences[0].start for each in self.new.prose.paragraphs if each.sentences}
        return sum(any(span.start in starts for span in each.new) for each in self.written())


@dataclass(frozen=True, slots=True)
class Finding:
    """What two drafts show about one matter, with the reason as a whole sentence."""

    addressed: Addressed
    reason: str


Judge = Callable[[Comparison], Finding]


@dataclass(frozen=True, slots=True)
class Matter:
    """What comments ask for: `sign` finds it in a comment's words, `judge` in two drafts."""

    name: str
    sign: re.Pattern[str]
    judge: Judge


def matters_of(comment: str) -> tuple[Matter, ...]:
    """The matters a comment names, the most particular first; none where it speaks of nothing that can be seen."""
    return tuple(matter for matter in MATTERS if matter.sign.search(comment))


def counted(count: int, one: str, several: str = "") -> str:
    """ "one sentence", "3 sentences"."""
    return f"one {one}" if count == 1 else f"{count} {several or one + 's'}"


def _holds(span: Span, facts: Facts, names: tuple[str, ...]) -> bool:
    return any(span.start <= place.start < span.end for name in names if name in facts for place in facts[name].places)


def _presence(thing: str, *names: str, much: int | None = None) -> Judge:
    """For what should be there: sentences with a reason, an example, another view. `much` is how many new or rewritten
    sentences without its marks count as work on it all the same; None: never."""

    def judge(drafts: Comparison) -> Finding:
        rise = int(drafts.new.value(names[0]) - drafts.old.value(names[0]))
        fresh = drafts.bearing(*names)
        if rise > 0 and not any(drafts.old.value(name) for name in names):
            return Finding(
                Addressed.YES, f"In the draft before I found no sentence with {thing}; in this one there is."
            )
        if fresh and rise >= ENOUGH:
            return Finding(Addressed.YES, f"There is more of it: {counted(rise, 'sentence')} more with {thing}.")
        if fresh:
            words = counted(fresh, "new or rewritten sentence")
            return Finding(Addressed.PARTLY, f"This draft has {words} with {thing}.")
        if rise > 0:
            return Finding(Addressed.PARTLY, f"A reworded sentence now has {thing}.")
        written = len(drafts.written())
        if much is not None and written >= much:
            return Finding(
                Addressed.PARTLY,
                f"This draft has {counted(written, 'new or rewritten sentence')}; none has words that mark {thing}, so "
                "a person must say whether one gives it.",
            )
        if not any(drafts.new.value(name) for name in names):
            return Finding(Addressed.NO, f"Nothing that marks {thing} was found in this draft either.")
        return Finding(Addressed.NO, f"No sentence with {thing} was added or rewritten.")

    return judge


def _conventions(drafts: Comparison) -> Finding:
    before, after = (int(sum(facts.value(name) for name in SLIPS)) for facts in (drafts.old, drafts.new))
    light = [each for each in drafts.changed(ChangeKind.REWORDED) if each.likeness >= REWRITTEN_BELOW]
    if before > after:
        better = Addressed.YES if after <= before / 2 and before >= ENOUGH else Addressed.PARTLY
        return Finding(better, f"Slips that can be found by rule went from {before} to {after}.")
    if len(light) >= FEW:
        words = counted(len(light), "sentence")
        return Finding(
            Addressed.PARTLY, f"In {words} a few words or marks changed; the slips that can be found by rule did not."
        )
    return Finding(Addressed.NO, "Hardly a sentence was corrected, and the slips that can be found by rule remain.")


def _wording(drafts: Comparison) -> Finding:
    reworded = drafts.changed(ChangeKind.REWORDED)
    words = counted(len(reworded), "sentence")
    if len(reworded) >= 0.5 * len(drafts.old.prose.sentences) > 0:
        # How much was reworded says nothing of how it reads now.
        return Finding(Addressed.PARTLY, f"Much of the draft was reworded: {words}.")
    if reworded:
        return Finding(Addressed.PARTLY, f"Reworded in this draft: {words}.")
    return Finding(Addressed.NO, "No sentence was reworded.")


def _order(drafts: Comparison) -> Finding:
    moved = len(drafts.changed(ChangeKind.MOVED))
    before, after = len(drafts.old.prose.paragraphs), len(drafts.new.prose.paragraphs)
    openings = drafts.new_openings()
    if not moved and before == after:
        return Finding(Addressed.NO, "Sentences and paragraphs stand in the order they had.")
    parts = [f"{counted(moved, 'sentence')} moved"] if moved else []
    parts += [f"{counted(after, 'paragraph')} where there were {before}"] if after != before else []
    much = moved >= FEW or (after != before and openings >= FEW)
    return Finding(Addressed.YES if much else Addressed.PARTLY, f"The order was worked on: {', '.join(parts)}.")


def _claims(drafts: Comparison) -> Finding:
    openings, written = drafts.new_openings(), len(drafts.written())
    gone = len(drafts.changed(ChangeKind.REMOVED))
    more = len(drafts.new.prose.paragraphs) - len(drafts.old.prose.paragraphs)
    if more > 0 and openings and written >= MUCH:
        words = counted(more, "paragraph")
        return Finding(
            Addressed.YES,
            f"There {'is' if more == 1 else 'are'} {words} more with new sentences, each a place for a claim.",
        )
    if written + gone >= MUCH:
        what = counted(written, "new or rewritten sentence")
        return Finding(
            Addressed.PARTLY, f"What is said changed: {what}, {gone} taken out, {counted(openings, 'new opening')} of "
            "a paragraph."
        )  # fmt: skip
    return Finding(Addressed.NO, "Hardly a sentence was added, rewritten or taken out, so the claims are as they were.")


def _position(drafts: Comparison) -> Finding:
    paragraphs = drafts.new.prose.paragraphs
    edges = [(each.start, each.end) for each in {paragraphs[0], paragraphs[-1]}] if paragraphs else []
    touched = [
        span for each in drafts.written() for span in each.new if any(start <= span.start < end for start, end in edges)
    ]
    if any(_holds(span, drafts.new, ("thesis_candidates",)) for span in touched):
        return Finding(Addressed.YES, "The opening or the ending has a new sentence that is worded as a position.")
    if touched or drafts.bearing("thesis_candidates"):
        where = "The opening or the ending has" if touched else "Later in the draft there is"
        words = counted(len(touched), "new or rewritten sentence") if touched else "a new sentence worded as a position"
        return Finding(Addressed.PARTLY, f"{where} {words}.")
    return Finding(Addressed.NO, "Opening and ending, where a position usually stands, say what they said.")


def _ending(drafts: Comparison) -> Finding:
    if drafts.new.value("concluding_paragraph") and not drafts.old.value("concluding_paragraph"):
        return Finding(Addressed.YES, "The draft before had no concluding paragraph; this one has.")
    last = drafts.new.prose.paragraphs[-1] if drafts.new.prose.paragraphs else None
    if last and any(span.start >= last.start for each in drafts.written() for span in each.new):
        return Finding(Addressed.PARTLY, "The last paragraph has new or rewritten sentences.")
    if drafts.new.prose.is_english and not drafts.new.value("concluding_paragraph"):
        return Finding(Addressed.NO, "No concluding paragraph was found in this draft either.")
    return Finding(Addressed.NO, "The last paragraph says what it said.")


def _length(drafts: Comparison) -> Finding:
    before, after = len(drafts.old.prose.words), len(drafts.new.prose.words)
    off = [facts.value("words_over_limit") + facts.value("words_under_limit") for facts in (drafts.old, drafts.new)]
    if off[0] and not off[1]:
        return Finding(Addressed.YES, f"The draft now keeps to the limits: {after} words, before {before}.")
    if off[1] < off[0] or (not off[0] and abs(after - before) > 0.1 * before):
        return Finding(Addressed.PARTLY, f"The length changed from {before} to {after} words.")
    return Finding(Addressed.NO, f"The draft has {after} words; before it had {before}.")


def _matter(name: str, sign: str, judge: Judge) -> Matter:
    return Matter(name, re.compile(sign, re.IGNORECASE), judge)


MATTERS = (
    _matter("other views", r"rebut|counter-?(?:claim|argument)|opposing|(?:other|another|different) (?:side|point of "
            r"view|perspective)|say “but", _presence("another view", "other_views", "answers_to_other_views")),
    _matter("ending", r"\bconclusion|\bconcluding|\bending\b|last paragraph|closing", _ending),
    _matter("reasoning", r"\breason(?!abl)|\bwarrant|explain(?:ed)? (?:how|why)|[“\"]because|\bwhy it\b",
            _presence("a reason or a result", "reasons", much=MUCH)),
    _matter("sources", r"\bsources?\b|citation|\bcit(?:e|ed|ing)\b|reference|bibliograph|works cited",
            _presence("a source", "citations", "references")),
    _matter("evidence", r"evidence|\bexamples?\b|\bdetails?\b|\bdata\b|\bfigures?\b",
            _presence("an example, a figure or a source", "evidence", much=MUCH)),
    _matter("order", r"\bsequence\b|\border\b|organi[sz]|structure of|\bflow\b|transition|\blinks?\b|"
            r"progression", _order),
    _matter("claims", r"\bclaims?\b", _claims),
    _matter("position", r"\bthesis\b(?!/)|\bposition\b|\bstance\b|central idea|main idea|main point", _position),
    _matter("conventions", r"spelling|grammat|grammar|punctuation|capital|apostrophe|convention|misspel|comma\b|"
            r"end mark|full stop|\bslips?\b", _conventions),
    _matter("paragraphs", r"\bparagraph", _order),
    _matter("wording", r"\bword|sentence|phras|\bvague|informal|precis|\bclear(?:er|ly)?\b|repeat|vocabulary|\btone\b",
            _wording),
    _matter("length", r"\blength\b|word (?:limit|count)|too (?:short|long)", _length),
)  # fmt: skip
