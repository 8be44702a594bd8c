"""One comment of the feedback: its kind by shape and word, what it points at, what and why, and the next step."""

import re
from functools import lru_cache

from feedforward.ui.badges import Tone, badge, badge_of, shape, support_badge
from feedforward.ui.elements import A, Article, Blockquote, Child, Div, Element, Header, P, Span, Strong, written_once
from feedforward.ui.stencils import Stencil

_KINDS = {"strength": "Strength", "improvement": "Improvement", "general": "Note"}

_ONLY_A_LINE = re.compile(r"(?:page \d+, |cell \d+, )?line \d+")
"""The place of a quote from code: of anything else the paragraph, item or note is named."""
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
    # What a student typed is written for this page only.
    return badge_of(f"{word}: {note}", tone=tone) if note else badge(word, tone=tone)


def comment_card(
    *,
    comment_id: str,
    kind: str,
    text: Child,
    number: int | None = None,
    criterion: str | None = None,
    quote: str | None = None,
    place: str = "",
    erased: bool = False,
    next_step: str | None = None,
    support: str | None = None,
    looked_in: str | None = None,
    supported: bool = True,
    state: Child = None,
    source: Child = None,
    actions: Child = None,
    dropped: bool = False,
) -> Child:
    """One comment. `kind` is strength, improvement or general; `number` its mark in the draft beside it (None: not in
    the text); `quote` the words it points at and `place` where they stand ("page 3, line 4"), `erased` says that they
    are no longer kept; `looked_in` where something missing was looked for; `supported=False` warns that the quote was
    not found; `state` is an `uptake_badge`; `source` (the reader, edited by whom) is for review; `actions` are its
    buttons; `dropped` draws it struck."""
    return _card(
        comment_id,
        str(number),
        criterion,
        support_badge(support) if support else None,
        quote,
        place[:1].upper() + place[1:],
        text,
        looked_in,
        next_step,
        state,
        source,
        actions,
        kind=kind if kind in _KINDS else "general",
        numbered=number is not None,
        with_criterion=bool(criterion),
        with_quote=bool(quote) and not erased,
        with_whereabouts=bool(place and quote) and not erased,
        erased=erased,
        of_code=_ONLY_A_LINE.fullmatch(place) is not None,
        in_paragraph=isinstance(text, str),
        with_place=bool(looked_in),
        with_step=bool(next_step),
        supported=supported,
        with_state=bool(state),
        with_source=bool(source),
        with_actions=bool(actions),
        dropped=dropped,
    )


@Stencil
def _card(
    comment_id: str,
    number: str,
    criterion: str,
    support: str,
    quote: str,
    whereabouts: str,
    text: str,
    looked_in: str,
    next_step: str,
    state: str,
    source: str,
    actions: str,
    /,
    *,
    kind: str,
    numbered: bool,
    with_criterion: bool,
    with_quote: bool,
    with_whereabouts: bool,
    erased: bool,
    of_code: bool,
    in_paragraph: bool,
    with_place: bool,
    with_step: bool,
    supported: bool,
    with_state: bool,
    with_source: bool,
    with_actions: bool,
    dropped: bool,
) -> Element:
    """Ten cards stand on a page and differ in words: a card of each shape is made once."""
    return Article(
        Header(
            A(number, href=f"#{mark_anchor(comment_id)}", cls="comment-number", aria_label=_to_mark(number))
            if numbered
            else None,
            kind_sign(kind),
            Span(criterion, cls="comment-criterion") if with_criterion else None,
            support,
            cls="comment-head",
        ),
        badge("The quoted words were not found in the draft", tone=Tone.PERSON) if not supported else None,
        P("The passage was erased after the time the course keeps drafts.", cls="comment-erased") if erased else None,
        Blockquote(quote, cls="comment-quote comment-quote-code" if of_code else "comment-quote")
        if with_quote
        else None,
        P(whereabouts, cls="comment-place") if with_whereabouts else None,
        Div(P(text) if in_paragraph else text, cls="comment-text"),
        P(Span("Looked for in ", cls="quiet"), looked_in, cls="comment-looked-in") if with_place else None,
        P(Strong("Next step"), " ", next_step, cls="next-step") if with_step else None,
        Div(state, cls="comment-state") if with_state else None,
        Div(source, cls="comment-source") if with_source else None,
        Div(actions, cls="comment-actions") if with_actions else None,
        id=comment_anchor(comment_id),
        tabindex="-1",
        data_comment=comment_id,
        cls=f"comment comment-{kind} comment-dropped" if dropped else f"comment comment-{kind}",
    )


def _to_mark(number: str) -> str:
    return f"Comment {number}: show it in the draft"
