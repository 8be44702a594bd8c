"""What makes an account acceptable: address, name and password."""

import re
from collections.abc import Collection, Mapping

from feedforward.accounts.password_rules import problem_with_password
from feedforward.web.typed_text import is_blank

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
# A name stands in letters to others, where mail programs make links of these.
_LEADS_SOMEWHERE = re.compile(r"://|\bwww\.|@", re.IGNORECASE)


def folded_email(raw: str) -> str:
    """An address as it is compared and stored."""
    return raw.strip().lower()


def problem_with_email(email: str) -> str | None:
    """Why this cannot be an address; None where it can."""
    if not email:
        return "Enter an e-mail address."
    if len(email) > 254 or not _ADDRESS.fullmatch(email):
        return "Enter an e-mail address such as name@example.edu."
    return None


def problem_with_name(name: str) -> str | None:
    if is_blank(name):
        return "Enter the name that others should see."
    if len(name.strip()) > 200:
        return "Use at most 200 characters for the name."
    if _LEADS_SOMEWHERE.search(name):
        return "Enter a name alone, without web or e-mail addresses: it stands in letters to other people."
    return None


def problems_with_account(*, email: str, name: str, password: str, place: Collection[str] = ()) -> Mapping[str, str]:
    """Field → what to change; empty where the account can be made. `place` as `problem_with_password` takes it."""
    found = {
        "email": problem_with_email(email),
        "name": problem_with_name(name),
        "password": problem_with_password(password, email=email, name=name, place=place),
    }
    return {field: problem for field, problem in found.items() if problem}
