"""Two drafts side by side: what became of each sentence, with the words that changed marked inside it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from feedforward.drafts.compared import Compared, TwoDrafts
from feedforward.drafts.differences import Change, ChangeKind, Span, WordPiece, changed_words
from feedforward.ui.badges import Tone, badge
from feedforward.ui.elements import Child, Constructor, Del, Element, Ins, P
from feedforward.ui.elements import Span as SpanTag
from feedforward.ui.layout import page_head
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.side_by_side import side_by_side, side_row

ERASED = (
    "The text of {which} was erased after the time this course keeps drafts, so the two cannot be compared any more. "
    "The feedback on both stays."
)
MARKED_FROM = 0.4
"""Below this share of common words marks inside the sentences would only be in the way."""
WORDS = {
    ChangeKind.KEPT: ("Kept", Tone.NEUTRAL),
    ChangeKind.REWORDED: ("Reworded", Tone.ACTIVE),
    ChangeKind.MOVED: ("Moved", Tone.PERSON),
    ChangeKind.ADDED: ("Added", Tone.DONE),
    ChangeKind.REMOVED: ("Removed", Tone.FAILED),
}
_TOLD = (ChangeKind.REWORDED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED, ChangeKind.KEPT)


def differences_body(*, two: TwoDrafts, found: Compared, only_changed: bool, everything: str, changed: str) -> Child:
    """The whole page; `everything` and `changed` are the addresses of its two views."""
    number, before = two.draft.number, two.before.number if two.before else None
    return (
        page_head(
            title=f"What changed in draft {number}",
            lead=f"{two.task.course_code}: {two.task.title}" + (f" · beside draft {before}" if before else ""),
        ),
        _comparison(two, found, only_changed, Link("Show everything", everything), Link("Only what changed", changed)),
    )


def counts_in_words(counts: Mapping[ChangeKind, int], unit: str = "sentence") -> str:
    """ "12 sentences reworded, 3 added, 1 removed; 30 kept."; `unit` is what was compared."""
    parts = [f"{counts[kind]} {kind.value}" for kind in _TOLD[:-1] if counts.get(kind)]
    kept = counts.get(ChangeKind.KEPT, 0)
    if not parts:
        return f"No {unit} changed." if kept else f"There is no {unit} to compare."
    first, _, rest = parts[0].partition(" ")
    told = ", ".join([f"{first} {unit if first == '1' else f'{unit}s'} {rest}", *parts[1:]])
    return f"{told}; {kept} kept." if kept else f"{told}; none kept."


def _comparison(two: TwoDrafts, found: Compared, only_changed: bool, everything: Link, changed: Link) -> Child:
    if two.before is None:
        return notice(Notice("This is the first draft of this assignment: there is nothing to compare it with."))
    if found.old is None or found.new is None:
        gone = [draft.number for draft, text in ((two.before, found.old), (two.draft, found.new)) if text is None]
        which = " and ".join(f"draft {each}" for each in gone)
        return notice(Notice(ERASED.format(which=which), NoticeKind.INFO))
    if found.changes is None:
        return notice(Notice("These drafts are too long to be compared here sentence by sentence.", NoticeKind.INFO))
    rows = list(_rows(found.changes, found.old, found.new, only_changed=only_changed, code=found.is_code))
    unit = "line" if found.is_code else "sentence"
    return (
        P(counts_in_words(found.counts, unit), cls="lead"),
        P(link(everything if only_changed else changed)),
        side_by_side(
            caption=f"Draft {two.before.number} beside draft {two.draft.number}, {unit} by {unit}",
            head=("What happened", f"Draft {two.before.number}", f"Draft {two.draft.number}"), rows=rows,
        )
        if rows
        else P("Nothing changed between the two drafts."),
    )  # fmt: skip


def _rows(
    changes: Sequence[Change], old: str, new: str, *, only_changed: bool, code: bool
) -> Iterator[Element]:  # fmt: skip
    """One row for each change; sentences that were kept stand together, and are only counted in the short view."""
    for kept, group in groupby(changes, key=lambda each: each.kind is ChangeKind.KEPT):
        run = list(group)
        if not kept:
            yield from (_changed_row(each, old, new, code=code) for each in run)
        elif only_changed:
            yield _kept_row(f"{len(run)} kept", "…", "…")
        else:
            word = "Kept" if len(run) == 1 else f"{len(run)} kept"
            was, now = [each.old[0] for each in run], [each.new[0] for each in run]
            yield _kept_row(word, _shown(_text(old, was, code), code), _shown(_text(new, now, code), code))


def _kept_row(word: str, left: Child, right: Child) -> Element:
    return side_row(what=SpanTag(word, cls="quiet"), left=left, right=right, kind="kept")


def _changed_row(change: Change, old: str, new: str, *, code: bool) -> Element:
    before, after = _text(old, change.old, code), _text(new, change.new, code)
    word, tone = WORDS[change.kind]
    left: Child = Del(before)
    right: Child = Ins(after)
    if before and after and change.likeness >= MARKED_FROM:
        was, now = changed_words(before, after)
        left, right = _marked(was, Del), _marked(now, Ins)
    left = _shown(left, code) if before else SpanTag("Not in this draft", cls="quiet")
    right = _shown(right, code) if after else SpanTag("No longer in this draft", cls="quiet")
    told = (badge(word, tone=tone), _aside(change))
    return side_row(what=told, left=left, right=right, kind=change.kind.value)


def _aside(change: Change) -> Child:
    """What the word alone does not say."""
    if len(change.new) > 1:
        return SpanTag(f"split into {len(change.new)}", cls="quiet")
    if len(change.old) > 1:
        return SpanTag(f"made of {len(change.old)}", cls="quiet")
    if change.kind is ChangeKind.MOVED and change.likeness < 1:
        return SpanTag("and reworded", cls="quiet")
    return None


def _marked(pieces: Sequence[WordPiece], mark: Constructor) -> Child:
    return tuple(mark(each.text) if each.changed else each.text for each in pieces)


def _shown(side: Child, code: bool) -> Child:
    return SpanTag(side, cls="sides-code") if code else side


def _text(text: str, spans: Sequence[Span], code: bool) -> str:
    """The sentences as running text; lines of code below each other, each with its indentation."""
    if code:
        return "\n".join(text[_from_margin(text, span.start) : span.end] for span in spans)
    return " ".join(" ".join(text[span.start : span.end].split()) for span in spans)


def _from_margin(text: str, start: int) -> int:
    """The start of the line where nothing but blanks stands before `start`."""
    margin = text.rfind("\n", 0, start) + 1
    return start if text[margin:start].strip() else margin
