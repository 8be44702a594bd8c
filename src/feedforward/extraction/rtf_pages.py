"""The pages of an RTF text, as far as the file says so: its breaks, counted where they are those of its pages."""

import re
from dataclasses import dataclass, field, replace

from feedforward.extraction.document import Turn

_TOLD = re.compile(r"\\nofpages(\d{1,5})")
_BREAK = re.compile(r"\\(?:soft)?page(?![a-zA-Z])")


@dataclass
class RtfPages:
    """Where the reading stands: `page` None where no page can be told; `turns` of the paragraph being read."""

    page: int | None
    opened: int | None
    turns: list[Turn] = field(default_factory=list)

    def turn(self, at: int) -> None:
        """Another page begins at this character of the paragraph being read."""
        if self.page is not None:
            self.page += 1
            self.turns.append(Turn(at, page=self.page))

    def closed(self, indent: int, length: int) -> tuple[int | None, tuple[Turn, ...]]:
        """The page on which the paragraph opened and its turns; `indent` characters before its text are cut off."""
        turns = [replace(turn, at=turn.at - indent) for turn in self.turns]
        page = None if self.opened is None else self.opened + sum(turn.at <= 0 for turn in turns)
        return page, tuple(turn for turn in turns if 0 < turn.at < length)

    def start_block(self) -> None:
        """The next paragraph begins where the reading stands."""
        self.opened = self.page
        self.turns.clear()


def pages_of(source: str) -> RtfPages:
    """Counted where the breaks are as many as the pages the file says it has: no page is better than a wrong one."""
    told, breaks = _TOLD.search(source), len(_BREAK.findall(source))
    page = 1 if told is not None and breaks > 0 and int(told[1]) == breaks + 1 else None
    return RtfPages(page, page)
