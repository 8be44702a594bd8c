"""Comments under review: each as the student will see it, with what an instructor can do to it."""

from collections.abc import Sequence

from feedforward import urls
from feedforward.review.form_values import NEW, comment_field
from feedforward.review.sheet import Sheet
from feedforward.review.views import CommentDetail
from feedforward.review.words import reader_in_words
from feedforward.ui.badges import Tone, badge, support_text
from feedforward.ui.buttons import ButtonKind, button
from feedforward.ui.choices import Choice, checkbox, select_field
from feedforward.ui.comments import comment_card, uptake_badge
from feedforward.ui.elements import Child, Element, P, Span, Strong
from feedforward.ui.fields import text_area
from feedforward.ui.forms import field_row
from feedforward.ui.layout import disclosure, row, section, stack

KINDS = [Choice("strength", "Strength"), Choice("improvement", "Improvement"), Choice("general", "Note")]
KIND_WORDS = {each.value: each.label for each in KINDS}


def comments_section(sheet: Sheet) -> Child:
    """The comments the student sees, those apart whose quotes were not found, and one's own."""
    comments = sheet.review.comments
    supported = [each for each in comments if each.supported]
    apart = [each for each in comments if not each.supported]
    numbers = {each.id: number for number, each in enumerate(comments, 1) if each.quote is not None}
    return (
        section(
            title="Comments",
            body=stack(
                tuple(_card(sheet, each, numbers.get(each.id), supported) for each in supported)
                or P("There is no comment yet. Write your own below."),
                _new_comment(sheet) if sheet.editing else None,
            ),
        ),
        section(
            title="Kept from the student",
            lead="These comments quote words that are not in the draft. Keep one only if it is right all the same.",
            body=stack(*(_card(sheet, each, None, apart) for each in apart)),
            quiet=True,
        )
        if apart
        else None,
    )


def _card(sheet: Sheet, comment: CommentDetail, number: int | None, group: Sequence[CommentDetail]) -> Child:
    def value(part: str) -> str:
        return sheet.value(comment_field(comment.id, part))

    return comment_card(
        comment_id=str(comment.id),
        kind=value("kind") or str(comment.kind),
        text=value("text"),
        number=number,
        criterion=_criterion_name(sheet, value("criterion")),
        quote=comment.quote.text if comment.quote else None,
        place=comment.place,
        erased=comment.quote_erased,
        next_step=value("next_step") or None,
        support=support_text(comment.support, comment.of) if comment.of > 1 else None,
        looked_in=comment.looked_in or None,
        supported=comment.supported,
        state=_uptake(comment),
        source=_source(sheet, comment),
        actions=_actions(sheet, comment, group) if sheet.editing else _marks(comment),
        dropped=bool(value("dropped")),
    )


def _uptake(comment: CommentDetail) -> Child:
    return uptake_badge(comment.uptake, comment.uptake_note or None) if comment.uptake else None


def _source(sheet: Sheet, comment: CommentDetail) -> Child:
    """Whose words these are, and what the readers said where a person changed it."""
    if comment.by_person:
        return badge(f"By {comment.edited_by or 'a person'}")
    readers = ", ".join(reader_in_words(each) for each in comment.readers.split("\n") if each)
    merged = comment.merged
    return (
        Span(readers, cls="quiet") if readers else None,
        badge(f"Edited by {comment.edited_by}", tone=Tone.ACTIVE) if comment.edited_by else None,
        disclosure(
            summary="What the readers said",
            body=stack(
                P(
                    Strong(KIND_WORDS.get(merged["kind"], "Note"), ", "),
                    _criterion_name(sheet, str(merged["criterion_id"] or "")) or "the draft as a whole", ": ",
                    merged["text"],
                ),
                P(Strong("Next step "), merged["next_step"]) if merged["next_step"] else None,
            ),
        )
        if merged
        else None,
    )  # fmt: skip


