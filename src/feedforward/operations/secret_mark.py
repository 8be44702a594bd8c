"""Which secret an installation was made under: another is noticed at the start, not when a draft cannot be opened."""

import hashlib
import hmac

from sqlalchemy import Connection, insert, select, update

from feedforward.encryption import earlier_secrets
from feedforward.errors import RuleBroken
from feedforward.operations.tables import InstallationMark
from feedforward.settings import Settings

NAME = "secret"


def require_known_secret(connection: Connection, settings: Settings) -> None:
    """RuleBroken where this installation was made under another secret, and that is not given as an earlier one
    either; one without a mark is taken as it is."""
    marked = _marked(connection)
    given = (settings.secret_key.get_secret_value(), *earlier_secrets(settings))
    if marked is not None and not any(hmac.compare_digest(marked, mark_of(each)) for each in given):
        raise RuleBroken(
            "FEEDFORWARD_SECRET_KEY is not the one this installation was made with: the drafts stored here could not "
            "be opened. Nothing was changed. Set it back to the earlier one, or point FEEDFORWARD_DATA_FOLDER and "
            "FEEDFORWARD_DATABASE_URL to the installation that belongs to it. To change it on purpose, give the "
            "earlier one in FEEDFORWARD_EARLIER_SECRET_KEYS."
        )


def mark_secret(connection: Connection, settings: Settings) -> None:
    """Note the secret in force, once; RuleBroken where another one is noted already."""
    require_known_secret(connection, settings)
    if _marked(connection) is None:
        connection.execute(insert(InstallationMark).values(name=NAME, mark=mark_of(_in_force(settings))))


def change_mark(connection: Connection, settings: Settings) -> None:
    """Everything lies under the secret in force now: from here on it is the one that is asked for."""
    connection.execute(
        update(InstallationMark).where(InstallationMark.name == NAME).values(mark=mark_of(_in_force(settings)))
    )


def _marked(connection: Connection) -> str | None:
    return connection.execute(select(InstallationMark.mark).where(InstallationMark.name == NAME)).scalar_one_or_none()


def _in_force(settings: Settings) -> str:
    return settings.secret_key.get_secret_value()


def mark_of(secret: str) -> str:
    """Tells secrets apart and gives none away: a real one is too long to be guessed from it."""
    return hmac.new(secret.encode(), b"feedforward secret mark 1", hashlib.sha256).hexdigest()
