"""Institutions on the page of one's own account: what it is connected to, connecting one, ending a connection."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedforward import urls
from feedforward.accounts.proving import Means, proof_parts
from feedforward.accounts.sso_pages import Choice
from feedforward.accounts.sso_queries import Connected
from feedforward.ui.buttons import ButtonKind, button_row, link_button
from feedforward.ui.dates import ago
from feedforward.ui.elements import Child, P
from feedforward.ui.forms import form
from feedforward.ui.layout import ListItem, item_list, page_head, stack

UTC = "UTC"
NOT_USED = "An institution that is not used any more"


def connections_part(
    *, connected: Sequence[Connected], labels: Mapping[str, str], others: Sequence[Choice], now: datetime
) -> Child:
    """On a person's account page: what they are connected to, and what they could be. `labels` by issuer."""
    items = [
        ListItem(
            labels.get(each.issuer, NOT_USED),
            detail=("connected ", ago(each.linked_at, UTC, now),
                    (", last used ", ago(each.used_at, UTC, now)) if each.used_at else ""),
            actions=link_button(
                "End this connection", href=urls.end_sign_on(each.identity_id), kind=ButtonKind.QUIET
            ),
        )
        for each in connected
    ]  # fmt: skip
    return stack(
        item_list(label="Institutions you are connected to", items=items) if items else P("None yet."),
        button_row(
            *(link_button(f"Connect {each.label}", href=each.href, kind=ButtonKind.QUIET) for each in others)
        )
        if others
        else None,
        P("Signing out ends your session here only. On a shared computer sign out at your institution too.",
          cls="quiet"),
    )  # fmt: skip


def connect_own_body(*, label: str, name: str, means: Means, errors: Mapping[str, str]) -> Child:
    """Who it is once more, before a stolen session could open a way in for good."""
    proof = proof_parts(means, errors, submit="Go on")
    return (
        page_head(title=f"Connect {label}", lead="From then on it signs you in to this account."),
        form(
            action=urls.account_sign_on(name), fields=proof.fields, submit=proof.submit, more=proof.more,
            errors=errors,
        ),
    )  # fmt: skip


def end_connection_body(*, label: str, identity_id: int, means: Means, errors: Mapping[str, str]) -> Child:
    """Who it is once more, before somebody is kept out of their own account."""
    proof = proof_parts(means, errors, submit="End this connection")
    return (
        page_head(title="End a connection", lead=f"{label} signs you in to this account no more."),
        form(
            action=urls.end_sign_on(identity_id), fields=proof.fields, submit=proof.submit, more=proof.more,
            errors=errors, submit_kind=ButtonKind.DANGER,
        ),
    )  # fmt: skip
