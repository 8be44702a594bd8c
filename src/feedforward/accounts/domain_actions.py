"""The list of domains whose addresses are approved at once or wait, as administrators keep it."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from feedforward.accounts.domain_rules import DomainRule
from feedforward.accounts.tables import AllowedDomain
from feedforward.audit.record import record
from feedforward.errors import NotFound, RuleBroken


def add_domain(connection: Connection, *, admin_id: int, rule: DomainRule, now: datetime) -> int:
    """A new entry; its id. RuleBroken where the domain is listed already."""
    listed = select(AllowedDomain.id).where(AllowedDomain.domain == rule.domain)
    if connection.execute(listed).first() is not None:
        raise RuleBroken("This domain is in the list already. Remove that entry first.", field="domain")
    domain_id: int = connection.execute(
        insert(AllowedDomain)
        .values(
            domain=rule.domain, with_subdomains=rule.with_subdomains, decision=rule.decision, created_at=now,
            created_by=admin_id,
        )
        .returning(AllowedDomain.id)
    ).scalar_one()  # fmt: skip
    record(
        connection, at=now, actor_id=admin_id, action="domain.add", subject=("domain", domain_id),
        decision=str(rule.decision), with_subdomains=rule.with_subdomains,
    )  # fmt: skip
    return domain_id


def remove_domain(connection: Connection, *, admin_id: int, domain_id: int, now: datetime) -> None:
    """Take an entry out; accounts that came in by it stay. NotFound where there is none."""
    if not connection.execute(delete(AllowedDomain).where(AllowedDomain.id == domain_id)).rowcount:
        raise NotFound("This domain is not in the list any more.")
    record(connection, at=now, actor_id=admin_id, action="domain.remove", subject=("domain", domain_id))
