"""What there is to say about figures and tables: those mentioned and not there, those there and not mentioned."""

from collections.abc import Iterator

from feedforward.assessment.built_in.observation import Observation, capital, improvement, number, strength
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.gather import Facts

_HERE = (Topic.EVIDENCE, Topic.LENGTH, Topic.ORGANISATION)


def figure_points(facts: Facts) -> Iterator[Observation]:
    """In any language. A picture may carry its caption inside the file, so what is missing is asked, not told."""
    missing, unmentioned = facts["figures_missing"], facts["captions_unmentioned"]
    captions, mentions = facts["captions"], facts["figure_mentions"]
    if missing.places:
        names = list(dict.fromkeys(missing.notes))
        shown = ", ".join(names[:3]) + (f" and {number(len(names) - 3)} more" if len(names) > 3 else "")
        yield improvement(
            _HERE,
            1.9,
            f"The text sends its reader to {shown}, and I found no caption with {_that(names)}.",
            "A reader who looks for it and does not find it loses the thread just where you show something.",
            "If it is in your file as a picture, give it a caption with this number beneath; if it is not, put it in "
            "or take the mention out.",
            place=missing.places[0],
        )
    if unmentioned.places:
        names = list(dict.fromkeys(unmentioned.notes))
        first = names[0]
        others = (
            f", and so {'is' if len(names) == 2 else 'are'} {number(len(names) - 1)} more" if len(names) > 1 else ""
        )
        yield improvement(
            _HERE,
            1.8,
            f"{first} is shown and never spoken of in the text{others}.",
            "What is not spoken of, a reader passes over, or reads in a way you did not mean.",
            f"Write the sentence that says what {first} shows, and name it there by its number; if there is no such "
            "sentence, leave it out.",
            place=unmentioned.places[0],
        )
    if len(captions.places) >= 2 and mentions.places and not missing.places and not unmentioned.places:
        yield strength(
            _HERE,
            1.0,
            f"{capital(number(len(captions.places)))} figures and tables have a caption, and the text speaks of each.",
            "A reader knows when to look, and at what.",
            "Check that the sentence beside each mention says what is to be seen there, and not only that it is there.",
            place=mentions.places[0],
        )


def _that(names: list[str]) -> str:
    return "that number" if len(names) == 1 else "those numbers"
