"""What became of a message, in words for people."""

from feedforward.mail.rules import MailCode, MailStatus

STATUS_WORDS = {
    MailStatus.WAITING: "Waiting to be sent",
    MailStatus.HELD: "Waiting for the daily digest",
    MailStatus.FOLDED: "Sent in a digest",
    MailStatus.SENT: "Sent",
    MailStatus.LAID_OUT: "Laid out here, no mail server",
    MailStatus.UNSENT: "Not sent",
    MailStatus.FAILED: "Could not be delivered",
    MailStatus.GIVEN_UP: "Given up",
}
CODE_WORDS = {
    MailCode.NO_SERVER: "no mail server is set up",
    MailCode.NO_RECIPIENT: "the account takes no mail",
    MailCode.NOT_WANTED: "the person does not want mail of this kind",
    MailCode.NOT_NEEDED: "there was nothing to say any more",
    MailCode.UNKNOWN_TEMPLATE: "this version of FeedForward does not know the letter",
    MailCode.CANNOT_BE_WRITTEN: "the letter could not be written",
    MailCode.UNREACHABLE: "the mail server did not answer",
    MailCode.NO_ENCRYPTION: "the mail server offers no encryption that can be trusted",
    MailCode.SIGN_IN_REFUSED: "the mail server refused our account",
}
# RFC 5321, section 4.2.3, and what mail servers mean by them.
ANSWER_WORDS = {
    "smtp_421": "the mail server is closing down",
    "smtp_450": "the mailbox is busy",
    "smtp_451": "the mail server asks us to try later",
    "smtp_452": "the mail server has no room",
    "smtp_550": "there is no such mailbox, or it takes no mail from us",
    "smtp_551": "the mailbox has moved",
    "smtp_552": "the mailbox is full",
    "smtp_553": "the address is not one the mail server knows",
    "smtp_554": "the mail server refused the letter",
}


def status_words(status: MailStatus) -> str:
    return STATUS_WORDS[status]


def code_words(code: str) -> str:
    """Why, as half a sentence; "" where there is nothing to explain."""
    if not code:
        return ""
    if code in ANSWER_WORDS:
        return f"{ANSWER_WORDS[code]} (answer {code.removeprefix('smtp_')})"
    known = {str(each): words for each, words in CODE_WORDS.items()}
    return known.get(code, f"the mail server answered {code.removeprefix('smtp_')}")


def words_for(status: MailStatus, code: str) -> str:
    """One sentence: what happened and why."""
    why = code_words(code)
    return f"{STATUS_WORDS[status]}: {why}." if why else f"{STATUS_WORDS[status]}."


def template_words(name: str) -> str:
    """A letter's name for lists: `password_reset` is “Password reset”."""
    return sentence(name.replace("_", " ")).rstrip(".")


def sentence(words: str) -> str:
    """Half a sentence as a whole one; "" stays empty."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""
