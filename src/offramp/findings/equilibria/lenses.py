"""What holds beside where play goes, everybody free, and why the two differ where they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from offramp.errors import CaseError, CaseErrors
from offramp.findings.equilibria.causes import LONGER, time_spent
from offramp.findings.equilibria.holding import Holding, what_holds
from offramp.findings.equilibria.values import Cause, Comparison, Lenses, NearlyHolds, OutcomeHolds, Standing
from offramp.graph import Graph, build_graph, pose
from offramp.model import Case
from offramp.play import Paths, follow, solve
from offramp.shapes import ENSEMBLE_TOLERANCE, Bools, Floats
from offramp.stability import free_graph

__all__ = ["compare", "lenses"]

CONCEPT = "seq"
"""What play is compared with: players fear only answers by which those who make them gain."""
CONCEPTS = ("nash", "sseq", "seq", "smr", "gmr")
"""From the one that asks most of a configuration."""
WORLDS = 64
"""Worlds to judge, at most."""
FEWEST = 8
CELLS = 200_000
"""Configurations times worlds to judge, at most, as long as `FEWEST` worlds are left."""
LARGEST = 100_000
"""States that a run looks at."""
HOLDING = 4
"""Configurations told of that hold most."""
VISITED = 4
"""And of those that play visits most."""
MOST = 0.5
"""Play goes along with what holds where it spends at least this share of its time there."""
LITTLE = 0.1
"""And with what does not hold where it spends at most this share."""
A_PART = 0.1
"""A cause matters if at least this part of the difference goes away without it."""


def lenses(case: Case, worlds: int, seed: int, workers: int | None = None) -> Lenses:
    """Judge what holds over some worlds, and compare it with play in the best guess.

    Both lenses have everybody free and the settings of the case. Where they differ, play is computed again without one
    cause at a time (see `causes.time_spent`). The cause is the one without which play comes nearest to what stability
    says: all of the time where a configuration holds in the best guess, none where it does not. It is named only if at
    least a tenth of the difference goes away with it.

    Parameters
    ----------
    case : Case
    worlds : int
        Worlds of the run; the first 64 of them are judged, of large cases fewer.
    seed : int
    workers : int, optional
        Threads; by default one per core. The numbers do not depend on it.

    Raises
    ------
    CaseErrors
        If the case is too large.
    WorldError
        If the best guess cannot be judged or played.
    """
    graph = free_graph(case)
    if graph.states > LARGEST:
        raise CaseErrors([_too_large(case, graph)])
    most = min(WORLDS, max(FEWEST, CELLS // len(graph.codes)))
    holding = what_holds(case, min(worlds, most), seed)
    graph = holding.graph
    path = _path(graph, holding.world)
    numbers = _numbers(holding, path)
    equilibria: dict[str, Bools] = {
        concept: np.logical_and.reduce(holding.best.stable[concept]) for concept in CONCEPTS
    }
    held = equilibria[CONCEPT]
    sets = np.array([*(np.arange(len(held)) == n for n in numbers), held])
    spent = time_spent(graph, holding.world, sets, workers)

    def compared(m: int, holds: bool) -> Comparison:
        changed = {cause: float(shares[m]) for cause, shares in spent.changed.items()}
        return compare(holds, float(spent.play[m]), changed)

    final, reached = path.final.sum(axis=1), np.isin(graph.codes, build_graph(case, graph.strategy).codes)
    return Lenses(
        worlds=holding.worlds,
        failed=len(holding.failures),
        configurations=len(held),
        start=holding.levels(holding.start),
        equilibria={concept: int(each.sum()) for concept, each in equilibria.items()},
        concept=CONCEPT,
        standings=tuple(
            Standing(
                number=n,
                label=holding.levels(n),
                start=n == holding.start,
                reached=bool(reached[n]),
                shares={concept: float(holding.shares[concept][n]) for concept in CONCEPTS},
                best_guess=tuple(concept for concept in CONCEPTS if equilibria[concept][n]),
                final=float(final[n]),
                begun=float(spent.begun[m, n]),
                compared=compared(m, bool(held[n])),
            )
            for m, n in enumerate(numbers)
        ),
        together=compared(len(numbers), True) if held.any() else None,
        outcomes=dict(_outcomes(holding, path.by_configuration)),
        nearly=tuple(_nearly(holding)),
        longer=LONGER,
    )


def compare(holds: bool, play: float, changed: Mapping[Cause, float]) -> Comparison:
    """Say whether play goes along with stability, and if not which single cause matters most.

    Parameters
    ----------
    holds : bool
    play : float
        The share of the time spent there.
    changed : mapping of Cause to float
        The same without one cause.
    """
    said = 1.0 if holds else 0.0
    agree = play >= MOST if holds else play <= LITTLE
    cause: Cause | None = None
    closes = 0.0
    if not agree:
        parts = {each: 1.0 - abs(said - share) / abs(said - play) for each, share in changed.items()}
        for each, part in parts.items():
            if part >= A_PART and part > closes:
                cause, closes = each, part
    return Comparison(holds, play, changed, agree, cause, closes)


def _path(graph: Graph, world: Mapping[str, float]) -> Paths:
    horizon = graph.case.time.horizon
    solution = solve(pose(graph, world, ()).problem, tolerance=ENSEMBLE_TOLERANCE, snapshots=horizon)
    return follow(solution, np.zeros((0, *graph.shape)), (0.0, horizon), moves=False)


def _numbers(holding: Holding, path: Paths) -> list[int]:
    """Return the configurations to tell of: those that hold most, then those that are visited most."""
    share, total = path.by_configuration, np.sum(list(holding.shares.values()), axis=0)
    ranked = [n for n in np.lexsort((-share, -total))[:HOLDING] if total[n] > 0.0]
    visited = np.argsort(-share, kind="stable")[:VISITED]
    return list(dict.fromkeys(map(int, (*ranked, *visited))))


def _outcomes(holding: Holding, share: Floats) -> Iterator[tuple[str, OutcomeHolds]]:
    graph = holding.graph
    for id_, settled in holding.settled.items():
        yield id_, OutcomeHolds(settled.some, settled.all, float(share[_mark(graph, id_)].sum()))


def _mark(graph: Graph, outcome: str) -> Bools:
    """Return where an outcome holds that options alone decide, [C]."""
    of = graph.case.outcomes[outcome].of
    assert of is not None, "options decide it"
    value = graph.settled(of)
    assert isinstance(value, np.ndarray), "no world decides it"
    return np.broadcast_to(value, graph.shape)[:, 0] > 0.0


def _nearly(holding: Holding) -> Iterator[NearlyHolds]:
    found = holding.nearly(CONCEPT)
    for i, player in enumerate(holding.graph.case.players):
        own = [(n, share) for n, leaver, share in found if leaver == i]
        if own:
            n, share = own[0]
            yield NearlyHolds(player, len(own), n, holding.levels(n), share)


def _too_large(case: Case, graph: Graph) -> CaseError:
    return CaseError(
        f"the case has {graph.states:,} states with everybody free; a run looks at up to {LARGEST:,}",
        code="too-large",
        hint=f"`offramp stability {case.name}` judges what holds in larger ones",
    )
