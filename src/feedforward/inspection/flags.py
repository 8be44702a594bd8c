"""One thing in a text that a person should look at, with its place and the reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FlagKind(StrEnum):
    """What sort of thing was found."""

    HIDDEN_TEXT = "hidden_text"
    INSTRUCTION = "instruction"
    ENCODED = "encoded_instruction"
    DISGUISED = "disguised_instruction"
    DISTRESS = "distress"


@dataclass(frozen=True, slots=True)
class Flag:
    """`text` is what a person would read there (decoded, where it was encoded); `why` a sentence for the instructor.

    `start` and `end` are characters of the document's text, end not included; None for hidden text, which never stands
    in it.
    """

    kind: FlagKind
    text: str
    start: int | None
    end: int | None
    why: str

    def to_json(self) -> dict[str, Any]:
        """The flag as a plain dict."""
        return {"kind": self.kind.value, "text": self.text, "start": self.start, "end": self.end, "why": self.why}
