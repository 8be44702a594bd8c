"""From the values of the review form to what changes: checked, pure, nothing written yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedforward.assessment.quotes import find_quote
from feedforward.errors import RuleBroken
from feedforward.feedback.rules import CommentKind, Quote
from feedforward.review.form_values import NEW, comment_field, criterion_field
from feedforward.review.rules import LONGEST_TEXT, Result, result_from
from feedforward.review.views import CommentDetail, Review


@dataclass(frozen=True, slots=True)
class CommentChange:
    """How one comment is to stand; `words_changed` where more than a tick was changed."""

    id: int
    text: str
    next_step: str
    kind: CommentKind
    criterion_id: int | None
    priority: bool
    kept: bool
    dropped: bool
    words_changed: bool


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment a person adds."""

    text: str
    next_step: str
    kind: CommentKind
    criterion_id: int | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a person changed; None and empty where they changed nothing. `order`: all comments' ids anew."""

    summary: str | None
    note: str | None
    criteria: Mapping[int, Result]
    comments: tuple[CommentChange, ...]
    new: NewComment | None
    order: tuple[int, ...] | None

    @property
    def count(self) -> int:
        return (
            (self.summary is not None) + (self.note is not None) + len(self.criteria) + len(self.comments)
            + (self.new is not None) + (self.order is not None)
        )  # fmt: skip


class FormError(Exception):
    """What keeps the form from being saved: field → message."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("the form has problems")
        self.problems = problems


def changes_from(review: Review, values: Mapping[str, str], *, move: str = "") -> Changes:
    """The changes these values make to the review; FormError where something is not acceptable.

    `move` is "<comment id>.up" or "<comment id>.down", or "" for none.
    """
    problems: dict[str, str] = {}
    criteria = _criteria(review, values, problems)
    comments = tuple(
        change for comment in review.comments if (change := _comment(review, comment, values, problems)) is not None
    )
    summary = _text(values.get("summary", review.summary), review.summary, "summary", problems)
    note = _text(values.get("note", review.note), review.note, "note", problems)
    new = _new_comment(review, values, problems)
    if problems:
        raise FormError(problems)
    return Changes(summary, note, criteria, comments, new, _moved(review, move))


def _criteria(review: Review, values: Mapping[str, str], problems: dict[str, str]) -> dict[int, Result]:
    changed = {}
    for each in review.criteria:
        before = Result(each.level, each.score)
        level, score = criterion_field(each.criterion_id, "level"), criterion_field(each.criterion_id, "score")
        if level not in values or score not in values:
            continue
        try:
            result = result_from(each.criterion, before, level=values[level], score=values[score])
        except RuleBroken as broken:
            problems[score] = f"{each.criterion.name}: {broken.message}"
            continue
        if result != before:
            changed[each.criterion_id] = result
    return changed


def _comment(
    review: Review, comment: CommentDetail, values: Mapping[str, str], problems: dict[str, str]
) -> CommentChange | None:
    def value(part: str, standing: str) -> str:
        return values.get(comment_field(comment.id, part), standing)

    text = _text(value("text", comment.text), comment.text, comment_field(comment.id, "text"), problems, needed=True)
    step = _text(
        value("next_step", comment.next_step), comment.next_step, comment_field(comment.id, "next_step"), problems
    )
    kind = _kind(value("kind", str(comment.kind)), comment_field(comment.id, "kind"), problems)
    criterion_id = _criterion_id(
        review, value("criterion", str(comment.criterion_id or "")), comment_field(comment.id, "criterion"), problems
    )
    ticks = {
        "priority": bool(value("priority", "yes" if comment.priority else "")),
        "kept": bool(value("kept", "yes" if comment.kept else "")),
        "dropped": bool(value("dropped", "yes" if comment.dropped else "")),
    }
    words_changed = text is not None or step is not None or kind != comment.kind or criterion_id != comment.criterion_id
    if not words_changed and ticks == {name: getattr(comment, name) for name in ticks}:
        return None
    return CommentChange(
        id=comment.id, text=comment.text if text is None else text,
        next_step=comment.next_step if step is None else step, kind=kind, criterion_id=criterion_id,
        words_changed=words_changed, **ticks,
    )  # fmt: skip


def _new_comment(review: Review, values: Mapping[str, str], problems: dict[str, str]) -> NewComment | None:
    text, step, wanted = (values.get(comment_field(NEW, part), "").strip() for part in ("text", "next_step", "quote"))
    if not (text or step or wanted):
        return None
    text_name, quote_name = comment_field(NEW, "text"), comment_field(NEW, "quote")
    if not text:
        problems[text_name] = "Your comment: write what you want to say about it."
    _text(text, "", text_name, problems)
    _text(step, "", comment_field(NEW, "next_step"), problems)
    quote = None
    if wanted:
        found = find_quote(wanted, review.text) if review.text else None
        if found is None:
            problems[quote_name] = (
                "These words are not in the draft. Copy them from the text on the left, three words or more, "
                "or leave the quote empty."
            )
        else:
            quote = found[0]
    kind = _kind(values.get(comment_field(NEW, "kind"), ""), comment_field(NEW, "kind"), problems)
    criterion_id = _criterion_id(
        review, values.get(comment_field(NEW, "criterion"), ""), comment_field(NEW, "criterion"), problems
    )
    return NewComment(text, step, kind, criterion_id, quote)


def _text(typed: str, standing: str, name: str, problems: dict[str, str], *, needed: bool = False) -> str | None:
    """The text where it was changed; white space at its ends, which browsers drop, is no change."""
    text = typed.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        problems[name] = f"Shorten this text to {LONGEST_TEXT:,} characters."
    if needed and not text:
        problems[name] = "A comment needs its text. To take the comment away, tick “Drop” instead."
    return None if text == standing.replace("\r\n", "\n").strip() else text


def _kind(raw: str, name: str, problems: dict[str, str]) -> CommentKind:
    try:
        return CommentKind(raw)
    except ValueError:
        problems[name] = "Choose strength, improvement or note."
        return CommentKind.GENERAL


def _criterion_id(review: Review, raw: str, name: str, problems: dict[str, str]) -> int | None:
    if raw == "":
        return None
    for each in review.criteria:
        if raw == str(each.criterion_id):
            return each.criterion_id
    problems[name] = "Choose one of the criteria, or the draft as a whole."
    return None


def _moved(review: Review, move: str) -> tuple[int, ...] | None:
    """The new order; a comment trades places with its neighbour among those it is shown with."""
    raw, _, direction = move.partition(".")
    order = [comment.id for comment in review.comments]
    moving = next((each for each in review.comments if str(each.id) == raw), None)
    if moving is None or direction not in ("up", "down"):
        return None
    group = [each.id for each in review.comments if each.supported == moving.supported]
    place = group.index(moving.id) + (-1 if direction == "up" else 1)
    if not 0 <= place < len(group):
        return None
    first, second = order.index(moving.id), order.index(group[place])
    order[first], order[second] = order[second], order[first]
    return tuple(order)
