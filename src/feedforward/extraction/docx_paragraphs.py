"""One paragraph of a Word document: its visible words, what is hidden in it, its notes and text boxes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedforward.extraction.archives import local
from feedforward.extraction.document import HiddenText, Turn
from feedforward.extraction.docx_pages import is_page_break, opens_page
from feedforward.extraction.docx_signs import symbol
from feedforward.extraction.docx_styles import Look, Style, Styles, attribute, child, is_set_in, shading
from feedforward.extraction.visibility import Colour, why_unseen

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SKIPPED = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "ruby", "oMathParaPr")
)
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# XML cannot hold a form feed, so that one in a run's signs is a page that ends there.
_PAGE_ENDS = "\f"


@dataclass
class Paragraph:
    """What one paragraph holds. `list_level` counts from 1, `boxes` are the contents of text boxes anchored in it,
    `page` is where it begins (None where pages are unknown) and `turns` are the pages that begin within."""

    style: Style
    level: int | None
    list_level: int | None
    text: str
    all_bold: bool
    set_in: bool
    boxes: "list[Element]"
    page: int | None
    turns: tuple[Turn, ...]


@dataclass
class _Gathered:
    page: int | None = None
    parts: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    thin: bool = False
    boxes: "list[Element]" = field(default_factory=list)


class ParagraphReader:
    """Reads the paragraphs of one document in order; gathers hidden text and references to notes on the way."""

    def __init__(self, styles: Styles, breaks: frozenset[str]) -> None:
        """`breaks` are the kinds of break that end a page; empty where the file's pages are unknown."""
        self._styles = styles
        self._breaks = breaks
        self._page = 1 if breaks else None
        self._carried: _Gathered | None = None
        self.hidden: list[HiddenText] = []
        self.references: list[tuple[str, str, str]] = []

    def read(self, element: "Element", page: Colour | None) -> Paragraph | None:
        """The paragraph; None where its mark was deleted, so that its words open the next one.

        `page` is the colour behind it, None where that is unknown.
        """
        properties = child(element, "pPr")
        style = self._styles.style(attribute(child(properties, "pStyle")))
        behind = shading(properties) or style.behind or page
        if "pageBreakBefore" in self._breaks and opens_page(properties):
            self._turn()
        gathered = self._carried or _Gathered(self._page)
        self._carried = None
        self._walk(element, style.look, behind, gathered)
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._carried = gathered
            return None
        text = "".join(gathered.parts)
        outline = attribute(child(properties, "outlineLvl"))
        level = int(outline) + 1 if outline and outline.isdecimal() and int(outline) < 9 else style.level
        return Paragraph(
            style=style,
            level=level,
            list_level=_list_level(properties, style),
            text=text,
            all_bold=bool(text.strip()) and not gathered.thin,
            set_in=style.set_in if (own := is_set_in(properties)) is None else own,
            boxes=gathered.boxes,
            page=gathered.page,
            turns=tuple(gathered.turns),
        )

    def _walk(self, element: "Element", base: Look, behind: Colour | None, gathered: _Gathered) -> None:
        for each in element:
            name = local(each.tag)
            if name in _SKIPPED:
                continue
            if name == "r":
                self._run(each, base, behind, gathered)
            elif name == "AlternateContent":
                self._walk(each[0], base, behind, gathered) if len(each) else None
            elif name != "sdt" or child(child(each, "sdtPr"), "showingPlcHdr") is None:
                self._walk(each, base, behind, gathered)

    def _run(self, run: "Element", base: Look, behind: Colour | None, gathered: _Gathered) -> None:
        properties = child(run, "rPr")
        key = attribute(child(properties, "rStyle"))
        look = Look.of(properties).over(self._styles.character_look(key).over(base))
        text = self._paged("".join(self._signs(run, gathered)), gathered)
        if not text:
            return
        why = "hidden by w:vanish" if look.hidden else why_unseen(look.colour, look.behind or behind, look.points)
        if why and text.strip():
            self.hidden.append(HiddenText(text, why))
            return
        gathered.parts.append(text)
        if text.strip() and not look.bold:
            gathered.thin = True

    def _paged(self, text: str, gathered: _Gathered) -> str:
        """`text` without its page ends; the pages they begin are noted."""
        if _PAGE_ENDS not in text:
            return text
        pages = text.split(_PAGE_ENDS)
        at = sum(map(len, gathered.parts))
        for each in pages[:-1]:
            at += len(each)
            self._turn()
            gathered.turns.append(Turn(at, page=self._page))
        return "".join(pages)

    def _turn(self) -> None:
        self._page = None if self._page is None else self._page + 1

    def _signs(self, run: "Element", gathered: _Gathered) -> Iterator[str]:
        for each in run:
            name = local(each.tag)
            if name == "t":
                yield each.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name] + (_PAGE_ENDS if "br" in self._breaks and is_page_break(each) else "")
            elif name == "lastRenderedPageBreak":
                yield _PAGE_ENDS if name in self._breaks else ""
            elif name == "sym":
                yield symbol(attribute(each, "font"), attribute(each, "char"))
            elif name in ("footnoteReference", "endnoteReference"):
                mark = str(len(self.references) + 1).translate(_SUPERSCRIPT)
                self.references.append((name.removesuffix("Reference"), attribute(each, "id") or "", mark))
                yield mark
            elif name in ("drawing", "pict", "object"):
                gathered.boxes.extend(_boxes(each))
            elif name == "AlternateContent" and len(each):
                yield from self._signs(each[0], gathered)
            elif name == "ruby":
                yield "".join(found.text or "" for found in _descendants(child(each, "rubyBase"), "t"))


def _boxes(element: "Element") -> "Iterator[Element]":
    for each in element:
        if local(each.tag) == "txbxContent":
            yield each
        else:
            yield from _boxes(each)


def _descendants(element: "Element | None", name: str) -> "Iterator[Element]":
    for each in element.iter() if element is not None else ():
        if local(each.tag) == name:
            yield each


def _list_level(properties: "Element | None", style: Style) -> int | None:
    numbering = child(properties, "numPr")
    number, depth = attribute(child(numbering, "numId")), attribute(child(numbering, "ilvl")) or "0"
    if number == "0" or (number is None and not style.is_list):
        return None
    return int(depth) + 1 if depth.isdecimal() and int(depth) < 9 else 1
