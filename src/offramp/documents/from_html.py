"""HTML as blocks. Nothing is fetched, run or resolved: only the text of the page itself is read."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from offramp.documents.blocks import Block, make_block

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["MOST_DEPTH", "TooDeep", "read_html"]

MOST_DEPTH = 2_000
_SKIPPED = frozenset({
    "audio", "button", "canvas", "datalist", "embed", "form", "head", "iframe", "math", "nav", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
})  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)")  # one that is never closed ends the search: linear
_CLOSED_BY_OTHERS = frozenset({
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
})  # fmt: skip


class TooDeep(Exception):
    """The page nests its elements deeper than any essay."""


def read_html(text: str) -> list[Block]:
    """Turn a page, or a piece of one, into blocks.

    Raises
    ------
    TooDeep
        If elements are nested more than `MOST_DEPTH` deep.
    """
    from selectolax.lexbor import LexborHTMLParser

    _check_depth(text)
    tree = LexborHTMLParser(text)
    mains = tree.css("main")
    root = mains[0] if len(mains) == 1 else tree.body
    return _Walk().blocks(root) if root is not None else []


def _check_depth(text: str) -> None:
    """Refuse what the parser would take minutes for, before it does."""
    opened: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name in _CLOSED_BY_OTHERS:
            continue
        if not tag[1]:
            opened[name] += 1
            depth += 1
            if depth > MOST_DEPTH:
                raise TooDeep
        elif opened[name]:
            opened[name] -= 1
            depth -= 1


class _Walk:
    """Goes through the nodes without recursion and cuts the text at every element that is not inline."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.pieces: list[tuple[str, str | None]] = []
        self.link: str | None = None
        self.level: int | None = None
        self.lists = 0

    def blocks(self, root: LexborNode) -> list[Block]:
        node: LexborNode | None = root.child
        while node is not None:
            if self._enter(node) and node.child is not None:
                node = node.child
                continue
            while node is not None and node.next is None:
                node = node.parent
                if node is None or node.mem_id == root.mem_id:
                    self._flush()
                    return self.found
                self._leave(node)
            node = node.next if node is not None else None
        self._flush()
        return self.found

    def _enter(self, node: LexborNode) -> bool:
        """Take up a node; whether to go on into its children."""
        tag = node.tag or ""
        if tag == "-text":
            self.pieces.append((" ".join(f"|{node.text_content or ''}|".split())[1:-1], self.link))
            return False
        if tag.startswith("-") or tag in _SKIPPED or "hidden" in node.attributes or _is_note_mark(node, tag):
            return False
        if tag == "br":
            self.pieces.append(("\n", self.link))
        elif tag == "q":
            self.pieces.append(("“", self.link))
        elif tag == "a":
            self.link = node.attributes.get("href") or "#"
        elif tag not in _INLINE:
            self._flush()
            if re.fullmatch("h[1-6]", tag):
                self.level = int(tag[1])
            self.lists += tag == "li"
        if node.child is None:
            self._leave(node)
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "q":
            self.pieces.append(("”", self.link))
        elif tag == "a":
            self.link = None
        elif tag not in _INLINE and tag != "br":
            self._flush()
            if re.fullmatch("h[1-6]", tag):
                self.level = None
            self.lists -= tag == "li"

    def _flush(self) -> None:
        block = make_block(self.pieces, self.level, item=self.lists > 0)
        self.pieces = []
        if block is not None:
            self.found.append(block)


def _is_note_mark(node: LexborNode, tag: str) -> bool:
    return tag == "sup" and node.css_first("a") is not None
