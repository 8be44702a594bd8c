"""What the owner of a course is shown of administrators who read student work of it."""

from collections.abc import Sequence
from datetime import datetime

from feedforward import urls
from feedforward.courses.glass_letters import scope_in_words
from feedforward.courses.glass_rules import Opening
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.dates import moment_text
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.layout import section, stack
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table

ANCHOR = "student-work"


def unseen_notice(*, course_id: int, course: str, unseen: int) -> Element:
    """On the owner's home page, until they say that they saw it."""
    many = "An administrator" if unseen == 1 else f"{unseen} times an administrator"
    return notice(
        Notice(
            f"{many} opened student work of {course}, for a reason that stands on the course’s page.",
            NoticeKind.PERSON,
            actions=link_button("See who and why", href=f"{urls.course(course_id)}#{ANCHOR}", kind=ButtonKind.QUIET),
        )
    )


def openings_section(*, course_id: int, openings: Sequence[Opening], zone: str, now: datetime) -> Child:
    """On the course's page, for its owner: who opened what, why, and how much of it they read."""
    if not openings:
        return None
    unseen = [each.id for each in openings if not each.seen]
    return section(
        title="Administrators who read student work", anchor=ANCHOR, quiet=not unseen,
        body=stack(
            P("Administrators read what students write only for a reason. They can change nothing that way."),
            data_table(
                caption="Openings of student work",
                head=["Who", "What", "Why", "When", "Until", "Read"],
                rows=[
                    [
                        each.admin,
                        scope_in_words(each).capitalize(),
                        each.reason,
                        moment_text(each.opened_at, zone),
                        badge("Open now", tone=Tone.PERSON)
                        if each.is_open(now)
                        else moment_text(each.closed_at or each.ends_at, zone),
                        "1 page" if each.pages == 1 else f"{each.pages} pages",
                    ]
                    for each in openings
                ],
            ),
            button_form(
                action=urls.glass_seen(course_id), label="I have seen this", fields={"newest": str(max(unseen))}
            )
            if unseen
            else None,
        ),
    )  # fmt: skip
