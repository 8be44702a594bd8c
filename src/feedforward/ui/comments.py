"""One comment of the feedback: its kind by shape and word, what it points at, what and why, and the next step."""

from functools import lru_cache

from feedforward.ui.badges import Tone, badge, shape, support_badge
from feedforward.ui.elements import A, Article, Blockquote, Child, Div, Element, Header, P, Span, Strong, written_once

_KINDS = {"strength": "Strength", "improvement": "Improvement", "general": "Note"}

_STATES = {
    "done": ("Done", Tone.DONE),
    "not_doing": ("Not doing", Tone.NEUTRAL),
    "asked": ("Asked your instructor", Tone.PERSON),
    "addressed": ("Addressed in this draft", Tone.DONE),
    "partly": ("Partly addressed", Tone.ACTIVE),
    "not_addressed": ("Not addressed yet", Tone.NEUTRAL),
}


def comment_anchor(comment_id: str) -> str:
    """The id of the comment's card; its number in the draft links there."""
    return f"comment-{comment_id}"


def mark_anchor(comment_id: str) -> str:
    """The id of the comment's mark in the draft; the card's number links there."""
    return f"mark-{comment_id}"


@lru_cache(maxsize=8)
def kind_sign(kind: str) -> Element:
    """Strength, improvement or note, as shape and word."""
    known = kind if kind in _KINDS else "general"
    return written_once(Span(shape(known), _KINDS[known], cls=f"kind kind-{known}"))


def uptake_badge(state: str, note: str | None = None) -> Element:
    """What became of a comment: done, not_doing, asked; addressed, partly, not_addressed; `note` says why."""
    word, tone = _STATES.get(state, (state, Tone.NEUTRAL))
    return badge(f"{word}: {note}" if note else word, tone=tone)


def comment_card(
    *,
    comment_id: str,
    kind: str,
    text: Child,
    number: int | None = None,
    criterion: str | None = None,
    quote: str | None = None,
    erased: bool = False,
    next_step: str | None = None,
    support: str | None = None,
    looked_in: str | None = None,
    supported: bool = True,
    state: Child = None,
    source: Child = None,
    actions: Child = None,
    dropped: bool = False,
) -> Element:
    """One comment. `kind` is strength, improvement or general; `number` its mark in the draft beside it (None: not in
    the text); `quote` the words it points at, `erased` says that they are no longer kept; `looked_in` where something
    missing was looked for; `supported=False` warns that the quote was not found; `state` is an `uptake_badge`;
    `source` (the reader, edited by whom) is for review; `actions` are its buttons; `dropped` draws it struck."""
    classes = f"comment comment-{kind if kind in _KINDS else 'general'}"
    return Article(
        Header(
            A(str(number), href=f"#{mark_anchor(comment_id)}", cls="comment-number", aria_label=_to_mark(number))
            if number is not None
            else None,
            kind_sign(kind),
            Span(criterion, cls="comment-criterion") if criterion else None,
            support_badge(support) if support else None,
            cls="comment-head",
        ),
        badge("The quoted words were not found in the draft", tone=Tone.PERSON) if not supported else None,
        _quote(quote, erased),
        Div(P(text) if isinstance(text, str) else text, cls="comment-text"),
        P(Span("Looked for in ", cls="quiet"), looked_in, cls="comment-looked-in") if looked_in else None,
        P(Strong("Next step"), " ", next_step, cls="next-step") if next_step else None,
        Div(state, cls="comment-state") if state else None,
        Div(source, cls="comment-source") if source else None,
        Div(actions, cls="comment-actions") if actions else None,
        id=comment_anchor(comment_id),
        tabindex="-1",
        data_comment=comment_id,
        cls=f"{classes} comment-dropped" if dropped else classes,
    )


def _to_mark(number: int | None) -> str:
    return f"Comment {number}: show it in the draft"


def _quote(quote: str | None, erased: bool) -> Child:
    if erased:
        return P("The passage was erased after the time the course keeps drafts.", cls="comment-erased")
    return Blockquote(quote, cls="comment-quote") if quote else None
