"""Encryption: the key ring derived from the secret, and content sealed under the key of its draft."""

import base64
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from feedforward.errors import FeedForwardError
from feedforward.settings import Settings

# OWASP Password Storage Cheat Sheet 2023: PBKDF2-HMAC-SHA256 with 600,000 rounds.
ROUNDS = 600_000
NONCE_BYTES = 12


class CannotDecrypt(FeedForwardError):
    """The key does not fit what was stored: another secret, or damage."""

    def __init__(self) -> None:
        super().__init__(
            "Something stored cannot be decrypted: FEEDFORWARD_SECRET_KEY differs from the one it was stored under."
        )


def earlier_secrets(settings: Settings) -> tuple[str, ...]:
    """The root secrets that were in force before the present one, as far as they are given."""
    return tuple(settings.earlier_secret_keys.get_secret_value().split())


@lru_cache(maxsize=4)
def _fernet_of(secret: str, rounds: int) -> Fernet:
    # Kept for the process, not for the ring: every ring of a secret has the same key, and it costs a third of a second.
    derived = PBKDF2HMAC(hashes.SHA256(), length=32, salt=b"feedforward key ring 1", iterations=rounds)
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))


class KeyRing:
    """Fernet under keys derived by PBKDF2HMAC: the newest secret writes, earlier ones are read until everything is
    wrapped anew. Wraps draft keys, addresses and authenticators."""

    def __init__(self, secret: str, earlier: Sequence[str] = ()) -> None:
        self._secret = secret
        self._earlier = tuple(earlier)

    @property
    def _fernet(self) -> Fernet:
        return _fernet_of(self._secret, ROUNDS)

    def warm_up(self) -> None:
        """Derive the key now: it takes a third of a second, once."""
        _ = self._fernet

    def wrap(self, key: bytes) -> bytes:
        return self._fernet.encrypt(key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """What was wrapped under any of the keys; CannotDecrypt under another secret."""
        try:
            return self._fernet.decrypt(wrapped)
        except InvalidToken:
            return self._unwrap_earlier(wrapped)

    def rewrapped(self, wrapped: bytes) -> bytes | None:
        """The same under the newest key; None where it lies under that already. CannotDecrypt under another secret."""
        try:
            self._fernet.decrypt(wrapped)
        except InvalidToken:
            return self.wrap(self._unwrap_earlier(wrapped))
        return None

    def _unwrap_earlier(self, wrapped: bytes) -> bytes:
        # An earlier key is derived only when something is met that needs it.
        for secret in self._earlier:
            with suppress(InvalidToken):
                return _fernet_of(secret, ROUNDS).decrypt(wrapped)
        raise CannotDecrypt


def new_content_key() -> bytes:
    """A fresh 256-bit key for the content of one draft."""
    return AESGCM.generate_key(256)


def seal(key: bytes, content: bytes, place: str) -> bytes:
    """AES-256-GCM; `place` (such as "draft text") is bound in, so that a sealed value cannot be moved elsewhere."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """The content that was sealed at this place; CannotDecrypt where key, place or bytes do not fit."""
    return unseal_with(AESGCM(key), sealed, place)


def unseal_with(key: AESGCM, sealed: bytes, place: str) -> bytes:
    """`unseal` with a key made ready once, for a page that opens a dozen values."""
    try:
        return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError):
        # ValueError: cut so short that not even its nonce is left.
        raise CannotDecrypt from None
