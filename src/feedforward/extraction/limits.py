"""How much a file may ask of the machine before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one extraction; `at_once` is how many children of one process may run together.

    `input_bytes` bounds the file, `unpacked_bytes` all that a package says it holds, `part_bytes` each XML part that is
    really read (a parsed part takes about 15 times its size), `output_bytes` the JSON that comes back.
    """

    memory_bytes: int = 768 * MEGABYTE
    cpu_seconds: int = 10
    wall_seconds: float = 15.0
    input_bytes: int = 64 * MEGABYTE
    unpacked_bytes: int = 256 * MEGABYTE
    part_bytes: int = 24 * MEGABYTE
    entries: int = 4000
    pages: int = 300
    output_bytes: int = 32 * MEGABYTE
    at_once: int = 2
