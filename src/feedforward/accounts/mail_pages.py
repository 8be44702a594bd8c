"""The mail page of a person: how often they are told what, and what of theirs could not be delivered."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.accounts.mail_queries import MailRow
from feedforward.mail.rules import ALL_DAILY, Frequency, Topic
from feedforward.mail.words import code_words, sentence, template_words
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.choices import Choice, radio_group
from feedforward.ui.dates import moment_text
from feedforward.ui.elements import Child, P
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import page_head, section, sheet
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table

TOPIC_WORDS = {
    Topic.FEEDBACK_RELEASED: "Feedback on a draft of mine is released",
    Topic.REMINDERS: "I am reminded of an assignment for which I handed in nothing",
    Topic.ENROLMENTS: "I am added to a course",
    Topic.DRAFTS_WAITING: "Drafts wait for my review",
    Topic.SOMETHING_FAILED: "Readers failed, or a draft needs feedback by hand",
}
TOPICS_ALONE = {
    Topic.FEEDBACK_RELEASED: "released feedback",
    Topic.REMINDERS: "reminders of assignments",
    Topic.ENROLMENTS: "courses you are added to",
    Topic.DRAFTS_WAITING: "drafts that wait for your review",
    Topic.SOMETHING_FAILED: "readers that failed",
}
TOPIC_HINTS = {
    Topic.REMINDERS: "At once means: at most once a day for each assignment.",
    Topic.DRAFTS_WAITING: "At once means: at most once an hour for each assignment.",
    Topic.SOMETHING_FAILED: "At once means: at most every ten minutes for each assignment.",
}
FREQUENCIES = (
    Choice(Frequency.AT_ONCE, "At once"),
    Choice(Frequency.DAILY, "In a daily digest"),
    Choice(Frequency.NEVER, "Never"),
)


def undelivered_notice(many: int) -> Child:
    """On the first page of somebody whose messages did not arrive."""
    words = "1 message of yours" if many == 1 else f"{many} messages of yours"
    return notice(
        Notice(
            f"{words} could not be delivered. Nothing else is affected; see who was not reached.",
            NoticeKind.PERSON,
            actions=link_button("See what was not delivered", href=urls.mail_settings(), kind=ButtonKind.QUIET),
        )
    )


def mail_body(
    *, topics: Sequence[Topic], chosen: Mapping[Topic, str], errors: Mapping[str, str], sends: bool,
    undelivered: Sequence[tuple[MailRow, str]],
) -> Child:  # fmt: skip
    """`undelivered`: messages with whom they were for, the newest first. `sends` False: no mail server."""
    return (
        page_head(
            title="Mail to you",
            lead="Letters say only that something is there, with a link: never a word of a draft or of feedback.",
        ),
        None
        if sends
        else notice(Notice("This installation has no mail server: no notices go out. Look in here instead.")),
        _undelivered(undelivered) if undelivered else None,
        section(
            title="What you are told by mail",
            lead="Security mail, such as a link for a new password, always comes at once.",
            body=_choices(topics, chosen, errors),
        ),
    )


def _undelivered(rows: Sequence[tuple[MailRow, str]]) -> Child:
    return section(
        title="Could not be delivered",
        lead="Check the address, or tell the person in another way.",
        body=data_table(
            caption="Messages that could not be delivered", head=["To", "Message", "Why", "When"],
            rows=[
                [to, template_words(row.template), sentence(code_words(row.code)), moment_text(row.created_at, "UTC")]
                for row, to in rows
            ],
        ),
        actions=button_form(
            action=urls.undelivered_seen(), label="I have seen these", fields={"up_to": str(rows[0][0].id)}
        ),
    )  # fmt: skip


def _choices(topics: Sequence[Topic], chosen: Mapping[Topic, str], errors: Mapping[str, str]) -> Child:
    if not topics:
        return P("There are no notices for you: you neither study nor teach a course here.")
    fields = [
        radio_group(
            name=topic, label=TOPIC_WORDS[topic], choices=FREQUENCIES, value=chosen.get(topic),
            hint=TOPIC_HINTS.get(topic), error=errors.get(topic), inline=True,
        )
        for topic in topics
    ]  # fmt: skip
    return form(action=urls.mail_settings(), fields=fields, submit="Save", errors=errors)


def unsubscribe_body(*, token: str, what: str) -> Child:
    """What the link at the end of a letter opens; nothing is changed before the button is pressed."""
    words = "the daily digest" if what == ALL_DAILY else f"mail about {TOPICS_ALONE[Topic(what)]}"
    return sheet(
        page_head(title="No more mail of this kind"),
        P(f"You will no longer get {words}. Security mail still comes, and everything stays in FeedForward itself."),
        form(
            action=urls.unsubscribe(token), fields=hidden_field(name="List-Unsubscribe", value="One-Click"),
            submit="Turn it off",
        ),
    )  # fmt: skip


def unsubscribed_body() -> Child:
    """It is off."""
    return sheet(
        page_head(title="It is turned off"),
        P("You get no more mail of this kind. You can turn it on again whenever you like."),
        link_button("Choose what you are told", href=urls.mail_settings(), kind=ButtonKind.QUIET),
    )
