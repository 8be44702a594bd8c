"""What there is to say about the draft against its task: its words and its length."""

from collections import Counter
from collections.abc import Iterator

from feedforward.assessment.built_in.observation import Observation, improvement, strength
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.gather import Facts

_FEWEST_TASK_WORDS = 5


def length_points(facts: Facts, word_min: int | None, word_max: int | None) -> Iterator[Observation]:
    """Holds in any language; nothing where the assignment sets no limit."""
    words = len(facts.prose.words)
    here = (Topic.LENGTH, Topic.TASK)
    if word_max is not None and words > word_max * 1.1:
        yield improvement(
            here,
            2.5,
            f"The body has {words} words; the assignment allows {word_max}.",
            "Every reader has the same number of words to be convinced in.",
            f"Find about {words - word_max} words to give up: begin with what is said twice.",
            looked_in="the body without headings and references",
        )
    elif word_min is not None and words < word_min:
        yield improvement(
            here,
            2.5,
            f"The body has {words} words; the assignment asks for at least {word_min}.",
            "The missing part is room for a reason or an example that would help you.",
            "Take the paragraph you like best and add to it what a reader would ask next.",
            looked_in="the body without headings and references",
        )
    elif word_min is not None and word_max is not None:
        yield strength(
            (Topic.LENGTH,),
            0.8,
            f"With {words} words the body keeps to the {word_min} to {word_max} that were asked for.",
            "The limits are met.",
            "When you revise, watch that it stays so.",
            place=None,
        )


def task_points(facts: Facts) -> Iterator[Observation]:
    """Which words of the task the draft takes up. English only; nothing for a task with fewer than five of its own."""
    if "task_words_met" not in facts or len(facts.prose.words) < 60:
        return
    met, missing = facts["task_words_met"], facts["task_words_missing"].notes
    wanted = len(missing) + len(set(met.notes))
    here = (Topic.TASK,)
    if wanted < _FEWEST_TASK_WORDS or (len(missing) < 2 and met.value < 0.8):
        return
    if met.value < 0.34:
        shown = ", ".join(f"“{word}”" for word in missing[:4])
        yield improvement(
            here,
            2.6,
            f"Few of the task's main words come up in the draft; I looked for {shown} among others.",
            "You may have said it in other words; if so, a reader who comes from the task still has to find the "
            "connection.",
            "Read the task once more, underline what it asks for, and write beside each part where your draft answers "
            "it.",
            looked_in="the whole draft, word by word",
        )
    elif len(missing) >= 2 and met.value < 0.75 and wanted <= 20:
        shown = ", ".join(f"“{word}”" for word in missing[:3])
        yield improvement(
            here,
            1.2,
            f"Some words of the task do not come up in the draft: {shown}.",
            "They may name a part of the task that is still open.",
            "Check each of them: is it answered in other words, or is something missing?",
            looked_in="the whole draft, word by word",
        )
    elif met.value >= 0.8 and len(set(met.notes)) >= 3:
        common = Counter(met.notes).most_common(3)
        first = facts.prose.sentences[0]
        place = next((place for place in met.places if place.start >= first.start), None)
        yield strength(
            here,
            1.0,
            f"The draft takes up the words of the task ({', '.join(f'“{word}”' for word, _ in common)}), from this "
            f"sentence on.",
            "A reader can see that it stays near what was asked; whether each part is answered, I cannot judge.",
            "Go through the task part by part and mark where each is answered.",
            place=place,
        )
