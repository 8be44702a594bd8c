"""Released feedback as its student reads it: summary, first things first, levels, and comments beside the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from feedforward import urls
from feedforward.assignments.choices import Shape, StudentsSee
from feedforward.drafts.document_parts import marked_document
from feedforward.feedback.addressed_parts import CorrectionAttempt, addressed_part
from feedforward.feedback.comment_parts import Attempt, comment_part
from feedforward.feedback.opened_page import OpenedPage, ShownAddressed, ShownComment
from feedforward.feedback.rules import Side
from feedforward.feedback.student_queries import CriterionLevels, Head, Standing
from feedforward.ui.badges import ai_label, badge
from feedforward.ui.comments import comment_anchor, uptake_badge
from feedforward.ui.dates import day_text
from feedforward.ui.draft_text import Mark
from feedforward.ui.elements import Child, Element, P, written_once
from feedforward.ui.ladder import CriterionPath, drafts_ladders, level_ladder
from feedforward.ui.layout import ListItem, disclosure, item_list, letter, page_head, section, stack, two_panes
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice

ERASED = (
    "Your text was erased after the time this course keeps drafts, and with it the passages quoted from it. "
    "Where one stood, it says “passage erased”."
)
UNREVIEWED = (
    "Nobody has reviewed this feedback: it was made by readers without a person, and released as it came. Take it as "
    "hints, check each against your text, and ask your instructor where something seems wrong."
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the feedback came from, in words that are true of it."""

    words: str
    by_models: bool


def feedback_body(*, page: OpenedPage, attempt: Attempt | None, correcting: CorrectionAttempt | None = None) -> Child:
    """The whole page; `attempt` is a mark that was refused and `correcting` a correction, kept as they were typed."""
    head = page.data.head
    return (
        page_head(
            title=f"Feedback on draft {head.number}",
            lead=f"{head.course_code}: {head.title}",
            badges=(_origin(head),),
        ),
        _amended(head) if head.version > 1 else None,
        notice(Notice(UNREVIEWED, NoticeKind.PERSON)) if head.unreviewed else None,
        section(title="In short", body=letter(page.summary)) if page.summary.strip() else None,
        section(title="From your instructor", body=letter(page.note)) if page.note.strip() else None,
        _first_things(page.priorities) if page.priorities else None,
        _addressed_section(page, correcting) if page.data.head.number > 1 else None,
        _levels_section(page),
        notice(Notice(ERASED, NoticeKind.INFO)) if page.text is None else None,
        _comments_section(page, attempt),
        P(link(Link("Go to this draft and its receipt", urls.draft(head.draft_id)))),
    )


def origin(head: Head) -> Sources:
    """Who read, who reviewed, and when it was released."""
    when = day_text(head.released_at, head.time_zone)
    who = head.releaser or "your instructor"
    if head.unreviewed:
        reader = "AI-generated" if head.by_models else "By FeedForward’s built-in reader, without a language model"
        return Sources(f"{reader}; released on {when} without a review by a person", head.by_models)
    if head.by_models:
        return Sources(f"AI-assisted; reviewed and released by {who} on {when}", True)
    if head.readers:
        reader = "Read by FeedForward’s built-in reader, without a language model"
        return Sources(f"{reader}; reviewed and released by {who} on {when}", False)
    return Sources(f"Written and released by {who} on {when}", False)


def _origin(head: Head) -> Element:
    told = origin(head)
    return ai_label(told.words) if told.by_models else badge(told.words)


def _amended(head: Head) -> Element:
    text = f"This is version {head.version}. Your instructor changed the feedback after it was first released."
    return notice(Notice(text, NoticeKind.INFO, title="Amended"))


def _first_things(priorities: Sequence[ShownComment]) -> Element:
    """The few that matter most: what to do, why, and the way to the whole comment below."""
    items = [
        ListItem(
            title=each.opened.next_step or each.opened.text,
            href=f"#{comment_anchor(str(each.view.id))}",
            detail=each.opened.text if each.opened.next_step else None,
            badges=(uptake_badge(each.view.uptake),) if each.view.uptake else (),
        )
        for each in priorities
    ]
    return section(title="First things first", body=item_list(items=items, label="First things first"))


