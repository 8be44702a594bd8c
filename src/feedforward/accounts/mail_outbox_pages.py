"""The outbox as administrators see it: what waits, what was sent, what failed and why, and letters laid out here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedforward import urls
from feedforward.accounts.mail_queries import PER_PAGE, MailRow
from feedforward.mail.rules import MailStatus
from feedforward.mail.words import STATUS_WORDS, code_words, sentence, template_words
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.dates import ago
from feedforward.ui.elements import Child, P
from feedforward.ui.layout import card, letter, page_head, quiet
from feedforward.ui.layout import row as row_of
from feedforward.ui.navigation import Link, pager, tabs
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import Column, data_table, empty_state

TONES = {
    MailStatus.WAITING: Tone.ACTIVE,
    MailStatus.SENT: Tone.DONE,
    MailStatus.FAILED: Tone.FAILED,
    MailStatus.GIVEN_UP: Tone.FAILED,
    MailStatus.LAID_OUT: Tone.PERSON,
}
CAN_GO_AGAIN = (MailStatus.FAILED, MailStatus.GIVEN_UP, MailStatus.UNSENT)


def outbox_body(
    *, rows: Sequence[tuple[MailRow, str]], counts: Mapping[MailStatus, int], show: MailStatus | None, page: int,
    total: int, server: str, now: datetime,
) -> Child:  # fmt: skip
    """`rows`: messages with whom they are for; `server` "" where none is set up."""
    pages = max(1, -(-total // PER_PAGE))
    return (
        page_head(title="Mail", lead=f"Messages go out through {server}." if server else None),
        None if server else notice(_no_server()),
        tabs(
            label="Messages by state",
            links=[
                Link("All", urls.outbox(), current=show is None, count=sum(counts.values())),
                *(
                    Link(STATUS_WORDS[each], urls.outbox(each), current=show is each, count=counts.get(each, 0))
                    for each in MailStatus
                    if counts.get(each, 0) or show is each
                ),
            ],
        ),
        _table(rows, now)
        if rows
        else empty_state(title="No messages here", text="Messages stand here from when they are posted, for 90 days."),
        pager(
            page=page, pages=pages, previous_href=urls.outbox(show or "", page - 1) if page > 1 else None,
            next_href=urls.outbox(show or "", page + 1) if page < pages else None,
        ),
    )  # fmt: skip


def laid_out_body(*, row: MailRow, to: str, words: str) -> Child:
    """One letter that lies here because there is no mail server: to be handed on by somebody."""
    return (
        page_head(
            title=template_words(row.template),
            lead=f"To {to}. There is no mail server, so this lies here for you to hand on.",
        ),
        card(body=letter(words.replace("\r\n", "\n"))),
        P(link_button("Back to the messages", href=urls.outbox(), kind=ButtonKind.QUIET)),
    )


def _no_server() -> Notice:
    return Notice(
        "No mail server is set up. Invitations are laid out in this list, to be handed on by you; nothing else is "
        "sent, and links for a new password come from the command line. FEEDFORWARD_SMTP_HOST sets a server.",
        NoticeKind.INFO,
    )


def _table(rows: Sequence[tuple[MailRow, str]], now: datetime) -> Child:
    return data_table(
        caption="Messages",
        head=["Message", "To", "State", Column("Tries", number=True), "Posted", "What to do"],
        rows=[
            [
                template_words(row.template),
                to,
                row_of(badge(STATUS_WORDS[row.status], tone=TONES.get(row.status, Tone.NEUTRAL)), _why(row, now)),
                str(row.tries),
                ago(row.created_at, "UTC", now),
                _actions(row),
            ]
            for row, to in rows
        ],
    )


def _why(row: MailRow, now: datetime) -> Child:
    words = sentence(code_words(row.code))
    if row.status is MailStatus.WAITING and row.next_try_at > now:
        words = f"{words} Tried again soon.".strip()
    return quiet(words) if words else None


def _actions(row: MailRow) -> Child:
    if row.status in CAN_GO_AGAIN:
        return button_form(action=urls.send_again(row.id), label="Send again")
    if row.status is MailStatus.LAID_OUT:
        return link_button("Read", href=urls.laid_out_letter(row.id), kind=ButtonKind.QUIET)
    return None
