"""An actor table from an XML file of KTAB's.

``Scenario`` holds ``name``, ``desc``, ``Dimensions`` (``dName``) and ``Actors``; an ``Actor`` has a ``name``, a
``description``, a ``capability``, a ``Position`` (``dCoord`` for each dimension) and a ``Salience`` (``dSal``). What a
scenario says of KTAB's own model is not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path as FilePath
from xml.parsers import expat

from offramp.errors import Place
from offramp.interop.ktab.checks import Cell, TableChecks
from offramp.interop.ktab.parts import ActorTable
from offramp.interop.source_text import Faults, plain, read_bytes, shorten

__all__ = ["read_xml"]

MOST_BYTES = 1_000_000
_MOST_DEPTH = 20


@dataclass(slots=True)
class _Element:
    tag: str
    place: Place
    children: list[_Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str) -> list[_Element]:
        return [child for child in self.children if child.tag == tag]

    @property
    def cell(self) -> Cell:
        return plain(self.text), self.place


def read_xml(path: FilePath) -> ActorTable:
    """Read a table. A document type, and with it every entity of the file's own, is refused.

    Raises
    ------
    UsageError
        If the file cannot be read.
    CaseErrors
        With every fault, each at its line and column.
    """
    data, file = read_bytes(path, MOST_BYTES), str(path)
    faults = Faults(file)
    root = _Tree(file, faults).read(data)
    if root.tag != "Scenario":
        faults.add(root.place, f"the file is a <{shorten(root.tag)}>, not a <Scenario>",
                   "a scenario of KTAB's is wanted, as its SMP model reads it", code="table")  # fmt: skip
        raise faults.errors
    actors = _needed(root, "Actors", faults)
    found = [name.cell for name in _needed(root, "Dimensions", faults).all("dName")]
    if not found:
        faults.add(root.place, "there is no dimension", "name each: <Dimensions><dName>...</dName></Dimensions>",
                   code="table")  # fmt: skip
        raise faults.errors
    checks = TableChecks(faults, [(name or f"dimension {n + 1}", place) for n, (name, place) in enumerate(found)])
    for actor in actors.all("Actor"):
        _actor(actor, checks)
    told = [element.cell[0] if (element := _one(root, tag, faults)) is not None else "" for tag in ("name", "desc")]
    return checks.table(file, told[0] or plain(path.stem), told[1])


def _actor(actor: _Element, checks: TableChecks) -> None:
    noted = len(checks.faults)
    name = _needed(actor, "name", checks.faults).cell
    told = _one(actor, "description", checks.faults)
    lists = []
    for tag, item in (("Position", "dCoord"), ("Salience", "dSal")):
        parent = _needed(actor, tag, checks.faults)
        cells = [each.cell for each in parent.all(item)]
        if len(cells) != len(checks.dimensions) and actor.all(tag):
            whose = shorten(name[0]) or "an actor"
            checks.fault(parent.place, f"{whose} has {len(cells)} <{item}> for {len(checks.dimensions)} dimensions",
                         "give one for each dimension")  # fmt: skip
        lists.append(cells)
    influence = _needed(actor, "capability", checks.faults).cell
    if len(checks.faults) == noted:
        checks.actor(name, told.cell[0] if told is not None else "", influence, lists[0], lists[1])


def _one(parent: _Element, tag: str, faults: Faults) -> _Element | None:
    """Return the only element of a tag; None where there is none."""
    found = parent.all(tag)
    for again in found[1:]:
        faults.add(again.place, f"<{tag}> stands here again in <{parent.tag}>, first on line {found[0].place.line}",
                   "keep one of them", code="table")  # fmt: skip
    return found[0] if found else None


def _needed(parent: _Element, tag: str, faults: Faults) -> _Element:
    found = _one(parent, tag, faults)
    if found is None:
        faults.add(parent.place, f"<{parent.tag}> has no <{tag}>", "add it", code="table")
        return _Element(tag, parent.place)
    return found


class _Tree:
    """Builds elements from the events of the parser."""

    def __init__(self, file: str, faults: Faults) -> None:
        self.file = file
        self.faults = faults
        self.stack: list[_Element] = []
        self.root: _Element | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def read(self, data: bytes) -> _Element:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as e:
            place = Place(self.file, e.lineno, e.offset + 1)
            said = "the file is empty" if not data.strip() else f"XML cannot read this: {expat.ErrorString(e.code)}"
            hint = "it may have been cut off" if e.code in _CUT else "mend it here"
            self.faults.add(place, said, hint, code="xml")
            raise self.faults.errors from None
        except (ValueError, LookupError) as e:
            self.faults.add(Place(self.file, 1, 1), f"XML cannot read this: {shorten(e, 100)}",
                            "save the file with the encoding UTF-8", code="xml")  # fmt: skip
            raise self.faults.errors from None
        assert self.root is not None
        return self.root

    @property
    def here(self) -> Place:
        return Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def doctype(self, *_: object) -> None:
        self.faults.add(self.here, "a document type (<!DOCTYPE>) is refused, for it can name other files",
                        "remove it; a scenario of KTAB's has none", code="xml")  # fmt: skip
        raise self.faults.errors

    def start(self, tag: str, _: object) -> None:
        element = _Element(tag, self.here)
        if len(self.stack) >= _MOST_DEPTH:
            self.faults.add(element.place, f"the nesting is deeper than {_MOST_DEPTH}", "nest less deeply", code="xml")
            raise self.faults.errors
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, _: str) -> None:
        self.stack.pop()

    def characters(self, text: str) -> None:
        self.stack[-1].text += text


_CUT = tuple(
    expat.errors.codes[name]
    for name in (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN,
                 expat.errors.XML_ERROR_TAG_MISMATCH, expat.errors.XML_ERROR_PARTIAL_CHAR)
)  # fmt: skip
