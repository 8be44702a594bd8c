"""The plain words around the comments: the summary, why there is no score, and what is said to an empty draft."""

from collections.abc import Sequence

from feedforward.assessment.answer import Answer, CriterionReading, ReaderComment
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.observation import number, times
from feedforward.assessment.built_in.topics import JUDGED, Topic
from feedforward.facts.gather import Facts
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.rules import Criterion


def too_little_to_read(facts: Facts, brief: Brief) -> Answer:
    """The answer to a blank draft or a few words: no scores, one clear comment."""
    count = len(facts.prose.words)
    found = "no words to read yet" if not count else f"only {times(count, 'word')} to read so far"
    readings = tuple(
        CriterionReading(criterion.key, None, "There is not enough text to say anything about this.")
        for criterion in brief.rubric.criteria
    )
    comment = ReaderComment(
        None,
        CommentKind.GENERAL,
        f"There are {found}, so there is nothing to comment on. If you sent more than this, the file may not have "
        f"held it as text.",
        None,
        "Look at the text shown beside this comment: if it is not what you wrote, send the draft again or paste it; "
        "if it is, "
        "begin with three sentences on what you most want to say.",
        True,
        "the whole draft",
    )
    return Answer(readings, (comment,), f"There are {found}.", ())


def rationale_without_score(facts: Facts, criterion: Criterion, topics: tuple[Topic, ...]) -> str:
    """Why the built-in reader gives no score here, in plain words."""
    name = criterion.name.strip() or "this criterion"
    if facts.prose.is_code:
        return f"The built-in reader reads prose; it does not judge “{name}” in program code."
    if not facts.prose.is_english and any(topic in JUDGED for topic in topics):
        return f"The built-in reader judges “{name}” only in English, and this draft does not look English to it."
    if any(topic in JUDGED for topic in topics) and all(topic in JUDGED for topic in topics):
        return f"The draft is too short, or the task sets too little, for measured things to say a level of “{name}”."
    if topics:
        return f"The built-in reader does not judge “{name}”, which needs the meaning; it points to what can be seen."
    return f"The built-in reader does not judge “{name}”; nothing it measures speaks to it."


def summary_of(facts: Facts, comments: Sequence[ReaderComment], readings: Sequence[CriterionReading]) -> str:
    """Two to four sentences: what was read, what stands out, what this reader cannot see."""
    prose = facts.prose
    if prose.is_code:
        lines = sum(bool(line.strip()) for line in prose.text.split("\n"))
        return (
            f"This looks like program code ({lines} lines with something on them). The built-in reader reads prose "
            f"and has no "
            "comment on code; a person or a language model should read it."
        )
    size = f"{len(prose.words)} words in {times(len(prose.paragraphs), 'paragraph')}"
    read = f"The built-in reader measured {size}; it does not understand meaning."
    if not prose.is_english:
        language = f"in {prose.language}" if prose.language[0].isupper() else "not in English"
        read += f" The text seems to be {language}, so only what holds in any language was looked at."
    improvements = sum(comment.kind is CommentKind.IMPROVEMENT for comment in comments)
    strengths = sum(comment.kind is CommentKind.STRENGTH for comment in comments)
    if not comments:
        return f"{read} It found nothing it could honestly comment on."
    parts = [times(strengths, "strength")] if strengths else []
    parts += [times(improvements, "thing") + " to work on"] if improvements else []
    judged = sum(reading.score is not None for reading in readings)
    says = f" It names {' and '.join(parts)}." if parts else ""
    level = f" It gives a cautious level for {number(judged)} of {number(len(readings))} criteria." if judged else " "
    "It gives no levels."
    return read + says + level
