"""``extends``: one case built on another, found by name or in the same folder."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path as FilePath

from offramp.casefile.merging import merge
from offramp.casefile.tree import MOST_BYTES, Tree, TreeErrors, read_tree
from offramp.errors import CaseError, CaseErrors, Place

__all__ = ["MOST_BASES", "Shipped", "read_chain"]

MOST_BASES = 10

Shipped = Callable[[str], tuple[str, str] | None]
"""Looks up a shipped case by name: its text and its file name, or None where there is no such case."""


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
    TreeErrors
        For faults of any file of the chain, at the place in that file.
    """
    faults: list[CaseError] = []
    trees = [_partly(text, file, faults)]
    chain = [(_identity(file, folder), file)]
    while "extends" in trees[-1].data:
        name, place = trees[-1].data["extends"], trees[-1].place(("extends",))
        try:
            if ("extends",) in trees[-1].broken:
                raise TreeErrors(())
            if not isinstance(name, str) or not name.strip():
                raise _fault(place, f"extends takes a name, not {name!r:.60}", "write the name of a case or file")
            if len(trees) > MOST_BASES:
                raise _fault(place, f"more than {MOST_BASES} cases extend one another", "merge some of them")
            text, file, folder = _find(name, place, folder, shipped, list(names))
            identity = _identity(file, folder)
            if identity in [known for known, _ in chain]:
                circle = " > ".join([label for _, label in chain] + [name])
                raise _fault(place, f"the cases extend one another in a circle: {circle}", "remove one")
        except CaseErrors as error:
            raise TreeErrors([*faults, *error.faults]) from None
        chain.append((identity, name))
        trees.append(_partly(text, file, faults))
    merged = trees.pop()
    while trees:
        merged, found = merge(merged, trees.pop())
        faults += found
    if faults:
        raise TreeErrors(faults, merged)
    return merged


def _partly(text: str | bytes, file: str, faults: list[CaseError]) -> Tree:
    """Read one file of the chain; its faults are gathered as long as anything of it can be read."""
    try:
        return read_tree(text, file)
    except TreeErrors as error:
        faults += error.faults
        if error.tree is None:
            raise TreeErrors(faults) from None
        return error.tree


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
        raise _fault(place, f"{name[:60]} is a file, and a case without a folder extends shipped cases only", hint)
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
        files = sorted(path.name for path in beside if path.suffix.lower() in (".yaml", ".yml") and path.is_file())
    except OSError:
        files = []
    known = names + files
    near = difflib.get_close_matches(name[:100], known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known[:20]) or 'no others'}"
    what = "file in the same folder" if name.lower().endswith((".yaml", ".yml")) else "shipped case"
    return _fault(place, f"there is no {what} named {name[:60]}", hint)


def _fault(place: Place, message: str, hint: str) -> CaseErrors:
    return CaseErrors([CaseError(message, code="extends", hint=hint, path=("extends",), place=place)])
