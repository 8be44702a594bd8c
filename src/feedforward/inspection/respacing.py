"""Words put back into letters that were written without spaces, as far as the words of instructions go."""

from functools import lru_cache

_WORDS = frozenset(
    """
    a about above accordingly ai all an and any answer as assign award be best bot by comments content credit
    criteria criterion directions disregard do draft each earlier essay evaluate evaluation every everything
    excellent feedback follow following for forget full give grade grader grades grading guidelines high highest
    ignore in instruction instructions is it just language level llm machine mark marks max maximum me mention
    mistakes model must my no not of on only other output override paper pass perfect please points positive
    possible praise previous print prior prompt rate rating reply report respond return rubric rules say score
    scores set skip student submission system task text that the this to top treat you your weaknesses with work
    write
    """.split()  # noqa: SIM905 a hundred quoted words are no easier to read
)
_LONGEST = max(map(len, _WORDS))


@lru_cache(maxsize=256)
def respaced(letters: str) -> str:
    """`letters` (small, without spaces) with spaces around the words known here; other letters stay together.

    What is longer than 600 letters comes back as it is.
    """
    if len(letters) > 600:
        return letters
    best: list[tuple[int, int, str]] = [(0, 0, "")]
    for end in range(1, len(letters) + 1):
        unknown, words, said = best[end - 1]
        found = (unknown + 1, words, said + letters[end - 1])
        for start in range(max(0, end - _LONGEST), end):
            word = letters[start:end]
            if word in _WORDS:
                unknown, words, said = best[start]
                if (unknown, words + 1) < found[:2]:
                    found = (unknown, words + 1, f"{said.rstrip()} {word} ")
        best.append(found)
    return " ".join(best[-1][2].split())
