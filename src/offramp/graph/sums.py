"""Sums of expressions over the states, each times a number that a world gives it: what wants and rates add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from offramp.errors import Path
from offramp.expressions import Node, Open
from offramp.graph.graph import Graph
from offramp.graph.situation import Situation
from offramp.shapes import Floats, Ints

__all__ = ["Sum", "Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """An expression, and the number by which it counts."""

    number: Node
    path: Path
    """Where the number was read."""
    of: Node


class Sum:
    """Terms to be added up in many worlds.

    Most expressions turn on options alone or on conditions alone, and no world changes them. These are laid on top of
    each other by their shape, so that a world adds them up in one go before they are spread over all states. They are
    not multiplied as matrices: states that are alike must come out alike to the last digit.

    Parameters
    ----------
    graph
    terms
    """

    def __init__(self, graph: Graph, terms: Sequence[Term]) -> None:
        self._terms = terms
        self._numbers = np.zeros(len(terms))
        self._drawn: list[tuple[int, Open]] = []
        self._single: list[tuple[int, Node]] = []
        alike: dict[tuple[int, ...], list[tuple[int, Floats]]] = {}
        for n, term in enumerate(terms):
            number, expression = graph.settled(term.number), graph.settled(term.of)
            if isinstance(number, Open):
                self._drawn.append((n, number))
            else:
                self._numbers[n] = number
            if isinstance(expression, Open) or 1 not in (shape := np.atleast_2d(expression).shape):
                self._single.append((n, term.of))
            else:
                alike.setdefault(shape, []).append((n, np.atleast_2d(expression)))
        self._stacked: list[tuple[Ints, Floats]] = [
            (np.array([n for n, _ in each])[:, None, None], np.stack([value for _, value in each]))
            for _, each in sorted(alike.items())
        ]

    def total(self, situation: Situation, instead: Mapping[int, float] | None = None) -> Floats:
        """Add up the terms in one world; broadcasts to [C, P].

        Parameters
        ----------
        situation
        instead
            Numbers that stand in place of those of some terms, by their positions.

        Raises
        ------
        WorldError
            If a number is not finite.
        """
        numbers = self._numbers.copy()
        for n, number in self._drawn:
            numbers[n] = number.of(situation.world)
        for n, value in (instead or {}).items():
            numbers[n] = value
        if not np.isfinite(numbers).all():
            for term in self._terms:
                situation.scalar(term.number, term.path)
        total: Floats = np.zeros((1, 1))
        for at, values in self._stacked:
            total = total + np.add.reduce(numbers[at] * values, axis=0)
        for n, node in self._single:
            total = total + numbers[n] * situation.value(node)
        return total
