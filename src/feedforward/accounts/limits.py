"""How often something may be tried before a pause, counted so that a forged header changes nothing."""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from feedforward.accounts.queries import Failures
from feedforward.settings import Settings

WINDOW = timedelta(minutes=15)
# A try is decided within this time, also when many wait for their password to be checked.
UNDER_WAY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within the window, for one account and for one network address; `what` keeps kinds apart."""

    what: str
    per_account: int
    per_address: int
    window: timedelta = WINDOW


def sign_ins(settings: Settings) -> Limit:
    """Passwords that may be wrong, on the sign-in page and where one has to be typed again: counted together."""
    return Limit("sign-in", settings.sign_in_tries, settings.sign_in_tries_address)


# Three codes of a million are right at any time: five guesses each quarter of an hour find one in two years, by
# somebody who knows the password.
CODES = Limit("code", 5, 100)
RESETS = Limit("reset", 3, 30, timedelta(hours=1))
# Each sends a letter to an address somebody typed.
EMAIL_CHANGES = Limit("email change", 5, 60, timedelta(hours=1))
# What is sent to be read costs a process or a second of a processor. Nobody writes sixty drafts in an hour, but a whole
# university may hand in from one network address.
UPLOADS = Limit("upload", 60, 6_000, timedelta(hours=1))


def keyed_hash(settings: Settings, what: str, value: str) -> str:
    """A hash nobody without the secret can compute: the table of failures must not be a list of addresses."""
    return hash_under(settings.secret_key.get_secret_value(), what, value)


def hash_under(secret: str, what: str, value: str) -> str:
    """`keyed_hash` under a given secret."""
    return hmac.new(secret.encode(), f"{what}:{value}".encode(), hashlib.sha256).hexdigest()


def account_key(settings: Settings, limit: Limit, account: str) -> str:
    """What tries of an account (its folded address, or its id) are counted under."""
    return keyed_hash(settings, f"{limit.what} account", account)


def address_key(settings: Settings, limit: Limit, address: str) -> str:
    """What tries from a network address are counted under."""
    return keyed_hash(settings, f"{limit.what} address", network_of(address))


def network_of(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 network that one customer of a provider has to himself."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def must_pause(failures: Failures, limit: Limit, *, further: int = 0) -> bool:
    """Whether `further` tries more would be too many for this account or this network address within the window."""
    return failures.for_account + further > limit.per_account or failures.from_address + further > limit.per_address


def wait_in_words(seconds: int) -> str:
    """“12 minutes”, rounded up: whoever waits that long need not wait again."""
    minutes = -(-seconds // 60)
    return "one minute" if minutes <= 1 else f"{minutes} minutes"
