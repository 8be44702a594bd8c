"""The text as the readers will see it, before it counts: hand it in, replace it or throw it away."""

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.drafts.document_parts import document_parts
from feedforward.drafts.hand_in_form import Typed, hand_in_form
from feedforward.drafts.queries import DraftView
from feedforward.drafts.reading_notice import TextNotice
from feedforward.drafts.rules import DraftContent, word_problem
from feedforward.drafts.task_pages import notice_part
from feedforward.ui.buttons import button_form
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.forms import error_summary, form
from feedforward.ui.layout import card, disclosure, page_head, section, stack
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import definition_list

MOST_HIDDEN_SHOWN = 20


def preview_body(
    *,
    task: Task,
    draft: DraftView,
    content: DraftContent,
    number: int,
    closed: str | None,
    told: TextNotice,
    typed: Typed,
    most_megabytes: float,
    problem: str | None,
    unfit: str | None = None,
) -> Child:
    """`closed` is why no draft can be handed in now, `unfit` why this one cannot; `problem` what the last try said."""
    why_not = closed or unfit
    source = f"from the file “{content.file_name}”" if content.file_name else "as you pasted it"
    return (
        page_head(
            title="Check your text",
            lead=f"{content.size}, {source}. This is what the readers will see.",
        ),
        error_summary({"": problem}) if problem else None,
        *(notice(Notice(each, NoticeKind.PERSON)) for each in content.warnings),
        notice(Notice(short, NoticeKind.PERSON))
        if unfit is None and (short := word_problem(task, draft.word_count))
        else None,
        _hidden(content) if content.hidden else None,
        card(
            title=f"Hand in as draft {number}" if why_not is None else "This cannot be handed in now",
            body=(
                P("It counts from the moment you hand it in. You can take it back until reading begins.")
                if why_not is None
                else P(why_not),
                form(action=urls.confirm_draft(draft.id), fields=None, submit=f"Hand in draft {number}")
                if why_not is None
                else None,
                button_form(action=urls.discard_draft(draft.id), label="Throw it away"),
                notice_part(told),
            ),
        ),
        section(title="Your text", body=document_parts(content)),
        disclosure(
            summary="Use another file or text instead",
            body=hand_in_form(
                action=urls.replace_draft(draft.id),
                task=task,
                student_id=draft.student_id,
                typed=typed,
                submit="Look at this one instead",
                most_megabytes=most_megabytes,
            ),
            opened=bool(typed.errors) or unfit is not None,
        )
        if closed is None
        else None,
    )


def _hidden(content: DraftContent) -> Element:
    """Text the student may not know of: templates and web pages bring it along."""
    shown = content.hidden[:MOST_HIDDEN_SHOWN]
    more = len(content.hidden) - len(shown)
    return section(
        title="Words that cannot be seen in your file",
        body=stack(
            P(
                "Your file holds the words below, but somebody who looks at it does not see them. The readers will "
                "not see them either; your instructor is told. Remove them from your file if they do not belong there."
            ),
            definition_list(items=[(each.why.capitalize(), each.text[:500]) for each in shown]),
            P(f"And {more} more.") if more > 0 else None,
        ),
    )
