"""The page on which a person takes their deadlines into a calendar, and out again."""

from datetime import datetime

from feedforward import urls
from feedforward.ui.buttons import ButtonKind, button_form, button_row
from feedforward.ui.dates import day
from feedforward.ui.elements import Child, Code, P
from feedforward.ui.layout import card, page_head, reading, stack
from feedforward.ui.notices import Notice, NoticeKind, notice

UTC = "UTC"
LEAD = "Your deadlines and the days for which feedback is promised, in the calendar program you use anyway."


def calendar_body(*, made_at: datetime | None) -> Child:
    """`made_at`: when the present address was made; None where there is none."""
    if made_at is None:
        present: Child = stack(
            P("You get a secret address. Add it to your calendar as a subscription; it keeps itself up to date."),
            button_row(
                button_form(action=urls.calendar(), label="Make a calendar address", kind=ButtonKind.PRIMARY)
            ),
        )  # fmt: skip
    else:
        present = stack(
            P("You have an address, made on ", day(made_at, UTC), ". It was shown once and is not kept here in clear."),
            P("Lost it, or did somebody else get it? Make a new one: the old one stops working at once."),
            button_row(
                button_form(action=urls.calendar(), label="Make a new address"),
                button_form(action=urls.revoke_calendar(), label="Revoke the address"),
            ),
        )
    return reading(page_head(title="Deadlines in your calendar", lead=LEAD), present, _what_stands_in_it())


def calendar_made_body(*, address: str) -> Child:
    """The address, this once."""
    return reading(
        page_head(title="Your calendar address", lead="Copy it now: it is shown this once."),
        card(body=P(Code(address))),
        P("In your calendar program choose “add a calendar by its address” or “subscribe”, and paste it."),
        notice(
            Notice(
                "Whoever has this address can read your deadlines without signing in. Do not pass it on; if it got "
                "into other hands, make a new one or revoke it on this page.",
                NoticeKind.PERSON,
            )
        ),
        button_row(button_form(action=urls.revoke_calendar(), label="Revoke the address")),
        _what_stands_in_it(),
    )


def _what_stands_in_it() -> Child:
    return P(
        "It holds titles of assignments and courses, dates, and links that ask for your sign-in. It holds no word of "
        "anybody’s work, and no name."
    )
