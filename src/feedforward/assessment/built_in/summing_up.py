"""The plain words around the comments: the summary, why there is no score, and what is said to an empty draft."""

from collections.abc import Sequence

from feedforward.assessment.answer import Answer, CriterionReading, ReaderComment
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.observation import number, times
from feedforward.assessment.built_in.topics import JUDGED, Signals
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


def rationale_without_score(facts: Facts, criterion: Criterion, signals: Signals, *, is_code: bool) -> str:
    """Why the built-in reader gives no score here, in plain words."""
    name = criterion.name.strip() or "this criterion"
    if is_code:
        if not signals.topics:
            return f"The built-in reader says nothing about “{name}”, which cannot be seen without running the code."
        return f"The built-in reader gives no level of “{name}” in program code; it points to what can be seen."
    if signals.chosen and not signals.topics:
        return f"The built-in reader was asked to say nothing about “{name}” in this assignment."
    if not facts.prose.is_english and any(topic in JUDGED for topic in signals.topics):
        return f"The built-in reader judges “{name}” only in English, and this draft does not look English to it."
    if signals.judged:
        return f"The draft is too short, or the task sets too little, for measured things to say a level of “{name}”."
    other = [str(topic) for topic in signals.topics if topic not in JUDGED]
    if other and len(other) < len(signals.topics):
        also = other[0] if len(other) == 1 else f"{', '.join(other[:-1])} and {other[-1]}"
        return f"“{name}” also speaks of {also}, which the built-in reader can point at and not judge."
    if signals.topics:
        return f"The built-in reader does not judge “{name}”, which needs the meaning; it points to what can be seen."
    return f"The built-in reader does not judge “{name}”; nothing it measures speaks to it."


def summary_of_code(facts: Facts) -> str:
    """What is said of program code: its size, what was measured in it, and what this reader cannot tell."""
    lines = sum(bool(line.strip()) for line in facts.prose.text.split("\n"))
    return (
        f"This is program code ({lines} lines with something on them). {_measured_in_code(facts)}The built-in reader "
        "looks at comments, names, functions and repetition; whether the code works, a person has to try."
    )


def _measured_in_code(facts: Facts) -> str:
    if not facts.value("code_language"):
        return ""
    parts = [f"comments on {facts.value('code_comment_share'):.0%} of the lines"]
    if "code_functions" in facts:
        parts.insert(0, times(int(facts.value("code_functions")), "function"))
    if facts.value("code_syntax_errors"):
        parts.append(f"a syntax error at {facts['code_syntax_errors'].notes[0]}")
    return f"Measured in this {facts['code_language'].notes[0]}: {', '.join(parts)}. "


def summary_of(
    facts: Facts, comments: Sequence[ReaderComment], readings: Sequence[CriterionReading], first: str
) -> str:
    """Two to four sentences: what was read, what stands out (`first`: where to begin), what this reader cannot see."""
    prose = facts.prose
    said = [
        f"The built-in reader measured {len(prose.words)} words in {times(len(prose.paragraphs), 'paragraph')}; it "
        f"does not "
        "understand meaning."
    ]
    if not prose.is_english:
        known = facts.language not in {"unknown", "another script"}
        language = f"seems to be in {facts.language}" if known else "does not look English to it"
        left = ", ".join(group.lower() for group in facts.groups_left_out)
        said.append(
            f"The text {language}, so it looked only at what holds in any language. All or part of this was left "
            f"out: {left}."
        )
    improvements = sum(comment.kind is CommentKind.IMPROVEMENT for comment in comments)
    strengths = sum(comment.kind is CommentKind.STRENGTH for comment in comments)
    parts = [times(strengths, "strength")] if strengths else []
    parts += [f"{times(improvements, 'thing')} to work on"] if improvements else []
    said.append(f"It names {' and '.join(parts)}." if parts else "It found nothing it could honestly comment on.")
    if first and improvements > 1:
        said.append(f"If you have time for one, begin with {first}.")
    judged = sum(reading.score is not None for reading in readings)
    if judged:
        said.append(f"It gives a cautious level for {number(judged)} of {number(len(readings))} criteria.")
    else:
        said.append("It gives no levels.")
    return " ".join(said)
