"""XML read safely, and the texts in it."""

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from feedforward.errors import RuleBroken

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LINE_ENDS = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4"}


def parsed(data: bytes) -> "Element":
    """The root element. RuleBroken where it is no XML, or brings a document type or entities of its own."""
    # The parser is loaded where a file is read: pages start without it.
    import defusedxml.ElementTree as SafeTree
    from defusedxml.common import DefusedXmlException

    try:
        root: Element = SafeTree.fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise RuleBroken(
            "It declares a document type or entities of its own, which a rubric never needs and files made to do harm "
            "use. It was not read."
        ) from None
    except SafeTree.ParseError as error:
        raise RuleBroken(f"It is not well-formed XML: {error}.") from None
    except (ValueError, LookupError, RecursionError):
        raise RuleBroken("It is XML in an encoding, or nested in a way, that cannot be read here.") from None
    return root


def name_of(element: "Element") -> str:
    """The element's name without its name space."""
    return str(element.tag).rpartition("}")[2]


def child(element: "Element", *names: str) -> "Element | None":
    """The first child of one of these names."""
    return next((each for each in element if name_of(each) in names), None)


def children(element: "Element | None", name: str) -> list["Element"]:
    """The children of this name, in their order; none where there is no element."""
    return [] if element is None else [each for each in element if name_of(each) == name]


def text_in(element: "Element | None", *names: str) -> str:
    """The text of the first child of one of these names, "" where it is missing or Moodle's word for nothing."""
    found = child(element, *names) if element is not None else None
    text = (found.text or "").strip() if found is not None else ""
    return "" if text == "$@NULL@$" else text


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINE_ENDS:
            self.parts.append("\n")


def words_of_html(text: str) -> str:
    """What the HTML says as plain text, one line per paragraph."""
    words = _Words()
    words.feed(text)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).splitlines())
    return "\n".join(line for line in lines if line)


def escaped(text: str) -> str:
    """The text as an element's content; line breaks of every kind survive, what XML cannot hold is left out."""
    allowed = "".join(each for each in text if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff"))
    return escape(allowed)
