"""How much of the results' variance rests on guesses, from the worlds at hand."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from offramp.findings.sensitivity.values import GuessShare, GuessShares, KindShare
from offramp.measures.group_share import GroupShare, Regressions, fits
from offramp.model import Case, Derived
from offramp.shapes import Floats, Ints
from offramp.worlds import Worlds

__all__ = ["guess_shares", "unknowns_by_kind"]

KINDS = ("quoted", "literature", "guess")
_UNKNOWN = GroupShare(math.nan, math.nan, math.nan, 0, 0)


def unknowns_by_kind(case: Case) -> dict[str, list[tuple[str, ...]]]:
    """Return the numbers that vary by what they rest on; the worths of an ordered list go together.

    A default rests on nothing stated, and counts as a guess. So does an ordered list with any statement that rests on
    nothing; one that rests on the literature in part counts as literature.
    """
    found: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in KINDS}
    together = {name: order.names for order in case.orders for name in order.names}
    for name, unknown in case.unknowns.items():
        if isinstance(unknown.law, Derived) or (name in together and together[name][0] != name):
            continue
        names = together.get(name, (name,))
        weakest = max(_kind(case.unknowns[n].origin.kind) for n in names)
        found[KINDS[weakest]].append(names)
    return found


def _kind(origin: str) -> int:
    return KINDS.index(origin) if origin in KINDS else KINDS.index("guess")


def guess_shares(
    case: Case, strategy: str, worlds: Worlds, values: Mapping[str, Floats], rows: Ints, seed: int
) -> GuessShares | None:
    """Estimate what share of the main outcomes' variance rests on guesses.

    What quoted numbers and the literature explain by themselves, together, is estimated by regression
    (`offramp.measures.group_share`); all else rests on guesses, alone or together with those. Intervals are too narrow
    where numbers act strongly together.

    Parameters
    ----------
    strategy
        Under which the outcomes were computed.
    worlds
        The draws.
    values
        Outcome -> its values, [rows].
    rows
        Which worlds they are of.
    seed
        Of the bootstrap.

    Returns
    -------
    GuessShares or None
        None where no number varies.
    """
    groups = unknowns_by_kind(case)
    if not any(groups.values()):
        return None
    draws = {
        kind: np.stack([worlds.column(name)[rows] for names in group for name in names], axis=1)
        if group
        else np.zeros((len(rows), 0))
        for kind, group in groups.items()
    }
    counts = {kind: len(group) for kind, group in groups.items()}
    draws["stated"] = np.concatenate([draws["quoted"], draws["literature"]], axis=1)
    known = {kind: _Kind(group) for kind, group in draws.items()}
    found = {outcome: _share(column, known, seed) for outcome, column in values.items()}
    return GuessShares(strategy, counts, found)


class _Kind:
    """The numbers of one kind of origin, and what they explain of an outcome."""

    def __init__(self, draws: Floats) -> None:
        self.count = draws.shape[1]
        self._regressions = Regressions(draws) if self.count and fits(*draws.shape) else None

    def explains(self, column: Floats, seed: int) -> GroupShare:
        return self._regressions.share(column, seed=seed) if self._regressions else _UNKNOWN


def _share(column: Floats, kinds: Mapping[str, _Kind], seed: int) -> GuessShare:
    """Estimate for one outcome."""
    worlds = len(column)

    def nothing(note: str) -> GuessShare:
        return GuessShare(math.nan, math.nan, math.nan, {}, worlds, note)

    if worlds < 2 or float(column.std()) <= 1e-9 * max(1.0, float(np.abs(column).max())):
        return nothing("It does not vary over these worlds.")
    stated, guessed = kinds["stated"], kinds["guess"]
    if not stated.count:
        return GuessShare(1.0, 1.0, 1.0, {}, worlds, "Every number that varies is a guess.")
    found = {kind: kinds[kind].explains(column, seed) for kind in KINDS if kinds[kind].count}
    alone = {
        kind: KindShare(_unit(g.share), _unit(g.low), _unit(g.high))
        for kind, g in found.items()
        if not math.isnan(g.share)
    }
    if not guessed.count:
        return GuessShare(0.0, 0.0, 0.0, alone, worlds, "No number that varies is a guess.")
    together = stated.explains(column, seed)
    if math.isnan(together.share):
        note = f"{worlds} worlds are too few to tell with {stated.count} numbers that have an origin."
        return GuessShare(math.nan, math.nan, math.nan, alone, worlds, note)
    return GuessShare(_unit(1 - together.share), _unit(1 - together.high), _unit(1 - together.low), alone, worlds)


def _unit(share: float) -> float:
    return float(np.clip(share, 0.0, 1.0))