def _marks(comment: CommentDetail) -> Child:
    """What was ticked, in words, where nothing can be changed."""
    return (
        badge("Priority", tone=Tone.ACTIVE) if comment.priority else None,
        badge("Dropped") if comment.dropped else None,
        badge("Kept for the student", tone=Tone.DONE) if comment.kept and not comment.supported else None,
    )


def _actions(sheet: Sheet, comment: CommentDetail, group: Sequence[CommentDetail]) -> Child:
    def name(part: str) -> str:
        return comment_field(comment.id, part)

    wrong = [
        part
        for part in ("text", "next_step", "kind", "criterion")
        if name(part) in sheet.errors or name(part) in sheet.clashes
    ]
    return (
        row(
            checkbox(name=name("kept"), label="Keep for the student", checked=bool(sheet.value(name("kept"))))
            if not comment.supported
            else None,
            checkbox(name=name("priority"), label="Priority", checked=bool(sheet.value(name("priority")))),
            checkbox(name=name("dropped"), label="Drop", checked=bool(sheet.value(name("dropped"))), key="x"),
            button("Up", kind=ButtonKind.QUIET, name="move", value=f"{comment.id}.up")
            if comment is not group[0]
            else None,
            button("Down", kind=ButtonKind.QUIET, name="move", value=f"{comment.id}.down")
            if comment is not group[-1]
            else None,
        ),
        disclosure(
            summary=Span("Edit", data_key="e"),
            body=_fields(sheet, str(comment.id)),
            opened=bool(wrong),
        ),
    )


def _fields(sheet: Sheet, comment_id: str) -> Child:
    def name(part: str) -> str:
        return comment_field(comment_id, part)

    return stack(
        field_row(
            select_field(
                name=name("kind"),
                label="Kind",
                choices=KINDS,
                value=sheet.value(name("kind")),
                hint=sheet.hint(name("kind")),
                error=sheet.errors.get(name("kind")),
            ),
            select_field(
                name=name("criterion"),
                label="Criterion",
                value=sheet.value(name("criterion")),
                required=False,
                say_optional=False,
                choices=[Choice(str(each.criterion_id), each.criterion.name) for each in sheet.review.criteria],
                empty="The draft as a whole",
                hint=sheet.hint(name("criterion")),
                error=sheet.errors.get(name("criterion")),
            ),
        ),
        text_area(
            name=name("text"),
            label="What and why",
            rows=4,
            value=sheet.value(name("text")),
            required=False,
            say_optional=False,
            hint=sheet.hint(name("text")),
            error=sheet.errors.get(name("text")),
        ),
        text_area(
            name=name("next_step"),
            label="Next step",
            rows=2,
            value=sheet.value(name("next_step")),
            required=False,
            say_optional=False,
            hint=sheet.hint(name("next_step")),
            error=sheet.errors.get(name("next_step")),
        ),
    )


def _new_comment(sheet: Sheet) -> Element:
    quote = comment_field(NEW, "quote")
    started = any(sheet.value(comment_field(NEW, part)) for part in ("text", "next_step", "quote"))
    return disclosure(
        summary="Add your own comment",
        anchor="add-comment",
        opened=started or not sheet.review.comments,
        body=stack(
            _fields(sheet, NEW),
            text_area(
                name=quote,
                label="Words of the draft it points at",
                rows=2,
                value=sheet.value(quote),
                required=False,
                say_optional=False,
                hint="Copy them from the text: they are found and marked there.",
                error=sheet.errors.get(quote),
            ),
            row(
                button(
                    "Add this comment", kind=ButtonKind.QUIET, action=urls.review_comment(sheet.review.head.draft_id)
                )
            ),
        ),
    )


def _criterion_name(sheet: Sheet, criterion_id: str) -> str | None:
    return next((each.criterion.name for each in sheet.review.criteria if str(each.criterion_id) == criterion_id), None)
