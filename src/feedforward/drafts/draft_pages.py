"""The page of one draft that was handed in: its receipt, how far it has come, and what can still be done."""

from datetime import datetime

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.drafts.behalf_pages import handed_in_by
from feedforward.drafts.document_parts import document_parts
from feedforward.drafts.queries import DraftView
from feedforward.drafts.reading_notice import TextNotice
from feedforward.drafts.rules import DraftContent, DraftStatus
from feedforward.drafts.stage_parts import UsualTimes, draft_stages
from feedforward.drafts.status_words import late_badge, status_badge
from feedforward.drafts.task_pages import notice_part
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.dates import day, moment
from feedforward.ui.elements import Child, Code, P
from feedforward.ui.layout import card, disclosure, page_head, section
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import definition_list


def draft_body(
    *,
    task: Task,
    draft: DraftView,
    content: DraftContent | None,
    progress: tuple[int, int],
    usual: UsualTimes,
    erased_on: datetime | None,
    told: TextNotice | None = None,
) -> Child:
    """`content` None: erased; `erased_on` is when the text will be erased, as far as that is known. `told` is what
    happens with the text, for a student who was not told before it was handed in."""
    zone = task.time_zone
    return (
        page_head(
            title=f"Draft {draft.number}",
            lead=f"{task.course_code}: {task.title}",
            badges=(status_badge(draft.status), late_badge(draft.is_late)),
            actions=link_button("Read your feedback", href=urls.feedback(draft.id))
            if draft.status is DraftStatus.RELEASED
            else None,
        ),
        handed_in_by(draft),
        notice_part(told) if told is not None else None,
        draft_stages(draft=draft, progress=progress, usual=usual, zone=zone),
        button_form(action=urls.take_back_draft(draft.id), label="Take it back")
        if draft.status is DraftStatus.SUBMITTED
        else None,
        card(title="Receipt", top=True, body=definition_list(items=_receipt(draft, content, zone, erased_on))),
        section(title="What you handed in", body=(_way_to_changes(draft), _text(draft, content))),
    )


def _receipt(
    draft: DraftView, content: DraftContent | None, zone: str, erased_on: datetime | None
) -> list[tuple[str, Child]]:
    rows: list[tuple[str, Child]] = [
        ("Received", moment(draft.submitted_at, zone) if draft.submitted_at else "–"),
        ("Draft", str(draft.number)),
        ("Words", str(draft.word_count)),
        *([("Lines of code", str(content.document.lines_of_code))] if content and content.document.is_code else []),
        *([("Read with", f"Version {draft.settings_version} of the assignment")] if draft.settings_version else []),
        ("Fingerprint", Code(grouped(draft.fingerprint))),
    ]
    if draft.erased_at is not None:
        rows.append(("Text erased", day(draft.erased_at, zone)))
    elif draft.content_preserved:
        rows.append(("Text", "Kept by your instructor’s decision"))
    elif erased_on is not None:
        rows.append(("Text will be erased", day(erased_on, zone)))
    return rows


def _way_to_changes(draft: DraftView) -> Child:
    if draft.number is None or draft.number < 2:
        return None
    return P(link(Link("See what changed since the draft before", urls.draft_changes(draft.id))))


def _text(draft: DraftView, content: DraftContent | None) -> Child:
    if content is None:
        text = "The text and its file were erased after the time this course keeps drafts. The feedback stays."
        return notice(Notice(text, NoticeKind.INFO))
    name = content.file_name or "your file"
    return (
        P(link_button(f"Download {name}", href=urls.draft_file(draft.id), kind=ButtonKind.QUIET, download=True))
        if draft.has_file
        else None,
        disclosure(summary="Show the text as the readers see it", body=document_parts(content)),
    )


def grouped(fingerprint: str) -> str:
    """The first 16 signs in groups of four: enough to compare by eye."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, 16, 4))
