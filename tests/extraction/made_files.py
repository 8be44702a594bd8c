"""Small whole files of the kinds that need several parts: slides, e-books, OpenDocument texts, notebooks, RTF."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"'
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def relations(*pairs: tuple[str, str, str]) -> str:
    """Relationships from (id, kind, target)."""
    each = "".join(f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{to}"/>' for key, kind, to in pairs)
    return f'<Relationships xmlns="{RELATIONS}">{each}</Relationships>'


def shape(text: str, role: str = "", place: str = "", look: str = "", hidden: bool = False) -> str:
    """A slide's shape; `text` has a paragraph per line; `place` is "x y cx cy"."""
    holder = f'<p:nvPr><p:ph type="{role}"/></p:nvPr>' if role else "<p:nvPr/>"
    frame = ""
    if place:
        x, y, cx, cy = place.split()
        frame = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    lines = "".join(f"<a:p><a:r><a:rPr {look}/><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    unseen = ' hidden="1"' if hidden else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"{unseen}/><p:cNvSpPr/>{holder}</p:nvSpPr>'
        f"<p:spPr>{frame}</p:spPr><p:txBody><a:bodyPr/>{lines}</p:txBody></p:sp>"
    )


def slide_part(shapes: str, *, show: str = "") -> str:
    shown = f' show="{show}"' if show else ""
    return f"<p:sld {NAMESPACES}{shown}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"


def pptx(slides: Sequence[str], notes: Mapping[int, str] | None = None, more: Mapping[str, str] | None = None) -> bytes:
    """A presentation of whole slide parts, listed in this order but stored in the opposite one; `notes` by number."""
    numbers = range(1, len(slides) + 1)
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {NAMESPACES}><p:sldIdLst>{listed}</p:sldIdLst>"
        '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"rId{n}", "slide", f"slides/slide{99 - n}.xml") for n in numbers)
        ),
    }
    for n, slide in reversed(list(zip(numbers, slides, strict=True))):
        parts[f"ppt/slides/slide{99 - n}.xml"] = slide
        if notes and n in notes:
            parts[f"ppt/slides/_rels/slide{99 - n}.xml.rels"] = relations(
                ("rId1", "notesSlide", f"../notesSlides/n{n}.xml")
            )
            body = shape(notes[n], "body") + shape(str(n), "sldNum")
            parts[f"ppt/notesSlides/n{n}.xml"] = slide_part(body).replace("p:sld", "p:notes")
    return zipped({**parts, **(more or {})})


def epub(pages: Sequence[str], *, styles: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """An e-book of page bodies in this order, with a table of contents before them."""
    numbers = range(1, len(pages) + 1)
    items = "".join(f'<item id="p{n}" href="text/p%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in numbers)
    spine = "".join(f'<itemref idref="p{n}"/>' for n in numbers)
    head = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="OEBPS/book.opf"/></container>',
        "OEBPS/book.opf": '<package><manifest><item id="nav" properties="nav" href="nav.xhtml" '
        'media-type="application/xhtml+xml"/><item id="css" href="s.css" media-type="text/css"/>'
        f'{items}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>',
        "OEBPS/nav.xhtml": f"{head}<body><nav>Contents</nav></body></html>",
        "OEBPS/s.css": styles,
    }
    for n, body in zip(numbers, pages, strict=True):
        parts[f"OEBPS/text/p {n}.xhtml"] = f"{head}<head><title>T</title></head><body>{body}</body></html>"
    return zipped({**parts, **(more or {})})


def odt(body: str, styles: str = "", pages: int | None = None) -> bytes:
    """An OpenDocument text; `styles` are automatic styles, `pages` what its statistics say."""
    told = f'<meta:document-statistic meta:page-count="{pages}"/>' if pages else ""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {OFFICE}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {OFFICE}><office:meta>{told}</office:meta></office:document-meta>",
        }
    )


def notebook(*cells: tuple[str, str]) -> bytes:
    """A notebook of (cell type, source)."""
    made = [{"cell_type": kind, "source": source.splitlines(keepends=True), "outputs": []} for kind, source in cells]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": made}).encode()
