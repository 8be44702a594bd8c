"""What makes an account acceptable: addresses, names and passwords; and how a sign-in is judged."""

import re
from collections.abc import Mapping

LEAST_PASSWORD = 12
MOST_PASSWORD = 200
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


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
    if not name.strip():
        return "Enter the name that others should see."
    if len(name.strip()) > 200:
        return "Use at most 200 characters for the name."
    return None


def problem_with_password(password: str, *, email: str, name: str) -> str | None:
    """Length first (NIST SP 800-63B): long enough, and not made of the person's own name or address alone."""
    if len(password) < LEAST_PASSWORD:
        return f"Use at least {LEAST_PASSWORD} characters; a few unrelated words are easy to remember."
    if len(password) > MOST_PASSWORD:
        return f"Use at most {MOST_PASSWORD} characters."
    own_words = [word for word in re.split(r"[\W_]+", f"{email} {name}".lower()) if len(word) > 3]
    left_over = password.lower()
    for word in [*own_words, "feedforward", "password"]:
        left_over = left_over.replace(word, "")
    if len(left_over) < LEAST_PASSWORD // 2 or len(set(password)) < 5:
        return "Choose a password that is not made of your own name or address, or of the same few characters."
    return None


def problems_with_account(*, email: str, name: str, password: str) -> Mapping[str, str]:
    """Field → what to change; empty where the account can be made."""
    found = {
        "email": problem_with_email(email),
        "name": problem_with_name(name),
        "password": problem_with_password(password, email=email, name=name),
    }
    return {field: problem for field, problem in found.items() if problem}
