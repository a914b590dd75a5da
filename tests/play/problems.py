"""Small problems built by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from offramp.graph.arrays import Column, FixedPolicy, Ladders, LogitPolicy, Moves, Problem, Segment


def ladders(*sizes: int) -> Ladders:
    strides = tuple(int(np.prod(sizes[k + 1 :])) for k in range(len(sizes)))
    return Ladders(sizes, strides, int(np.prod(sizes)))


def moves(sizes: Sequence[int], player: int, names: Sequence[int] | None = None, allowed=None) -> Moves:
    """Every player has one option with ``sizes[player]`` levels; ``names`` renumbers the configurations, -1 a hole."""
    total = int(np.prod(sizes))
    names = np.arange(total) if names is None else np.asarray(names)
    members = np.moveaxis(names.reshape(sizes), player, -1).reshape(-1, sizes[player])
    members = members[(members >= 0).any(axis=1)].astype(np.int64)
    group = np.zeros(int((names >= 0).sum()), dtype=np.int64)
    posture = np.zeros_like(group)
    for g, a in itertools.product(*map(range, members.shape)):
        if members[g, a] >= 0:
            group[members[g, a]], posture[members[g, a]] = g, a
    if allowed is None:
        allowed = np.ones((sizes[player],) * 2, dtype=bool)
    return Moves(members, allowed, group, posture)


def logit(
    player: int,
    its_moves: Moves,
    *,
    pace=1.0,
    precision=3.0,
    cost=0.0,
    decides=None,
    weight=None,
    consents=(),
    positions=1,
    drives=((0, 99),),
) -> LogitPolicy:
    count = its_moves.allowed.shape[0]
    steps = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    decides = (player,) if decides is None else decides
    weight = np.full((len(decides), positions), 1 / len(decides)) if weight is None else weight
    return LogitPolicy(
        player, its_moves, pace, precision, cost * steps, decides, weight, tuple(consents), tuple(drives)
    )


def fixed(player: int, pace: float, targets, chance, cost=0.0, drives=((0, 99),)) -> FixedPolicy:
    targets = np.asarray(targets, dtype=np.int64)
    chance = np.asarray(chance, dtype=float)
    return FixedPolicy(player, pace, targets, chance, np.broadcast_to(float(cost), targets.shape), tuple(drives))


def problem(
    flow,
    policies,
    *,
    until=10.0,
    terminal=(),
    rungs: Ladders | None = None,
    rise=None,
    fall=None,
    discounts=None,
    payers=None,
    held=(),
    start=(0, 0),
) -> Problem:
    """One segment. ``flow`` [C, N, P]."""
    flow = np.asarray(flow, dtype=float)
    configurations, columns, positions = flow.shape
    rungs = rungs or ladders()
    none = np.zeros((len(rungs.sizes), configurations, positions))
    segment = Segment(
        0.0,
        until,
        columns,
        tuple(terminal),
        flow,
        none if rise is None else np.asarray(rise, dtype=float),
        none if fall is None else np.asarray(fall, dtype=float),
        tuple(policies),
        tuple(held),
    )
    names = tuple(
        Column(
            f"column {n}",
            0.0 if discounts is None else discounts[n],
            -1 if payers is None else payers[n],
        )
        for n in range(columns)
    )
    return Problem(configurations, rungs, names, (segment,), start, tuple(range(len(policies))))


def random_problem(
    seed=0,
    *,
    sizes=(2, 3, 2),
    rungs=(3, 2),
    outcomes=2,
    lam=3.0,
    cost=0.1,
    holes=0,
    irreversible=False,
    consent=False,
    until=6.0,
    foresight=9.0,
    pace=(1.0, 0.7, 2.0),
) -> Problem:
    """Players with one option each, two ladders, two segments; the last columns are outcomes."""
    draw = np.random.default_rng(seed)
    total, players = int(np.prod(sizes)), len(sizes)
    names = np.arange(total)
    if holes:
        gone = draw.choice(np.arange(1, total), holes, replace=False)
        keep = np.setdiff1d(names, gone)
        names = np.full(total, -1)
        names[keep] = np.arange(len(keep))
    count = int((names >= 0).sum())
    steps = ladders(*rungs)
    columns = players + outcomes
    flow = draw.normal(size=(count, columns, steps.positions))
    flow[:, players:] = draw.random((count, outcomes, steps.positions))
    levels = np.array(np.unravel_index(np.arange(steps.positions), rungs))
    rise = draw.random((len(rungs), count, 1)) * (levels < np.array(rungs)[:, None] - 1)[:, None]
    fall = draw.random((len(rungs), count, 1)) * (levels > 0)[:, None]
    policies = []
    for i in range(players):
        allowed = np.ones((sizes[i],) * 2, dtype=bool)
        if irreversible and i == 0:
            allowed = np.triu(allowed)
        policies.append(
            logit(
                i,
                moves(sizes, i, names, allowed),
                pace=pace[i],
                precision=lam * pace[i],
                cost=cost,
                positions=steps.positions,
                consents=((i + 1) % players,) if consent and i == 1 else (),
            )
        )
    named = tuple(Column(f"column {n}", 0.02, n if n < players else -1) for n in range(players)) + tuple(
        Column(f"outcome {n}", 0.0, -1) for n in range(outcomes)
    )
    late = Segment(until, foresight, players, (), flow[:, :players].copy(), rise, fall, tuple(policies))
    ends = tuple((n, draw.random((count, steps.positions))) for n in range(players, columns))
    early = Segment(0.0, until, columns, ends, flow, rise, fall, tuple(policies))
    return Problem(count, steps, named, (late, early), (0, 0), tuple(range(players)))


PLAYERS = 3
CASES = {
    "plain": {"cost": 0.0},
    "switching costs": {},
    "holes and irreversible": {"holes": 3, "irreversible": True},
    "consent": {"consent": True, "cost": 0.0},
    "consent, costs and holes": {"consent": True, "holes": 3},
    "precise": {"lam": 300.0},
    "very precise, holes, irreversible, consent": {"lam": 1e5, "holes": 3, "irreversible": True, "consent": True},
    "one position": {"rungs": (1,)},
    "nine positions": {"rungs": (3, 3)},
    "sixteen positions": {"rungs": (4, 4)},
}


def many_outcomes(**more):
    """A final value, a payoff with a discount, one that stops, one that is ruled out before its window; and totals."""
    case = random_problem(3, outcomes=7, **more)
    draw = np.random.default_rng(1)
    last, first = case.segments
    shape = (case.configurations, case.ladders.positions)
    middle = (first.start + first.end) / 2
    early, late = replace(first, end=middle, terminal=()), replace(first, start=middle)
    stops, out = draw.random(shape) < 0.3, draw.random(shape) < 0.2
    flow = early.flow.copy()
    flow[:, PLAYERS + 4] = 0.0
    early = replace(
        early,
        flow=flow,
        terminal=((PLAYERS + 5, draw.random(shape)),),
        held=((PLAYERS + 2, stops), (PLAYERS + 4, out)),
        puts=((PLAYERS + 4, out, 2.5),),
    )
    late = replace(
        late,
        terminal=((PLAYERS, draw.random(shape)), (PLAYERS + 2, stops.astype(float))),
        held=((PLAYERS + 2, stops), (PLAYERS + 4, stops | out)),
    )
    names = list(case.columns)
    names[PLAYERS + 1] = Column("payoff", 0.07, -1)
    return replace(case, columns=tuple(names), segments=(last, late, early))
