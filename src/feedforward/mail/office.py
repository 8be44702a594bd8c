"""What pages may use of the mail room: sealing an address, and knowing whether mail is sent at all."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from feedforward.mail.addresses import Addresses
from feedforward.mail.rules import ALL_DAILY, Topic


@dataclass(frozen=True, slots=True)
class MailOffice:
    """`sends` False: no mail server is configured; invitations are laid out in `folder`, the rest stays unsent."""

    addresses: Addresses
    sends: bool
    folder: Path
    secret: str = field(repr=False)

    def unsubscribe_token(self, user_id: int, what: str) -> str:
        """A signed word that turns this off for this person, and nothing else; `what` is a topic or ALL_DAILY."""
        return f"{user_id}.{what}.{_signature(self.secret, user_id, what)}"

    def unsubscribing(self, token: str, earlier: Sequence[str] = ()) -> tuple[int, str] | None:
        """Whom and what the token is for; None where it is not ours. `earlier` are secrets of older letters."""
        user_id, _, rest = token.partition(".")
        what, _, signature = rest.partition(".")
        if not (user_id.isascii() and user_id.isdigit() and len(user_id) <= 18) or what not in {*Topic, ALL_DAILY}:
            return None
        right = [_signature(each, int(user_id), what).encode() for each in (self.secret, *earlier)]
        return (int(user_id), what) if any(hmac.compare_digest(each, signature.encode()) for each in right) else None


def _signature(secret: str, user_id: int, what: str) -> str:
    signed = f"unsubscribe:{user_id}:{what}".encode()
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()[:40]
