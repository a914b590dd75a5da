"""What may be wrong with the cells of a table, whatever kind of file it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from offramp.errors import Place
from offramp.interop.ktab.parts import Actor, ActorTable
from offramp.interop.source_text import Faults, shorten

__all__ = ["Cell", "TableChecks"]

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[,' \u00a0\u202f][0-9]{3})+(?:\.[0-9]*)?")
_MOST_ACTORS = 1_000
_MOST_DIMENSIONS = 50
_LARGEST = 1e9
_LONGEST_NAME = 100

Cell = tuple[str, Place]
"""A text and where it stands."""


class TableChecks:
    """Turns cells into actors; what is wrong is noted.

    Parameters
    ----------
    faults
    dimensions
        The names of the dimensions, with their places.
    """

    def __init__(self, faults: Faults, dimensions: Sequence[Cell]) -> None:
        self.faults = faults
        self.dimensions = dimensions
        self.actors: list[Actor] = []
        self._named: dict[str, Place] = {}
        first: set[str] = set()
        for name, place in dimensions:
            if name.lower() in first:
                self.fault(place, f"the dimension {shorten(name)} stands twice", "give each its own name")
            first.add(name.lower())
            self._check_length(name, place)
        if len(dimensions) > _MOST_DIMENSIONS:
            self.fault(dimensions[_MOST_DIMENSIONS][1], f"the table has {len(dimensions)} dimensions; the most is "
                       f"{_MOST_DIMENSIONS}", "leave out dimensions")  # fmt: skip

    def fault(self, place: Place, message: str, hint: str) -> None:
        """Note a fault."""
        self.faults.add(place, message, hint, code="table")

    def actor(self, name: Cell, description: str, influence: Cell, positions: Sequence[Cell],
              saliences: Sequence[Cell]) -> None:  # fmt: skip
        """Take one actor, with a position and a salience for each dimension."""
        text, place = name
        if not text:
            self.fault(place, "the actor has no name", "give it a short name of its own")
        elif text.lower() in self._named:
            self.fault(place, f"the actor {shorten(text)} stands twice, first on line {self._named[text.lower()].line}",
                       "put the two together, or rename one")  # fmt: skip
        else:
            self._named[text.lower()] = place
        self._check_length(text, place)
        weight = self.number(influence, f"the influence of {shorten(text)}", _LARGEST)
        stands, cares = (
            [self.number(cell, f"the {what} of {shorten(text)} on {shorten(dimension)}", 100)
             for cell, (dimension, _) in zip(cells, self.dimensions, strict=True)]
            for what, cells in (("position", positions), ("salience", saliences))
        )  # fmt: skip
        told = shorten(description, 200)
        self.actors.append(Actor(text, told, weight, tuple(stands), tuple(cares), place))

    def _check_length(self, name: str, place: Place) -> None:
        if len(name) > _LONGEST_NAME:
            self.fault(place, f"the name {shorten(name)} has {len(name):,} characters; the most is {_LONGEST_NAME}",
                       "shorten it, and put the rest into the description")  # fmt: skip

    def number(self, cell: Cell, what: str, most: float) -> float:
        """Return a number from 0 to the most; 0 where it is none."""
        text, place = cell
        if not text:
            self.fault(place, f"{what} is missing", f"write a number from 0 to {most:g}")
        elif _THOUSANDS.fullmatch(text):
            plain = re.sub("[^0-9.]", "", text)
            self.fault(place, f"{what} is {shorten(text)}, with a separator", f"write {plain} if that is what is meant")
        elif not _NUMBER.fullmatch(text):
            hint = f"write {text.replace(',', '.')}" if _NUMBER.fullmatch(text.replace(",", ".")) else "write a number"
            self.fault(place, f"{what} is {shorten(text)}, which is no number", hint)
        elif not 0 <= float(text) <= most:
            self.fault(place, f"{what} is {shorten(text)}, outside 0 to {most:g}", "mend it, or scale the whole column")
        else:
            return float(text)
        return 0.0

    def table(self, file: str, title: str, about: str) -> ActorTable:
        """Return the table, or raise what was noted.

        Raises
        ------
        CaseErrors
            With every fault.
        """
        top = Place(file, 1, 1)
        if len(self.actors) > _MOST_ACTORS:
            self.fault(self.actors[_MOST_ACTORS].place, f"the table has {len(self.actors):,} actors; the most is "
                       f"{_MOST_ACTORS:,}", "keep those with most influence")  # fmt: skip
        if len(self.actors) < 2 and not self.faults:
            count = "no actors" if not self.actors else "one actor only"
            self.fault(top, f"the table has {count}", "a bargain needs two or more: one on each row below the header")
        self.faults.stop()
        names, places = tuple(name for name, _ in self.dimensions), tuple(place for _, place in self.dimensions)
        for d, (name, place) in enumerate(self.dimensions):
            if not any(actor.influence * actor.saliences[d] for actor in self.actors):
                self.fault(place, f"no actor with influence cares about {shorten(name)}", "leave the dimension out")
        self.faults.stop()
        return ActorTable(file, title, about, names, tuple(self.actors), places)
