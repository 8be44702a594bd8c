"""What a student reads where feedback cannot be read now: why, and what to do."""

from feedforward import urls
from feedforward.ui.elements import A, Child, P
from feedforward.ui.layout import page_head, reading
from feedforward.ui.notices import Notice, NoticeKind, notice


def feedback_away_body(*, number: int, title: str, withheld: bool, note: str, draft_id: int) -> Child:
    """`note` is the instructor's words to the student, "" for none."""
    if withheld:
        told = "Your instructor decided to give no feedback on this draft."
        then = "If you do not know why, ask your instructor. The draft still counts as handed in."
    else:
        told = "Your instructor took this feedback back to amend it."
        then = "It appears here again when it is released; what you marked beside its comments is kept."
    return reading(
        page_head(title=f"Feedback on draft {number}", lead=title),
        notice(Notice(told, NoticeKind.PERSON)),
        P(note) if note else None,
        P(then),
        P(A("Go to this draft and its receipt", href=urls.draft(draft_id))),
    )
