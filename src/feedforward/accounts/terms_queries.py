"""Reading the terms in force, and which of them a person accepted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from feedforward.accounts.tables import TermsAcceptance, TermsEdition, User
from feedforward.accounts.terms_rules import DEFAULT, Terms


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition in the list of all; `accepted` is how many people accepted it."""

    version: int
    needs_acceptance: bool
    published_at: datetime
    published_by: str
    accepted: int


def current_terms(connection: Connection) -> Terms:
    """The newest edition, or what comes with FeedForward."""
    row = connection.execute(
        select(TermsEdition.version, TermsEdition.terms, TermsEdition.privacy)
        .order_by(TermsEdition.version.desc())
        .limit(1)
    ).one_or_none()
    return Terms(row.version, row.terms, row.privacy) if row else DEFAULT


def editions(connection: Connection) -> list[Edition]:
    """All that were published, newest first."""
    accepted = (
        select(func.count())
        .select_from(TermsAcceptance)
        .where(TermsAcceptance.version == TermsEdition.version)
        .correlate(TermsEdition)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            TermsEdition.version, TermsEdition.needs_acceptance, TermsEdition.published_at, User.name,
            accepted.label("accepted"),
        )
        .join(User, User.id == TermsEdition.published_by)
        .order_by(TermsEdition.version.desc())
    )  # fmt: skip
    return [Edition(*row) for row in rows]


def newest_accepted(connection: Connection, user_id: int) -> int | None:
    """The newest edition this person accepted; None where they accepted none."""
    newest: int | None = connection.execute(
        select(func.max(TermsAcceptance.version)).where(TermsAcceptance.user_id == user_id)
    ).scalar_one()
    return newest
