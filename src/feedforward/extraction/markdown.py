"""Markdown: the text a reader of the page would see, with its headings, lists, quotations, tables and code."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText, Turn

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def pieces_of_markdown(text: str) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The pieces of a Markdown text, its comments as hidden text, and warnings."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    warnings, line = [], 1
    if front := _FRONT_MATTER.match(text):
        line += front.group().count("\n")
        text = text[front.end() :]
        warnings.append("The settings at the top of the file (between the lines of dashes) are not part of the text.")
    hidden = [HiddenText(found.group(1), "comment in the source") for found in _COMMENT.finditer(text)]
    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"]).parse(text)
    return list(_pieces(tokens, line)), hidden, warnings


def _pieces(tokens: Sequence[Token], first_line: int) -> Iterator[Piece]:
    lists = quotations = 0
    heading: int | None = None
    row: list[str] | None = None
    line = first_line
    for token in tokens:
        line = first_line + token.map[0] if token.map else line
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
                yield Piece(BlockKind.TABLE_ROW, "\t".join(row or []), line=line)
                row = None
            case "fence":
                yield Piece(BlockKind.CODE, token.content, line=line + 1)
            case "code_block":
                yield Piece(BlockKind.CODE, token.content, line=line)
            case "html_block":
                yield Piece(BlockKind.PARAGRAPH, _TAG.sub("", _COMMENT.sub("", token.content)), line=line)
            case "inline":
                text, turns = _inline(token.children or [], line)
                if row is not None:
                    row.append(" ".join(text.split()))
                elif heading is not None:
                    yield Piece(BlockKind.HEADING, text, level=heading, line=line, turns=turns)
                elif lists:
                    yield Piece(BlockKind.LIST_ITEM, text, level=lists, line=line, turns=turns)
                else:
                    kind = BlockKind.QUOTATION if quotations else BlockKind.PARAGRAPH
                    yield Piece(kind, text, line=line, turns=turns)


def _inline(tokens: Sequence[Token], line: int) -> tuple[str, tuple[Turn, ...]]:
    """The words of a paragraph and where its lines begin; a link keeps its address in brackets where the words do not
    say it."""
    parts: list[str] = []
    turns: list[Turn] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                parts.append(token.content)
            case "softbreak":
                line += 1
                parts.append(" ")
                turns.append(Turn(sum(map(len, parts)), line=line))
            case "hardbreak":
                line += 1
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
    return "".join(parts), tuple(turns)
