"""Which breaks of a Word document end its pages, as far as the file says so."""

from typing import TYPE_CHECKING

from feedforward.extraction.archives import Package, local
from feedforward.extraction.docx_styles import attribute, child
from feedforward.extraction.refusal import ExtractionRefused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RENDERED = frozenset(("lastRenderedPageBreak",))
_WRITTEN = frozenset(("br", "pageBreakBefore"))
_NONE: frozenset[str] = frozenset()


def page_breaks(body: "Element", package: Package) -> frozenset[str]:
    """The kinds of break to count: those that the program noted where it last drew the pages, or those that the writer
    set; nothing where their number is not that of the pages the file says it has: no page is better than a wrong one.
    """
    rendered = sum(local(each.tag) == "lastRenderedPageBreak" for each in body.iter())
    pages = _pages_told(package)
    if rendered and pages in (None, rendered + 1):
        return _RENDERED
    if rendered or pages is None or pages < 2:
        return _NONE
    written = sum(is_page_break(each) or opens_page(each) for each in body.iter())
    return _WRITTEN if pages == written + 1 else _NONE


def is_page_break(element: "Element") -> bool:
    """Whether this is a `w:br` that ends the page."""
    return local(element.tag) == "br" and attribute(element, "type") == "page"


def opens_page(properties: "Element | None") -> bool:
    """Whether these paragraph properties put their paragraph at the top of a page."""
    if properties is None or local(properties.tag) != "pPr":
        return False
    found = child(properties, "pageBreakBefore")
    return found is not None and attribute(found) not in ("0", "false", "off")


def _pages_told(package: Package) -> int | None:
    try:
        told = child(package.xml("docProps/app.xml"), "Pages")
    except ExtractionRefused:
        return None
    number = (told.text or "").strip() if told is not None else ""
    return int(number) if number.isdecimal() and len(number) < 7 else None
