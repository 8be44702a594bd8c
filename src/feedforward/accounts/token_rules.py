"""What links in mails are for, and how long they are good."""

from datetime import timedelta
from enum import StrEnum


class TokenKind(StrEnum):
    """What a token proves: that its bearer reads the mail of an address, for one purpose."""

    RESET = "reset"
    EMAIL_CONFIRM = "email_confirm"
    EMAIL_UNDO = "email_undo"
    SIGN_ON = "sign_on"


LASTS = {
    TokenKind.RESET: timedelta(minutes=45),
    TokenKind.EMAIL_CONFIRM: timedelta(hours=24),
    TokenKind.EMAIL_UNDO: timedelta(days=7),
    # No longer than the browser that asked for it remembers whom the institution signed in.
    TokenKind.SIGN_ON: timedelta(minutes=15),
}
