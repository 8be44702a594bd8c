"""Addresses that belong to no feature alone."""

from urllib.parse import quote, urlencode


def home() -> str:
    return "/"


def privacy() -> str:
    return "/privacy"


def asset(file_name: str) -> str:
    return f"/static/{quote(file_name)}"


def health() -> str:
    return "/healthz"


def ready() -> str:
    return "/readyz"


def terms() -> str:
    return "/terms"


def accept_terms(back_to: str = "") -> str:
    return f"/terms/accept?{urlencode({'next': back_to})}" if back_to else "/terms/accept"
