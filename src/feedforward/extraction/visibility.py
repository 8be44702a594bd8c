"""Whether a person can see text of one colour and size on one background."""

WHITE = (255, 255, 255)
TINY_POINTS = 3.0
_TOO_NEAR = 24

Colour = tuple[int, int, int]


def colour_of(written: str | None) -> Colour | None:
    """The colour that six hexadecimal digits mean; None for anything else ("auto")."""
    digits = (written or "").lstrip("#")
    if len(digits) != 6:
        return None
    try:
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    except ValueError:
        return None


def why_unseen(colour: Colour | None, background: Colour | None, points: float | None) -> str | None:
    """The reason why this text cannot be seen; None where it can. A background of None is one we do not know."""
    if points is not None and points < TINY_POINTS:
        return "tiny text"
    if (
        colour is None
        or background is None
        or max(abs(a - b) for a, b in zip(colour, background, strict=True)) > _TOO_NEAR
    ):
        return None
    return "white text" if min(background) > 200 else "text in the colour of its background"
