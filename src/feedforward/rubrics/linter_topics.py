"""What a linter sees in what the criteria are about: two about one thing, one about two, and what no text can show."""

import re
from collections.abc import Iterator
from itertools import combinations

from feedforward.rubrics.linter_rules import Check, Finding, Kind, Severity
from feedforward.rubrics.linter_words import GENERIC, LITTLE, VAGUE
from feedforward.rubrics.rules import Criterion, Rubric

_WORD = re.compile(r"[^\W\d_]{3,}")
OVERLAP_SHARE = 0.5
OVERLAP_WORDS = 2

_THINGS: dict[str, re.Pattern[str]] = {
    thing: re.compile(pattern, re.IGNORECASE)
    for thing, pattern in {
        "grammar": r"\b(?:grammar|word forms)\b",
        "spelling and punctuation": r"\b(?:spelling|punctuation|mechanics)\b|"
        r"(?<!disciplinary )(?<!genre )(?<!citation )(?<!genre and )\bconventions\b(?! of)",
        "sentences": r"\b(?:syntax|sentence (?:structure|variety|fluency))\b",
        "order and paragraphs": r"\b(?:organi[sz]ation|(?<!sentence )structure|paragraphing)\b",
        "evidence": r"\bevidence\b",
        "sources": r"\b(?:sources?|citations?|referencing|references|bibliography)\b",
        "the thesis": r"\b(?:thesis|main claim|central claim)\b",
        "documentation": r"\b(?:code comments|documentation|docstrings)\b",
    }.items()
}
# Things that belong together closely enough for one criterion.
_KIN = ({"grammar", "spelling and punctuation", "sentences"}, {"evidence", "sources"})

_UNSEEN: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), what, instead)
    for pattern, what, instead in (
        (r"\bparticipat(?:es|ed|ion|ing)\b(?! of)|\battendance\b|\bclass (?:discussion|contribution|engagement)\b|"
         r"\bengage(?:s|d|ment)? in class\b",
         "what happened in class", "Keep it out of the rubric, or assess it by hand beside the feedback."),
        (r"\bon time\b|\bpunctual(?:ity|ly)?\b|\btimel(?:y|iness)\b(?= (?:submi|hand|manner))|"
         r"\b(?:submitted|handed in|submission) (?:late|by the deadline|before the deadline)\b|"
         r"\bmeets? (?:the )?deadlines?\b",
         "when it was handed in", "Leave it to the due date of the assignment, which the system keeps."),
        (r"\beffort\b|\bhard work\b|\bwork ethic\b|\bdiligen(?:t|ce|tly)\b|\bmotivat(?:ed|ion) (?:to|of the student)\b|"
         r"\b(?:positive|good) attitude\b",
         "how hard somebody worked", "Name what effort leaves in the text: revisions made, sources read, cases tried."),
        (r"\beye contact\b|\bbody language\b|\b(?:oral|spoken|verbal) (?:delivery|presentation|skills)\b|"
         r"\bspeaks? (?:clearly|loudly|fluently|confidently)\b|\bvoice (?:projection|volume)\b|\bposture\b|"
         r"\bdelivery of (?:the )?(?:speech|talk|presentation)\b",
         "how something was spoken", "Assess the talk by hand; keep what the written text can show."),
        (r"\bteam ?work\b|\bcollaborat(?:es|ed|ion|ively) with\b|\bworks? (?:well )?(?:in|with) (?:a |the |their )?"
         r"(?:team|group|partner|peers)\b|\bgroup members?\b",
         "how people worked together", "Ask for a short account of who did what, and assess that text."),
        (r"\bhandwriting\b|\bneat(?:ly|ness)?\b(?= (?:hand|writ|present))|\blegib(?:le|ility)\b",
         "how the page looks", "Readers get the text alone: leave the look of the page out."),
        (r"\bplagiaris\w+\b|\boriginal work of\b|\bown work\b|\bacademic (?:honesty|integrity)\b",
         "whether somebody else wrote it", "Readers compare with nothing outside: ask for sources, and talk with the "
         "student where you doubt."),
    )
)  # fmt: skip


def overlapping(rubric: Rubric) -> Iterator[Finding]:
    """Two criteria that look at the same: a weakness there is counted twice."""
    about = {criterion.key: _about(criterion) for criterion in rubric.criteria}
    for one, other in combinations(rubric.criteria, 2):
        common = about[one.key] & about[other.key]
        either = about[one.key] | about[other.key]
        same_thing = sorted(_things(one.name) & _things(other.name))
        if len(common) >= OVERLAP_WORDS and len(common) >= OVERLAP_SHARE * len(either):
            told = "both speak of " + " and ".join(f"“{word}”" for word in sorted(common)[:3])
        elif same_thing:
            told = f"both are about {same_thing[0]}"
        else:
            continue
        yield Finding(
            Kind.OVERLAP, Severity.SHOULD, (one.key, other.key),
            f"“{one.name}” and “{other.name}” {told}: one weakness counts twice, and readers put the same comment now "
            "here, now there.",
            "Join them, or say in each description what belongs to the other.",
        )  # fmt: skip


def two_in_one(rubric: Rubric) -> Iterator[Finding]:
    """A criterion whose name holds two things that a draft can do differently well."""
    for criterion in rubric.criteria:
        things = sorted(_things(criterion.name))
        if len(things) > 1 and not any(kin.issuperset(things) for kin in _KIN):
            yield Finding(
                Kind.TWO_IN_ONE, Severity.CONSIDER, (criterion.key,),
                f"“{criterion.name}” holds {' and '.join(things)}: a draft can be strong in one and weak in the other, "
                "and no level then fits.",
                "Make two criteria of it, and share the weight between them.",
            )  # fmt: skip


def unseen(rubric: Rubric) -> Iterator[Finding]:
    """What no reader can see in a text: readers would guess, and must not."""
    for criterion in rubric.criteria:
        head = f"{criterion.name}. {criterion.description}"
        for pattern, what, instead in _UNSEEN:
            in_head = pattern.search(head)
            in_levels = [level for level in criterion.levels if pattern.search(level.description)]
            if not in_head and not in_levels:
                continue
            match = in_head or pattern.search(in_levels[0].description)
            yield Finding(
                Kind.UNSEEN, Severity.SHOULD if in_head else Severity.CONSIDER, (criterion.key,),
                f"“{criterion.name}” asks about {what} (“{match.group() if match else ''}”). No reader can see that in "
                "the draft, and none should guess.",
                instead, () if in_head else tuple(level.label for level in in_levels),
            )  # fmt: skip


def _things(name: str) -> set[str]:
    return {thing for thing, pattern in _THINGS.items() if pattern.search(name)}


def _about(criterion: Criterion) -> set[str]:
    """The roots of the words that say what a criterion looks at; level texts run parallel and are left out."""
    words = (match.group().casefold() for match in _WORD.finditer(f"{criterion.name} {criterion.description}"))
    return {_root(word) for word in words if word not in LITTLE | GENERIC | VAGUE}


def _root(word: str) -> str:
    # Enough to see "paragraph" in "paragraphs"; a stemmer joins more than it should.
    for ending in ("ations", "ation", "ings", "ing", "ies", "es", "s", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


TOPIC_CHECKS: tuple[Check, ...] = (overlapping, two_in_one, unseen)
