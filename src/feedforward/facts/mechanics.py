"""Slips that can be seen without understanding: doubled words, spaces, capitals, apostrophes, end marks."""

import re
from collections.abc import Iterator

from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.lexicon import listed
from feedforward.facts.prose import Prose
from feedforward.facts.words import Sentence

_DOUBLED = re.compile(r"\b([^\W\d_]{2,})\s+\1\b", re.IGNORECASE)
_MAY_STAND_TWICE = listed(
    "had that very so no bye ha really is blah now there far long many again on in you it them him"
)
_LEADS_ON = listed("""
    and or but that as because the a an to of in with for by from such said say says if when which who is are was so
    like including than then their his her my our your about what who at into
    """)
_GLUED = re.compile(r"\b[^\W\d_]+[,;](?=[^\W\d_]{2})|\b[^\W\d_]*[a-z]{2}[.!?](?=[A-Z][a-z])")
_ADDRESS = re.compile(r"\S{0,60}(?:://|www\.|@|\.(?:com|org|net|edu|gov|io|uk|html?)\b)\S*", re.IGNORECASE)
_SPACE_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]+[ \t]+[,.;?!](?=\s|$|[^\W\d_])")
_SMALL_I = re.compile(r"(?<![\w'’.\-(/])i(?:['’](?:m|ll|ve|d))?(?![\w.'’)\-/])")
_GOES_ON = re.compile(r"[a-zß-ÿ]|\w[:)]|\.")
_ENDED = re.compile(r"[.!?…:;。！？][\"'”’»)\]\d]*$|\)$")
APOSTROPHES = {
    "dont": "don't", "cant": "can't", "wont": "won't", "didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't",
    "wasnt": "wasn't", "werent": "weren't", "arent": "aren't", "havent": "haven't", "hasnt": "hasn't", "hadnt":
    "hadn't",
    "couldnt": "couldn't", "wouldnt": "wouldn't", "shouldnt": "shouldn't", "im": "I'm", "ive": "I've", "thats":
    "that's",
    "theyre": "they're", "youre": "you're", "whats": "what's", "theres": "there's", "hes": "he's", "shes": "she's",
    "theyve": "they've", "youve": "you've", "weve": "we've", "everyones": "everyone's", "someones": "someone's",
}  # fmt: skip


def doubled_words(prose: Prose) -> Fact:
    """The same word twice in a row, words that may stand twice left out. In any language."""
    return counted(
        "doubled_words",
        [
            (Place(*match.span()), match.group(1))
            for match in prose.body_matches(_DOUBLED)
            if match.group(1).lower() not in _MAY_STAND_TWICE and not match.group(1)[0].isupper()
        ],
    )


def spacing_slips(prose: Prose) -> Iterator[Fact]:
    """Spaces around marks, for languages that part words with spaces; French sets a space before high marks."""
    addresses = [match.span() for match in prose.body_matches(_ADDRESS)]
    yield counted(
        "missing_spaces",
        [
            (Place(*match.span()), match.group()[-1])
            for match in prose.body_matches(_GLUED)
            if not any(start <= match.start() < end for start, end in addresses)
        ],
    )
    marks = ",." if prose.language == "French" else ",.;?!"
    yield counted(
        "spaces_before_marks",
        [
            (Place(*match.span()), match.group()[-1])
            for match in prose.body_matches(_SPACE_BEFORE)
            if match.group()[-1] in marks
        ],
    )


def slips_in_english(prose: Prose) -> Iterator[Fact]:
    """Capitals, apostrophes and end marks."""
    yield counted("lower_case_i", [(Place(*match.span()), "I") for match in prose.body_matches(_SMALL_I)])
    yield counted(
        "missing_apostrophes",
        [
            (Place(word.start, word.end), APOSTROPHES[word.form])
            for word in prose.words
            if word.form in APOSTROPHES and not prose.text[word.start : word.end].isupper()
        ],
    )
    yield counted("lower_case_starts", list(_small_starts(prose)))
    yield counted("missing_end_marks", list(_open_ends(prose)))


def _small_starts(prose: Prose) -> Iterator[tuple[Place, str]]:
    for paragraph in prose.paragraphs:
        if paragraph.is_list_item or paragraph.is_quotation:
            continue
        for position, sentence in enumerate(paragraph.sentences):
            written = prose.text[sentence.start : sentence.end]
            if not sentence.words or not written[0].islower() or re.match(r"[a-z][A-Z]|\w+[.:/@]\w", written):
                continue
            if position == 0 and sentence.paragraph and not _is_ended(prose, sentence.paragraph - 1):
                continue  # a paragraph broken in the middle of a sentence
            if position and prose.text[paragraph.sentences[position - 1].end - 1] not in ".!?":
                continue
            first = sentence.words[0]
            yield Place(first.start, first.end), first.form.capitalize()


def _open_ends(prose: Prose) -> Iterator[tuple[Place, str]]:
    for position, paragraph in enumerate(prose.paragraphs):
        if paragraph.is_list_item or paragraph.word_count < 12 or not paragraph.sentences:
            continue
        last = paragraph.sentences[-1]
        if not last.words or _is_ended(prose, position):
            continue
        following = prose.paragraphs[position + 1] if position + 1 < len(prose.paragraphs) else None
        if following is None or not _goes_on(prose.text, last, following.start):
            yield Place(last.words[-1].start, last.words[-1].end), "."


def _goes_on(text: str, last: Sentence, next_start: int) -> bool:
    """Whether the next paragraph goes on with this sentence, which was broken in two: no mark is missing then."""
    end = last.words[-1]
    return (
        end.form in _LEADS_ON
        or text[last.end - 1] in ',"“'
        or text[end.start].isupper()
        or bool(_GOES_ON.match(text, next_start))
    )


def _is_ended(prose: Prose, position: int) -> bool:
    return bool(_ENDED.search(prose.text[prose.paragraphs[position].start : prose.paragraphs[position].end].rstrip()))
