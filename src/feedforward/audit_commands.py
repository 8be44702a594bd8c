"""Commands about the audit log: does its chain still hold."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from feedforward.audit.verifying import Verified

commands = typer.Typer(
    no_args_is_help=True,
    help="The record of who did what: check that nothing in it was changed.\n\nExample: feedforward audit verify",
)
SHOW_EVERY = 50_000


@commands.callback()
def audit() -> None:
    """Keeps `verify` a word of its own: a group with one command would swallow it."""


@commands.command()
def verify(
    expect: Annotated[
        str, typer.Option(metavar="DIGEST", help="A digest this command printed earlier: it must still stand there.")
    ] = "",
) -> int:
    """Follow the chain of seals to its end; exit code 1, and the first broken event, where it does not hold.

    Example: feedforward audit verify
    """
    from feedforward.audit.verifying import verify as walk
    from feedforward.schema import require_migrated
    from feedforward.settings import read_settings
    from feedforward.wiring import Wiring

    settings = read_settings()
    require_migrated(settings)
    wiring = Wiring(settings)
    shows = sys.stderr.isatty()

    def progress(events: int) -> None:
        if shows and events % SHOW_EVERY == 0:
            print(f"\r{events:,} events", end="\r", file=sys.stderr)

    try:
        found = wiring.database.read_now(walk, expected=expect.strip().lower(), progress=progress)
        sqlite = wiring.database.is_sqlite
    finally:
        wiring.close()
    print("\n".join(told(found, expect.strip().lower(), sqlite=sqlite)))
    return 1 if found.broken is not None or (expect and found.known_head is None) else 0


def told(found: "Verified", expected: str, *, sqlite: bool) -> list[str]:
    """What was found, a line each."""
    lines = [f"{found.events:,} events under {found.seals:,} seals hold."]
    if found.broken is not None:
        lines = [
            f"The chain is broken: {found.broken.what}.",
            f"{found.events:,} events under {found.seals:,} seals before it hold; what comes after was not looked at.",
        ]
    if found.head is not None:
        name = "Newest seal" if found.broken is None else "Newest seal that holds"
        lines.append(
            f"{name}: {found.head.seal_id}, made {found.head.at:%Y-%m-%d %H:%M} UTC, digest {found.head.digest}"
        )
    if expected:
        lines.append(
            "The digest you noted is not in the chain: its end was cut off or made anew since."
            if found.known_head is None
            else f"The digest you noted is that of seal {found.known_head}: nothing up to it was changed since."
        )
    if found.waiting:
        since = f", the oldest since {found.waiting_since:%Y-%m-%d %H:%M} UTC" if found.waiting_since else ""
        lines.append(f"{found.waiting:,} events wait for a seal{since}. A running worker makes one each minute.")
    if found.left_out:
        many = "1 number is" if found.left_out == 1 else f"{found.left_out:,} numbers are"
        why = (
            "Events with these numbers were removed before they were sealed."
            if sqlite
            else "Writes that were undone leave such numbers out; so do events removed before they were sealed."
        )
        lines.append(f"{many} missing among the events, the first is {found.first_left_out}. {why}")
    return lines
