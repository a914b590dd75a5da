"""A case by its shipped name, from a file, or from text; and faults with their places."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path as FilePath

from offramp.casefile.extends import read_chain
from offramp.casefile.tree import MOST_BYTES, Tree, TreeErrors
from offramp.cases import catalogue, find_shipped
from offramp.errors import CaseError, CaseErrors, OfframpError, UsageError
from offramp.model import Case, build_case

__all__ = ["CaseFile", "load_case", "parse_case", "read_case"]


@dataclass(frozen=True, slots=True, eq=False)
class CaseFile:
    """A case and the text it was read from."""

    case: Case
    tree: Tree
    notes: tuple[str, ...] = ()
    """What was assumed, or lost, where it was made from a model of another program."""

    def locate(self, faults: Iterable[OfframpError]) -> CaseErrors:
        """Give faults that carry an element's path their line and column."""
        return CaseErrors(_placed(self.tree, fault) for fault in faults)


def read_case(source: str | FilePath) -> CaseFile:
    """Read a case by its shipped name or from a YAML file.

    Parameters
    ----------
    source
        A shipped name such as ``coercion``, or a path. A path must end in .yaml or .yml, or contain a separator.

    Raises
    ------
    CaseErrors
        With every fault, each at its line and column.
    UsageError
        If there is no such case or file, or it cannot be read.
    """
    text = str(source)
    if isinstance(source, str) and not _looks_like_file(text):
        shipped = find_shipped(text)
        if shipped is None:
            raise UsageError(f"there is no shipped case `{text[:60]}`", code="no-case", hint=_suggest(text))
        return parse_case(shipped.text(), f"{shipped.group}/{shipped.name}.yaml", name=shipped.name)
    path = FilePath(source)
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or str(e)
        raise UsageError(f"cannot read {text[:200]}: {reason}", code="no-file", hint=_suggest(path.stem)) from e
    return parse_case(data, text, folder=path.parent, name=path.stem)


def load_case(source: str | FilePath) -> Case:
    """Read a case by its shipped name or from a YAML file; see `read_case`."""
    return read_case(source).case


def parse_case(
    text: str | bytes, file: str = "<text>", *, folder: FilePath | None = None, name: str = "case"
) -> CaseFile:
    """Read a case from text.

    Parameters
    ----------
    text
        YAML.
    file
        What to call it in messages.
    folder
        Where files that it extends may lie; None: only shipped cases can be extended.
    name
        The case's name where the text gives none.

    Raises
    ------
    CaseErrors
        With every fault, each at its line and column.
    """
    faults: tuple[CaseError, ...] = ()
    try:
        tree = read_chain(text, file, folder=folder, shipped=_shipped, names=[c.name for c in catalogue()])
    except TreeErrors as e:
        if e.tree is None:
            raise
        tree, faults = e.tree, e.faults
    try:
        case = build_case(tree.data, name, broken=tree.broken, deleted=tree.deleted)
    except CaseErrors as e:
        raise CaseErrors([*faults, *(_placed(tree, fault) for fault in e.faults)]) from None
    if faults:
        raise CaseErrors(faults)
    return CaseFile(case, tree)


def _placed(tree: Tree, fault: OfframpError) -> CaseError:
    path = getattr(fault, "path", ())
    at_key = getattr(fault, "at_key", False)
    place = getattr(fault, "place", None) or tree.place(path, at_key)
    return CaseError(fault.message, code=fault.code, hint=fault.hint, path=path, place=place, at_key=at_key)


def _shipped(name: str) -> tuple[str, str] | None:
    found = find_shipped(name)
    return (found.text(), f"{found.group}/{found.name}.yaml") if found else None


def _looks_like_file(text: str) -> bool:
    if text.lower().endswith((".yaml", ".yml")):
        return find_shipped(text) is None or FilePath(text).exists()
    return ("/" in text or "\\" in text) and find_shipped(text) is None


def _suggest(name: str) -> str:
    if os.path.isfile(f"{name}.yaml"):
        return f"did you mean {name}.yaml?"
    known = [case.name for case in catalogue()]
    close = get_close_matches(name, known, n=1)
    said = f"did you mean `{close[0]}`? " if close else ""
    return f"{said}`offramp cases` lists what is shipped; a file of your own ends in .yaml"
