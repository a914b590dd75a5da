"""From the text of a case file to nodes.

YAML is read as a stream of events: no Python object is ever built through a tag, and depth and the number of nodes
are bounded while the text is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.scanner import Scanner, ScannerError
from ruamel.yaml.tokens import TagToken

from offramp.casefile.explain import explain
from offramp.casefile.nodes import Node
from offramp.casefile.scalars import shorten
from offramp.casefile.splits import splits
from offramp.errors import CaseError, Path, Place

__all__ = ["MOST_DEPTH", "MOST_FAULTS", "MOST_NODES", "NodeReader", "too_much"]

MOST_DEPTH = 50
MOST_NODES = 100_000
MOST_FAULTS = 100

_PYTHON_FAULTS = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    RuntimeError,
    ArithmeticError,
)


class _Scanner(Scanner):
    """ruamel's scanner, whose every failure has a mark, and which steps over tags without reading them."""

    def fetch_more_tokens(self) -> Any:
        try:
            return super().fetch_more_tokens()
        except _PYTHON_FAULTS as fault:
            what = "unknown escape" if isinstance(fault, OverflowError | ValueError) else str(fault)
            raise ScannerError(None, None, what, self.reader.get_mark()) from fault

    def scan_tag(self) -> Any:
        start, end = self.reader.get_mark(), ",[]{}\0 \t\r\n" if self.flow_level else "\0 \t\r\n"
        while self.reader.peek() not in end:
            self.reader.forward()
        return TagToken((None, "tag"), start, self.reader.get_mark())


def too_much(file: str, node: Node, nodes: bool) -> CaseError:
    """Say that a file has too many values (``nodes``), or that they are nested too deeply."""
    message, hint, code = f"the nesting is deeper than {MOST_DEPTH}", "nest less deeply", "too-deep"
    if nodes:
        message = f"the file has more than {MOST_NODES} values"
        hint, code = "split the file with extends, and use fewer aliases", "too-many"
    return CaseError(message, code=code, hint=hint, place=Place(file, node.line, node.column))


class NodeReader:
    """From text to nodes; ``faults`` gathers what is wrong.

    Parameters
    ----------
    text : str
        The text of the file.
    file : str
        The name to use in places.
    """

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.faults: list[CaseError] = []
        self.stack: list[Node] = []
        self.anchors: dict[str, Node] = {}
        self.last: Node | None = None
        self.count = 0

    def _fault(self, line: int, column: int, message: str, hint: str, code: str = "yaml", path: Path = ()) -> None:
        self.faults.append(CaseError(message, code=code, hint=hint, path=path, place=Place(self.file, line, column)))

    def read(self) -> Node | None:
        """Read the nodes; None where the text cannot be read to its end."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if line[:1] == "%" and line.split() != ["%YAML", "1.2"]:
                hint = "remove it; text that starts with % needs quotes"
                self._fault(number, 1, f"the directive {shorten(line)} is refused", hint, "directive")
                return None
            if line.strip() and line[0] not in "%#":
                break
        yaml = YAML(typ="safe", pure=True)
        yaml.Scanner = _Scanner
        try:
            root = self._nodes(yaml.parse(self.text))
        except MarkedYAMLError as error:
            self._fault(*explain(error, self.text, self.last, self.stack[-1] if self.stack else None))
            return None
        except (YAMLError, *_PYTHON_FAULTS):
            at = (self.last.line, self.last.column) if self.last else (1, 1)
            self._fault(*at, "YAML cannot read what follows here", "put text into double quotes")
            return None
        except CaseError as error:
            self.faults.append(error)
            return None
        if root is None or (root.kind == "scalar" and root.plain and not root.text):
            self._fault(1, 1, "the file is empty", "start with offramp: 1", "empty")
            return None
        if root.kind != "mapping":
            what = "a list" if root.kind == "list" else f"the text {shorten(root.text)}"
            self._fault(
                root.line,
                root.column,
                f"the file is {what}",
                "write keys, such as title: ...",
                "not-a-mapping",
            )
            return None
        return root

    def _nodes(self, events: Iterator[Event]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            mark = event.start_mark
            node = Node("scalar", mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise CaseError(
                        "a second document starts here",
                        code="documents",
                        hint="keep one document to a file",
                        place=Place(self.file, node.line, node.column),
                    )
            elif isinstance(event, CollectionEndEvent):
                closed = self.stack.pop()
                closed.end = node.end
                self._collection_ends(closed)
            elif isinstance(event, NodeEvent):
                self._node(event, node)
                root = root or node
            if len(self.faults) >= MOST_FAULTS:
                return None
        return root

    def _node(self, event: NodeEvent, node: Node) -> None:
        """Fill in one node and hang it into its parent."""
        self.count += 1
        if self.count > MOST_NODES or (len(self.stack) >= MOST_DEPTH and isinstance(event, CollectionStartEvent)):
            raise too_much(self.file, node, self.count > MOST_NODES)
        if isinstance(event, AliasEvent):
            self._alias(event, node)
        elif isinstance(event, ScalarEvent | CollectionStartEvent):
            if event.tag is not None:
                hint = "remove it; text that starts with ! needs quotes"
                self._fault(node.line, node.column, "tags (!...) are refused", hint, "tag")
                node.faulted = True
            if event.anchor:
                self.anchors[event.anchor] = node
        parent = self.stack[-1] if self.stack else None
        if isinstance(event, ScalarEvent):
            node.text, node.plain, self.last = event.value, event.style is None, node
            self._empty(node, parent)
        elif isinstance(event, CollectionStartEvent):
            node.kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
            node.flow = bool(event.flow_style)
            self.stack.append(node)
        if parent:
            parent.items.append(node)

    def _collection_ends(self, node: Node) -> None:
        if node.flow and self.text[node.start] in "[{":
            found = splits(node, self.text)
            node.left_out = frozenset(i for split in found for i in split.entries)
            for split in found:
                self._fault(split.at.line, split.at.column, split.message, split.hint, "split")

    def _empty(self, node: Node, parent: Node | None) -> None:
        """Put a value that is not written to the place of its key."""
        if node.start == node.end and parent and parent.kind == "mapping" and len(parent.items) % 2:
            key = parent.items[-1]
            node.bare = parent.flow and ":" not in self.text[key.end : node.start]
            node.line, node.column = key.line, key.column

    def _alias(self, event: AliasEvent, node: Node) -> None:
        target = self.anchors.get(event.anchor)
        if target is None:
            message, hint = (
                f"nothing is anchored as &{shorten(event.anchor)}",
                "text that starts with * needs quotes",
            )
        elif target in self.stack:
            message, hint = f"*{shorten(event.anchor)} stands inside what it repeats", "write the values out"
        else:
            node.kind, node.items = "alias", [target]
            return
        self._fault(node.line, node.column, message, hint, "alias")
        node.faulted = True
