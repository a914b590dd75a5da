"""A box on the draws, told in unknowns: their names in words, their values, and which of them move together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from offramp.findings.common.draws import Draws
from offramp.findings.discovery.values import RegionClause
from offramp.measures.boxes import Box, Fit, Kind
from offramp.measures.statements import statement
from offramp.measures.twins import twins_of
from offramp.model import Case, Choice
from offramp.shapes import Bools, Floats

__all__ = ["DrawsBehind"]


class DrawsBehind:
    """The draws of those unknowns that can matter for something, in the worlds in which it is known."""

    def __init__(self, case: Case, draws: Draws, behind: frozenset[str], known: Bools) -> None:
        """`known` tells of each world of the draws whether it counts."""
        self.names = tuple(name for name in draws.values if name in behind)
        self.labels = draws.labels
        columns = [draws.values[name][known] for name in self.names]
        self.table: Floats = np.stack(columns, axis=1) if columns else np.zeros((int(known.sum()), 0))
        self._choices = {
            n: law.values
            for n, name in enumerate(self.names)
            if name in case.unknowns and isinstance(law := case.unknowns[name].law, Choice)
        }

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """What each column holds."""
        return tuple("category" if n in self._choices else "real" for n in range(len(self.names)))

    def clauses(
        self, box: Box, fit: Fit, quasi_p: Sequence[tuple[float, float]] | None = None, *, twins: bool = True
    ) -> tuple[RegionClause, ...]:
        """Put a box into clauses, the most telling first.

        Parameters
        ----------
        quasi_p
            For each limit of the box.
        twins
            Name the unknowns that move along.
        """
        values = {n: {value: f"{value:g}" for value in choices} for n, choices in self._choices.items()}
        found = statement(box, fit, self.names, values, quasi_p)
        return tuple(
            RegionClause(
                unknown=c.name,
                label=self.labels[c.name],
                relation=c.relation,
                low=c.low,
                high=c.high,
                words=c.words,
                width=float(np.ptp(self.table[:, c.column])),
                quasi_p=c.quasi_p,
                twins=tuple(self.labels[self.names[n]] for n in twins_of(self.table, c.column)) if twins else (),
            )
            for c in found.clauses
        )
