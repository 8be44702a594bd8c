"""What the placeholders in terms and policy stand for, from the settings in force."""

from collections.abc import Mapping, Sequence

from feedforward.accounts.help_words import whom_to_ask
from feedforward.settings import Settings

BUILT_IN = "built-in"


def placeholder_values(settings: Settings, readers: Sequence[str]) -> Mapping[str, str]:
    """Name of the placeholder → plain words. `readers` are all that an assignment may choose, the built-in one too."""
    return {
        "institution": settings.institution or "the people who run this installation",
        "contact": whom_to_ask(settings),
        "where_data_lies": _where(settings),
        "models": _models([each for each in readers if each != BUILT_IN]),
        "mail": f"Letters are sent through the mail server {settings.smtp_host}."
        if settings.smtp_host
        else "No mail is sent.",
        "retention_days": f"{settings.retention_days}",
        "unreleased_days": f"{settings.unreleased_days}",
        "session_hours": f"{settings.session_hours:g}",
        "idle_minutes": f"{settings.idle_minutes:g}",
        "registration": "Instructors can ask for an account; students are invited by their course."
        if settings.self_registration
        else "Accounts are made by invitation, or by the people who run this installation.",
    }


def _where(settings: Settings) -> str:
    kept = "a PostgreSQL database" if settings.database_url.startswith("postgresql") else "a database file"
    return (
        f"It lies in {kept} and in a folder of this installation. Files and texts are encrypted, each draft under a "
        "key of its own."
    )


def _models(models: Sequence[str]) -> str:
    if not models:
        return "No language model is connected: texts are read on this installation alone."
    return (
        f"Depending on the assignment, texts are sent to these language models: {', '.join(models)}. The assignment "
        "says which, before anything is handed in."
    )
