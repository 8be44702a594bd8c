"""What pages may use of the mail room: sealing an address, and knowing whether mail is sent at all."""

import hashlib
import hmac
from dataclasses import dataclass, field
from pathlib import Path

from feedforward.mail.addresses import Addresses
from feedforward.mail.rules import Topic


@dataclass(frozen=True, slots=True)
class MailOffice:
    """`sends` False: no mail server is configured; invitations are laid out in `folder`, the rest stays unsent."""

    addresses: Addresses
    sends: bool
    folder: Path
    secret: str = field(repr=False)

    def unsubscribe_token(self, user_id: int, topic: Topic) -> str:
        """A signed word that turns this topic off for this person, and nothing else."""
        return f"{user_id}.{topic}.{self._signature(user_id, topic)}"

    def unsubscribing(self, token: str) -> tuple[int, Topic] | None:
        """Whom and what the token is for; None where it is not ours."""
        user_id, _, rest = token.partition(".")
        topic, _, signature = rest.partition(".")
        if not (user_id.isascii() and user_id.isdigit() and len(user_id) <= 18) or topic not in set(Topic):
            return None
        right = self._signature(int(user_id), Topic(topic))
        return (int(user_id), Topic(topic)) if hmac.compare_digest(right.encode(), signature.encode()) else None

    def _signature(self, user_id: int, topic: Topic) -> str:
        signed = f"unsubscribe:{user_id}:{topic}".encode()
        return hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()[:40]
