"""Put one case on top of another, each value keeping the place where it stands.

Mappings merge by key, and ``null`` deletes what the base has. Lists replace, but where both lists have items
with an ``id``, items merge by it: the same id merges, other items are appended, and
``{id: x, remove: true}`` removes an item.
"""

from __future__ import annotations

from typing import Any

from offramp.casefile.tree import Tree
from offramp.errors import CaseError, Path, Place

__all__ = ["merge"]


def merge(base: Tree, own: Tree) -> tuple[Tree, list[CaseError]]:
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
    list of CaseError
        Ids that stand twice in a list, and removals of what is not there.
    """
    merger = _Merger(base, own)
    data = merger.mapping(base.data, own.data, (), (), ())
    data.pop("extends", None)
    for places in (merger.places, merger.keys):
        places.pop(("extends",), None)
    return Tree(data, merger.places, merger.keys, frozenset(merger.broken), merger.gone()), merger.faults


class _Merger:
    """Walks both trees; ``at`` is a path in the result, ``b`` in the base, ``o`` in the own tree."""

    def __init__(self, base: Tree, own: Tree) -> None:
        self.base = base
        self.own = own
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.broken: set[Path] = set()
        self.deleted: set[Path] = set()
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
        if source in tree.broken:
            self.broken.add(at)

    def gone(self) -> frozenset[Path]:
        """Return what was taken out, here or further down, and was not put back."""
        for path in self.base.deleted:
            if path not in self.places and path not in self.deleted:
                self.deleted.add(path)
                self.keys[path] = self.base.key_places[path]
        return frozenset(self.deleted)

    def both(self, base: Any, own: Any, at: Path, b: Path, o: Path) -> Any:
        if isinstance(base, dict) and isinstance(own, dict):
            return self.mapping(base, own, at, b, o)
        if isinstance(base, list) and isinstance(own, list) and _ids(base) and _ids(own):
            return self.items(base, own, at, b, o)
        return self.copy(self.own, own, at, o)

    def mapping(self, base: dict[str, Any], own: dict[str, Any], at: Path, b: Path, o: Path) -> dict[str, Any]:
        self.note(self.base, at, b)
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
            elif in_own in self.own.broken:
                merged[key] = self.copy(self.base, base[key], here, in_base)
                self.note(self.own, here, in_own)
            elif in_own in self.own.key_places and not any(isinstance(step, int) for step in here):
                self.deleted.add(here)
                self.keys[here] = self.own.key_places[in_own]
        return merged

    def items(self, base: list[Any], own: list[Any], at: Path, b: Path, o: Path) -> list[Any]:
        self.note(self.base, at, b)
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
