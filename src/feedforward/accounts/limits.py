"""How many sign-ins may fail before a pause, counted so that a forged header or a listed address changes nothing."""

import hashlib
import hmac
from datetime import timedelta

from feedforward.accounts.queries import Failures
from feedforward.settings import Settings

WINDOW = timedelta(minutes=15)


def keyed_hash(settings: Settings, what: str, value: str) -> str:
    """A hash nobody without the secret can compute: the table of failures must not be a list of addresses."""
    key = settings.secret_key.get_secret_value().encode()
    return hmac.new(key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()


def must_pause(failures: Failures, settings: Settings) -> bool:
    """Whether this account or this network address has failed too often within the window."""
    return (
        failures.for_account >= settings.sign_in_tries or failures.from_address >= settings.sign_in_tries_address
    )
