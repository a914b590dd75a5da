"""A bargain in the case language: the levels of its options, where a deal lies, how near it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from offramp.interop.ktab.bargain import Bargain, Stand
from offramp.interop.ktab.parts import ActorTable

__all__ = ["Formulas"]


class Formulas:
    """Writes levels and expressions.

    Parameters
    ----------
    table
    bargain
    players
        The ids of the players, by the positions of the actors.
    options
        The ids of the options, by dimension.
    """

    def __init__(self, table: ActorTable, bargain: Bargain, players: Mapping[int, str], options: Sequence[str]) -> None:
        self.table = table
        self.bargain = bargain
        self.players = players
        self.options = options
        self.moving = [[stand for stand in bargain.moving if stand.dimension == d] for d in range(len(options))]
        """By dimension, who can move."""

    def levels(self, stand: Stand) -> list[str]:
        """Name the rungs by the positions that they stand for."""
        start, centre = self._ends(stand)
        steps = self.bargain.rungs - 1
        rungs = [abs(start + (centre - start) * k / steps) for k in range(steps + 1)]  # no minus before a zero
        names: list[str] = []
        for digits in range(6):
            names = [f"at-{rung:.{digits}f}".replace(".", "_") for rung in rungs]
            if len(set(names)) == len(names):
                break
        return names

    def mean(self, d: int) -> str:
        """Return the weighted mean of the positions, from 0 to 1: the centre, and how each who gives way shifts it."""
        text = f"{self.bargain.centres[d] / 100:.4g}"
        for stand in self.moving[d]:
            start, centre = self._ends(stand)
            sign = "+" if centre > start else "-"
            text += f" {sign} {stand.share * stand.distance / 100:.4g} * {self._option(stand)}"
        return text

    def closed(self, d: int) -> str:
        """Return the share of the movers' weighted distance that is closed, from 0 to 1."""
        total = sum(stand.part for stand in self.moving[d])
        return " + ".join(f"{stand.part / total:.4g} * {self._option(stand)}" for stand in self.moving[d])

    def _ends(self, stand: Stand) -> tuple[float, float]:
        return self.table.actors[stand.actor].positions[stand.dimension], self.bargain.centres[stand.dimension]

    def _option(self, stand: Stand) -> str:
        return f"{self.players[stand.actor]}.{self.options[stand.dimension]}"
