"""FastHTML's element class made lean, and the one writer that turns a tree of it into escaped HTML."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, Union

from fasthtml.components import attrmap_x

from feedforward.ui.escaping import ADDRESSES, escape_text, escape_value, safe_address

if TYPE_CHECKING:

    class Element:
        """One element: FastHTML's `FT`, as far as this product uses it."""

        tag: str
        children: tuple[Any, ...]
        attrs: dict[str, Any]
        void_: bool
        written: str | None

    FT = Element
else:
    from fastcore.xml import FT

    class Element(FT):
        """With places of its own instead of a dictionary: made in a third of the time."""

        __slots__ = ("attrs", "children", "tag", "void_", "written")
        __setattr__ = object.__setattr__
        listeners_ = ()


Attribute: TypeAlias = str | int | float | bool | Sequence[str] | Mapping[str, object] | None
Child: TypeAlias = Union["Element", "Raw", "Writes", str, int, float, Sequence["Child"], None]


class Raw:
    """HTML that is written as it stands: only for what our own code has made or cleaned."""

    __slots__ = ("html",)

    def __init__(self, html: str) -> None:
        self.html = html


class Writes(Protocol):
    """What writes its own HTML, escaped (see `stencils`)."""

    def write_into(self, nonce: str, write: Callable[[str], None]) -> None: ...


def raw(html: str) -> Raw:
    """Trusted HTML, never text of a person or of a model; for that there is `markdown`."""
    return Raw(html)


class Constructor(Protocol):
    """Makes one element: children first, attributes by keyword (`cls` is class, `fr` is for, `_` becomes `-`)."""

    def __call__(self, *children: Child, **attributes: Attribute) -> Element: ...


_NAME = re.compile(r"[a-z][a-z0-9:.-]*\Z")
_NONCED = frozenset({"script", "style"})
_PLAIN = (str, int, float)
_NO_PAGE = "nonce-of-no-page"
_LAID_OUT = frozenset({tuple, list, bool, type(None)})


class _Names(dict[str, str]):
    """Keyword → name of the attribute as FastHTML maps it, worked out once; ValueError for a bad name and for what our
    content policy would ignore."""

    def __missing__(self, keyword: str) -> str:
        name = str(attrmap_x(keyword.lower()))
        if not _NAME.match(name):
            raise ValueError(f"{keyword!r} is not the name of an attribute.")
        if name == "style" or (name.startswith("on") and len(name) > 2):
            raise ValueError(f"The attribute {name!r} does nothing under the content security policy: use a class.")
        self[keyword] = name
        return name


_names = _Names()


def _flat(children: Sequence[Child]) -> tuple[Any, ...]:
    """Children without None, True and False, nested tuples and lists laid out in a row."""
    flat: list[Any] = []
    for child in children:
        if isinstance(child, tuple | list):
            flat.extend(_flat(child))
        elif child is not None and child is not False and child is not True:
            flat.append(child)
    return tuple(flat)


def _attribute_value(value: Any) -> str | int | float | bool:
    """Plain values as they are, a mapping as JSON, any other sequence joined by blanks."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Mapping):
        return json.dumps(value)
    return " ".join(map(str, value))


def constructor(tag: str, *, void: bool = False) -> Constructor:
    """The function that makes elements of this tag; `void` elements have no end tag and no children."""
    new: Callable[[type[Element]], Element] = Element.__new__
    names = _names

    def make(*children: Child, **attributes: Attribute) -> Element:
        element = new(Element)
        element.tag = tag
        element.void_ = void
        element.written = None
        for child in children:
            if child.__class__ in _LAID_OUT:
                children = _flat(children)
                break
        element.children = children
        if len(attributes) == 1 and attributes.get("cls").__class__ is str:
            element.attrs = {"class": attributes["cls"]}
        else:
            element.attrs = {
                names[keyword]: value if value.__class__ is str else _attribute_value(value)
                for keyword, value in attributes.items()
                if value is not None and value is not False
            }
        return element

    return make


def element(tag: str, *children: Child, **attributes: Attribute) -> Element:
    """An element whose tag is not among the constructors of `elements`."""
    return constructor(tag)(*children, **attributes)


def _start(tag: str, attributes: dict[str, Any], nonce: str) -> str:
    """The element's start tag with its attributes."""
    start = f"<{tag}"
    wants_nonce = False
    for name, value in attributes.items():
        if name[:3] == "hx-":
            wants_nonce = True
        if value.__class__ is str:
            text = value
        elif value is True:
            start += f" {name}"
            continue
        elif value is None or value is False:
            continue
        else:
            text = str(_attribute_value(value))
        if name in ADDRESSES:
            text = safe_address(text)
        elif name == "hx-nonce" or (name == "nonce" and tag in _NONCED):
            continue
        start += f' {name}="{escape_value(text)}"'
    if wants_nonce:
        start += f' hx-nonce="{nonce}"'
    if tag in _NONCED:
        start += f' nonce="{nonce}"'
    return start + ">"


# Most elements have a class and nothing else, and there are only so many classes.
@lru_cache(maxsize=2048)
def _classed(tag: str, value: str) -> str:
    return _start(tag, {"class": value}, "")


def write_node(node: Any, nonce: str, write: Callable[[str], None]) -> None:
    """Hand the HTML of anything that may be a child to `write`, piece by piece; `nonce` is escaped already."""
    kind = node.__class__
    if kind is Element or isinstance(node, FT):
        if node.written is not None:
            write(node.written)
            return
        tag = node.tag
        attributes = node.attrs
        if tag in _NONCED:
            write(_start(tag, attributes, nonce))
        elif not attributes:
            write(f"<{tag}>")
        elif len(attributes) == 1 and attributes.get("class").__class__ is str:
            write(_classed(tag, attributes["class"]))
        else:
            write(_start(tag, attributes, nonce))
        for child in node.children:
            if child.__class__ is str:
                write(escape_text(child))
            else:
                write_node(child, nonce, write)
        if not node.void_:
            write(f"</{tag}>")
    elif kind is str:
        write(escape_text(node))
    elif kind is Raw:
        write(node.html)
    elif hasattr(node, "write_into"):
        node.write_into(nonce, write)
    elif isinstance(node, tuple | list):
        for child in node:
            write_node(child, nonce, write)
    elif hasattr(node, "__ft__"):
        write_node(node.__ft__(), nonce, write)
    elif node is not None and kind is not bool:
        write(escape_text(str(node)))


def render(node: Child, nonce: str) -> str:
    """The tree as HTML: text and values escaped, every element with an `hx-…` attribute and every script and style
    carrying the page's `nonce`. None, True and False among the children write nothing."""
    parts: list[str] = []
    write_node(node, escape_value(nonce), parts.append)
    return "".join(parts)


def written_once(node: Element) -> Element:
    """The same element with its HTML made now, for what many pages show alike (a badge, the header): it must not be
    changed any more. ValueError where something in it carries the page's nonce."""
    node.written = html_of_any_page(node)
    # What is kept for long is its HTML alone: a tree would be walked by every collection of garbage.
    node.children = ()
    return node


def html_of_any_page(node: Child) -> str:
    """HTML that is the same on every page; ValueError where something in it carries the page's nonce."""
    html = render(node, _NO_PAGE)
    if _NO_PAGE in html:
        raise ValueError("What carries the page's nonce is different on every page.")
    return html
