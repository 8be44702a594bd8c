"""What there is to say about program code: comments, names, functions, repetition; what a reader of it meets first."""

from collections.abc import Iterator

from feedforward.assessment.built_in.observation import Observation, capital, improvement, number, strength, times
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.gather import Facts

_ENOUGH_LINES, _SHORT_FUNCTION = 20, 3


def code_points(facts: Facts) -> Iterator[Observation]:
    """Nothing where the language is not recognised; nothing about whether it works, which reading cannot tell."""
    if "code_comment_share" not in facts:
        return
    yield from _comments(facts)
    yield from _names(facts)
    if "code_functions" in facts:
        yield from _functions(facts)
    yield from _repeats(facts)


def _comments(facts: Facts) -> Iterator[Observation]:
    here, lines = (Topic.CODE_COMMENTS,), facts.value("code_lines")
    bare, share = facts["code_uncommented"], facts.value("code_comment_share")
    if bare.places:
        yield improvement(
            here, 1.8, f"From this line on, {bare.notes[0]} follow without any comment.",
            "Somebody who reads them for the first time has to work out what they are for from how they do it.",
            "Put one line above each step that says what it is for; leave out what the code says itself.",
            place=bare.places[0],
        )  # fmt: skip
    elif lines >= _ENOUGH_LINES and 0.08 <= share <= 0.4:
        yield strength(
            here, 1.0, f"About {100 * share:.0f} of 100 lines carry a comment or documentation, and no long stretch is "
            "without one.",
            "A reader finds a word of explanation wherever they begin.",
            "Check that each says why, not what: “add one” helps nobody.", place=None,
        )  # fmt: skip
    if "code_undocumented" in facts and facts["code_undocumented"].places:
        silent = facts["code_undocumented"]
        yield improvement(
            here, 1.6, f"{capital(times(len(silent.places), 'function or class', 'functions or classes'))} of some "
            f"length "
            f"{'has' if len(silent.places) == 1 else 'have'} no documentation; “{silent.notes[0]}” is the first.",
            "Who wants to use it must read all of it to learn what goes in and what comes out.",
            "Write one sentence at its top: what it gives back, and for what.", place=silent.places[0],
        )  # fmt: skip
    left = facts["code_commented_out"]
    if left.places:
        yield improvement(
            (Topic.CODE_REPEATS, Topic.CODE_COMMENTS), 1.3,
            f"Code stands commented out in {times(len(left.places), 'place')}, of which this is the first."
            if len(left.places) > 1
            else "Code stands commented out here.",
            "A reader cannot tell whether it was forgotten or is still needed.",
            "Delete it; version control remembers it.", place=left.places[0],
        )  # fmt: skip


def _names(facts: Facts) -> Iterator[Observation]:
    here = (Topic.CODE_NAMES,)
    unclear, short = facts["code_unclear_names"], facts["code_one_letter_names"]
    if unclear.places or len(short.places) >= 3:
        fact = unclear if unclear.places else short
        shown = ", ".join(f"“{name}”" for name in dict.fromkeys(fact.notes[:3]))
        yield improvement(
            here, 1.7,
            f"The name {shown} says little about what it holds."
            if len(fact.places) == 1
            else f"{capital(times(len(fact.places), 'name'))} say little about what they hold: {shown}.",
            "The name is the comment that stands at every use.",
            "Rename the one used furthest from where it is made, after what it means and not after its type.",
            place=fact.places[0],
        )  # fmt: skip
    mixed = facts["code_mixed_names"]
    if mixed.places:
        yield improvement(
            here, 1.2, f"Most names have one form and {number(len(mixed.places))} another, “{mixed.notes[0]}” first.",
            "Two ways of writing make a reader look for a difference that is not there.",
            "Choose the way that is usual in this language, and rename the few.", place=mixed.places[0],
        )  # fmt: skip
    elif not unclear.places and not short.places and facts.value("code_lines") >= _ENOUGH_LINES:
        yield strength(
            here, 0.9, "All names are written the same way, and none is a bare letter or an empty word.",
            "A reader does not have to look up what stands behind them.",
            "Ask of each function’s name whether it says what comes back.", place=None,
        )  # fmt: skip


def _functions(facts: Facts) -> Iterator[Observation]:
    here = (Topic.CODE_FUNCTIONS,)
    long, deep = facts["code_long_functions"], facts["code_deep_nesting"]
    if long.places:
        name, _, lines = long.notes[0].partition("|")
        yield improvement(
            here, 2.0, f"“{name}” has {lines} lines"
            + (f", and {number(len(long.places) - 1)} more are above 40." if len(long.places) > 1 else "."),
            "What does several things can be neither named nor tried out by itself.",
            "Find the part of it that could have a name of its own, and make that a function.", place=long.places[0],
        )  # fmt: skip
    if deep.places:
        name, _, depth = deep.notes[0].partition("|")
        yield improvement(
            here, 1.9, f"Inside “{name}”, loops and conditions stand {depth} deep.",
            "To read the innermost line, all conditions around it have to be kept in mind.",
            "Turn the outermost condition round and leave early, or move the inner loop into a function.",
            place=deep.places[0],
        )  # fmt: skip
    count, mean = int(facts.value("code_functions")), facts.value("code_function_length_mean")
    if not long.places and not deep.places and count >= 3 and mean >= _SHORT_FUNCTION:
        yield strength(
            here, 1.0, f"{capital(times(count, 'function'))} of {mean:.0f} lines on average: each is seen at a glance.",
            "Small parts can be named, tried out and changed one by one.",
            "Read only their names, from top to bottom: do they tell what the program does?", place=None,
        )  # fmt: skip
    elif not count and facts.value("code_lines") >= 2 * _ENOUGH_LINES:
        yield improvement(
            here, 1.8, f"All {int(facts.value('code_lines'))} lines stand in one piece, without a function.",
            "Nothing in it can be used twice or tried out alone.",
            "Take the step that could be described in three words, and make it a function of that name.",
            looked_in="the whole file",
        )  # fmt: skip


def _repeats(facts: Facts) -> Iterator[Observation]:
    here = (Topic.CODE_REPEATS, Topic.CODE_FUNCTIONS)
    twins, numbers, dead = facts["code_duplicates"], facts["code_magic_numbers"], facts["code_unreachable"]
    if twins.places:
        yield improvement(
            here, 1.9, f"These lines come again with hardly a change ({times(len(twins.places), 'place')} in all).",
            "A mistake in one copy stays in the other.",
            "Make one function of them, with what differs as its parameter.", place=twins.places[0],
        )  # fmt: skip
    if len(numbers.places) >= 3:
        yield improvement(
            (Topic.CODE_NAMES, Topic.CODE_REPEATS), 1.2,
            f"{capital(number(len(numbers.places)))} numbers stand in the code without a name, here first.",
            "A reader sees the value and not what it stands for.",
            "Give the one that would be changed first a name at the top.", place=numbers.places[0],
        )  # fmt: skip
    if dead.places:
        yield improvement(
            here, 2.2, "This line can never be reached: the block is left before it.",
            "Whatever it was for does not happen.", "Move it before the line that leaves, or delete it.",
            place=dead.places[0],
        )  # fmt: skip
