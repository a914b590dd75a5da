"""Which strategy is safe: the robustness metrics, whom they prefer, and what it would help to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from offramp.ensemble import Table
from offramp.findings.choice.advice import values_of
from offramp.findings.choice.information import NOTHING, knowing
from offramp.findings.choice.levels import level_of
from offramp.findings.choice.values import Judged, Level, RegretMap, Robust, RobustOutcome
from offramp.findings.common.draws import Draws, draws_of
from offramp.findings.outcomes.bands import whole_worlds
from offramp.findings.outcomes.ranges import outcome_range
from offramp.findings.outcomes.values import MARGIN
from offramp.measures import Better, Robustness, named_metrics, regret, robustness, winners_stay
from offramp.model import Case, Claim, Outcome
from offramp.shapes import Floats, Ints
from offramp.worlds import Worlds

__all__ = ["judge_outcome", "robust_of"]

RESAMPLES = 200
SHOWN = 128
"""Worlds in a map of regret, at most."""
LEADING = "worst-0.1"
"""The metric that decides between strategies with as many votes."""


def robust_of(
    case: Case, table: Table, strategies: Sequence[str], claims: Iterable[Claim], worlds: Worlds, seed: int
) -> Robust | None:
    """Judge every strategy on every main outcome that says what is better, and on the players' payoffs.

    Parameters
    ----------
    claims
        What they hold an outcome against is good enough.
    worlds
        The draws behind the table.
    seed
        Of the resamples and shuffles.

    Returns
    -------
    Robust or None
        None with fewer than two strategies, no world, or nothing that is better.
    """
    compared = tuple(o.id for o in case.outcomes.values() if o.main and o.better is not None)
    payoffs = (o.id for o in case.outcomes.values() if o.payoff is not None and o.payoff[1] is None)
    wanted = [case.outcomes[o] for o in dict.fromkeys((*compared, *payoffs))]
    rows = np.flatnonzero(whole_worlds(table, strategies)[1:]) + 1
    if len(strategies) < 2 or not len(rows) or not wanted:
        return None
    claims, draws = tuple(claims), draws_of(case, worlds, rows)
    values = {o.id: values_of(table, strategies, o.id) for o in wanted}
    margins = {o.id: _margin(case, o, values[o.id]) for o in wanted}
    found = {
        o.id: judge_outcome(
            o.id, values[o.id], strategies, o.better or "high", rows, draws,
            margin=margins[o.id], level=level_of(case, claims, o.id), seed=seed,
        )
        for o in wanted
    }  # fmt: skip
    good = {o: (1.0 if found[o].better == "high" else -1.0) * values[o].mean(axis=0) for o in compared}
    return Robust(len(rows), RESAMPLES, found, compared, _beaten(strategies, good, margins))


def judge_outcome(
    outcome: str,
    values: Floats,
    strategies: Sequence[str],
    better: Better,
    rows: Ints,
    draws: Draws,
    *,
    margin: float,
    level: Level | None,
    seed: int,
) -> RobustOutcome:
    """Judge every strategy on one outcome.

    Parameters
    ----------
    values
        ``[world, strategy]``, finite.
    rows
        The numbers of these worlds.
    draws
        The unknowns in them.
    margin
        What lies no farther apart is a tie.
    """
    metrics = named_metrics(level=None if level is None else level.value, tie=margin)
    judged = robustness(values, metrics, better=better, tie=margin)
    stays = winners_stay(values, judged, better=better, tie=margin, seed=seed, resamples=RESAMPLES)
    told = tuple(_judged(judged, n, strategies, float(stays[n])) for n in range(len(metrics)))
    votes = {s: sum(each.votes and s in each.winners for each in told) for s in strategies}
    first = next(each for each in told if each.metric == LEADING)
    leader = min(strategies, key=lambda s: (-votes[s], first.ranks[s]))
    regrets = regret(values, better)
    best = int((values if better == "high" else -values).mean(axis=0).argmax())
    ignorance = float(regrets[:, best].mean())
    worth = knowing(draws, values, strategies, better, seed) if ignorance > margin else NOTHING
    pairs = np.argwhere(np.triu(judged.disagree))
    return RobustOutcome(
        outcome=outcome,
        better=better,
        margin=margin,
        metrics=told,
        votes=votes,
        leader=leader,
        disagree=tuple((told[a].metric, told[b].metric) for a, b in pairs if told[a].votes and told[b].votes),
        regrets=_map(regrets, strategies, leader, rows),
        level=level,
        regret=ignorance,
        chosen=strategies[best],
        floor=worth.floor,
        unknowns=worth.unknowns,
        knowing=worth.found,
    )


def _judged(found: Robustness, n: int, strategies: Sequence[str], stays: float) -> Judged:
    metric, winners = found.metrics[n], found.winners[n]
    ranks = (None if np.isnan(rank) else int(rank) for rank in found.ranks[n])
    return Judged(
        metric=metric.id,
        name=metric.name,
        asks=metric.asks,
        looks_at=metric.looks_at,
        source=metric.source,
        kind=metric.kind,
        extreme=metric.extreme,
        power=metric.power,
        better=found.better[n],
        values=dict(zip(strategies, found.values[n].tolist(), strict=True)),
        ranks=dict(zip(strategies, ranks, strict=True)),
        winners=tuple(strategies[w] for w in winners),
        votes=metric.votes and 0 < len(winners) < len(strategies),
        stays=stays,
    )


def _map(regrets: Floats, strategies: Sequence[str], leader: str, rows: Ints) -> RegretMap:
    order = np.argsort(regrets[:, strategies.index(leader)], kind="stable")
    if len(order) > SHOWN:
        order = order[np.linspace(0, len(order) - 1, SHOWN).round().astype(np.int64)]
    cells = tuple(tuple(float(f"{cell:.4g}") for cell in row) for row in regrets[order])
    return RegretMap(tuple(rows[order].tolist()), tuple(strategies), cells)


def _margin(case: Case, outcome: Outcome, values: Floats) -> float:
    low, high = outcome_range(case, outcome)
    return MARGIN * (high - low if np.isfinite(high - low) else float(np.ptp(values)))


def _beaten(
    strategies: Sequence[str], good: Mapping[str, Floats], margins: Mapping[str, float]
) -> dict[str, tuple[str, ...]]:
    """Return, by strategy, those that are better on one outcome by more than the margin, and on none worse."""
    if not good:
        return {}
    # in margins, [outcome, better, worse]
    ahead = np.stack([(means[:, None] - means) / (margins[o] or 1.0) for o, means in good.items()])
    over = np.asarray((ahead >= -1.0).all(axis=0) & (ahead > 1.0).any(axis=0))
    by = {s: tuple(t for m, t in enumerate(strategies) if over[m, n]) for n, s in enumerate(strategies)}
    return {s: others for s, others in by.items() if others}
