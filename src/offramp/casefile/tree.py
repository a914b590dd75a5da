"""A case file as a tree of plain values, each with its place in the text.

YAML is read as a stream of events: no Python object is ever built through a tag, and size, depth and the
number of nodes are bounded while the text is read. Everything that is wrong is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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

from offramp.casefile.scalars import Node, explain, resolve_plain, shorten, splits
from offramp.errors import CaseError, CaseErrors, Path, Place

__all__ = ["MOST_BYTES", "MOST_DEPTH", "MOST_FAULTS", "MOST_NODES", "Tree", "Value", "read_tree"]

Value = Any
"""What JSON knows: a dict with text keys, a list, text, a number, a truth or None."""

MOST_BYTES = 1_000_000
MOST_DEPTH = 50
MOST_NODES = 100_000
MOST_FAULTS = 100

_FORBIDDEN = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)"
)
_FORBIDDEN_VALUE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PYTHON_FAULTS = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    RuntimeError,
    ArithmeticError,
)


@dataclass(frozen=True, slots=True)
class Tree:
    """The plain values of a case file and where each stands.

    Attributes
    ----------
    data : dict
        The top mapping: dicts, lists, text, numbers, truths and None.
    places : dict of Path to Place
        Where each value starts.
    key_places : dict of Path to Place
        Where each key starts, under the path of its value.
    """

    data: dict[str, Value]
    places: dict[Path, Place]
    key_places: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path, at_key: bool = False) -> Place:
        """Find the place of an element, or of the nearest one around it that has a place.

        Parameters
        ----------
        path : Path
            The element.
        at_key : bool
            Whether the place of its key is wanted.

        Returns
        -------
        Place
            Line and column from 1; the start of the file where nothing nearer is known.
        """
        if at_key and path in self.key_places:
            return self.key_places[path]
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]


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


def read_tree(text: str | bytes, file: str) -> Tree:
    """Read the text of a case file.

    Parameters
    ----------
    text : str or bytes
        YAML 1.2, at most 1 MB, in UTF-8.
    file : str
        The name to use in places.

    Returns
    -------
    Tree
        The values and their places.

    Raises
    ------
    CaseErrors
        With every fault that can be told from the others.
    """
    reader = _Reader(_decode(text, file), file)
    root = reader.read()
    data = reader.build(root) if root is not None else {}
    if reader.faults:
        once = {(str(fault.place), fault.message): fault for fault in reversed(reader.faults[:MOST_FAULTS])}
        raise CaseErrors(reversed(once.values()))
    return Tree(data, reader.places, reader.keys)


def _decode(text: str | bytes, file: str) -> str:
    """The text, once it is known to be small enough and to hold only characters that belong into one."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES // 1_000_000} MB"
        fault = CaseError(message, code="too-large", hint="split it with extends", place=Place(file, 1, 1))
        raise CaseErrors([fault])
    if isinstance(text, bytes):
        text = _utf8(text, file)
    text = text.removeprefix("\ufeff")
    faults = []
    for hit in _FORBIDDEN.finditer(text):
        start = hit.start()
        place = Place(file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
        message = f"the character U+{ord(hit[0]):04X} does not belong into a text"
        faults.append(CaseError(message, code="bad-character", hint="remove it", place=place))
        if len(faults) == MOST_FAULTS:
            break
    if faults:
        raise CaseErrors(faults)
    return text


def _utf8(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the byte {data[error.start]:#04x} is not UTF-8"
        fault = CaseError(message, code="not-utf8", hint="save the file with the encoding UTF-8", place=place)
        raise CaseErrors([fault]) from error


class _Reader:
    """From text to nodes (``read``), from nodes to values (``build``); ``faults`` gathers what is wrong."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.faults: list[CaseError] = []
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.stack: list[Node] = []
        self.anchors: dict[str, Node] = {}
        self.last: Node | None = None
        self.count = 0

    def fault(
        self, line: int, column: int, message: str, hint: str, code: str = "yaml", path: Path = ()
    ) -> None:
        self.faults.append(
            CaseError(message, code=code, hint=hint, path=path, place=Place(self.file, line, column))
        )

    def read(self) -> Node | None:
        """Read the nodes; None where the text cannot be read to its end."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if line[:1] == "%" and line.split() != ["%YAML", "1.2"]:
                hint = "remove it; text that starts with % needs quotes"
                self.fault(number, 1, f"the directive {shorten(line)} is refused", hint, "directive")
                return None
            if line.strip() and line[0] not in "%#":
                break
        yaml = YAML(typ="safe", pure=True)
        yaml.Scanner = _Scanner
        try:
            root = self.nodes(yaml.parse(self.text))
        except MarkedYAMLError as error:
            self.fault(*explain(error, self.text, self.last, self.stack[-1] if self.stack else None))
            return None
        except (YAMLError, *_PYTHON_FAULTS):
            at = (self.last.line, self.last.column) if self.last else (1, 1)
            self.fault(*at, "YAML cannot read what follows here", "put text into double quotes")
            return None
        except CaseError as error:
            self.faults.append(error)
            return None
        if root is None or (root.kind == "scalar" and root.plain and not root.text):
            self.fault(1, 1, "the file is empty", "start with offramp: 1", "empty")
            return None
        if root.kind != "mapping":
            what = "a list" if root.kind == "list" else f"the text {shorten(root.text)}"
            self.fault(
                root.line,
                root.column,
                f"the file is {what}",
                "write keys, such as title: ...",
                "not-a-mapping",
            )
            return None
        return root

    def stop(self, node: Node, message: str, hint: str, code: str) -> CaseError:
        return CaseError(message, code=code, hint=hint, place=Place(self.file, node.line, node.column))

    def nodes(self, events: Iterator[Event]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            mark = event.start_mark
            node = Node("scalar", mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.stop(
                        node, "a second document starts here", "keep one document to a file", "documents"
                    )
            elif isinstance(event, CollectionEndEvent):
                closed = self.stack.pop()
                closed.end = node.end
                self.collection_ends(closed)
            elif isinstance(event, NodeEvent):
                self.node(event, node)
                root = root or node
            if len(self.faults) >= MOST_FAULTS:
                return None
        return root

    def node(self, event: NodeEvent, node: Node) -> None:
        """Fill in one node and hang it into its parent."""
        self.count += 1
        if self.count > MOST_NODES or (
            len(self.stack) >= MOST_DEPTH and isinstance(event, CollectionStartEvent)
        ):
            raise self.too_much(node, self.count > MOST_NODES)
        if isinstance(event, AliasEvent):
            self.alias(event, node)
        elif isinstance(event, ScalarEvent | CollectionStartEvent):
            if event.tag is not None:
                hint = "remove it; text that starts with ! needs quotes"
                self.fault(node.line, node.column, "tags (!...) are refused", hint, "tag")
            if event.anchor:
                self.anchors[event.anchor] = node
        parent = self.stack[-1] if self.stack else None
        if isinstance(event, ScalarEvent):
            node.text, node.plain, self.last = event.value, event.style is None, node
            self.empty(node, parent)
        elif isinstance(event, CollectionStartEvent):
            node.kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
            node.flow = bool(event.flow_style)
            self.stack.append(node)
        if parent:
            parent.items.append(node)

    def too_much(self, node: Node, nodes: bool) -> CaseError:
        if nodes:
            hint = "split the file with extends, and use fewer aliases"
            return self.stop(node, f"the file has more than {MOST_NODES} values", hint, "too-many")
        return self.stop(node, f"the nesting is deeper than {MOST_DEPTH}", "nest less deeply", "too-deep")

    def collection_ends(self, node: Node) -> None:
        if node.flow and self.text[node.start] in "[{":
            found = splits(node, self.text)
            node.left_out = frozenset(i for split in found for i in split.entries)
            for split in found:
                self.fault(split.at.line, split.at.column, split.message, split.hint, "split")

    def empty(self, node: Node, parent: Node | None) -> None:
        """Put a value that is not written to the place of its key."""
        if node.start == node.end and parent and parent.kind == "mapping" and len(parent.items) % 2:
            key = parent.items[-1]
            node.bare = parent.flow and ":" not in self.text[key.end : node.start]
            node.line, node.column = key.line, key.column

    def alias(self, event: AliasEvent, node: Node) -> None:
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
        self.fault(node.line, node.column, message, hint, "alias")

    def build(self, root: Node) -> dict[str, Value]:
        """The values, with aliases expanded; ``places`` and ``keys`` are filled on the way."""
        self.count = 0
        try:
            data: dict[str, Value] = self.value(root, (), Place(self.file, 1, 1), 0)
        except CaseError as error:
            self.faults.append(error)
            return {}
        return data

    def value(self, node: Node, path: Path, place: Place | None, depth: int) -> Value:
        self.count += 1
        if self.count > MOST_NODES or depth > MOST_DEPTH:
            raise self.too_much(node, self.count > MOST_NODES)
        place = place or Place(self.file, node.line, node.column)
        if node.kind == "alias":
            return self.value(node.items[0], path, place, depth)
        self.places[path] = place
        if node.kind == "scalar":
            return self.scalar(node, path)
        if node.kind == "list":
            kept = [item for i, item in enumerate(node.items) if i not in node.left_out]
            return [self.value(item, (*path, i), None, depth + 1) for i, item in enumerate(kept)]
        data: dict[str, Value] = {}
        first: dict[str, int] = {}
        for i in range(0, len(node.items), 2):
            key = node.items[i]
            if i // 2 in node.left_out or (name := self.key(key, path)) is None:
                continue
            if name in first:
                message = f"the key {shorten(name)} stands here again, first on line {first[name]}"
                self.fault(
                    key.line, key.column, message, "keep one of the two", "duplicate-key", (*path, name)
                )
                continue
            first[name] = key.line
            self.keys[(*path, name)] = Place(self.file, key.line, key.column)
            data[name] = self.value(node.items[i + 1], (*path, name), None, depth + 1)
        return data

    def key(self, node: Node, path: Path) -> str | None:
        """The text of a key; None where it cannot be one."""
        target = node.items[0] if node.kind == "alias" else node
        if target.kind != "scalar":
            message, hint = (
                "a key must be text",
                "write a name before the colon; put an expression into double quotes",
            )
        elif target.plain and target.text == "<<":
            message, hint = "the merge key << is refused", "use extends, or repeat the values"
        elif target.plain and not target.text:
            message, hint = "a key is missing before the colon", "write a name before the colon"
        else:
            self.characters(target, path)
            return target.text
        self.fault(node.line, node.column, message, hint, "key", path)
        return None

    def scalar(self, node: Node, path: Path) -> Value:
        self.characters(node, path)
        if not node.plain:
            return node.text
        try:
            return resolve_plain(node.text)
        except CaseError as error:
            self.fault(node.line, node.column, error.message, error.hint, error.code, path)
            return None

    def characters(self, node: Node, path: Path) -> None:
        if hit := _FORBIDDEN_VALUE.search(node.text):
            message = f"an escape puts the character U+{ord(hit[0]):04X} into the text"
            self.fault(node.line, node.column, message, "leave it out", "bad-character", path)
