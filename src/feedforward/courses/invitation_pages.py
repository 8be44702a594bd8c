"""The invitations of a course: where each stands, sending again, a link to hand over, revoking, removing."""

from feedforward import urls
from feedforward.courses.invitation_queries import PER_PAGE, InvitationPage, InvitationView
from feedforward.courses.invitation_rules import InvitationStatus, InvitedAs
from feedforward.courses.people_pages import people_head
from feedforward.courses.queries import CourseView
from feedforward.mail.rules import UNDELIVERED, MailStatus
from feedforward.mail.words import words_for
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.dates import day
from feedforward.ui.elements import Child, Code, P
from feedforward.ui.forms import search_form
from feedforward.ui.layout import card, page_head, quiet, row
from feedforward.ui.navigation import Link, pager, tabs
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table, empty_state

SHOWN_WORDS = {"open": "Waiting", "expired": "Expired", "joined": "Joined", "revoked": "Revoked"}
_NOBODY = {
    "open": "Students you add who have no account yet stand here until they join.",
    "expired": "Invitations nobody took up within 30 days stand here.",
    "joined": "Who took up an invitation stands here.",
    "revoked": "Invitations you took back stand here.",
}


def invitations_body(
    *, course: CourseView, found: InvitationPage, shown: str, search: str, page: int, sends_mail: bool
) -> Child:
    """One page of invitations of one kind (a key of SHOWN_WORDS)."""
    pages = max(1, -(-found.total // PER_PAGE))
    address = {"show": shown if shown != "open" else "", "search": search}
    return (
        people_head(course=course, current="invitations"),
        None if sends_mail else notice(
            Notice("No mail server is set up: letters lie in the administrators’ mail page. Links you make here and "
                   "hand over work all the same.", NoticeKind.INFO)
        ),
        tabs(
            label="Invitations by state",
            links=[
                Link(words, urls.course_invitations(course.id, show=each if each != "open" else ""),
                     current=each == shown, count=found.counts[each])
                for each, words in SHOWN_WORDS.items()
            ],
        ),
        search_form(action=urls.course_invitations(course.id), label="Name or e-mail", value=search)
        if shown == "open" and (found.counts["open"] > 10 or search) else None,
        _table(course, found) if found.rows else empty_state(title="No invitations here", text=_NOBODY[shown]),
        pager(
            page=page, pages=pages,
            previous_href=urls.course_invitations(course.id, **address, page=page - 1) if page > 1 else None,
            next_href=urls.course_invitations(course.id, **address, page=page + 1) if page < pages else None,
        ),
    )  # fmt: skip


def _table(course: CourseView, found: InvitationPage) -> Child:
    rows = [
        [
            each.email, each.name or quiet("none"), _as(each), _state(course, each), _actions(course, each),
        ]
        for each in found.rows
    ]  # fmt: skip
    return data_table(caption="Invitations", head=["E-mail", "Name", "As", "State", "What to do"], rows=rows)


def _as(each: InvitationView) -> Child:
    if each.role is InvitedAs.TUTOR:
        return "Tutor"
    more = ", ".join(part for part in (each.section, each.number) if part)
    return ("Student", quiet(f" {more}") if more else None)


def _state(course: CourseView, each: InvitationView) -> Child:
    zone = course.time_zone
    if each.status is InvitationStatus.JOINED:
        return badge("Joined", tone=Tone.DONE), " ", quiet(day(each.settled_at or each.invited_at, zone))
    if each.status is InvitationStatus.REVOKED:
        return badge("Revoked"), " ", quiet(day(each.settled_at or each.invited_at, zone))
    sent = each.letter is not None and each.letter.status is MailStatus.SENT
    failed = each.letter is not None and each.letter.status in UNDELIVERED
    letter = words_for(each.letter.status, each.letter.code) if each.letter is not None else ""
    return (
        badge("Expired", tone=Tone.PERSON) if each.expired else badge("Invited", tone=Tone.ACTIVE),
        badge("Mail failed", tone=Tone.FAILED) if failed else None,
        " ",
        quiet(
            "Until ", day(each.expires_at, zone), ". ", "Mail sent." if sent else letter,
            (" Link made ", day(each.link_made_at, zone), ".") if each.link_made_at is not None else None,
        ),
    )  # fmt: skip


def _actions(course: CourseView, each: InvitationView) -> Child:
    if not course.may_change:
        return None
    send = button_form(action=urls.send_invitation(course.id, each.id), label="Send again")
    drop = button_form(action=urls.remove_invitation(course.id, each.id), label="Remove")
    match each.status:
        case InvitationStatus.OPEN:
            link = button_form(action=urls.invitation_link(course.id, each.id), label="Make a link")
            revoke = button_form(action=urls.revoke_invitation(course.id, each.id), label="Revoke")
            return row(send, link, revoke, drop)
        case InvitationStatus.REVOKED:
            return row(send, drop)
        case _:
            return drop


def link_made_body(*, course: CourseView, email: str, link: str) -> Child:
    """The link, this once."""
    return (
        page_head(title="A link to hand over", lead=f"For {email}, to join {course.code} {course.title}."),
        card(body=P(Code(link))),
        P(
            "It is shown only now, works once, and for 30 days. Whoever has it can join as this person, so give it to "
            "nobody else. A link made earlier for them works no more; the link in their letter does."
        ),
        P(link_button("Back to the invitations", href=urls.course_invitations(course.id), kind=ButtonKind.QUIET)),
    )
