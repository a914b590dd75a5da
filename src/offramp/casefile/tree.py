"""A case file as a tree of plain values, each with its place in the text.

Size, depth and the number of values are bounded. Everything that is wrong is reported at once, and what could be
read all the same is handed over with the faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from offramp.casefile.nodes import Node
from offramp.casefile.reading import MOST_DEPTH, MOST_FAULTS, MOST_NODES, NodeReader, too_much
from offramp.casefile.scalars import resolve_plain, shorten
from offramp.errors import CaseError, CaseErrors, Path, Place

__all__ = ["MOST_BYTES", "Tree", "TreeErrors", "Value", "read_tree"]

Value = Any
"""What JSON knows: a dict with text keys, a list, text, a number, a truth or None."""

MOST_BYTES = 1_000_000

_FORBIDDEN = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)"
)
_FORBIDDEN_VALUE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


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
    broken : frozenset of Path
        Values that could not be read, and mappings and lists from which something had to be left out.
    deleted : frozenset of Path
        Elements of a base that ``null`` took out; ``key_places`` tells where.
    """

    data: dict[str, Value]
    places: dict[Path, Place]
    key_places: dict[Path, Place] = field(default_factory=dict)
    broken: frozenset[Path] = frozenset()
    deleted: frozenset[Path] = frozenset()

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


class TreeErrors(CaseErrors):
    """The faults of a text.

    Attributes
    ----------
    tree : Tree or None
        What could be read all the same, so that its meaning can be checked in the same pass; None where that is
        nothing.
    """

    def __init__(self, faults: Iterable[CaseError], tree: Tree | None = None) -> None:
        super().__init__(faults)
        self.tree = tree


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
    TreeErrors
        With every fault that can be told from the others.
    """
    reader = NodeReader(_decode(text, file), file)
    root = reader.read()
    tree = _Builder(file, reader.faults).build(root) if root is not None else None
    if tree is None or reader.faults:
        once = {(str(fault.place), fault.message): fault for fault in reversed(reader.faults[:MOST_FAULTS])}
        raise TreeErrors(reversed(once.values()), tree)
    return tree


def _decode(text: str | bytes, file: str) -> str:
    """The text, once it is known to be small enough and to hold only characters that belong into one."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES // 1_000_000} MB"
        fault = CaseError(message, code="too-large", hint="split it with extends", place=Place(file, 1, 1))
        raise TreeErrors([fault])
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
        raise TreeErrors(faults)
    return text


def _utf8(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the byte {data[error.start]:#04x} is not UTF-8"
        fault = CaseError(message, code="not-utf8", hint="save the file with the encoding UTF-8", place=place)
        raise TreeErrors([fault]) from error


class _Builder:
    """From nodes to values, with aliases expanded; ``places``, ``keys`` and ``broken`` are filled on the way."""

    def __init__(self, file: str, faults: list[CaseError]) -> None:
        self.file = file
        self.faults = faults
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.broken: set[Path] = set()
        self.count = 0

    def fault(self, node: Node, message: str, hint: str, code: str, path: Path) -> None:
        place = Place(self.file, node.line, node.column)
        self.faults.append(CaseError(message, code=code, hint=hint, path=path, place=place))

    def build(self, root: Node) -> Tree | None:
        """Build the tree; None where there is too much of it."""
        try:
            data: dict[str, Value] = self.value(root, (), Place(self.file, 1, 1), 0)
        except CaseError as error:
            self.faults.append(error)
            return None
        return Tree(data, self.places, self.keys, frozenset(self.broken))

    def value(self, node: Node, path: Path, place: Place | None, depth: int) -> Value:
        self.count += 1
        if self.count > MOST_NODES or depth > MOST_DEPTH:
            raise too_much(self.file, node, self.count > MOST_NODES)
        place = place or Place(self.file, node.line, node.column)
        if node.kind == "alias":
            return self.value(node.items[0], path, place, depth)
        self.places[path] = place
        if node.faulted or node.left_out:
            self.broken.add(path)
        if node.kind == "scalar":
            return None if node.faulted else self.scalar(node, path)
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
                self.fault(key, message, "keep one of the two", "duplicate-key", (*path, name))
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
        self.fault(node, message, hint, "key", path)
        self.broken.add(path)
        return None

    def scalar(self, node: Node, path: Path) -> Value:
        self.characters(node, path)
        if not node.plain:
            return node.text
        try:
            return resolve_plain(node.text)
        except CaseError as error:
            self.fault(node, error.message, error.hint, error.code, path)
            self.broken.add(path)
            return None

    def characters(self, node: Node, path: Path) -> None:
        if hit := _FORBIDDEN_VALUE.search(node.text):
            message = f"an escape puts the character U+{ord(hit[0]):04X} into the text"
            self.fault(node, message, "leave it out", "bad-character", path)
