"""An earlier comment with what the next draft did about it, as students and instructors see it."""

from feedforward.feedback.opened_page import ShownAddressed
from feedforward.ui.comments import kind_sign, uptake_badge
from feedforward.ui.elements import Blockquote, Element, P
from feedforward.ui.layout import card


def addressed_part(*, each: ShownAddressed) -> Element:
    """Kind, verdict, quote, comment and the readers' note."""
    state = {"yes": "addressed", "partly": "partly", "no": "not_addressed"}[each.row.addressed]
    return card(
        body=(
            P(kind_sign(each.row.kind), " ", uptake_badge(state)),
            Blockquote(each.opened.quote.text) if each.opened.quote else None,
            P(each.opened.text),
            P(each.note) if each.note.strip() else None,
        )
    )
