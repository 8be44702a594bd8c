"""Figures and tables: which are mentioned, which have a caption, and where the two do not meet; numbers."""

import re
from collections.abc import Iterator, Sequence

from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.prose import Prose

_LABELS = {
    "figure": r"[Ff]igures?|[Ff]igs?\.|FIGURE|[Cc]harts?|[Gg]raphs?|[Dd]iagrams?|[Ff]iguras?|[Gg]ráficos?"
    r"|Abbildung(?:en)?|Abb\."
    r"|[Gg]rafiek|[Gg]rafico|图|圖",
    "table": r"[Tt]ables?|TABLE|[Tt]abelas?|[Tt]ablas?|[Tt]ableaux?|Tabellen?|Tab\.|[Tt]abell[ae]|[Tt]abel|表",
}
_NUMBER_OF = r"\s?(?P<number>\d{1,3}(?:\.\d{1,2})?)(?!\d|%)"
_MORE = r"(?:\s?[a-h]\b)?(?P<more>(?:\s?(?:,|and|&|to|[-–]|e|et|und|y|en|和)\s?\d{1,3}(?:\.\d{1,2})?(?!\d|%)[a-h]?)*)"
_MENTION = re.compile("|".join(
    rf"(?<![\w])(?:{labels}){_NUMBER_OF.replace('number', kind)}{_MORE.replace('more', 'more_' + kind)}"
    for kind, labels in _LABELS.items()
))  # fmt: skip
_CAPTION = re.compile("|".join(
    rf"(?:[*_#\s]*)(?:{labels}){_NUMBER_OF.replace('number', kind)}[a-h]?[*_]*(?:\s*[:.：–—|-]|\s*$|\s+(?=[A-ZÀ-Þ\"“]))"
    for kind, labels in _LABELS.items()
))  # fmt: skip
_LONGEST_CAPTION = 60
_NUMBER = re.compile(r"(?<![\w.,])[$€£]?\d[\d,.]*(?: ?%| percent| per cent| million| billion)?(?!\w)")

Label = tuple[str, str]
"""The kind ("figure" or "table") and the number as written."""


def figure_facts(prose: Prose) -> Iterator[Fact]:
    """Mentions against captions, both ways. What the text has no caption for may still be a picture in the file."""
    captions = list(_captions(prose))
    starts = {place.start for place, _ in captions}
    mentions = [
        (Place(*match.span()), labels)
        for match in prose.body_matches(_MENTION)
        if match.start() not in starts and (labels := _labels(match))
    ]
    text = prose.text
    yield counted("figure_mentions", [(place, text[place.start : place.end]) for place, _ in mentions])
    known = {label for _, label in captions}
    missing = [
        (place, _shown(lost[0])) for place, labels in mentions if (lost := [x for x in labels if x not in known])
    ]
    yield counted("figures_missing", missing)
    yield counted("captions", [(place, _shown(label)) for place, label in captions])
    named = {label for _, labels in mentions for label in labels}
    yield counted("captions_unmentioned", [(place, _shown(label)) for place, label in captions if label not in named])


def number_fact(prose: Prose, cited: Sequence[Place]) -> Fact:
    """Numbers of the body; years and what stands in citations are left out."""
    found = [
        Place(*match.span())
        for match in prose.body_matches(_NUMBER)
        if not re.fullmatch(r"(?:1[5-9]|20)\d\d[.,]?", match.group())
        and not any(place.start <= match.start() < place.end for place in cited)
    ]
    return counted("numbers", [(place, prose.text[place.start : place.end]) for place in found])


def _captions(prose: Prose) -> Iterator[tuple[Place, Label]]:
    places = [each.place for each in prose.paragraphs if each.word_count <= _LONGEST_CAPTION] + list(prose.headings)
    for place in sorted(places):
        match = _CAPTION.match(prose.text, place.start, place.end)
        if match and match.lastgroup:
            yield Place(match.start() + _indent(match.group()), match.end()), (match.lastgroup, match[match.lastgroup])


def _indent(written: str) -> int:
    return len(written) - len(written.lstrip("*_# \t\n"))


def _labels(match: re.Match[str]) -> list[Label]:
    """Every figure or table a mention names: "Figures 2, 3 and 5" are three, "Tables 1–3" too."""
    kind = next((kind for kind in _LABELS if match[kind]), "")
    if not kind:
        return []
    labels = [(kind, match[kind])]
    rest = match["more_" + kind]
    numbers = re.findall(r"\d+(?:\.\d+)?", rest)
    if re.match(r"\s?(?:[-–]|to)", rest) and numbers and match[kind].isdigit() and numbers[0].isdigit():
        first, last = int(match[kind]), int(numbers[0])
        labels += [(kind, str(number)) for number in range(first + 1, last + 1)] if 0 < last - first < 20 else []
        numbers = numbers[1:]
    return labels + [(kind, number) for number in numbers]


def _shown(label: Label) -> str:
    return f"{label[0].capitalize()} {label[1]}"
