"""Released feedback as its student reads it: summary, first things first, levels, and comments beside the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedforward import urls
from feedforward.feedback.addressed_parts import addressed_part
from feedforward.feedback.comment_parts import Attempt, comment_part
from feedforward.feedback.opened_page import OpenedPage, ShownComment
from feedforward.feedback.student_queries import CriterionLevels, Head, Standing
from feedforward.ui.badges import ai_label, badge
from feedforward.ui.comments import comment_anchor, uptake_badge
from feedforward.ui.dates import day_text
from feedforward.ui.draft_text import Mark, marked_text
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.ladder import CriterionPath, drafts_ladders, level_ladder
from feedforward.ui.layout import ListItem, disclosure, item_list, letter, page_head, section, stack, two_panes
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice

ERASED = (
    "Your text was erased after the time this course keeps drafts, and with it the passages quoted from it. "
    "Where one stood, it says “passage erased”."
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the feedback came from, in words that are true of it."""

    words: str
    by_models: bool


def feedback_body(*, page: OpenedPage, attempt: Attempt | None) -> Child:
    """The whole page; `attempt` is a mark that was refused, kept as it was typed."""
    head = page.data.head
    return (
        page_head(
            title=f"Feedback on draft {head.number}",
            lead=f"{head.course_code}: {head.title}",
            badges=(_origin(head),),
        ),
        _amended(head) if head.version > 1 else None,
        section(title="In short", body=letter(page.summary)) if page.summary.strip() else None,
        section(title="From your instructor", body=letter(page.note)) if page.note.strip() else None,
        _first_things(page.priorities) if page.priorities else None,
        _addressed_section(page) if page.data.head.number > 1 else None,
        _levels_section(page),
        notice(Notice(ERASED, NoticeKind.INFO)) if page.text is None else None,
        _comments_section(page, attempt),
        P(link(Link("Go to this draft and its receipt", urls.draft(head.draft_id)))),
    )


def origin(head: Head) -> Sources:
    """Who read, who reviewed, and when it was released."""
    when = day_text(head.released_at, head.time_zone)
    who = head.releaser or "your instructor"
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
    if not data.criteria or here is None:
        return None
    ladders = [_ladder(each, here, data.head.show_numbers) for each in data.criteria]
    return section(title="Where this draft stands", body=stack(*ladders, _progress(data.criteria, data.standings)))


def _ladder(criterion: CriterionLevels, here: Standing, numbers: bool) -> Element:
    score = here.scores.get(criterion.id)
    shown = f"{score:g} of {criterion.points[-1]:g} points" if numbers and score is not None else None
    return level_ladder(
        criterion=criterion.name, levels=criterion.levels, reached=here.levels.get(criterion.id), score=shown
    )


def _progress(criteria: Sequence[CriterionLevels], standings: Sequence[Standing]) -> Child:
    """Levels over the drafts; a draft read against other criteria has no level here."""
    if len(standings) < 2:
        return None
    return drafts_ladders(
        title="Your drafts compared",
        paths=[
            CriterionPath(each.name, each.levels, [standing.levels.get(each.id) for standing in standings])
            for each in criteria
        ],
        drafts=[f"Draft {standing.number}" for standing in standings],
    )


def _addressed_section(page: OpenedPage) -> Child:
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
            P(f"What the readers of this draft say about the comments on draft {number}:"),
            stack(*(addressed_part(each=each) for each in page.addressed)),
            erased,
        )
    elif before:
        body = erased or P("The readings of this draft say nothing about the comments you had before.")
    else:
        return None
    return section(title="Since your last draft", body=body)


def _comments_section(page: OpenedPage, attempt: Attempt | None) -> Child:
    if not page.comments:
        return section(title="Comments", body=P("There are no comments on this draft."))
    names = {each.id: each.name for each in page.data.criteria}
    open_others = attempt is not None and any(each.view.id == attempt.comment_id for each in page.others)

    def part(each: ShownComment) -> Element:
        return comment_part(shown=each, criterion=names.get(each.view.criterion_id or 0), attempt=attempt)

    first = stack(*(part(each) for each in page.priorities)) if page.priorities else None
    others: Child = stack(*(part(each) for each in page.others)) if page.others else None
    if page.others and page.priorities:
        summary = f"{len(page.others)} more comments" if len(page.others) > 1 else "One more comment"
        others = disclosure(summary=summary, body=others, opened=open_others)
    comments = stack(first, others)
    if page.text is None:
        return section(title="Comments", body=comments)
    marks = [
        Mark(each.number, each.opened.quote.start, each.opened.quote.end, each.view.kind, str(each.view.id))
        for each in page.comments
        if each.number is not None and each.opened.quote is not None
    ]
    return two_panes(left=marked_text(text=page.text, marks=marks, label="Your draft"), right=comments)
