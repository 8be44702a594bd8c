"""A tutor's part by student numbers: whom the numbers somebody typed name."""

import re
from collections.abc import Collection, Mapping

MOST_NAMED = 5


def students_numbered(
    typed: str, numbers: Mapping[str, Collection[int]], *, everybody: bool
) -> tuple[set[int], str | None]:
    """The students whose numbers stand in `typed`, between lines, commas or spaces, and what is wrong with it.

    `numbers` are those of the roster, folded; a number that holds spaces itself stands on a line of its own.
    With `everybody` there is nobody to name.
    """
    if everybody and typed.strip():
        return set(), "These numbers name some students, and all of them are chosen above. Nothing was saved."
    found: set[int] = set()
    unknown: list[str] = []
    for piece in filter(None, (each.strip() for each in re.split(r"[,;\n\r]+", typed))):
        words = [piece] if piece.casefold() in numbers else piece.split()
        for word in words:
            if word.casefold() in numbers:
                found.update(numbers[word.casefold()])
            else:
                unknown.append(word)
    if not unknown:
        return found, None
    named = ", ".join(f"“{each[:40]}”" for each in unknown[:MOST_NAMED])
    more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
    return set(), f"Nobody in this course has the number {named}{more}. Nothing was saved."
