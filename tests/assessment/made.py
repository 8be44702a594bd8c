"""A small rubric, brief and draft of our own words for the assessment's tests."""

from feedforward.assessment.answer import Answer, CriterionReading, ReaderComment
from feedforward.assessment.assignment_brief import Brief, EarlierComment
from feedforward.feedback.rules import CommentKind, Quote
from feedforward.rubrics.rules import Criterion, Level, Rubric

DRAFT = (
    "Night trains are coming back to Europe. They save a day of travel and a night in a hotel.\n\n"
    "However, most lines lose money. A ticket from Vienna to Paris costs less than the track fees alone – "
    "so the state has to pay.\n\n"
    "I believe that’s a price worth paying, because flights cost the climate more."
)

LEVELS = (Level("Beginning", 1, "little"), Level("Developing", 2, "some"), Level("Strong", 4, "much"))
RUBRIC = Rubric(
    "Argument",
    (
        Criterion("claim", "Claim and reasons", 60, "A clear claim with reasons.", LEVELS),
        Criterion("language", "Grammar", 40, "Correct sentences.", LEVELS),
    ),
)
BRIEF = Brief("Trains", "Argue for or against night trains.", RUBRIC)
EARLIER = EarlierComment("r1", "claim", CommentKind.IMPROVEMENT, "Say why.", "because flights", "Add a reason.")


def comment(
    text: str,
    *,
    key: str | None = "claim",
    kind: CommentKind = CommentKind.IMPROVEMENT,
    quote: tuple[int, int] | None = None,
    next_step: str = "Do one thing.",
    supported: bool = True,
    looked_in: str = "",
) -> ReaderComment:
    found = Quote(DRAFT[quote[0] : quote[1]], *quote) if quote else None
    return ReaderComment(key, kind, text, found, next_step, supported, looked_in)


def answer(
    *comments: ReaderComment, claim: float | None = None, language: float | None = None, summary: str = ""
) -> Answer:
    readings = (CriterionReading("claim", claim, ""), CriterionReading("language", language, ""))
    return Answer(readings, comments, summary)
