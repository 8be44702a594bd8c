"""How a Word document's styles look: names, levels, and what makes text bold, white, tiny or hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Self

from feedforward.extraction.archives import local
from feedforward.extraction.visibility import Colour, colour_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HIGHLIGHTS = {
    "black": (0, 0, 0), "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "yellow": (255, 255, 0), "white": (255, 255, 255), "darkBlue": (0, 0, 128),
    "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0), "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip
_OFF = ("0", "false", "off", "none")
_DEEPEST_CHAIN = 20
_SET_IN_TWIPS = 500


def child(element: "Element | None", name: str) -> "Element | None":
    """The first child with this local name."""
    for each in element if element is not None else ():
        if local(each.tag) == name:
            return each
    return None


def attribute(element: "Element | None", name: str = "val") -> str | None:
    """The value of an attribute by its local name."""
    for key, value in element.attrib.items() if element is not None else ():
        if local(key) == name or key == name:
            return value
    return None


def shading(properties: "Element | None") -> Colour | None:
    """The colour that a `w:shd` of these properties paints behind the text."""
    shade = child(properties, "shd")
    return colour_of(attribute(shade, "color" if attribute(shade) == "solid" else "fill"))


def is_set_in(properties: "Element | None") -> bool | None:
    """Whether these paragraph properties set a whole paragraph in at the left; None where they say nothing of it."""
    indents = child(properties, "ind")
    left = attribute(indents, "left") or attribute(indents, "start")
    if left is None or not left.isdecimal():
        return None
    return int(left) >= _SET_IN_TWIPS and not any(attribute(indents, name) for name in ("hanging", "firstLine"))


@dataclass(frozen=True, slots=True)
class Look:
    """What run properties say; None where they say nothing and the style below decides."""

    hidden: bool | None = None
    bold: bool | None = None
    colour: Colour | None = None
    behind: Colour | None = None
    points: float | None = None

    @classmethod
    def of(cls, properties: "Element | None") -> Self:
        look = cls()
        for each in properties if properties is not None else ():
            value = attribute(each)
            match local(each.tag):
                case "vanish" | "specVanish":
                    look = replace(look, hidden=value not in _OFF)
                case "b":
                    look = replace(look, bold=value not in _OFF)
                case "color":
                    look = replace(look, colour=colour_of(value) or look.colour)
                case "shd":
                    look = replace(look, behind=shading(properties) or look.behind)
                case "highlight":
                    look = replace(look, behind=_HIGHLIGHTS.get(value or "", look.behind))
                case "sz" if (value or "").isdecimal():
                    look = replace(look, points=int(value or 0) / 2)
        return look

    def over(self, below: Self) -> Self:
        """This look where it says something, `below` where it does not."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(below, **{name: value for name, value in own.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style with everything it inherits. `names` are in lower case, its own first."""

    names: tuple[str, ...] = ()
    look: Look = Look()
    level: int | None = None
    is_list: bool = False
    set_in: bool = False
    behind: Colour | None = None
    dark_parts: bool = False


class Styles:
    """The styles of one document, by id."""

    def __init__(self, root: "Element | None") -> None:
        self._written: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        plain = Look.of(defaults)
        self._default = Style(look=plain)
        for each in root if root is not None else ():
            if local(each.tag) == "style" and (key := attribute(each, "styleId")):
                self._written[key] = each
                if attribute(each, "type") == "paragraph" and attribute(each, "default") in ("1", "true"):
                    self._default = Style(look=Look.of(child(each, "rPr")).over(plain))

    def style(self, key: str | None) -> Style:
        """The style of this id; the document's default where there is none."""
        if key is None or key not in self._written:
            return replace(self._default, names=(key.lower(),)) if key else self._default
        if key not in self._known:
            self._known[key] = self._resolved(key)
        return self._known[key]

    def character_look(self, key: str | None) -> Look:
        """What a character style of this id adds to the paragraph's look; nothing where there is none."""
        return self.style(key).look if key in self._written else Look()

    def _resolved(self, key: str) -> Style:
        is_paragraph = attribute(self._written[key], "type") in (None, "paragraph")
        style = Style(look=self._default.look if is_paragraph else Look())
        for each in reversed(list(self._chain(key))):
            paragraph = child(each, "pPr")
            outline = attribute(child(paragraph, "outlineLvl"))
            numbering = attribute(child(child(paragraph, "numPr"), "numId"))
            name = (attribute(child(each, "name")) or attribute(each, "styleId") or "").lower()
            style = Style(
                names=(name, *style.names),
                look=Look.of(child(each, "rPr")).over(style.look),
                level=int(outline) + 1 if outline and outline.isdecimal() and int(outline) < 9 else style.level,
                is_list=numbering != "0" if numbering else style.is_list,
                set_in=style.set_in if (own := is_set_in(paragraph)) is None else own,
                behind=shading(paragraph) or style.behind,
                dark_parts=style.dark_parts or _paints_dark(each),
            )
        return style

    def _chain(self, key: str) -> "Iterator[Element]":
        following: str | None = key
        for _ in range(_DEEPEST_CHAIN):
            written = self._written.get(following or "")
            if written is None:
                return
            yield written
            following = attribute(child(written, "basedOn"))


def _paints_dark(style: "Element") -> bool:
    """Whether a table style paints some cells dark, so that white text in them can be seen."""
    if attribute(style, "type") != "table":
        return False
    painted = (shading(each) for each in style.iter() if local(each.tag) == "tcPr")
    return any(colour is not None and min(colour) < 200 for colour in painted)
