"""``extends``: one case built on another, each value keeping the place where it stands.

Mappings merge by key, and ``null`` deletes what the base has. Lists replace, but where both lists have items
with an ``id``, items merge by it: the same id merges, other items are appended, and
``{id: x, remove: true}`` removes an item.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path as FilePath
from typing import Any

from offramp.casefile.tree import MOST_BYTES, Tree, read_tree
from offramp.errors import CaseError, CaseErrors, Path, Place

__all__ = ["MOST_BASES", "Shipped", "merge", "read_chain"]

MOST_BASES = 10

Shipped = Callable[[str], tuple[str, str] | None]
"""Looks up a shipped case by name: its text and its file name, or None where there is no such case."""


def merge(base: Tree, own: Tree) -> Tree:
    """Put one case on top of another.

    Parameters
    ----------
    base : Tree
        The case that is extended.
    own : Tree
        What the extending file says.

    Returns
    -------
    Tree
        The keys of the base first, then the new ones. ``extends`` itself is left out.

    Raises
    ------
    CaseErrors
        For ids that stand twice in a list, and for removals of what is not there.
    """
    merger = _Merger(base, own)
    data = merger.mapping(base.data, own.data, (), (), ())
    data.pop("extends", None)
    if merger.faults:
        raise CaseErrors(merger.faults)
    for places in (merger.places, merger.keys):
        places.pop(("extends",), None)
    return Tree(data, merger.places, merger.keys)


class _Merger:
    """Walks both trees; ``at`` is a path in the result, ``b`` in the base, ``o`` in the own tree."""

    def __init__(self, base: Tree, own: Tree) -> None:
        self.base = base
        self.own = own
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.faults: list[CaseError] = []

    def copy(self, tree: Tree, value: Any, at: Path, source: Path) -> Any:
        self.note(tree, at, source)
        if isinstance(value, dict):
            return {key: self.copy(tree, item, (*at, key), (*source, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self.copy(tree, item, (*at, i), (*source, i)) for i, item in enumerate(value)]
        return value

    def note(self, tree: Tree, at: Path, source: Path) -> None:
        self.places[at] = tree.place(source)
        if source in tree.key_places:
            self.keys[at] = tree.key_places[source]

    def both(self, base: Any, own: Any, at: Path, b: Path, o: Path) -> Any:
        if isinstance(base, dict) and isinstance(own, dict):
            return self.mapping(base, own, at, b, o)
        if isinstance(base, list) and isinstance(own, list) and _ids(base) and _ids(own):
            return self.items(base, own, at, b, o)
        return self.copy(self.own, own, at, o)

    def mapping(
        self, base: dict[str, Any], own: dict[str, Any], at: Path, b: Path, o: Path
    ) -> dict[str, Any]:
        self.note(self.own, at, o)
        merged: dict[str, Any] = {}
        for key in (*base, *(key for key in own if key not in base)):
            here, in_base, in_own = (*at, key), (*b, key), (*o, key)
            if key not in own:
                merged[key] = self.copy(self.base, base[key], here, in_base)
            elif key not in base:
                merged[key] = self.copy(self.own, own[key], here, in_own)
            elif own[key] is not None:
                merged[key] = self.both(base[key], own[key], here, in_base, in_own)
                self.note(self.own, here, in_own)
        return merged

    def items(self, base: list[Any], own: list[Any], at: Path, b: Path, o: Path) -> list[Any]:
        self.note(self.own, at, o)
        known = _ids(base)
        changes: dict[str, int] = {}
        for i, item in enumerate(own):
            if (name := _id(item)) is None:
                continue
            if name in changes:
                self.fault((*o, i), f"the id {name} stands twice in this list", "keep one of the two")
            elif name not in known and "remove" in item:
                hint = f"there are {', '.join(known)}"
                self.fault((*o, i), f"there is no {name} to remove in {self.base.place(b).file}", hint)
            elif item.get("remove", True) is not True or ("remove" in item and len(item) > 2):
                self.fault((*o, i), "remove takes an item away", f"write {{id: {name}, remove: true}}")
            changes.setdefault(name, i)
        merged: list[Any] = []
        for i, item in enumerate(base):
            here, j = (*at, len(merged)), changes.get(_id(item) or "")
            if j is None:
                merged.append(self.copy(self.base, item, here, (*b, i)))
            elif "remove" not in own[j]:
                merged.append(self.mapping(item, own[j], here, (*b, i), (*o, j)))
        for j, item in enumerate(own):
            if _id(item) not in known:
                merged.append(self.copy(self.own, item, (*at, len(merged)), (*o, j)))
        return merged

    def fault(self, path: Path, message: str, hint: str) -> None:
        place = self.own.place(path)
        self.faults.append(CaseError(message, code="extends", hint=hint, path=path, place=place))


def _id(item: Any) -> str | None:
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) and name else None


def _ids(items: list[Any]) -> dict[str, int]:
    return {name: i for i, item in enumerate(items) if (name := _id(item)) is not None}


def read_chain(
    text: str | bytes,
    file: str,
    *,
    folder: FilePath | None = None,
    shipped: Shipped = lambda name: None,
    names: Iterable[str] = (),
) -> Tree:
    """Read a case and everything it extends.

    Parameters
    ----------
    text : str or bytes
        The case.
    file : str
        Its file name, for places.
    folder : pathlib.Path, optional
        The folder the case lies in. Without it no file can be extended, only shipped cases.
    shipped : callable
        From a name to the text and file name of a shipped case, or None.
    names : iterable of str
        The names of the shipped cases, for suggestions.

    Returns
    -------
    Tree
        The case with its bases merged in, without ``extends``.

    Raises
    ------
    CaseErrors
        For faults of any file of the chain, at the place in that file.
    """
    tree = read_tree(text, file)
    trees = [tree]
    chain = [(_identity(file, folder), file)]
    while "extends" in tree.data:
        name, place = tree.data["extends"], tree.place(("extends",))
        if not isinstance(name, str) or not name.strip():
            raise _fault(place, f"extends takes a name, not {name!r:.60}", "write the name of a case or file")
        if len(trees) > MOST_BASES:
            raise _fault(place, f"more than {MOST_BASES} cases extend one another", "merge some of them")
        text, file, folder = _find(name, place, folder, shipped, list(names))
        identity = _identity(file, folder)
        if identity in [known for known, _ in chain]:
            circle = " > ".join([label for _, label in chain] + [name])
            raise _fault(place, f"the cases extend one another in a circle: {circle}", "remove one")
        chain.append((identity, name))
        tree = read_tree(text, file)
        trees.append(tree)
    merged = trees.pop()
    while trees:
        merged = merge(merged, trees.pop())
    return merged


def _identity(file: str, folder: FilePath | None) -> str:
    return str((folder / FilePath(file).name).resolve()) if folder is not None else f"shipped {file}"


def _find(
    name: str, place: Place, folder: FilePath | None, shipped: Shipped, names: list[str]
) -> tuple[str | bytes, str, FilePath | None]:
    """The text, file name and folder of a base."""
    hint = "write the name of a shipped case, or of a file in the same folder, such as base.yaml"
    if any(mark in name for mark in "/\\:") or name in (".", ".."):
        raise _fault(place, f"{name[:60]} does not name a file in the same folder", hint)
    if not name.lower().endswith((".yaml", ".yml")):
        found = shipped(name)
        if found is not None:
            return found[0], found[1], None
        raise _missing(name, place, folder, names)
    if folder is None:
        raise _fault(
            place, f"{name[:60]} is a file, and a case without a folder extends shipped cases only", hint
        )
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise _fault(place, f"{name[:60]} leads out of the folder", hint)
        if not path.is_file():
            raise _missing(name, place, folder, names)
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1), str(FilePath(place.file).with_name(name)), folder
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it is no regular file"
        raise _fault(place, f"{name[:60]} cannot be read: {reason}", "check the file") from error


def _missing(name: str, place: Place, folder: FilePath | None, names: list[str]) -> CaseErrors:
    try:
        beside = folder.iterdir() if folder is not None else ()
        files = sorted(path.name for path in beside if path.suffix in (".yaml", ".yml") and path.is_file())
    except OSError:
        files = []
    known = names + files
    near = difflib.get_close_matches(name[:100], known, n=3, cutoff=0.5)
    hint = (
        f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known[:20]) or 'no others'}"
    )
    what = "file in the same folder" if name.lower().endswith((".yaml", ".yml")) else "shipped case"
    return _fault(place, f"there is no {what} named {name[:60]}", hint)


def _fault(place: Place, message: str, hint: str) -> CaseErrors:
    return CaseErrors([CaseError(message, code="extends", hint=hint, path=("extends",), place=place)])
