"""Markdown, and plain text read as Markdown, as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from offramp.documents.blocks import Block, make_block
from offramp.documents.from_html import read_html
from offramp.errors import DocumentError, Place

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_MOST_LETTERS = 100_000
_ENDLESS = re.compile(rf"(?:^|(?<=\n\n))(?:[^\n]|\n(?!\n)){{{_MOST_LETTERS}}}")
_MOST_NESTED = 100
"""Quotations and lists; the parser drops what stands deeper."""
_MOST_NESTED_INLINE = 20
"""Brackets within a paragraph; the parser's time grows with it."""
_BREAK = re.compile(r"<br\b", re.IGNORECASE)


def read_markdown(text: str, file: str) -> list[Block]:
    """Turn Markdown into blocks.

    Raises
    ------
    DocumentError
        If a paragraph is longer, or quotations or lists are nested deeper, than any of an essay.
    """
    from markdown_it import MarkdownIt

    for endless in _ENDLESS.finditer(text):
        raise DocumentError(
            f"a paragraph has more than {_MOST_LETTERS:,} characters",
            file=file,
            code="too-large",
            hint="put blank lines between the paragraphs",
            place=Place(file, text.count("\n", 0, endless.start()) + 1, 1),
        )
    # Indented text is a paragraph here: essays hold no code, and some indent their paragraphs.
    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED}).disable("code")
    parser.core.ruler.before("inline", "limit", _limit_inline)
    tokens = parser.parse(text.replace("\f", "\n\n"))
    for token in tokens:
        if token.type in ("blockquote_open", "list_item_open") and token.level + 1 >= _MOST_NESTED:
            raise DocumentError(
                "its quotations or lists are nested too deeply to be an essay",
                file=file,
                code="too-deep",
                hint="take away the marks at the start of the lines",
                place=Place(file, token.map[0] + 1, 1) if token.map else None,
            )
    return list(_blocks(tokens))


def _limit_inline(state: StateCore) -> None:
    state.md.options["maxNesting"] = _MOST_NESTED_INLINE


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    lists = 0
    number = ""
    level: int | None = None
    for token in tokens:
        if token.type == "list_item_open":
            lists += 1
            # A paragraph that opens with a year and a full stop is no list.
            number = f"{token.info}. " if len(token.info) > 2 else ""
        elif token.type == "list_item_close":
            lists -= 1
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = None
        elif token.type == "html_block":
            yield from read_html(token.content)
        elif token.type in ("inline", "fence"):
            pieces = _pieces(token.children) if token.children is not None else [(token.content, None)]
            block = make_block([(number, None), *pieces], level, item=lists > 0)
            number = ""
            if block is not None:
                yield block


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[str, str | None]]:
    link: str | None = None
    for token in tokens:
        if token.type == "link_open":
            link = str(token.attrGet("href") or "#")
        elif token.type == "link_close":
            link = None
        elif token.type in ("text", "code_inline"):
            yield token.content, link
        elif token.type in ("softbreak", "hardbreak") or _BREAK.match(token.content):
            yield "\n", link
