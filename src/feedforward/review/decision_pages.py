"""What is decided about a draft besides its words: when it goes out, or not, and what becomes of its text."""

from feedforward import urls
from feedforward.review.rules import FeedbackStatus, may_recall, may_withhold
from feedforward.review.sheet import Sheet
from feedforward.ui.buttons import ButtonKind, button, button_form, link_button
from feedforward.ui.dates import day_text
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.fields import date_time_field, date_time_value, text_area, text_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import disclosure, row, section, stack


def unschedule_form(sheet: Sheet) -> Child:
    """Taking a set time back."""
    head = sheet.review.head
    if not sheet.editing or head.status is not FeedbackStatus.SCHEDULED:
        return None
    return button_form(
        action=urls.review_schedule(head.draft_id), label="Do not release it by itself",
        fields={"edit": str(head.edit), "undo": "yes"},
    )  # fmt: skip


def schedule_fields(sheet: Sheet) -> Child:
    """The part of the review form that sets a time; `release_at` is the assignment's local time."""
    head = sheet.review.head
    standing = date_time_value(head.release_at, head.time_zone) if head.release_at else ""
    return disclosure(
        summary="Release at a set time",
        opened="release_at" in sheet.errors,
        body=stack(
            date_time_field(
                name="release_at", label="Day and time", value=sheet.typed.get("release_at", standing),
                zone=head.time_zone, required=False, error=sheet.errors.get("release_at"),
            ),
            button(
                "Save and set the time", kind=ButtonKind.QUIET, action=urls.review_schedule(head.draft_id),
            ),
        ),
    )  # fmt: skip


def decisions_section(sheet: Sheet) -> Element:
    """Recall, withhold, read again, the file, and how long the text is kept."""
    return section(
        title="More about this draft", quiet=True, anchor="more",
        body=stack(_recall(sheet), _withhold(sheet), _read_again(sheet), _file(sheet), _keeping(sheet)),
    )  # fmt: skip


def _recall(sheet: Sheet) -> Child:
    head = sheet.review.head
    if head.is_read_only or not may_recall(head.status):
        return None
    return form(
        action=urls.review_recall(head.draft_id), submit="Recall this feedback", submit_kind=ButtonKind.QUIET,
        fields=(
            hidden_field(name="edit", value=str(head.edit)),
            P(
                "Recalling takes the feedback from the student's page until you release it again as a new version. "
                "The student reads that you are amending it."
            ),
        ),
    )  # fmt: skip


def _withhold(sheet: Sheet) -> Child:
    head = sheet.review.head
    if sheet.editing and head.status is FeedbackStatus.WITHHELD:
        return button_form(
            action=urls.review_withhold(head.draft_id), label="Stop withholding it",
            fields={"edit": str(head.edit), "undo": "yes"},
        )  # fmt: skip
    if not sheet.editing or not may_withhold(head.status):
        return None
    return disclosure(
        summary="Withhold this feedback",
        opened="withheld_reason" in sheet.errors,
        body=form(
            action=urls.review_withhold(head.draft_id),
            submit="Withhold it",
            submit_kind=ButtonKind.QUIET,
            fields=(
                hidden_field(name="edit", value=str(head.edit)),
                P(
                    "The student reads that the feedback is withheld and that they should talk to you. "
                    "Save first what you typed above."
                ),
                text_field(
                    name="withheld_reason",
                    label="Reason, for staff only",
                    value=sheet.typed.get("withheld_reason", ""),
                    error=sheet.errors.get("withheld_reason"),
                    max_length=500,
                ),
                text_area(
                    name="words",
                    label="Words for the student",
                    rows=3,
                    required=False,
                    value=sheet.typed.get("words", sheet.review.note),
                    error=sheet.errors.get("words"),
                ),
            ),
        ),
    )


def _read_again(sheet: Sheet) -> Child:
    head = sheet.review.head
    fresh = head.status is FeedbackStatus.AWAITING_REVIEW and head.reviewed_by is None and head.erased_at is None
    if not sheet.editing or not fresh:
        return None
    return form(
        action=urls.review_read_again(head.draft_id), submit="Have it read again", submit_kind=ButtonKind.QUIET,
        fields=(
            hidden_field(name="edit", value=str(head.edit)),
            P("The readers start another round. It is offered as long as nobody has worked on this feedback."),
        ),
    )  # fmt: skip


def _file(sheet: Sheet) -> Child:
    head = sheet.review.head
    if not head.has_file or head.erased_at is not None:
        return None
    return row(
        row(link_button("Download the file as handed in", href=urls.review_file(head.draft_id), kind=ButtonKind.QUIET))
    )


def _keeping(sheet: Sheet) -> Child:
    head = sheet.review.head
    if head.erased_at is not None:
        return P(f"The content was erased on {day_text(head.erased_at, head.time_zone)}. Levels and comments stay.")
    if head.content_preserved:
        return stack(
            P(f"The text is kept until somebody undoes it. Reason: {head.preserved_reason}"),
            button_form(action=urls.preserve(head.draft_id), label="Let it be erased as usual", fields={"undo": "yes"}),
        )
    when = f" on {day_text(sheet.goes_at, head.time_zone)}" if sheet.goes_at else ""
    return stack(
        P(f"The text, the file and what the readers were sent will be erased{when}. Levels and comments stay."),
        disclosure(
            summary="Keep the text longer",
            opened="preserved_reason" in sheet.errors,
            body=form(
                action=urls.preserve(head.draft_id), submit="Keep it", submit_kind=ButtonKind.QUIET,
                fields=text_field(
                    name="preserved_reason", label="Why it must be kept", max_length=500,
                    value=sheet.typed.get("preserved_reason", ""), error=sheet.errors.get("preserved_reason"),
                    hint="Such as an appeal. In your own words: the reason stays when the text is gone.",
                ),
            ),
        ),
    )  # fmt: skip
