"""Which secret an installation was made under: another is noticed at the start, not when a draft cannot be opened."""

import hashlib
import hmac

from sqlalchemy import Connection, insert, select

from feedforward.errors import RuleBroken
from feedforward.operations.tables import InstallationMark
from feedforward.settings import Settings

NAME = "secret"


def require_known_secret(connection: Connection, settings: Settings) -> None:
    """RuleBroken where this installation was made under another secret; one without a mark is taken as it is."""
    marked = _marked(connection)
    if marked is not None and not hmac.compare_digest(marked, _mark_of(settings)):
        raise RuleBroken(
            "FEEDFORWARD_SECRET_KEY is not the one this installation was made with: the drafts stored here could not "
            "be opened. Nothing was changed. Set it back to the earlier one, or point FEEDFORWARD_DATA_FOLDER and "
            "FEEDFORWARD_DATABASE_URL to the installation that belongs to it."
        )


def mark_secret(connection: Connection, settings: Settings) -> None:
    """Note the secret in force, once; RuleBroken where another one is noted already."""
    require_known_secret(connection, settings)
    if _marked(connection) is None:
        connection.execute(insert(InstallationMark).values(name=NAME, mark=_mark_of(settings)))


def _marked(connection: Connection) -> str | None:
    return connection.execute(select(InstallationMark.mark).where(InstallationMark.name == NAME)).scalar_one_or_none()


def _mark_of(settings: Settings) -> str:
    """Tells secrets apart and gives none away: a real one is too long to be guessed from it."""
    secret = settings.secret_key.get_secret_value().encode()
    return hmac.new(secret, b"feedforward secret mark 1", hashlib.sha256).hexdigest()