def _levels_section(page: OpenedPage) -> Child:
    data = page.data
    here = data.standings[-1] if data.standings else None
    hidden = data.head.students_see is StudentsSee.WORDS or data.head.shape is Shape.OVERALL
    if hidden or not data.criteria or here is None:
        return None
    numbers = data.head.students_see is StudentsSee.NUMBERS
    ladders = [
        _ladder(each, here.levels.get(each.id), here.scores.get(each.id) if numbers else None) for each in data.criteria
    ]
    return section(title="Where this draft stands", body=stack(*ladders, _progress(data.criteria, data.standings)))


# A rubric's levels are the same for everybody: these drawings depend on nothing but their parameters.
@lru_cache(maxsize=1024)
def _ladder(criterion: CriterionLevels, reached: int | None, score: float | None) -> Element:
    shown = f"{score:g} of {criterion.points[-1]:g} points" if score is not None else None
    return written_once(level_ladder(criterion=criterion.name, levels=criterion.levels, reached=reached, score=shown))


def _progress(criteria: Sequence[CriterionLevels], standings: Sequence[Standing]) -> Child:
    """Levels over the drafts; a draft read against other criteria has no level here."""
    if len(standings) < 2:
        return None
    paths = tuple(
        CriterionPath(each.name, each.levels, tuple(standing.levels.get(each.id) for standing in standings))
        for each in criteria
    )
    return _compared(paths, tuple(standing.number for standing in standings))


@lru_cache(maxsize=512)
def _compared(paths: tuple[CriterionPath, ...], numbers: tuple[int, ...]) -> Element:
    return written_once(
        drafts_ladders(title="Your drafts compared", paths=paths, drafts=[f"Draft {number}" for number in numbers])
    )


def _addressed_section(page: OpenedPage, correcting: CorrectionAttempt | None) -> Child:
    """What became of the earlier comments, and why that cannot be said where it cannot."""
    before = [each for each in page.data.standings if each.number < page.data.head.number]
    gone = [each for each in before if each.erased]
    erased = (
        P(
            f"The text of draft {gone[-1].number} was erased after the time this course keeps drafts: what changed "
            "since then cannot be compared with its words any more."
        )
        if gone
        else None
    )
    if page.addressed:
        number = page.addressed[0].row.number
        body: Child = stack(
            P(f"What became of the comments on draft {number}:"),
            stack(*(_addressed(page, each, correcting) for each in page.addressed)),
            erased,
        )
    elif before:
        body = erased or P("The readings of this draft say nothing about the comments you had before.")
    else:
        return None
    way = link(Link("See what changed, sentence by sentence", urls.draft_changes(page.data.head.draft_id)))
    return section(title="Since your last draft", body=(P(way), body))


def _addressed(page: OpenedPage, each: ShownAddressed, correcting: CorrectionAttempt | None) -> Element:
    head = page.data.head
    action = urls.correct_addressed(head.draft_id, each.row.comment_id) if head.may_answer else None
    return addressed_part(each=each, side=Side.STUDENT, action=action, attempt=correcting)


def _comments_section(page: OpenedPage, attempt: Attempt | None) -> Child:
    if not page.comments:
        return section(title="Comments", body=P("There are no comments on this draft."))
    names = {each.id: each.name for each in page.data.criteria}
    open_others = attempt is not None and any(each.view.id == attempt.comment_id for each in page.others)

    def part(each: ShownComment) -> Child:
        return comment_part(
            shown=each,
            criterion=names.get(each.view.criterion_id or 0),
            attempt=attempt,
            answerable=page.data.head.may_answer,
        )

    first = stack(*(part(each) for each in page.priorities)) if page.priorities else None
    others: Child = stack(*(part(each) for each in page.others)) if page.others else None
    if page.others and page.priorities:
        summary = f"{len(page.others)} more comments" if len(page.others) > 1 else "One more comment"
        others = disclosure(summary=summary, body=others, opened=open_others)
    comments = stack(first, others)
    if page.document is None:
        return section(title="Comments", body=comments)
    marks = [
        Mark(each.number, each.opened.quote.start, each.opened.quote.end, each.view.kind, str(each.view.id))
        for each in page.comments
        if each.number is not None and each.opened.quote is not None
    ]
    return two_panes(left=marked_document(page.document, marks, label="Your draft"), right=comments)
