"""Which institutions sign people in for us, for whose addresses they speak, and what their word is worth."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from feedforward.errors import RuleBroken
from feedforward.settings import LOOPBACK_HOSTS

NOT_FRESH = (
    "Your institution did not say that you signed in there just now, so it is not confirmed that it is you. If it "
    "asked for nothing, sign out there first and try again."
)
LEEWAY = timedelta(seconds=60)
# A sign-in at the institution may take this long: a forgotten password, a telephone fetched from another room.
FLOW_LASTS = timedelta(minutes=15)
# REFEDS' name for "more than one factor was asked for", which universities agree on.
USUAL_ACR = ("https://refeds.org/profile/mfa",)
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
_TEXTS = ("issuer", "client_id", "client_secret", "label")
_TICKS = {"local_sign_in": True, "second_factor": False, "private_network": False}


@dataclass(frozen=True, slots=True)
class Institution:
    """Somebody who signs people in for us. `domains` are those whose addresses it speaks for, folded;
    `private_network`: whether it may lie in a private network; `acr_values`: what it says when it asked for a second
    factor, looked at only with `second_factor`."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    label: str
    domains: tuple[str, ...]
    local_sign_in: bool
    second_factor: bool
    acr_values: tuple[str, ...]
    private_network: bool

    def __repr__(self) -> str:
        # The client's secret must not stand in a log that shows what a call was made with.
        return f"<Institution {self.name}>"

    @property
    def on_loopback(self) -> bool:
        """Whether it runs on this machine, as in tests: plain http is allowed only then."""
        return is_loopback(self.issuer)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at an institution, checked. `email` is folded and only there where it was verified by an
    institution that speaks for its domain; `twice`: whether it asked for a second factor."""

    institution: str
    issuer: str
    subject: str
    email: str | None
    name: str
    twice: bool


class Refused(RuleBroken):
    """A sign-in that is not believed; `code` is a word for the audit row, the message is for the person."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or "What the institution answered could not be checked, so nobody was signed in.")
        self.code = code


def institutions_from_config(config: Mapping[str, Any]) -> tuple[Institution, ...]:
    """The institutions of the setting; RuleBroken says which one is wrong, and how."""
    found = tuple(_institution(name, entry) for name, entry in config.items())
    for what, values in (
        ("issuer", [each.issuer for each in found]), ("domain", [one for each in found for one in each.domains]),
    ):  # fmt: skip
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise _wrong(f"the {what} {twice[0]} stands there twice")
    return found


def _wrong(words: str) -> RuleBroken:
    return RuleBroken(f"FEEDFORWARD_SIGN_ON is wrong: {words}.")


def _institution(name: str, entry: Any) -> Institution:
    if not _NAME.fullmatch(name):
        raise _wrong(f"“{name}” is no name; use small letters, digits and hyphens, at most 40")
    if not isinstance(entry, dict):
        raise _wrong(f"{name} must be an object")
    unknown = sorted(set(entry) - {*_TEXTS, *_TICKS, "domains", "acr_values"})
    if unknown:
        raise _wrong(f"{name} has an unknown entry “{unknown[0]}”")
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise _wrong(f"{name} needs the text “{key}”")
    for key in _TICKS:
        if not isinstance(entry.get(key, True), bool):
            raise _wrong(f"{name}: “{key}” is true or false")
    domains = _texts(name, entry, "domains", ())
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            raise _wrong(f"{name}: “{domain}” is no domain such as example.edu")
    ticks = {key: bool(entry.get(key, usual)) for key, usual in _TICKS.items()}
    if not ticks["local_sign_in"] and not domains:
        raise _wrong(f"{name} turns local sign-in off and names no domains it speaks for")
    if len(entry["label"]) > 80:
        raise _wrong(f"{name}: the label is longer than 80 characters")
    problem = problem_with_address(entry["issuer"])
    if problem is not None or len(entry["issuer"]) > 255 or "?" in entry["issuer"]:
        raise _wrong(f"{name}: the issuer {problem or 'is too long or has a “?”'}")
    return Institution(
        name, entry["issuer"], entry["client_id"], entry["client_secret"], entry["label"].strip(), domains,
        ticks["local_sign_in"], ticks["second_factor"], _texts(name, entry, "acr_values", USUAL_ACR),
        ticks["private_network"],
    )  # fmt: skip


