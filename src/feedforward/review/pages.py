"""The page of one review: the draft left, the feedback right, everything that was read beside it, decisions below."""

from collections.abc import Sequence

from feedforward import urls
from feedforward.drafts.document_parts import marked_document
from feedforward.drafts.status_words import late_badge
from feedforward.feedback.addressed_parts import addressed_part
from feedforward.feedback.rules import Side
from feedforward.review.comment_pages import comments_section
from feedforward.review.criterion_pages import criteria_section
from feedforward.review.decision_pages import decisions_section, schedule_fields, unschedule_form
from feedforward.review.queue_pages import status_badge
from feedforward.review.reading_pages import readings_section
from feedforward.review.rules import FeedbackStatus
from feedforward.review.sheet import REVIEW_FORM, Sheet
from feedforward.review.words import reason_in_long, trouble_in_words
from feedforward.ui.buttons import ButtonKind, button, button_row, link_button
from feedforward.ui.dates import moment_text
from feedforward.ui.dialogs import keyboard_help
from feedforward.ui.draft_text import Mark
from feedforward.ui.elements import Child, Element, Li, P, Ul
from feedforward.ui.fields import text_area
from feedforward.ui.forms import form, hidden_fields
from feedforward.ui.layout import disclosure, page_head, quiet, row, section, stack, two_panes
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice

KEYS = (
    ("j", "Next draft"), ("k", "Previous draft"), ("n", "Next comment"), ("p", "Previous comment"),
    ("e", "Edit the comment"), ("x", "Drop the comment"), ("l", "Choose a level"), ("s", "Save and go on"),
    ("r", "Release now"), ("?", "This help"),
)  # fmt: skip


def review_body(sheet: Sheet) -> Child:
    """The whole page."""
    head = sheet.review.head
    panes = two_panes(left=_draft(sheet), right=_feedback(sheet), right_label="Feedback")
    return (
        page_head(
            title=f"{head.student}, draft {head.number}",
            lead=f"{head.course_code} · {head.assignment} · {head.word_count:,} words · handed in "
            f"{moment_text(head.submitted_at, head.time_zone)}",
            badges=(
                late_badge(head.is_late),
                status_badge(head.status, needs_manual_feedback=head.draft_status == "needs_manual_feedback"),
            ),
            actions=_ways(sheet),
        ),
        sheet.notices,
        notice(Notice(NAME_HIDDEN, NoticeKind.INFO)) if head.hidden_name else None,
        _standing(sheet),
        unschedule_form(sheet),
        form(
            action=urls.review_save(head.draft_id), form_id=REVIEW_FORM, submit=None, narrow=False, guard=True,
            errors=sheet.errors,
            fields=(
                hidden_fields({"edit": str(head.edit), "base": sheet.base, "within": str(sheet.within or "")}),
                _save_row(sheet),
                panes,
            ),
        )
        if sheet.editing
        else panes,
        _since_the_last_draft(sheet),
        readings_section(sheet),
        decisions_section(sheet),
    )  # fmt: skip


NAME_HIDDEN = (
    "Review of this assignment is anonymous: the name shows once the feedback is released. A name that stands in the "
    "text itself is not hidden."
)


def _since_the_last_draft(sheet: Sheet) -> Child:
    head = sheet.review.head
    if head.number == 1:
        return None
    way = P(link(Link("See what changed, sentence by sentence", urls.review_changes(head.draft_id))))
    if not sheet.addressed:
        return section(title="Since the last draft", body=way)
    number = sheet.addressed[0].row.number
    return section(
        title="Since the last draft",
        lead=f"What became of the comments on draft {number}; the student sees it with the feedback.",
        body=stack(
            way,
            *(
                addressed_part(
                    each=each, side=Side.STAFF,
                    action=None if head.is_read_only
                    else urls.review_addressed(head.draft_id, each.row.comment_id),
                    attempt=sheet.correcting,
                )
                for each in sheet.addressed
            ),
        ),
    )  # fmt: skip


def _ways(sheet: Sheet) -> Child:
    ways = sheet.neighbours
    return (
        link_button("Previous", href=urls.review(ways.previous, sheet.within), kind=ButtonKind.QUIET, key="k")
        if ways.previous
        else None,
        link_button("Next", href=urls.review(ways.next, sheet.within), kind=ButtonKind.QUIET, key="j")
        if ways.next
        else None,
        keyboard_help(keys=KEYS),
    )


