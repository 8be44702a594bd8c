"""Commands about people's accounts: the first administrator, a link to a new password, a lost second step."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from feedforward.wiring import Wiring

commands = typer.Typer()

Email = Annotated[str, typer.Argument(help="The account's e-mail address.")]


@commands.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Argument(help="The administrator's e-mail address.")],
    name: Annotated[str, typer.Option(help="The name others see.")] = "Administrator",
) -> None:
    """Make the first administrator; the password is asked for, or read from standard input.

    Example: feedforward create-admin ada@example.edu --name "Ada Example"
    """
    from feedforward.accounts.actions import create_account
    from feedforward.accounts.help_words import place_words
    from feedforward.accounts.passwords import hash_password
    from feedforward.accounts.rules import folded_email, problems_with_account
    from feedforward.errors import RuleBroken
    from feedforward.web.access import Role

    with _installation() as wiring:
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        address = folded_email(email)
        place = place_words(wiring.settings)
        problems = problems_with_account(email=address, name=name, password=password, place=place)
        if problems:
            raise RuleBroken(" ".join(problems.values()))
        wiring.database.write_now(
            create_account, email=address, name=name, role=Role.ADMIN, password_hash=hash_password(password),
            now=wiring.clock.now(),
        )  # fmt: skip
    print(f"{address} is an administrator now.")


@commands.command("reset-link")
def reset_link(email: Email) -> None:
    """Print a link with which the person of an account chooses a new password: once, for 45 minutes.

    Example: feedforward reset-link ada@example.edu
    """
    from feedforward import urls
    from feedforward.accounts.token_actions import mint
    from feedforward.accounts.token_rules import TokenKind

    with _installation() as wiring:
        user_id = _active_account(wiring, email)
        token = wiring.database.write_now(mint, kind=TokenKind.RESET, user_id=user_id, now=wiring.clock.now())
        site = wiring.settings.site
    print(f"{site}{urls.reset_password(token)}")


@commands.command("change-email")
def change_email(
    email: Email,
    new_email: Annotated[str, typer.Argument(help="The address it gets.")],
) -> None:
    """Give an account another e-mail address, after making sure who asks; the old address is told by mail.

    Example: feedforward change-email ada@example.edu ada.okafor@example.edu
    """
    from feedforward.accounts.email_actions import give_email
    from feedforward.accounts.rules import folded_email, problem_with_email
    from feedforward.errors import RuleBroken

    present, wanted = folded_email(email), folded_email(new_email)
    problem = problem_with_email(wanted)
    if problem is not None:
        raise RuleBroken(problem)
    with _installation() as wiring:
        user_id = _active_account(wiring, present)
        old_address = wiring.services.mail.addresses.sealed(present)
        wiring.database.write_now(
            give_email, user_id=user_id, old_email=present, new_email=wanted, old_address=old_address, by=None,
            now=wiring.clock.now(),
        )  # fmt: skip
    print(f"The account signs in as {wanted} now.")


@commands.command("remove-second-factor")
def remove_second_factor(email: Email) -> None:
    """Remove the authenticator app of a person who lost it and their recovery codes; they are told by mail.

    Example: feedforward remove-second-factor ada@example.edu
    """
    from feedforward.accounts.second_factor_actions import remove_second_factor as remove

    with _installation() as wiring:
        user_id = _active_account(wiring, email)
        wiring.database.write_now(remove, user_id=user_id, by=None, now=wiring.clock.now())
    print("Removed. Signing in takes the password alone until a second step is set up again.")


@contextmanager
def _installation() -> Iterator["Wiring"]:
    from feedforward.schema import require_migrated
    from feedforward.settings import read_settings
    from feedforward.wiring import Wiring

    settings = read_settings()
    require_migrated(settings)
    wiring = Wiring(settings)
    try:
        yield wiring
    finally:
        wiring.close()


def _active_account(wiring: "Wiring", email: str) -> int:
    from feedforward.accounts.queries import optional_account
    from feedforward.accounts.rules import folded_email
    from feedforward.errors import RuleBroken

    account = wiring.database.read_now(optional_account, folded_email(email))
    if account is None or not account.active:
        raise RuleBroken(f"There is no active account with the address {folded_email(email)}.")
    return account.user_id
