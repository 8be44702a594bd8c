"""Keeping the draft's own words out of what is stored beside it: passages become markers that can be filled again."""

import re
from dataclasses import dataclass

ERASED = "[passage erased]"
OPENING = "⟦"
MARKER = re.compile(r"⟦(⟦|(\d{1,6})⟧)")
WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Lifted:
    """A text whose runs of the draft's words stand as ⟦1⟧, ⟦2⟧ …, and those runs in order. A literal ⟦ is doubled."""

    template: str
    passages: tuple[str, ...]


def lift_passages(text: str, draft_text: str, minimum_words: int = 8) -> Lifted:
    """Takes every run of `minimum_words` or more consecutive words of the draft out of `text`.

    Case, punctuation and white space do not matter for finding a run; the passage keeps the text's own characters, so
    that filling the template gives `text` again. In scripts without spaces each character counts as a word.
    """
    if minimum_words < 1:
        raise ValueError("a passage has at least one word")
    parts: list[str] = []
    passages: list[str] = []
    done = 0
    for start, end in runs_of_the_draft(text, draft_text, minimum_words):
        passages.append(text[start:end])
        parts += [escaped(text[done:start]), f"{OPENING}{len(passages)}⟧"]
        done = end
    parts.append(escaped(text[done:]))
    return Lifted("".join(parts), tuple(passages))


def fill_passages(template: str, passages: tuple[str, ...] | None) -> str:
    """The text again; with None for passages that were erased, “[passage erased]” in each place."""
    if OPENING not in template:
        return template

    def filled(match: re.Match[str]) -> str:
        if match[2] is None:
            return OPENING
        position = int(match[2]) - 1
        return passages[position] if passages is not None and 0 <= position < len(passages) else ERASED

    return MARKER.sub(filled, template)


def without_passages(text: str, draft_text: str) -> str:
    """The text as a template that never had the draft's words: each run of them is an ellipsis, nothing is to erase."""
    lifted = lift_passages(text, draft_text)
    return escaped(fill_passages(lifted.template, ("…",) * len(lifted.passages)))


def escaped(text: str) -> str:
    return text.replace(OPENING, OPENING * 2)


def runs_of_the_draft(text: str, draft_text: str, minimum_words: int) -> list[tuple[int, int]]:
    """Start and end of each run, in characters of `text`, in order and without overlap."""
    words = list(WORD.finditer(text))
    if len(words) < minimum_words:
        return []
    folded = [match[0].casefold() for match in words]
    draft = " " + " ".join(WORD.findall(draft_text)).casefold() + " "
    runs: list[tuple[int, int]] = []
    for first in range(len(words) - minimum_words + 1):
        last = first + minimum_words - 1
        if f" {' '.join(folded[first : last + 1])} " not in draft:
            continue
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return [(words[first].start(), words[last].end()) for first, last in runs]
