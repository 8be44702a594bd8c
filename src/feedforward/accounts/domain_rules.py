"""Domains of addresses: which one an address belongs to, and what is decided for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
# Whole countries and kinds of organisation: nobody's institution.
_NOBODYS = re.compile(r"(ac|co|com|edu|gov|net|org|sch)\.[a-z]{2}")


class Decision(StrEnum):
    """What becomes of somebody who confirmed an address of a domain."""

    APPROVE = "approve"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class DomainRule:
    """A domain as administrators entered it, with those below it or without."""

    domain: str
    with_subdomains: bool
    decision: Decision

    def takes_in(self, domain: str) -> bool:
        return domain == self.domain or (self.with_subdomains and domain.endswith(f".{self.domain}"))


def folded_domain(raw: str) -> str:
    """A domain as it is compared: lower case, in its ASCII form, without “@”, “*.” or a dot at the end."""
    domain = raw.strip().lower().removeprefix("@").removeprefix("*.").rstrip(".")
    try:
        return domain.encode("idna").decode("ascii") if domain else ""
    except UnicodeError:
        return domain


def problem_with_domain(domain: str) -> str | None:
    """Why this folded domain cannot stand in the list; None where it can."""
    if not domain:
        return "Enter a domain such as example.edu."
    if len(domain) > 253 or not _NAME.fullmatch(domain):
        return "Enter a domain such as example.edu: what stands behind the @ of an address."
    if _NOBODYS.fullmatch(domain):
        return "This belongs to many institutions. Enter the one of yours, such as example.ac.uk."
    return None


def decision_for(email: str, rules: Iterable[DomainRule]) -> Decision:
    """What the list says for a folded address: the longest domain that takes it in decides; none: an administrator."""
    domain = folded_domain(email.rpartition("@")[2])
    fitting = [each for each in rules if each.takes_in(domain)]
    if not domain or not fitting:
        return Decision.WAIT
    return max(fitting, key=lambda each: len(each.domain)).decision
