"""Addresses of people without an account: sealed under the key ring, found by a keyed hash."""

import hashlib
import hmac
import json
from dataclasses import dataclass

from feedforward.encryption import KeyRing
from feedforward.errors import RuleBroken

LONGEST_ADDRESS = 254
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SealedAddress:
    """An address as rows keep it; made outside a transaction, because sealing costs time."""

    sealed: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to; `user_id` None: somebody without an account, `name` may be empty."""

    email: str
    name: str
    user_id: int | None = None


class Addresses:
    """Seals and opens addresses for one installation."""

    def __init__(self, key_ring: KeyRing, secret: str) -> None:
        self._ring = key_ring
        self._secret = secret.encode()

    def sealed(self, email: str, name: str = "") -> SealedAddress:
        """`email` is folded here. RuleBroken where either could not stand in the head of a message."""
        folded = email.strip().lower()
        if not is_plain_address(folded) or not is_plain_name(name):
            raise RuleBroken("Enter an e-mail address such as name@example.edu.", field="email")
        kept = json.dumps({"email": folded, "name": name.strip()}).encode()
        return SealedAddress(self._ring.wrap(kept), self.hash_of(folded))

    def hash_of(self, email: str) -> str:
        """What an address is found by; nobody without the secret can compute it."""
        folded = email.strip().lower()
        return hmac.new(self._secret, f"mail address:{folded}".encode(), hashlib.sha256).hexdigest()

    def opened(self, sealed: bytes) -> Recipient:
        """The address again; CannotDecrypt under another secret."""
        kept = json.loads(self._ring.unwrap(sealed))
        return Recipient(kept["email"], kept["name"])


def is_plain_address(email: str) -> bool:
    """Whether this can stand in a message's head without being read as something else."""
    local, at, domain = email.rpartition("@")
    if not (local and at and domain) or len(email) > LONGEST_ADDRESS or "@" in local:
        return False
    return email.isprintable() and not any(each.isspace() or each in '<>,;:"()[]\\' for each in email)


def is_plain_name(name: str) -> bool:
    """Whether this is a name of one line: a line break in it would begin a new header."""
    return len(name) <= LONGEST_NAME and name.isprintable()
