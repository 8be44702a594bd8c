"""The gallery's comments, as a student and as an instructor sees them."""

from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.comments import comment_card, uptake_badge
from feedforward.ui.elements import Child


def comments(*, review: bool) -> list[Child]:
    actions: Child = (
        (
            link_button("Edit", href="#edit", kind=ButtonKind.QUIET, key="e"),
            button_form(action="/drop", label="Drop", key="x"),
        )
        if review
        else (
            button_form(action="/done", label="Done"),
            button_form(action="/not", label="Not doing"),
            button_form(action="/ask", label="Ask"),
        )
    )
    return [
        comment_card(
            comment_id="k1",
            number=1,
            kind="improvement",
            criterion="Use of evidence",
            quote="Everybody knows that traffic makes people unhappy.",
            text="This sentence asks the reader to agree without a reason. A council member who likes cars stops here.",
            next_step="Replace it with one finding about noise or waiting times, and name where it comes from.",
            support="3 of 3 readers",
            source="built-in, northwind/large, aurora/small · edited by Dr Weiss" if review else None,
            actions=actions,
        ),
        comment_card(
            comment_id="k2",
            number=2,
            kind="strength",
            criterion="Use of evidence",
            quote="The council counted four accidents in two years (Town Council, 2024).",
            text="A figure, its period and its source in one sentence: the reader can check it, and is carried along.",
            support="2 of 3 readers",
            state=None if review else uptake_badge("done"),
            source="northwind/large, aurora/small" if review else None,
        ),
        comment_card(
            comment_id="k3",
            number=3,
            kind="improvement",
            criterion="Objections",
            quote="studies from other towns show that shops earn more when streets are quiet",
            text="You answer the objection with studies that stay unnamed, so nobody can be convinced by them.",
            next_step="Name one study and say how its town resembles yours.",
            support="2 of 3 readers",
            supported=not review,
            source="aurora/small" if review else None,
            state=None if review else uptake_badge("not_doing", "I take another objection"),
            actions=actions if review else None,
        ),
        comment_card(
            comment_id="k6",
            kind="improvement",
            criterion="Sources",
            text="There is no list of sources at the end.",
            looked_in="the last paragraph and everything after it",
            next_step="Add the list, beginning with the council's report.",
            support="3 of 3 readers",
            dropped=review,
        ),
        comment_card(
            comment_id="k7",
            kind="general",
            criterion="Conclusion",
            erased=True,
            text="Your last sentence repeats the first. It could say what the council should do next.",
            support="the only reader",
        ),
    ]
