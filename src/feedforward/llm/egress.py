"""Which network addresses a model may be called at."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from feedforward.allowed_addresses import may_connect
from feedforward.errors import RuleBroken

METADATA_NAMES = frozenset({"metadata", "metadata.google.internal", "metadata.goog", "instance-data"})
PRIVATE_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")
ADVICE = "use a public https address, or ask the operator to allow private addresses"


def check_base_url(base_url: str, *, allow_private: bool) -> None:
    """Raises RuleBroken unless `base_url` may be a provider's address, as far as its text tells.

    https to anywhere public; http and https to loopback and private networks only with `allow_private`; never
    link-local, multicast, unspecified or metadata addresses. A name is resolved only when it is called: see
    `may_connect`.
    """
    try:
        parts = urlsplit(base_url)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        raise RuleBroken("this is not an address", field="base_url") from None
    if parts.scheme not in ("http", "https") or not host or port == 0 or any(sign.isspace() for sign in base_url):
        raise RuleBroken("give an address that starts with https://", field="base_url")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise RuleBroken("leave out user names, keys, “?” and “#”; the key has its own field", field="base_url")
    if host in METADATA_NAMES:
        raise RuleBroken("addresses of cloud metadata are never called", field="base_url")
    literal = literal_address(host)
    if literal is not None and not may_connect(literal, allow_private=allow_private):
        raise RuleBroken(f"this address is private or reserved; {ADVICE}", field="base_url")
    private_name = host == "localhost" or "." not in host or host.endswith(PRIVATE_NAMES)
    if literal is None and private_name and not allow_private:
        raise RuleBroken(f"this name belongs to a private network; {ADVICE}", field="base_url")
    if parts.scheme == "http" and not allow_private:
        raise RuleBroken("use https: drafts and keys must not travel in the clear", field="base_url")
    if parts.scheme == "http" and (literal.is_global if literal else not private_name):
        raise RuleBroken(
            "use https for a public address: drafts and keys must not travel in the clear", field="base_url"
        )


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address a host is written as; None for a name. Numeric spellings such as 0x7f.1 raise RuleBroken."""
    try:
        return ip_address(host)
    except ValueError:
        if host.rpartition(".")[2][:1].isdigit():
            raise RuleBroken("write the IP address in its usual form", field="base_url") from None
        return None
