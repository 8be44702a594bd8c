"""The pages of an e-book: headings, paragraphs, lists, quotations, tables and notes, as they would be seen."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedforward.extraction.archives import local
from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText
from feedforward.extraction.docx_styles import attribute, child
from feedforward.extraction.visibility import WHITE, colour_of, why_unseen

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *_HEADINGS,
    )
)  # fmt: skip
_DROPPED = frozenset(
    ("head", "script", "style", "svg", "template", "noscript", "rp", "rt", "object", "audio", "video", "annotation")
)
_NOTES = ("footnote", "endnote", "rearnote", "note")
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_SIMPLE = re.compile(r"\s*[a-zA-Z0-9]*([.#])(-?[_a-zA-Z][\w-]*)\s*")
_HIDES = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?)\s*(?:!important)?\s*(?:;|$)"
)
_SIZE = re.compile(r"font-size\s*:\s*([0-9.]+)(px|pt|em|rem|%)")
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*(#[0-9a-f]{3,6}|white)\b")
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12}


class Chapters:
    """Reads the pages of one book in order; `styles` are its style sheets."""

    def __init__(self, styles: str) -> None:
        self.pieces: list[Piece] = []
        self.hidden: list[HiddenText] = []
        self.warnings: list[str] = []
        self._hiding: set[str] = set()
        self._learn(styles)

    def read(self, page: "Element") -> None:
        """One page: its blocks in order, its notes where they stand."""
        for each in page.iter():
            if local(each.tag) == "style":
                self._learn("".join(each.itertext()))
        body = child(page, "body")
        if body is not None and not self._keep_apart(body):
            self.pieces += [piece for piece in self._blocks(body, BlockKind.PARAGRAPH, 0) if piece.text.strip()]

    def _learn(self, styles: str) -> None:
        """The classes and ids that a style sheet hides; of its other selectors nothing is known."""
        for selectors, rule in _RULE.findall(styles.lower()):
            if _HIDES.search(rule.strip()):
                found = (_SIMPLE.fullmatch(each) for each in selectors.split(","))
                self._hiding.update("".join(each.groups()) for each in found if each)

    def _blocks(self, element: "Element", kind: BlockKind, depth: int) -> Iterator[Piece]:
        """What an element that holds blocks holds; words between them are a block too."""
        loose = [element.text or ""]
        for each in element:
            name = local(each.tag)
            if name in _BLOCKS:
                yield _piece(kind, "".join(loose), depth)
                loose.clear()
                if not self._keep_apart(each):
                    yield from self._block(each, name, kind, depth)
            else:
                loose.extend(self._words(each))
            loose.append(each.tail or "")
        yield _piece(kind, "".join(loose), depth)

    def _block(self, element: "Element", name: str, kind: BlockKind, depth: int) -> Iterator[Piece]:
        role = (attribute(element, "type") or "") if name not in ("ol", "ul") else ""
        if name == "nav" or role == "toc":
            self.warnings.append("The table of contents is not part of the text.")
        elif name in _HEADINGS:
            yield Piece(BlockKind.HEADING, " ".join("".join(self._words(element)).split()), level=_HEADINGS[name])
        elif name == "pre":
            yield Piece(BlockKind.CODE, "".join(element.itertext()))
        elif name == "tr":
            cells = (each for each in element if local(each.tag) in ("td", "th") and not self._keep_apart(each))
            yield Piece(BlockKind.TABLE_ROW, "\t".join(" ".join("".join(self._words(each)).split()) for each in cells))
        elif any(each in _NOTES for each in role.split()):
            yield Piece(BlockKind.FOOTNOTE, " ".join("".join(self._words(element)).split()))
        elif name == "blockquote":
            yield from self._blocks(element, BlockKind.QUOTATION, depth)
        elif name in ("ul", "ol"):
            yield from self._blocks(element, BlockKind.LIST_ITEM, depth + 1)
        else:
            yield from self._blocks(element, kind, depth)

    def _words(self, element: "Element") -> Iterator[str]:
        name = local(element.tag)
        if not name or name in _DROPPED or self._keep_apart(element):
            return
        if name == "br":
            yield "\v"
        yield element.text or ""
        for each in element:
            yield from self._words(each)
            yield each.tail or ""
        if name in _BLOCKS:
            yield " "

    def _keep_apart(self, element: "Element") -> bool:
        why = self._why_unseen(element)
        if why:
            self.hidden.append(HiddenText("".join(element.itertext()), why))
        return bool(why)

    def _why_unseen(self, element: "Element") -> str | None:
        style = (attribute(element, "style") or "").lower()
        names = {f".{each.lower()}" for each in (attribute(element, "class") or "").split()}
        names.add(f"#{(attribute(element, 'id') or '').lower()}")
        if element.get("hidden") is not None or _HIDES.search(style.strip()) or names & self._hiding:
            return "hidden text"
        size, colour = _SIZE.search(style), _COLOUR.search(style)
        points = float(size[1]) * _POINTS[size[2]] if size and size[1].count(".") < 2 and size[1] != "." else None
        written = colour[1].replace("white", "#ffffff") if colour else ""
        if len(written) == 4:
            written = "#" + "".join(2 * digit for digit in written[1:])
        return why_unseen(colour_of(written), None if "background" in style else WHITE, points)


def _piece(kind: BlockKind, text: str, depth: int) -> Piece:
    """White space means nothing in a page's source; a break the writer set does."""
    lines = (" ".join(line.split()) for line in text.replace("\f", " ").split("\v"))
    return Piece(kind, "\n".join(lines).strip(), level=depth if kind is BlockKind.LIST_ITEM and depth else None)
