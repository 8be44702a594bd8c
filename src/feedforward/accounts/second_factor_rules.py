"""Codes of the second factor: which time step one belongs to, and how recovery codes are made and read."""

import re
import secrets
import string
from datetime import datetime
from urllib.parse import quote

import pyotp

STEP_SECONDS = 30
# One step each way: a phone's clock half a minute off, and a person who types slowly.
DRIFT_STEPS = 1
RECOVERY_CODES = 10
# Without what looks alike (0 o, 1 l i). 31 signs, ten of them: 49 bits, of which a keyed hash is kept.
_SIGNS = "".join(each for each in string.ascii_lowercase + string.digits if each not in "0o1li")
_CODE = re.compile(r"[0-9]{6}")


def new_secret() -> str:
    """160 random bits in base 32, as authenticator apps take them."""
    return pyotp.random_base32()


def readable_secret(secret: str) -> str:
    """In groups of four, for who types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def enrolment_address(secret: str, *, email: str, issuer: str) -> str:
    """What the QR code says to the app."""
    account, maker = quote(email, safe=""), quote(issuer, safe="")
    return f"otpauth://totp/{maker}:{account}?secret={secret}&issuer={maker}"


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step this code belongs to, among the present one and its neighbours; None for a wrong code.

    Every step is compared, in constant time: how long it takes tells nothing.
    """
    digits = re.sub(r"[\s-]", "", code)
    if not _CODE.fullmatch(digits):
        return None
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if secrets.compare_digest(totp.generate_otp(step), digits):
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes as they are shown, once: two groups of five."""
    made = ["".join(secrets.choice(_SIGNS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    return tuple(f"{each[:5]}-{each[5:]}" for each in made)


def folded_recovery_code(typed: str) -> str | None:
    """A recovery code as it is hashed, however it was typed; None for what cannot be one."""
    folded = re.sub(r"[\s-]", "", typed).lower()
    return folded if len(folded) == 10 and all(each in _SIGNS for each in folded) else None
