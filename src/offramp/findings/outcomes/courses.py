"""How a strategy plays out: paths over time, the states most visited, and storylines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from offramp.ensemble import Prepared, prepare, worker_count
from offramp.errors import WorldError
from offramp.expressions import evaluate, truth
from offramp.findings.common.labels import names_of
from offramp.findings.outcomes.course_values import (
    Change,
    MapEdge,
    MapState,
    Paths,
    Series,
    StateMap,
    Story,
    StoryEvent,
)
from offramp.graph import Graph, describe, option_levels, pose
from offramp.model import Case, Outcome
from offramp.model.variants import Variant
from offramp.play import Event, Solution, Storyline, follow, solve, storyline
from offramp.play import Paths as Followed
from offramp.shapes import ENSEMBLE_TOLERANCE, Floats
from offramp.worlds import Worlds

__all__ = ["courses", "tell"]

PATH_WORLDS = 8
"""Drawn worlds that the bands of paths rest on."""
DATES = 49
STORIES = 3
MOST_STATES = 12
MOST_EDGES = 30


def courses(
    case: Case, strategies: Sequence[str], worlds: Worlds, seed: int, workers: int | None
) -> tuple[dict[str, Paths], dict[str, StateMap], dict[str, tuple[Story, ...]]]:
    """Follow strategies forward in the best-guess world and a few others.

    Returns
    -------
    paths, maps, stories
        By strategy; a strategy whose best guess cannot be computed is left out.
    """
    paths: dict[str, Paths] = {}
    maps: dict[str, StateMap] = {}
    stories: dict[str, tuple[Story, ...]] = {}
    count = min(PATH_WORLDS, worlds.count)
    with ThreadPoolExecutor(worker_count(workers)) as pool:
        for id_ in strategies:
            ready = prepare(case, Variant(id_), worlds)
            walks = list(pool.map(lambda w, ready=ready: _walk(case, ready, w), range(count + 1)))
            if walks[0] is None:
                continue
            solution, best = walks[0]
            assert solution is not None
            others = np.array([walk[1].expected for walk in walks[1:] if walk is not None])
            paths[id_] = _paths(case, ready.graph, best, others)
            maps[id_] = _map(ready.graph, best)
            stories[id_] = tuple(_story(case, ready.graph, solution, seed + n) for n in range(STORIES))
    return paths, maps, stories


def tell(case: Case, strategy: str, worlds: Worlds, seeds: Sequence[int], world: int = 0) -> list[Story]:
    """Tell simulated courses of events of one strategy in one world, one for each seed.

    Raises
    ------
    WorldError
        If the world cannot be computed.
    """
    ready = prepare(case, Variant(strategy), worlds)
    posed = pose(ready.graph, ready.worlds.world(world), ())
    solution = solve(posed.problem, tolerance=ENSEMBLE_TOLERANCE, snapshots=case.time.horizon)
    return [_story(case, ready.graph, solution, seed) for seed in seeds]


def _walk(case: Case, ready: Prepared, w: int) -> tuple[Solution | None, Followed] | None:
    world = ready.worlds.world(w)
    try:
        posed = pose(ready.graph, world, ())
        solution = solve(posed.problem, tolerance=ENSEMBLE_TOLERANCE, snapshots=case.time.horizon)
        dates = np.linspace(0.0, case.time.horizon, DATES)
        followed = follow(solution, _observables(case, ready.graph, world), dates, moves=w == 0)
        return solution if w == 0 else None, followed
    except WorldError:
        return None


def _observables(case: Case, graph: Graph, world: Mapping[str, float]) -> Floats:
    """Return what is watched over time, [observables, C, P]: outcomes, then options, then conditions."""
    scope = graph.scope(world)
    rows = [_observed(outcome, scope) for outcome in case.outcomes.values() if outcome.of is not None]
    rows += [graph.env[name].number for name in (*graph.space.names, *case.conditions)]
    return np.stack([np.broadcast_to(row, graph.shape) for row in rows]) if rows else np.zeros((0, *graph.shape))


def _observed(outcome: Outcome, scope: Mapping[str, object]) -> Floats:
    assert outcome.of is not None
    if outcome.measure in ("ever", "first"):
        return truth(outcome.of, scope).astype(float)  # type: ignore[arg-type]
    return evaluate(outcome.of, scope)  # type: ignore[arg-type]


def _paths(case: Case, graph: Graph, best: Followed, others: Floats) -> Paths:
    names = [id_ for id_, outcome in case.outcomes.items() if outcome.of is not None]
    names += [*graph.space.names, *case.conditions]
    series = {}
    for n, name in enumerate(names):
        line = best.expected[:, n]
        low, high = np.quantile(others[:, :, n], (0.05, 0.95), axis=0) if len(others) else (line, line)
        series[name] = Series(tuple(line.tolist()), tuple(low.tolist()), tuple(high.tolist()))
    return Paths(tuple(best.times.tolist()), series, len(others))


def _map(graph: Graph, best: Followed) -> StateMap:
    """Return the configurations in which the best-guess path spends most of its time, and the moves between them."""
    shares = best.by_configuration
    start = graph.start[0]
    order = sorted(range(len(shares)), key=lambda c: (-shares[c], c))[:MOST_STATES]
    shown = [c for c in order if shares[c] > 1e-4 or c == start]
    if start not in shown:
        shown = [*shown[: MOST_STATES - 1], start]
    states = tuple(MapState(f"s{c}", option_levels(graph, c), float(shares[c]), c == start) for c in shown)
    players = list(graph.case.players)
    edges = [
        MapEdge(f"s{source}", f"s{target}", players[player], float(moves))
        for player, source, target, moves in zip(best.movers, best.sources, best.targets, best.moves, strict=True)
        if source in shown and target in shown and source != target
    ]
    edges.sort(key=lambda edge: (-edge.moves, edge.source, edge.target))
    return StateMap(states, tuple(edges[:MOST_EDGES]), min(1.0, float(sum(state.share for state in states))))


def _story(case: Case, graph: Graph, solution: Solution, seed: int) -> Story:
    told = storyline(solution, case.time.horizon, seed)
    names = names_of(case)
    events = [_event(case, graph, event, names) for event in told.events if event.before != event.after]
    return Story(seed, tuple(events), _ending(graph, told, names), describe(graph, *told.end))


def _event(case: Case, graph: Graph, event: Event, names: Mapping[str, str]) -> StoryEvent:
    before, after = describe(graph, *event.before), describe(graph, *event.after)
    changed = [key for key in after if before[key] != after[key]]
    changes = tuple(Change(key, before[key], after[key]) for key in changed)
    if event.player < 0:
        key = changed[0]
        return StoryEvent(event.time, f"{names[key]}: {before[key]} -> {after[key]}", key, changes)
    player = list(case.players.values())[event.player]
    own = {key: names[key].removeprefix(f"{player.name}: ") for key in changed}
    said = [f"{own[key]} {before[key]} -> {after[key]}" for key in changed]
    return StoryEvent(event.time, f"{player.name}: {', '.join(said)}", player.id, changes)


def _ending(graph: Graph, told: Storyline, names: Mapping[str, str]) -> str:
    return "; ".join(f"{names[key]} {level}" for key, level in describe(graph, *told.end).items())
