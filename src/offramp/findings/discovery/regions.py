"""Regions of unknowns in which something comes out on one side: looked for, checked on worlds held out, and told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, takewhile

from offramp.findings.discovery.clauses import DrawsBehind
from offramp.findings.discovery.values import Leaf, Region, Side, Tree, Where
from offramp.measures.discovery import Found, HeldOut, find_boxes
from offramp.measures.prim import Patience
from offramp.measures.tree_check import Grown, grow_beside
from offramp.shapes import Bools

__all__ = ["FEWEST_ON_A_SIDE", "FEWEST_WORLDS", "Search", "look", "told"]

FEWEST_WORLDS = 64
FEWEST_ON_A_SIDE = 8
"""With fewer worlds, of all or on the smaller side, no region is looked for."""
MOST = 2
"""Regions of one claim or contest."""
LIMITED = 3
"""Unknowns that a region limits, at most: more are neither remembered nor, over so few worlds, to be trusted."""
TELLING = 0.1
"""By how much more of a region's worlds than of all have to be on that side, for it to be told of."""
PATIENCE = Patience(peel=0.1)
"""A tenth of the worlds at a time: of less, in half of few worlds, chance decides."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What was found on the side on which fewer worlds are."""

    draws: DrawsBehind
    side: Side
    interest: Bools
    found: tuple[Found, ...]
    grown: Grown | None
    """None, too, where no tree was asked for."""

    @property
    def checks(self) -> list[float]:
        """Of all that was looked for: p-values, 1 where nothing was found."""
        return [*(self.p_values or [1.0]), *([self.grown.p_value] if self.grown is not None else [])]

    @property
    def p_values(self) -> list[float]:
        """Of each region's check; a later one stands only with all before it."""
        return list(accumulate((_check(box).p_value for box in self.found), max))

    def named(self, level: float) -> list[tuple[Found, float]]:
        """Return the regions that stand, with their p-values, up to the first that does not.

        One that is hardly denser than all worlds, or no denser on those held out, says nothing.
        """
        share = float(self.interest.mean())

        def stands(pair: tuple[Found, float]) -> bool:
            box, p_value = pair
            return p_value <= level and box.fit.density >= share + TELLING and _check(box).held.density > share

        return list(takewhile(stands, zip(self.found, self.p_values, strict=True)))


def look(draws: DrawsBehind, bad: Bools, sides: tuple[Side, Side], seed: int, *, tree: bool = False) -> Search | None:
    """Look for regions on the side on which fewer worlds are, and for a tree beside them.

    `sides` names the bad one first. None where the worlds, or those on that side, are too few.
    """
    worlds, hits = len(bad), int(bad.sum())
    if worlds < FEWEST_WORLDS or min(hits, worlds - hits) < FEWEST_ON_A_SIDE or not draws.names:
        return None
    few = 2 * hits <= worlds
    interest = bad if few else ~bad
    found = find_boxes(
        draws.table, interest, draws.kinds, seed=seed, most=MOST, level=1.0, columns=LIMITED, patience=PATIENCE
    )
    grown = None
    if tree:
        grown = grow_beside(found, draws.table, interest, draws.kinds, seed=seed, columns=LIMITED)
    return Search(draws, sides[0] if few else sides[1], interest, found, grown)


def told(search: Search | None, level: float) -> Where | None:
    """Tell the regions and the tree whose checks pass at a level."""
    if search is None:
        return None
    grown = search.grown
    return Where(
        side=search.side,
        share=float(search.interest.mean()),
        worlds=len(search.interest),
        unknowns=len(search.draws.names),
        regions=tuple(_region(search.draws, box, p) for box, p in search.named(level)),
        tree=_tree(search.draws, grown) if grown is not None and grown.p_value <= level else None,
    )


def _check(box: Found) -> HeldOut:
    assert box.held_out is not None
    return box.held_out


def _region(draws: DrawsBehind, box: Found, p_value: float) -> Region:
    check = _check(box)
    return Region(
        clauses=draws.clauses(box.box, box.fit, box.quasi_p),
        worlds=box.fit.worlds,
        hits=box.fit.hits,
        density=box.fit.density,
        coverage=box.fit.coverage,
        mass=box.fit.mass,
        held_out=check.held.density,
        held_out_worlds=check.held.worlds,
        p_value=p_value,
    )


def _tree(draws: DrawsBehind, grown: Grown) -> Tree:
    leaves = (Leaf(draws.clauses(box, fit, twins=False), fit.worlds, fit.density) for box, fit in grown.leaves)
    return Tree(tuple(leaves), grown.skill, grown.boxes_skill)
