"""Which passwords are taken: length first, then whether common words, own names and runs of keys are all there is."""

import math
import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

LEAST_PASSWORD = 12
MOST_PASSWORD = 200
# As a power of ten. Guesses over the network are limited to some hundred a day; 10 million argon2 hashes take a
# thief of the database hours per account. What is estimated is the least: without the order of words and capitals.
LEAST_GUESSES = 7.0
SHORTEST_WORD, LONGEST_WORD = 3, 24
# Each as a power of ten: a character that belongs to nothing (as zxcvbn has it), a space between words, a run such as
# 4567 or qwert whatever its length, and the same block once more.
UNKNOWN, SPACE, RUN, AGAIN, OWN_WORD, COMMONEST = 1.0, 0.3, 1.5, 0.3, 0.5, 0.5
KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "1234567890")
_LOOKS_LIKE = str.maketrans({
    "4": "a", "@": "a", "8": "b", "3": "e", "6": "g", "1": "l", "0": "o", "!": "i", "5": "s", "$": "s", "7": "t",
    "+": "t", "2": "z",
})  # fmt: skip
_KNOWN_LISTS = ("passwords", "english_wikipedia", "male_names", "female_names", "surnames")
ADVICE = "A few unrelated words are easy to remember and hard to guess."


def normalised(password: str) -> str:
    """The password as it is hashed: the same whichever keyboard wrote its accents (NFKC, as NIST SP 800-63B asks)."""
    return unicodedata.normalize("NFKC", password)


def problem_with_password(password: str, *, email: str, name: str, place: Collection[str] = ()) -> str | None:
    """Why this cannot be the password of this person; None where it can. `place`: names of the institution or course.

    Takes some milliseconds, and a tenth of a second the first time in a process, when the lists are loaded.
    """
    if len(password) < LEAST_PASSWORD:
        return f"Use at least {LEAST_PASSWORD} characters. {ADVICE}"
    if len(password) > MOST_PASSWORD:
        return f"Use at most {MOST_PASSWORD} characters."
    own = own_words(email, name, *place)
    folded = normalised(password).casefold()
    needed = guesses(folded, own)
    if needed >= LEAST_GUESSES:
        return None
    if needed <= guesses(folded, frozenset()) - UNKNOWN:
        return f"This is made mostly of your name, your address or the name of this place. {ADVICE}"
    return f"This is among the first that would be guessed: common words, or runs of keys. {ADVICE}"


def own_words(*texts: str) -> frozenset[str]:
    """The words of a name, an address or a place that anybody who knows the person would try."""
    words = {"feedforward"}
    for text in texts:
        folded = unicodedata.normalize("NFKC", text).casefold()
        words.update(word for word in re.split(r"[\W_]+", folded) if len(word) >= SHORTEST_WORD)
    return frozenset(words)


def guesses(folded: str, own: Collection[str]) -> float:
    """The power of ten of the guesses that find this text, at least: the cheapest way to put it together."""
    plain = folded.translate(_LOOKS_LIKE)
    ranks, runs = _ranks(), _runs(folded)
    cheapest = [0.0] * (len(folded) + 1)
    for end in range(1, len(folded) + 1):
        best = cheapest[end - 1] + (SPACE if folded[end - 1] == " " else UNKNOWN)
        for length in range(2, runs[end - 1] + 1):
            best = min(best, cheapest[end - length] + (RUN if length > 2 else 2 * UNKNOWN))
        for length in range(SHORTEST_WORD, min(LONGEST_WORD, end) + 1):
            before = cheapest[end - length]
            if before + min(OWN_WORD, COMMONEST) >= best:
                continue
            for word in (folded[end - length : end], plain[end - length : end]):
                if word in own:
                    best = min(best, before + OWN_WORD)
                if word in ranks:
                    best = min(best, before + max(COMMONEST, math.log10(ranks[word])))
        for length in range(1, end // 2 + 1):
            if cheapest[end - length] + AGAIN < best and folded.startswith(
                folded[end - length : end], end - 2 * length
            ):
                best = cheapest[end - length] + AGAIN
        cheapest[end] = best
    return cheapest[-1]


def _runs(text: str) -> list[int]:
    """For each place, how many characters up to it stand in a run: all the same, or as in the alphabet or a key row."""
    found = [1] * len(text)
    step = None
    for place in range(1, len(text)):
        now = _step(text[place - 1], text[place])
        found[place] = (found[place - 1] + 1 if now == step else 2) if now is not None else 1
        step = now
    return found


def _step(before: str, after: str) -> str | None:
    """Which kind of run leads from one character to the next; None for no kind."""
    distance = ord(after) - ord(before)
    if distance in (-1, 0, 1) and before.isalnum():
        return f"alphabet {distance}"
    for row in KEY_ROWS:
        if before + after in row:
            return f"{row} forward"
        if after + before in row:
            return f"{row} back"
    return "same" if before == after else None


@lru_cache(maxsize=1)
def _ranks() -> Mapping[str, int]:
    """Common password, word or name → its rank among those of its list."""
    # 14 MB and 60 ms, which only processes pay in which somebody chooses a password.
    from zxcvbn.matching import RANKED_DICTIONARIES

    ranks = {str(year): 100 for year in range(1940, 2040)}
    for name in _KNOWN_LISTS:
        for word, rank in RANKED_DICTIONARIES[name].items():
            if len(word) >= SHORTEST_WORD:
                ranks[word] = min(rank, ranks.get(word, rank))
    return ranks
