"""Small signs: each says its state by a word and a shape, never by colour alone."""

from enum import StrEnum
from functools import lru_cache

from feedforward.ui.elements import Element, Path, Span, Svg, written_once

_SHAPES = {
    "neutral": "M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Zm0 1.6a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4Z",
    "active": "M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Zm0 1.6v6.4a3.2 3.2 0 0 1 0-6.4Z",
    "person": "M8 2.4 14.4 13.6H1.6L8 2.4Zm-.8 4.4v3.2h1.6V6.8H7.2Zm0 4.1v1.5h1.6v-1.5H7.2Z",
    "done": "M13.4 4.9 6.6 11.7 2.7 7.8l1.2-1.2 2.7 2.7 5.6-5.6 1.2 1.2Z",
    "failed": "M4.3 3.1 8 6.8l3.7-3.7 1.2 1.2L9.2 8l3.7 3.7-1.2 1.2L8 9.2l-3.7 3.7-1.2-1.2L6.8 8 3.1 4.3l1.2-1.2Z",
    "strength": "M8 2.2 9.9 6l4.1.6-3 2.9.7 4.1L8 11.7l-3.7 1.9.7-4.1-3-2.9L6.1 6 8 2.2Z",
    "improvement": "M8 2.6 13 7.6l-1.2 1.2-2.9-2.9v7.5H7.1V5.9L4.2 8.8 3 7.6l5-5Z",
    "general": "M2.6 3.4h10.8v7.2H8.6L5.4 13v-2.4H2.6V3.4Zm1.6 1.6v4h7.6V5H4.2Z",
}


class Tone(StrEnum):
    """What a badge means: nothing special, under way, needs a person, done, or failed."""

    NEUTRAL = "neutral"
    ACTIVE = "active"
    PERSON = "person"
    DONE = "done"
    FAILED = "failed"


@lru_cache(maxsize=64)
def shape(name: str) -> Element:
    """One of the small drawings, in the colour of the text around it; a circle for an unknown name."""
    return written_once(
        Svg(
            Path(d=_SHAPES.get(name, _SHAPES["neutral"]), fill="currentColor", fill_rule="evenodd"),
            viewBox="0 0 16 16",
            aria_hidden="true",
            cls="shape",
        )
    )


# Pages show the same few words over and over; the words are all that a badge depends on.
@lru_cache(maxsize=512)
def badge(word: str, *, tone: Tone = Tone.NEUTRAL) -> Element:
    """A status as shape and word; kept, so never words that a person typed (see `badge_of`)."""
    return written_once(badge_of(word, tone=tone))


def badge_of(words: str, *, tone: Tone = Tone.NEUTRAL) -> Element:
    """A badge with words of a person, made for one page."""
    return Span(shape(tone), words, cls=f"badge badge-{tone}")


@lru_cache(maxsize=128)
def support_badge(text: str) -> Element:
    """How many readers made a point, as a sentence fragment: `2 of 3 readers`."""
    return written_once(Span(text, cls="badge badge-plain"))


def support_text(readers: int, of: int) -> str:
    """`2 of 3 readers`, `the only reader` where there was one."""
    return "the only reader" if of == 1 else f"{readers} of {of} readers"


def ai_label(text: str = "AI-assisted") -> Element:
    """Says plainly that a model had a part in this: `AI-assisted, reviewed by Dr Weiss`."""
    return Span(text, cls="badge badge-ai")
