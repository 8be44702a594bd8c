"""Commands about the root secret: changing it."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from feedforward.operations.key_rotation import Counts

commands = typer.Typer(
    no_args_is_help=True,
    help="The root secret: change it without losing what lies under it.\n\nExample: feedforward keys rotate",
)


@commands.callback()
def keys() -> None:
    """Keeps `rotate` a word of its own: a group with one command would swallow it."""


@commands.command()
def rotate() -> int:
    """Wrap everything that lies under an earlier secret under the one in force; exit code 1 where something cannot be
    opened. Pages and workers go on meanwhile; stopped in the middle it can be started again.

    Example: feedforward keys rotate
    """
    from feedforward.operations.key_rotation import Rotation
    from feedforward.operations.key_rotation import rotate as wrap_anew
    from feedforward.schema import require_migrated
    from feedforward.settings import read_settings
    from feedforward.wiring import Wiring

    settings = read_settings()
    require_migrated(settings)
    wiring = Wiring(settings)
    try:
        rotation = Rotation(wiring.database, wiring.content, wiring.key_ring, wiring.mail.addresses, settings)
        done = wrap_anew(rotation, wiring.clock.now(), lambda counts: print(told(counts)))
    finally:
        wiring.close()
    if any(each.unreadable for each in done):
        print("What cannot be opened was stored under a secret that is not given. It was left as it is.")
        return 1
    print("Everything lies under the secret in force. Take FEEDFORWARD_EARLIER_SECRET_KEYS away and start again.")
    return 0


def told(counts: "Counts") -> str:
    """One line for a kind."""
    cannot = f", {counts.unreadable:,} cannot be opened" if counts.unreadable else ""
    return f"{counts.what}: {counts.anew:,} wrapped anew, {counts.already:,} already{cannot}"
