"""An earlier comment and what the next draft did about it: who says so, where its passage stands, a word against."""

from dataclasses import dataclass

from feedforward.feedback.opened_page import ShownAddressed, ShownCorrection
from feedforward.feedback.rules import ADDRESSED, LONGEST_CORRECTION, Side, Standing
from feedforward.llm.readers import BUILT_IN
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form
from feedforward.ui.choices import Choice, radio_group
from feedforward.ui.comments import kind_sign
from feedforward.ui.elements import Blockquote, Child, Element, P
from feedforward.ui.fields import text_area
from feedforward.ui.forms import form
from feedforward.ui.layout import card, disclosure, quiet

_WORDS = {"yes": "Addressed in this draft", "partly": "Partly addressed", "no": "Not addressed yet"}
_OF_STRENGTHS = {"yes": "Still there", "partly": "Partly still there", "no": "No longer there"}
_TONES = {"yes": Tone.DONE, "partly": Tone.ACTIVE, "no": Tone.NEUTRAL}
_CHOICES = {"yes": "Addressed", "partly": "Partly addressed", "no": "Not addressed"}
_STRENGTH_CHOICES = {"yes": "Still there", "partly": "Partly still there", "no": "No longer there"}
_STANDING = {
    Standing.EXACT: "Its passage stands in this draft as it did.",
    Standing.MOVED: "Its passage stands elsewhere now:",
    Standing.REWORDED: "Its passage now reads:",
    Standing.GONE: "Its passage is no longer in this draft.",
}


@dataclass(frozen=True, slots=True)
class CorrectionAttempt:
    """A correction that was refused: of which comment, what was typed, and what is wrong, by "addressed" and "note"."""

    comment_id: int
    addressed: str
    note: str
    problems: dict[str, str]


def addressed_part(
    *, each: ShownAddressed, side: Side, action: str | None, attempt: CorrectionAttempt | None = None
) -> Element:
    """Kind, verdict, comment, reasons and whose they are; `side` may put its own word beside them, posted to `action`
    (None: nobody can any more).

    Where people said something, the staff's word is the verdict, then the student's; the readers' stays beneath it.
    """
    row = each.row
    people = sorted(each.corrections, key=lambda said: said.row.side is not Side.STAFF)
    verdict = people[0].row.addressed if people else row.addressed
    mine = attempt if attempt is not None and attempt.comment_id == row.comment_id else None
    own = next((said for said in people if said.row.side is side), None)
    return card(
        anchor=f"addressed-{row.comment_id}",
        body=(
            P(kind_sign(row.kind), " ", badge(_words(row.kind)[verdict], tone=_TONES[verdict])),
            Blockquote(each.opened.quote.text, cls="comment-quote") if each.opened.quote else None,
            P(each.opened.text),
            tuple(_said_by_person(said, row.kind) for said in people),
            _said_by_readers(each, told=bool(people)),
            _where_it_stands(each),
            _correction(each, own, side, action, mine) if action is not None else None,
        ),
    )


def _words(kind: str) -> dict[str, str]:
    return _OF_STRENGTHS if kind == "strength" else _WORDS


def _said_by_person(said: ShownCorrection, kind: str) -> Element:
    what = _words(kind)[said.row.addressed].lower()
    note = said.note.strip()
    return P(quiet(f"{said.row.by} says: "), f"{what}. {note}" if note else f"{what}.")


def _said_by_readers(each: ShownAddressed, *, told: bool) -> Child:
    """The readers' reason with their names; their verdict too where a person's stands above it."""
    judges = [name for name in (each.row.judged_by or "").split("\n") if name]
    names = ["the built-in reader, from the two texts" if name == BUILT_IN else name for name in judges]
    who = f"Judged by {' and '.join(names)}: " if names else "The readings say: "
    verdict = f"{_words(each.row.kind)[each.row.addressed].lower()}. " if told else ""
    note = each.note.strip()
    return P(quiet(who), verdict, note) if note or told or names else None


def _where_it_stands(each: ShownAddressed) -> Child:
    if each.row.standing is None or each.row.standing == Standing.NO_PASSAGE:
        return None
    standing = Standing(each.row.standing)
    moved = standing in (Standing.MOVED, Standing.REWORDED)
    if moved and not each.passage:
        return None
    return P(quiet(_STANDING[standing])), Blockquote(each.passage, cls="comment-quote") if moved else None


def _correction(
    each: ShownAddressed, own: ShownCorrection | None, side: Side, action: str, mine: CorrectionAttempt | None
) -> Child:
    if own is not None and mine is None:
        return button_form(action=action, label="Take your word back", fields={"withdraw": "yes"})
    names = {"addressed": f"addressed.{each.row.comment_id}", "note": f"correction.{each.row.comment_id}"}
    problems = mine.problems if mine else {}
    choices = _STRENGTH_CHOICES if each.row.kind == "strength" else _CHOICES
    hint = "Your instructor sees it." if side is Side.STUDENT else "The student sees it with the feedback."
    return disclosure(
        summary="You see it differently?",
        opened=mine is not None,
        body=form(
            action=action,
            fields=(
                radio_group(
                    name=names["addressed"], label="What became of this comment", inline=True,
                    choices=[Choice(value, choices[value]) for value in ADDRESSED],
                    value=mine.addressed if mine else None, error=problems.get("addressed"),
                ),
                text_area(
                    name=names["note"], label="Why", rows=2, required=False, max_length=LONGEST_CORRECTION, hint=hint,
                    value=mine.note if mine else "", error=problems.get("note"),
                ),
            ),
            submit="Keep this beside the readers’ word", submit_kind=ButtonKind.QUIET,
            errors={names[field]: message for field, message in problems.items()} or None,
        ),
    )  # fmt: skip
