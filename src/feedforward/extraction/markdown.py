"""Markdown: the text a reader of the page would see, with its headings, lists, quotations, tables and code."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def pieces_of_markdown(text: str) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The pieces of a Markdown text, its comments as hidden text, and warnings."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    warnings = []
    if front := _FRONT_MATTER.match(text):
        text = text[front.end() :]
        warnings.append("The settings at the top of the file (between the lines of dashes) are not part of the text.")
    hidden = [HiddenText(found.group(1), "comment in the source") for found in _COMMENT.finditer(text)]
    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"]).parse(text)
    return list(_pieces(tokens)), hidden, warnings


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    lists = quotations = 0
    heading: int | None = None
    row: list[str] | None = None
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists += 1
            case "bullet_list_close" | "ordered_list_close":
                lists -= 1
            case "blockquote_open" | "blockquote_close":
                quotations += token.nesting
            case "heading_open":
                heading = int(token.tag[1:])
            case "heading_close":
                heading = None
            case "tr_open":
                row = []
            case "tr_close":
                yield Piece(BlockKind.TABLE_ROW, "\t".join(row or []))
                row = None
            case "fence" | "code_block":
                yield Piece(BlockKind.CODE, token.content)
            case "html_block":
                yield Piece(BlockKind.PARAGRAPH, _TAG.sub("", _COMMENT.sub("", token.content)))
            case "inline":
                text = _inline(token.children or [])
                if row is not None:
                    row.append(" ".join(text.split()))
                elif heading is not None:
                    yield Piece(BlockKind.HEADING, text, level=heading)
                elif lists:
                    yield Piece(BlockKind.LIST_ITEM, text, level=lists)
                else:
                    yield Piece(BlockKind.QUOTATION if quotations else BlockKind.PARAGRAPH, text)


def _inline(tokens: Sequence[Token]) -> str:
    """The words of a paragraph; a link keeps its address in brackets where the words do not say it."""
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                parts.append(token.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "image":
                parts.append(token.content)
            case "link_open":
                links.append((str(token.attrGet("href") or ""), len(parts)))
            case "link_close":
                address, start = links.pop()
                words = "".join(parts[start:])
                if address.startswith("http") and address not in words and words not in address:
                    parts.append(f" ({address})")
    return "".join(parts)
