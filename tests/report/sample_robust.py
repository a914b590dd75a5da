"""Which strategy is safe in the synthetic findings: judged for real, over worlds drawn around the sample's means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from offramp.findings.choice import values as j
from offramp.findings.choice.robust import judge_outcome
from offramp.findings.common.draws import Draws

WORLDS = 96


def sample_robust(strategies: Sequence[str], outcomes: Mapping[str, Any]) -> j.Robust:
    """``outcomes``: id -> (name, measure, better, for whom, low, high, main, means, spread)."""
    rng = np.random.default_rng(7)
    stake, other = rng.random((2, WORLDS))
    draws = Draws({"stake": stake, "other": other}, {"stake": "partners' trade stake", "other": "other"}, WORLDS)
    found = {}
    for outcome, (_, _, better, _, low, high, main, means, spread) in outcomes.items():
        if better is None or not (main or outcome.startswith("payoff")):
            continue
        values = np.array(means) + spread * rng.normal(size=(WORLDS, 1)) + 0.1 * spread * rng.normal(size=(WORLDS, 6))
        values[:, 4] += 2 * spread * (stake - 0.5) * (1 if better == "high" else -1)
        level = j.Level(0.4, "offer-alone") if outcome == "earnest-talks" else None
        found[outcome] = judge_outcome(
            outcome, np.clip(values, low, high), strategies, better, np.arange(1, WORLDS + 1), draws,
            margin=0.01 * (high - low), level=level, seed=1,
        )  # fmt: skip
    compared = tuple(o for o in found if outcomes[o][6])
    return j.Robust(WORLDS, 200, found, compared, {"free-play": ("offer-and-guarantee", "quiet-channel")})


def hostile_robust(base: j.Robust, h: str) -> j.Robust:
    """Every text of the case is an attempt to break out of the page."""

    def keys(by: Mapping[str, Any]) -> dict[str, Any]:
        return {s + h: value for s, value in by.items()}

    def ids(strategies: Sequence[str]) -> tuple[str, ...]:
        return tuple(s + h for s in strategies)

    outcomes = {
        o + h: replace(
            each,
            outcome=o + h,
            metrics=tuple(
                replace(m, values=keys(m.values), ranks=keys(m.ranks), winners=ids(m.winners)) for m in each.metrics
            ),
            votes=keys(each.votes),
            leader=each.leader + h,
            chosen=each.chosen + h,
            regrets=replace(each.regrets, strategies=ids(each.regrets.strategies)),
            level=None if each.level is None else j.Level(each.level.value, each.level.claim + h),
            knowing=tuple(
                replace(k, unknown=h, label=h, twins=(h,),
                        chosen=tuple(replace(c, strategy=c.strategy + h) for c in k.chosen)) for k in each.knowing
            ),
        )
        for o, each in base.outcomes.items()
    }  # fmt: skip
    return replace(
        base, outcomes=outcomes, compared=ids(base.compared), beaten={s + h: ids(b) for s, b in base.beaten.items()}
    )
