"""Reading the list of domains."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from feedforward.accounts.domain_rules import Decision, DomainRule
from feedforward.accounts.tables import AllowedDomain


@dataclass(frozen=True, slots=True)
class DomainLine:
    """An entry of the list."""

    domain_id: int
    rule: DomainRule


def domains(connection: Connection) -> list[DomainLine]:
    """All entries by name."""
    rows = connection.execute(select(AllowedDomain).order_by(AllowedDomain.domain))
    return [
        DomainLine(row.id, DomainRule(row.domain, row.with_subdomains, Decision(row.decision))) for row in rows
    ]  # fmt: skip