def _standing(sheet: Sheet) -> Child:
    """What one should know before reading: why this draft needs a person, and in which state it is."""
    head = sheet.review.head
    found: list[Element] = []
    if head.is_read_only:
        found.append(
            notice(
                Notice(
                    "Course or assignment is archived: everything can be read, nothing changed or released. "
                    "What waits here goes on once it is out of the archive.",
                    NoticeKind.PERSON, title="Read only.",
                )
            )
        )  # fmt: skip
    if head.is_being_read:
        found.append(_say("The readers are at work on this draft again. What they said before is shown meanwhile."))
    if head.draft_status == "needs_manual_feedback":
        causes = [trouble_in_words(code) for code in head.trouble]
        found.append(
            notice(
                Notice(
                    (
                        "Too few readings came back to make feedback of, and nothing was made up. You can read "
                        "the draft and write the feedback yourself, or have it read again below.",
                        Ul(*(Li(cause) for cause in causes)) if causes else None,
                    ),
                    NoticeKind.PERSON, title="This draft needs your own feedback.",
                )
            )
        )  # fmt: skip
    if head.status is FeedbackStatus.RELEASED and head.released_at is not None:
        found.append(
            _say(
                f"The student has had this feedback since {moment_text(head.released_at, head.time_zone)}"
                f"{', without a review' if head.unreviewed else ''}. To change it, recall it first."
            )
        )
    if head.status is FeedbackStatus.RECALLED:
        found.append(_say("This feedback was recalled: the student cannot see it and reads that you are amending it."))
    if head.status is FeedbackStatus.WITHHELD:
        found.append(_say(f"This feedback is withheld from the student. Reason: {head.withheld_reason}"))
    if head.status is FeedbackStatus.SCHEDULED and head.release_at is not None:
        found.append(_say(f"It goes out by itself {moment_text(head.release_at, head.time_zone)}."))
    reasons = [code for code in head.reasons if code != "too_few_readings"]
    if reasons and head.status is not FeedbackStatus.RELEASED:
        found.append(
            notice(
                Notice(
                    Ul(*(Li(reason_in_long(code)) for code in reasons))
                    if len(reasons) > 1
                    else reason_in_long(reasons[0]),
                    NoticeKind.PERSON,
                    title="Why this needs you.",
                )
            )
        )
    return found


def _say(words: str) -> Element:
    return notice(Notice(words, NoticeKind.INFO))


def _save_row(sheet: Sheet) -> Element:
    """First in the form, so that Enter in a field saves and never moves a comment."""
    draft_id = sheet.review.head.draft_id
    last = sheet.neighbours.next is None
    return row(
        button("Save" if last else "Save and next", name="then", value="stay" if last else "next", key="s"),
        None if last else button("Save", kind=ButtonKind.QUIET, name="then", value="stay"),
        button("Release now", kind=ButtonKind.QUIET, action=urls.review_release(draft_id), key="r"),
        quiet(f"Last reviewed by {sheet.review.head.reviewer}") if sheet.review.head.reviewer else None,
    )


def _draft(sheet: Sheet) -> Child:
    review = sheet.review
    if review.head.erased_at is not None or review.document is None:
        return P("The text of this draft was erased after the time the course keeps drafts. The feedback stays.")
    marks = [
        Mark(number, each.quote.start, each.quote.end, str(each.kind), str(each.id))
        for number, each in enumerate(review.comments, 1)
        if each.quote is not None and each.supported and not each.dropped
    ]
    return (
        marked_document(review.document, marks),
        _hidden(sheet),
        disclosure(summary="Remarks about the file", body=Ul(*(Li(each) for each in review.warnings)))
        if review.warnings
        else None,
    )


def _hidden(sheet: Sheet) -> Child:
    """What a person looking at the file cannot see; it is never part of the text above."""
    hidden: Sequence[tuple[str, str]] = [(each.text, each.why) for each in sheet.review.hidden]
    if not hidden:
        return None
    return section(
        title="Hidden in the file",
        lead="A person looking at the file does not see this, and no reader was given it. It may be an accident.",
        body=Ul(*(Li(quiet(f"{why}: "), text) for text, why in hidden)),
    )


def _feedback(sheet: Sheet) -> Child:
    review = sheet.review
    if not sheet.editing:
        return (
            section(title="Summary", body=P(review.summary or "There is no summary.")),
            criteria_section(sheet),
            comments_section(sheet),
            section(title="Note to the student", body=P(review.note)) if review.note else None,
        )
    return (
        text_area(
            name="summary", label="Summary", rows=5, value=sheet.value("summary"), required=False, say_optional=False,
            hint=sheet.hint("summary", "You edited this." if review.head.summary_edited else None),
            error=sheet.errors.get("summary"),
        ),
        criteria_section(sheet),
        comments_section(sheet),
        text_area(
            name="note", label="Note to the student", rows=3, value=sheet.value("note"), required=False,
            hint=sheet.hint("note", "In your own name, above the feedback."), error=sheet.errors.get("note"),
        ),
        schedule_fields(sheet),
        button_row(
            button("Save", kind=ButtonKind.QUIET, name="then", value="stay"),
            button("Release now", kind=ButtonKind.QUIET, action=urls.review_release(review.head.draft_id)),
        ),
    )  # fmt: skip
