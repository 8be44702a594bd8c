"""One draft as an administrator reads it for a recorded reason: text, feedback and readings, nothing to press."""

from datetime import datetime

from feedforward import urls
from feedforward.courses.glass_rules import Opening
from feedforward.drafts.document_parts import marked_document
from feedforward.drafts.queries import DraftView
from feedforward.drafts.rules import DraftContent
from feedforward.review.glass_pages import STATES, under_glass
from feedforward.review.glass_queries import Named
from feedforward.review.reading_pages import answer_parts
from feedforward.review.views import CommentDetail, Review
from feedforward.review.words import READING_STATUS, STATUS_WORDS, reader_in_words
from feedforward.ui.badges import Tone, badge
from feedforward.ui.comments import comment_card, uptake_badge
from feedforward.ui.dates import moment_text
from feedforward.ui.elements import A, Child, Element, P, Strong
from feedforward.ui.layout import disclosure, page_head, section, stack
from feedforward.ui.tables import data_table, definition_list


def draft_body(
    *, named: Named, opening: Opening, draft: DraftView, content: DraftContent | None, review: Review | None,
    now: datetime,
) -> Child:  # fmt: skip
    """`content` None: erased. `review` None: there is no feedback yet."""
    return (
        page_head(
            title=f"{named.student}, draft {draft.number}", lead=f"{named.assignment}, {named.course}",
            badges=[badge(STATES[draft.status])],
        ),
        under_glass(opening=opening, now=now),
        definition_list(
            items=[
                ("Handed in", moment_text(draft.submitted_at or draft.created_at, named.time_zone)),
                ("Words", f"{draft.word_count:,}"),
                ("File", _file(draft, content)),
            ]
        ),
        section(
            title="The text",
            body=P("The text of this draft was erased.")
            if content is None
            else marked_document(content.document, ()),
        ),
        _feedback(review) if review is not None else section(title="Feedback", body=P("There is none yet.")),
        _readings(review) if review is not None and review.readings else None,
    )  # fmt: skip


def _file(draft: DraftView, content: DraftContent | None) -> Child:
    if not draft.has_file:
        return "none: the text was pasted"
    if content is None:
        return "erased"
    return A(content.file_name or "Download it", href=urls.file_of_work(draft.id))


def _feedback(review: Review) -> Element:
    names = {each.criterion_id: each.criterion.name for each in review.criteria}
    word = STATUS_WORDS.get(review.head.status)
    return section(
        title="Feedback",
        actions=badge(word[0], tone=word[1]) if word else None,
        body=stack(
            P(Strong("Summary "), review.summary) if review.summary else None,
            P(Strong("Note to the student "), review.note) if review.note else None,
            data_table(
                caption="Levels",
                head=["Criterion", "Level"],
                rows=[
                    [each.criterion.name, "none" if each.level is None else each.criterion.levels[each.level].label]
                    for each in review.criteria
                ],
            ),
            *(_comment(each, names) for each in review.comments),
            None if review.comments else P("There are no comments."),
        ),
    )


def _comment(comment: CommentDetail, names: dict[int, str]) -> Child:
    return comment_card(
        comment_id=str(comment.id), kind=str(comment.kind), text=comment.text,
        criterion=names.get(comment.criterion_id) if comment.criterion_id is not None else None,
        quote=comment.quote.text if comment.quote else None, place=comment.place, erased=comment.quote_erased,
        next_step=comment.next_step or None, looked_in=comment.looked_in or None, supported=comment.supported,
        state=(
            None if comment.for_the_student else badge("Not shown to the student", tone=Tone.NEUTRAL),
            uptake_badge(comment.uptake, comment.uptake_note) if comment.uptake else None,
        ),
    )  # fmt: skip


def _readings(review: Review) -> Element:
    return section(
        title="Readings",
        body=stack(
            *(
                disclosure(
                    summary=f"{reader_in_words(each.reader)}, run {each.run}: "
                    f"{READING_STATUS.get(each.status, (each.status, Tone.NEUTRAL))[0]}",
                    body=P("There is no answer, or it was erased with the draft.")
                    if each.answer is None
                    else answer_parts(review, each),
                )
                for each in review.readings
            )
        ),
    )
