"""How many sign-ins may fail before a pause, counted so that a forged header or a listed address changes nothing."""

import hashlib
import hmac
import ipaddress
from datetime import timedelta

from feedforward.accounts.queries import Failures
from feedforward.settings import Settings

WINDOW = timedelta(minutes=15)
# A try is decided within this time, also when many wait for their password to be checked.
UNDER_WAY = timedelta(seconds=10)


def keyed_hash(settings: Settings, what: str, value: str) -> str:
    """A hash nobody without the secret can compute: the table of failures must not be a list of addresses."""
    key = settings.secret_key.get_secret_value().encode()
    return hmac.new(key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()


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


def must_pause(failures: Failures, settings: Settings, *, further: int = 0) -> bool:
    """Whether `further` failures more would be too many for this account or this network address within the window."""
    return (
        failures.for_account + further > settings.sign_in_tries
        or failures.from_address + further > settings.sign_in_tries_address
    )
