"""Why nothing inside the ranges will do: an irreducible set of conditions that cannot be met together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from offramp.inverse.stability.affine import AffineGame, Unknowns
from offramp.inverse.stability.logic import Clause, Logic
from offramp.inverse.stability.requirements import Requirements
from offramp.inverse.stability.results import Blocking, RangeEnd, Requirement
from offramp.inverse.stability.tree import Clock, Tree
from offramp.inverse.stability.views import Sight
from offramp.shapes import Floats

__all__ = ["BEYOND", "blocking", "feasible"]

BEYOND = 1000.0
"""Where an end of a range is left out, the unknown may go beyond it by so many widths of the range."""

T = TypeVar("T")


def blocking(games: Sequence[AffineGame], unknowns: Unknowns, state: int, concept: str, clock: Clock) -> Blocking:
    """Find requirements and ends of ranges that cannot be met together, none of which can be spared.

    First as few requirements as will do with all ends, then as few ends as will do with these.

    Parameters
    ----------
    games : sequence of AffineGame
    unknowns : Unknowns
    state : int
        One for which nothing inside the ranges will do.
    concept : str
    clock : Clock
        Where it runs out, what could not be told to be needless is kept.

    References
    ----------
    Junker, U. (2004). QuickXplain: preferred explanations and relaxations for over-constrained problems. AAAI-04,
    167-172.
    """
    sure = True

    def possible(requirements: Sequence[Requirement], kept: Sequence[tuple[int, bool]]) -> bool:
        nonlocal sure
        found = feasible(games, unknowns, state, concept, requirements, kept, clock)
        sure = sure and found is not None
        return found is not False

    every = [(k, up) for k in range(len(unknowns.names)) for up in (False, True)]
    below, above = (unknowns.low - unknowns.best) / unknowns.width, (unknowns.high - unknowns.best) / unknowns.width
    asked = list(_asked(games, unknowns, below, above, state, concept)[1].each)
    alone = next((each for each in asked if not possible([each], every)), None)
    needed = [alone] if alone is not None else _shrunk([], asked, lambda some: possible(some, every))
    ends = _shrunk([], every, lambda some: possible(needed, some))
    values = [(k, up, unknowns.high[k] if up else unknowns.low[k]) for k, up in sorted(ends)]
    told = tuple(RangeEnd(unknowns.names[k], "high" if up else "low", float(value)) for k, up, value in values)
    return Blocking(state, tuple(needed), told, sure)


def feasible(
    games: Sequence[AffineGame],
    unknowns: Unknowns,
    state: int,
    concept: str,
    requirements: Sequence[Requirement],
    kept: Sequence[tuple[int, bool]],
    clock: Clock,
) -> bool | None:
    """Tell whether some requirements can be met where only some ends of ranges are kept; None where time ran out.

    Parameters
    ----------
    games, unknowns, state, concept
    requirements : sequence of Requirement
    kept : sequence of (int, bool)
        Unknowns, and whether the upper end is meant.
    clock : Clock
    """
    below, above = (unknowns.low - unknowns.best) / unknowns.width, (unknowns.high - unknowns.best) / unknowns.width
    for k in range(len(below)):
        below[k] -= 0.0 if (k, False) in kept else BEYOND
        above[k] += 0.0 if (k, True) in kept else BEYOND
    logic, asked = _asked(games, unknowns, below, above, state, concept)

    def judged(y: Floats) -> list[Clause] | None:
        values = logic.values(y)
        return sorted({clause for each in requirements for clause in asked.failed(each, values)}) or None

    clauses = sorted({clause for each in requirements for clause in asked.clauses(each)})
    found = Tree(logic, clauses, judged, deep=True).run(clock)
    return True if found.y is not None else False if found.finished else None


def _asked(
    games: Sequence[AffineGame], unknowns: Unknowns, below: Floats, above: Floats, state: int, concept: str
) -> tuple[Logic, Requirements]:
    logic = Logic(below, above, unknowns.weights * unknowns.width)
    return logic, Requirements([Sight(game, logic, unknowns) for game in games], state, concept)


def _shrunk(needed: list[T], candidates: list[T], possible: Callable[[list[T]], bool], told: bool = True) -> list[T]:
    """Return as few candidates as will do, with what is needed, to make it impossible.

    By halves (Junker 2004, QuickXplain): what is needed beside the first half is found among the second, and what is
    needed beside that among the first. ``told`` says that something came to be needed since the last test.
    """
    if told and not possible(needed):
        return []
    if len(candidates) <= 1:
        return list(candidates)
    first, second = candidates[: len(candidates) // 2], candidates[len(candidates) // 2 :]
    of_second = _shrunk([*needed, *first], second, possible)
    of_first = _shrunk([*needed, *of_second], first, possible, bool(of_second))
    return [*of_first, *of_second]
