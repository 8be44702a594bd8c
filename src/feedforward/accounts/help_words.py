"""Whom to ask when this page cannot help, from the settings."""

from urllib.parse import urlsplit

from feedforward.settings import Settings


def whom_to_ask(settings: Settings) -> str:
    """A sentence: the contact the operators named, or those who run the installation."""
    if settings.help_contact:
        return f"Ask {settings.help_contact}."
    return "Ask your instructor, or the people who run FeedForward at your institution."


def place_words(settings: Settings) -> tuple[str, ...]:
    """Names of this place, of which no password is made: the institution's, and the host's."""
    host = urlsplit(settings.public_url).hostname or ""
    return tuple(each for each in (settings.institution, host) if each)