def _texts(name: str, entry: Mapping[str, Any], key: str, usual: Sequence[str]) -> tuple[str, ...]:
    given = entry.get(key, usual)
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) and each for each in given):
        raise _wrong(f"{name}: “{key}” is a list of texts")
    return tuple(each.strip().lower() if key == "domains" else each for each in given)


def is_loopback(address: str) -> bool:
    """Whether the address is on this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK_HOSTS


def problem_with_address(address: str) -> str | None:
    """Why this cannot be an address of an institution; None where it can. Plain http only on this machine."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError:
        return "is no address"
    if parts.scheme not in ("https", "http") or not host or port == 0 or not address.isprintable() or " " in address:
        return "must start with https://"
    if parts.scheme == "http" and not is_loopback(address):
        return "must start with https://; plain http is for this machine alone"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "must not hold a user name or “#”"
    return None


def speaks_for(institution: Institution, email: str) -> bool:
    """Whether the institution is the one that gives out this folded address; sub-domains are named one by one."""
    return email.rpartition("@")[2] in institution.domains


def sign_in_elsewhere(institutions: Sequence[Institution], email: str) -> Institution | None:
    """The institution whose people do not sign in with a password here; None where this folded address may."""
    return next((each for each in institutions if not each.local_sign_in and speaks_for(each, email)), None)


def checked_identity(institution: Institution, claims: Mapping[str, Any], *, nonce: str, now: datetime) -> Identity:
    """Who the claims of a token with a right signature speak of; Refused where they are not for us, now and here."""
    if claims.get("iss") != institution.issuer:
        raise Refused("issuer")
    _check_audience(institution, claims)
    moments = {key: _moment(claims, key) for key in ("exp", "iat", "nbf")}
    expires, issued, begins = moments["exp"], moments["iat"], moments["nbf"]
    if expires is None or expires + LEEWAY.total_seconds() <= now.timestamp():
        raise Refused("expired")
    youngest, oldest = (now + LEEWAY).timestamp(), (now - FLOW_LASTS - LEEWAY).timestamp()
    if issued is None or not oldest <= issued <= youngest or (begins is not None and begins > youngest):
        raise Refused("time")
    if not nonce or claims.get("nonce") != nonce:
        raise Refused("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise Refused("subject")
    return Identity(
        institution.name, institution.issuer, subject, verified_email(institution, claims), _name(claims),
        _asked_twice(institution, claims),
    )  # fmt: skip


def require_fresh(claims: Mapping[str, Any], *, since: datetime, now: datetime) -> None:
    """Refused where the token does not say that its person signed in after they were sent there to do so."""
    signed_in = _moment(claims, "auth_time")
    if signed_in is None or not (since - LEEWAY).timestamp() <= signed_in <= (now + LEEWAY).timestamp():
        raise Refused("auth_time", NOT_FRESH)


def _check_audience(institution: Institution, claims: Mapping[str, Any]) -> None:
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp")
    ours = institution.client_id
    if ours not in named or (len(named) > 1 and party != ours) or (party is not None and party != ours):
        raise Refused("audience")


def _moment(claims: Mapping[str, Any], key: str) -> float | None:
    value = claims.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e11:
        raise Refused("time")
    return float(value)


def verified_email(institution: Institution, claims: Mapping[str, Any]) -> str | None:
    """The folded address, where the institution checked it and speaks for its domain."""
    email = claims.get("email")
    if not isinstance(email, str) or claims.get("email_verified") not in (True, "true"):
        return None
    folded = email.strip().lower()
    one_address = folded.count("@") == 1 and len(folded) <= 254 and folded.isprintable() and " " not in folded
    return folded if one_address and speaks_for(institution, folded) else None


def _name(claims: Mapping[str, Any]) -> str:
    name = claims.get("name")
    return " ".join(name.split())[:200] if isinstance(name, str) and name.isprintable() else ""


def _asked_twice(institution: Institution, claims: Mapping[str, Any]) -> bool:
    methods = claims.get("amr")
    several = isinstance(methods, list) and "mfa" in methods
    return institution.second_factor and (several or claims.get("acr") in institution.acr_values)
