"""The draft against its task: the task's own words, and the length limits."""

from collections.abc import Iterator
from functools import lru_cache

from feedforward.facts.fact import Fact, Place, measured
from feedforward.facts.lexicon import listed
from feedforward.facts.prose import Prose, is_content
from feedforward.facts.words import words_in

_INSTRUCTION_WORDS = listed("""
    essay essays write writing written discuss explain describe argue argument compare contrast paragraph
    paragraphs words word draft student students response respond support supporting reasons reason example
    examples evidence details specific state thesis claims claim rebut reading paraphrased task university include
    including answer question text article position opinion whether convince persuade side provided clear clearly
    present address prompt source sources cite page pages instructor teacher class reader readers grade score
    following consider read least minimum maximum organise organize newspaper reasoning rebut rebuttal side sides
    approx following revised revise twice times independent english language learner choose topic idea ideas
    letter main point points based paper explore analyse analyze evaluate show use conclusion introduction against
    agree disagree
    """)


def task_forms(task: str) -> tuple[str, ...]:
    """The content words of a task that name its matter, in the order they come, each once."""
    found: dict[str, str] = {}
    for word in words_in(task, 0, len(task)):
        if is_content(word.form) and word.form not in _INSTRUCTION_WORDS and len(word.form) > 3:
            found.setdefault(root_of(word.form), word.form)
    return tuple(found.values())


def task_facts(prose: Prose, task: str) -> Iterator[Fact]:
    """Which of the task's words the draft takes up, compared by their beginnings ("drive" meets "driving")."""
    wanted = task_forms(task)
    if not wanted:
        return
    used = {root_of(form) for form in prose.forms}
    met = [form for form in wanted if root_of(form) in used]
    missing = [form for form in wanted if root_of(form) not in used]
    roots = {root_of(form) for form in met}
    places = [(Place(word.start, word.end), word.form) for word in prose.words if root_of(word.form) in roots]
    value = measured("task_words_met", len(met) / len(wanted))
    yield Fact(
        value.name, value.value, value.unit, value.range, tuple(p for p, _ in places), tuple(n for _, n in places)
    )
    absent = measured("task_words_missing", len(missing))
    yield Fact(absent.name, absent.value, absent.unit, absent.range, (), tuple(missing))


def limit_facts(words: int, word_min: int | None, word_max: int | None) -> Iterator[Fact]:
    """How many words the body lies above or below the assignment's limits; nothing where there is no limit."""
    if word_max is not None:
        yield measured("words_over_limit", max(0, words - word_max))
    if word_min is not None:
        yield measured("words_under_limit", max(0, word_min - words))


@lru_cache(maxsize=20_000)
def root_of(form: str) -> str:
    """What is left of an English word without its ending, so that "driving" meets "drive"."""
    for suffix in (
        "ations",
        "ation",
        "ings",
        "ing",
        "edly",
        "ies",
        "ied",
        "ers",
        "er",
        "ed",
        "es",
        "ly",
        "s",
        "e",
        "y",
    ):
        if form.endswith(suffix) and len(form) - len(suffix) >= 4:
            stem = form[: -len(suffix)]
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
    return form
