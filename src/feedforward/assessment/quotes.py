"""Finding a reader's quote in the draft: as it stands, then as it reads, then nearly."""

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from feedforward.assessment.answer import QuoteMatch
from feedforward.feedback.rules import Quote

MINIMUM_WORDS = 3
MOST_WORDS = 80
WIDEST_GAP = 400
FUZZY_AT_LEAST = 88.0
FUZZY_MINIMUM_CHARACTERS = 20
FUZZY_MINIMUM_CHARACTERS_WITHOUT_SPACES = 10

MARKS = "'\"`´‘’‚‛“”„‟«»‹›「」『』＂＇"
APOSTROPHES = "['’‘ʼ`´]"
WITHOUT_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
WORD = re.compile(rf"[^\W_]+(?:{APOSTROPHES}[^\W_]+)*")
ELLIPSIS = re.compile(r"\[\s*(?:\.\s?\.\s?\.|…)\s*\]|\(\s*(?:\.\s?\.\s?\.|…)\s*\)|\.\s?\.\s?\.[.\s]*|…")
BETWEEN_WORDS = r"[\W_]{1,24}"


def find_quote(quote: str, draft_text: str) -> tuple[Quote, QuoteMatch] | None:
    """Where `quote` stands in the draft and how it was found; None when it is not there or too short to point anywhere.

    The quote that comes back holds the draft's own characters. Under three words only an exact, unique passage counts.
    White space, punctuation, quotation marks, dashes and case do not matter; “…” may stand for up to 400 characters
    left out. Of several places the first one is taken. Only the first 80 words of a longer quote are looked for.
    """
    wanted = unicodedata.normalize("NFC", quote).strip()
    words = list(WORD.finditer(wanted))
    if len(words) > MOST_WORDS:
        wanted = wanted[: words[MOST_WORDS - 1].end()]
    inner = wanted.strip(MARKS + " \t\n")
    if not inner:
        return None
    if length_in_words(inner) < MINIMUM_WORDS:
        return exact(wanted, draft_text, unique=True) or exact(inner, draft_text, unique=True)
    return (
        exact(wanted, draft_text)
        or exact(inner, draft_text)
        or normalised(inner, draft_text)
        or fuzzy(inner, draft_text)
    )


def length_in_words(text: str) -> int:
    """How many words a quote has; scripts without spaces count two characters as one word."""
    unspaced = len(WITHOUT_SPACES.findall(text))
    return len(WORD.findall(WITHOUT_SPACES.sub(" ", text))) + unspaced // 2


def exact(wanted: str, draft_text: str, *, unique: bool = False) -> tuple[Quote, QuoteMatch] | None:
    starts = list(places(wanted, draft_text, most=2 if unique else 20))
    whole = [start for start in starts if stands_between_words(draft_text, start, start + len(wanted))]
    if unique and (len(starts) != 1 or not whole):
        return None
    if not starts:
        return None
    start = (whole or starts)[0]
    return quote_at(draft_text, start, start + len(wanted)), QuoteMatch.EXACT


def places(wanted: str, draft_text: str, *, most: int) -> Iterator[int]:
    start = draft_text.find(wanted)
    while start >= 0 and most > 0:
        yield start
        most -= 1
        start = draft_text.find(wanted, start + 1)


def stands_between_words(text: str, start: int, end: int) -> bool:
    """True unless the passage begins or ends inside a word; scripts without spaces have no such inside."""
    return not (inside_word(text, start) or inside_word(text, end))


def inside_word(text: str, position: int) -> bool:
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    return before.isalnum() and after.isalnum() and not WITHOUT_SPACES.match(before) and not WITHOUT_SPACES.match(after)


def normalised(wanted: str, draft_text: str) -> tuple[Quote, QuoteMatch] | None:
    parts = [pattern for part in ELLIPSIS.split(wanted) if (pattern := pattern_of(part))]
    if not parts:
        return None
    for first in re.finditer(parts[0], draft_text, re.IGNORECASE):
        end: int | None = first.end()
        for part in parts[1:]:
            following = re.compile(part, re.IGNORECASE).search(
                draft_text, end or 0, (end or 0) + WIDEST_GAP + len(part)
            )
            end = following.end() if following else None
            if end is None:
                break
        if end is not None and stands_between_words(draft_text, first.start(), end):
            return quote_at(draft_text, first.start(), end), QuoteMatch.NORMALISED
    return None


def pattern_of(part: str) -> str:
    """A pattern for the words of a part in their order; "" for a part without words."""
    words = [re.sub(APOSTROPHES, lambda _: APOSTROPHES, re.escape(word)) for word in WORD.findall(part)]
    if not words:
        return ""
    closing = r"[.!?…]?" if part.rstrip(MARKS + " ").endswith((".", "!", "?")) else ""
    return BETWEEN_WORDS.join(words) + closing


def fuzzy(wanted: str, draft_text: str) -> tuple[Quote, QuoteMatch] | None:
    minimum = FUZZY_MINIMUM_CHARACTERS_WITHOUT_SPACES if WITHOUT_SPACES.search(wanted) else FUZZY_MINIMUM_CHARACTERS
    if len(wanted) < minimum or len(draft_text) < len(wanted) // 2:
        return None
    lowered = draft_text.lower()
    if len(lowered) != len(draft_text):
        lowered = draft_text
    found = fuzz.partial_ratio_alignment(wanted.lower(), lowered, score_cutoff=FUZZY_AT_LEAST)
    if found is None or found.dest_end - found.dest_start < minimum:
        return None
    start, end = found.dest_start, found.dest_end
    while inside_word(draft_text, start):
        start -= 1
    while inside_word(draft_text, end):
        end += 1
    return quote_at(draft_text, start, end), QuoteMatch.FUZZY


def quote_at(draft_text: str, start: int, end: int) -> Quote:
    while start < end and draft_text[start].isspace():
        start += 1
    while end > start and draft_text[end - 1].isspace():
        end -= 1
    return Quote(draft_text[start:end], start, end)
