"""Ready-made rubrics to start from, in our own words."""

from feedforward.rubrics.rules import Criterion, Level, Rubric

_LABELS = ("Beginning", "Developing", "Proficient", "Advanced")


def _criterion(position: int, name: str, weight: float, description: str, *levels: str) -> Criterion:
    steps = zip(_LABELS, levels, strict=True)
    return Criterion(
        f"c{position}", name, weight, description,
        tuple(Level(label, float(points), text) for points, (label, text) in enumerate(steps, start=1)),
    )  # fmt: skip


ESSAY = Rubric(
    "Essay",
    (
        _criterion(
            1, "Thesis", 30, "A claim of the writer’s own that answers the task and that the whole essay serves.",
            "The essay names a topic, but a reader cannot say what it claims about it.",
            "There is a claim, but it is broad, repeats the task, or is lost again after the introduction.",
            "A clear claim answers the task, and most paragraphs visibly serve it.",
            "A precise claim that somebody could disagree with answers the task; every paragraph moves it forward, "
            "and the essay knows its limits.",
        ),
        _criterion(
            2, "Evidence", 30, "Reasons, examples and sources, and what the writer shows with them.",
            "Claims stand alone, or the examples have little to do with them.",
            "There are examples or sources, but they are general, or the reader must guess what they show.",
            "Specific examples or sources support most claims, and the essay explains what they show.",
            "Well-chosen, specific evidence supports every main claim; the essay explains it, weighs it, and answers "
            "what speaks against it.",
        ),
        _criterion(
            3, "Organisation", 25, "The order of the thoughts, within paragraphs and from one to the next.",
            "Thoughts follow each other without a visible order; paragraphs are missing or hold several topics.",
            "There is an order, but paragraphs wander, or the steps between them are missing.",
            "Each paragraph has one point, the order makes sense, and the reader is led from one to the next.",
            "The order itself argues: each paragraph follows from the one before, and beginning and end frame what was "
            "found out.",
        ),
        _criterion(
            4, "Language and conventions", 15, "Sentences, choice of words, spelling, punctuation and references.",
            "Mistakes or unclear sentences often make it hard to understand what is meant.",
            "The meaning is mostly clear, but repeated mistakes or vague words distract the reader.",
            "Clear sentences and fitting words; a few mistakes that do not get in the way; sources are given.",
            "Exact, varied and easy to read; hardly a mistake; sources are given completely and in one style.",
        ),
    ),
)  # fmt: skip

TEMPLATES: dict[str, Rubric] = {"essay": ESSAY}
