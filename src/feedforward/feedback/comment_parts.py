"""One comment on the student's page, and the three things they can say about it."""

from dataclasses import dataclass
from functools import lru_cache

from feedforward import urls
from feedforward.feedback.opened_page import ShownComment
from feedforward.feedback.rules import LONGEST_NOTE, UptakeState
from feedforward.storage.passages import fill_passages
from feedforward.ui.badges import support_text
from feedforward.ui.buttons import ButtonKind, button_form
from feedforward.ui.comments import comment_card, uptake_badge
from feedforward.ui.elements import Child, Element, html_of_any_page, raw
from feedforward.ui.fields import text_area
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import disclosure, row, stack

# Stands for a comment's number; no word of the page around it reads like this.
ANY_COMMENT = "any-comment-7f3a"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A mark that was refused: on which comment, what was typed, and what is missing."""

    comment_id: int
    state: str
    note: str
    problem: str


def comment_part(
    *, shown: ShownComment, criterion: str | None, attempt: Attempt | None, answerable: bool = True
) -> Child:
    """The comment with what the student said about it, or the ways to say something (none if not `answerable`)."""
    view = shown.view
    mine = attempt if attempt is not None and attempt.comment_id == view.id else None
    by_person = view.origin == "person"
    return comment_card(
        comment_id=str(view.id),
        kind=view.kind,
        text=shown.opened.text,
        number=shown.number,
        criterion=criterion,
        quote=shown.opened.quote.text if shown.opened.quote else None,
        place=shown.place,
        erased=shown.opened.erased and view.has_quote,
        next_step=shown.opened.next_step or None,
        support="from your instructor" if by_person else support_text(view.support, view.of) if view.of > 1 else None,
        looked_in=fill_passages(view.looked_in, None) or None,
        state=uptake_badge(view.uptake, view.uptake_note or None) if view.uptake and mine is None else None,
        actions=_answers(view.id, view.kind, told=bool(view.uptake), mine=mine) if answerable else None,
    )


def _answers(comment_id: int, kind: str, *, told: bool, mine: Attempt | None) -> Child:
    return _undo(comment_id) if told and mine is None else _ways_to_answer(comment_id, kind, mine)


def _undo(comment_id: int) -> Child:
    return button_form(action=urls.comment_uptake(comment_id), label="Undo", fields={"state": ""})


def _ways_to_answer(comment_id: int, kind: str, mine: Attempt | None) -> Child:
    """Made once for each kind: two thirds of a page's elements, and only the comment's number differs in them."""
    if mine is not None:
        return _ways(comment_id, kind, mine)
    return raw(_ways_of_any_comment(kind).replace(ANY_COMMENT, str(comment_id)))


@lru_cache(maxsize=8)
def _ways_of_any_comment(kind: str) -> str:
    return html_of_any_page(_ways(ANY_COMMENT, kind, None))


def _ways(comment_id: int | str, kind: str, mine: Attempt | None) -> Child:
    """A strength asks for nothing, so that it can only be asked about."""
    ask = _with_note(comment_id, UptakeState.ASKED, "Ask about this", "Your question", "Send the question", mine)
    if kind == "strength":
        return ask
    done = button_form(action=urls.comment_uptake(comment_id), label="Done", fields={"state": UptakeState.DONE})
    why = _with_note(comment_id, UptakeState.NOT_DOING, "Not doing this", "Why not", "Keep this", mine)
    return stack(row(done), why, ask)


def _with_note(
    comment_id: int | str, state: UptakeState, summary: str, label: str, submit: str, mine: Attempt | None
) -> Element:
    tried = mine is not None and mine.state == state
    # Every field of a page has its own name: several of these forms stand below each other.
    name = f"note.{state}.{comment_id}"
    return disclosure(
        summary=summary,
        opened=tried,
        body=form(
            action=urls.comment_uptake(comment_id),
            fields=(
                hidden_field(name="state", value=state),
                text_area(
                    name=name,
                    label=label,
                    rows=2,
                    max_length=LONGEST_NOTE,
                    value=mine.note if mine is not None and tried else "",
                    error=mine.problem if mine is not None and tried else None,
                ),
            ),
            submit=submit,
            submit_kind=ButtonKind.QUIET,
            errors={name: mine.problem} if mine is not None and tried else None,
        ),
    )
