"""Sets of configurations and rankings of them -> expressions of the case language.

Options are yes or no. A set is a whole number, as in offramp.interop.cubes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offramp.interop.cubes import Cube, cover
from offramp.shapes import Ints

__all__ = ["Literals", "any_of", "rank_formulas", "within"]

_MOST_TERMS = 24
"""In one chain of `or`."""


@dataclass(frozen=True, slots=True)
class Literals:
    """What stands for an option that is taken, and for one that is not."""

    taken: tuple[str, ...]
    left: tuple[str, ...]

    def of(self, option: int, yes: bool) -> str:
        """Return the text for one option."""
        return self.taken[option] if yes else self.left[option]


def any_of(cubes: Sequence[Cube], literals: Literals) -> str:
    """Return an expression that holds where any of some conjunctions does."""
    terms = [" and ".join(literals.of(*each) for each in cube) or "true" for cube in cubes]
    while len(terms) > _MOST_TERMS:  # expressions may be 100 operations deep
        groups = [terms[n : n + _MOST_TERMS] for n in range(0, len(terms), _MOST_TERMS)]
        terms = [f"({' or '.join(group)})" for group in groups]
    return " or ".join(terms) or "false"


def within(states: int, possible: int, literals: Literals) -> str:
    """Return a short expression that among the possible configurations holds in some and in no others."""
    options = len(literals.taken)
    everything = (1 << (1 << options)) - 1
    free = everything & ~possible
    positive = any_of(cover(states & possible, states | free, options), literals)
    rest = possible & ~states
    negative = f"not ({any_of(cover(rest, rest | free, options), literals)})"
    return positive if len(positive) <= len(negative) else negative


@dataclass(frozen=True, slots=True)
class _Branch:
    option: int
    yes: _Tree
    no: _Tree


_Tree = int | _Branch


def rank_formulas(states: Ints, ranks: Ints, literals: Literals, most: int) -> list[str]:
    """Return expressions that add up to the rank of each configuration.

    Parameters
    ----------
    states : [S]
    ranks : [S]
        From 0.
    literals
    most
        The characters that one expression may have.
    """
    return _pieces(_tree(states, ranks, len(literals.taken)), literals, "", most)


def _tree(states: Ints, ranks: Ints, options: int) -> _Tree:
    """Ask for one option after the other, such that as few ranks as possible are left on either side."""
    first = int(ranks[0])
    if (ranks == first).all():
        return first
    best: tuple[int, int] | None = None
    for k in range(options):
        taken = (states >> k & 1).astype(np.bool_)
        if taken.any() and not taken.all():
            left = len(set(ranks[taken].tolist())) + len(set(ranks[~taken].tolist()))
            best = min(best or (left, k), (left, k))
            if len(ranks) == 2:
                break
    assert best is not None
    taken = (states >> best[1] & 1).astype(np.bool_)
    return _Branch(best[1], _tree(states[taken], ranks[taken], options), _tree(states[~taken], ranks[~taken], options))


def _text(tree: _Tree, literals: Literals) -> str:
    if isinstance(tree, int):
        return str(tree)
    yes, no, test = _text(tree.yes, literals), _text(tree.no, literals), literals.of(tree.option, True)
    if isinstance(tree.no, int) and not isinstance(tree.yes, int):
        yes, no, test = no, yes, literals.of(tree.option, False)
    elif not isinstance(tree.yes, int):
        yes = f"({yes})"
    return f"{yes} if {test} else {no}"


def _pieces(tree: _Tree, literals: Literals, guard: str, most: int) -> list[str]:
    """Cut a tree where its text would be too long; each piece is 0 outside its guard."""
    if tree == 0:
        return []
    text = _text(tree, literals)
    if guard:
        text = f"({text}) if {guard} else 0"
    if len(text) <= most or isinstance(tree, int):
        return [text]
    tests = [f"{guard} and {test}" if guard else test
             for test in (literals.of(tree.option, True), literals.of(tree.option, False))]  # fmt: skip
    return [*_pieces(tree.yes, literals, tests[0], most), *_pieces(tree.no, literals, tests[1], most)]
