"""What switching a mechanism off does to an outcome and to a verdict, over the same worlds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from offramp.ensemble import Table
from offramp.ensemble.table import Key
from offramp.expressions import Change, Measured, Node
from offramp.expressions.trees import children, rebuild
from offramp.findings.claims.plan import Ask
from offramp.findings.claims.testing import Sample, TestResult, redrawn_name, run_test
from offramp.findings.claims.values import VerdictWord
from offramp.findings.outcomes.ranges import outcome_range
from offramp.findings.outcomes.values import MARGIN
from offramp.findings.sentences.common_worlds import Bench
from offramp.findings.sentences.weight_values import OutcomeEffect, VerdictEffect
from offramp.measures import paired, share_difference, share_of, word_for
from offramp.model import Case, Claim
from offramp.model.variants import Variant
from offramp.shapes import Floats

__all__ = ["outcome_effect", "sample_name", "switched", "verdict_effect", "verdict_of"]


def outcome_effect(bench: Bench, strategy: str, outcome: str, mechanism: str, worlds: int) -> OutcomeEffect:
    """Measure the effect of a mechanism on one outcome over the first so many worlds, failed ones left out."""
    variant = Variant(strategy)
    on, off = (bench.column(variant, outcome, off=m)[1 : worlds + 1] for m in (None, mechanism))
    rows = min(len(on), len(off))
    both = ~(np.isnan(on[:rows]) | np.isnan(off[:rows]))
    on, off = on[:rows][both], off[:rows][both]
    gap = on - off
    width = _width(bench.case, outcome, on, off)
    signed, size = paired(gap), paired(np.abs(gap) / width)
    return OutcomeEffect(
        strategy=strategy,
        outcome=outcome,
        on=_mean(on),
        off=_mean(off),
        effect=signed.mean,
        low=signed.low,
        high=signed.high,
        width=width,
        absolute=size.mean,
        absolute_low=max(size.low, 0.0) if math.isfinite(size.low) else size.low,
        absolute_high=size.high,
        raised=_mean((gap > MARGIN * width).astype(np.float64)),
        lowered=_mean((gap < -MARGIN * width).astype(np.float64)),
        worlds=len(gap),
        touched=outcome in bench.touched(variant, mechanism),
    )


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else math.nan


def _width(case: Case, outcome: str, on: Floats, off: Floats) -> float:
    """Return the range of an outcome; where that cannot be told, the span of its values over the worlds, or 1."""
    low, high = outcome_range(case, case.outcomes[outcome])
    if not (math.isfinite(high - low) and high > low):
        values = np.concatenate((on, off))
        low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    return high - low if high > low else 1.0


def switched(test: Node, mechanism: str) -> Node:
    """Return a test in which a mechanism is off in everything that it measures.

    A test that names ``without(m)`` itself then compares like with like.
    """
    if isinstance(test, Measured):
        return replace(test, changes=(*test.changes, Change("without", mechanism)))
    return rebuild(test, tuple(switched(child, mechanism) for child in children(test)))


def sample_name(ask: Ask) -> str:
    """Return the sample of worlds that an outcome of a test is read in."""
    return "main" if ask.keep is None else redrawn_name("main", ask.keep)


def _test(bench: Bench, claim: Claim, asks: Sequence[Ask], worlds: int, seed: int, off: str | None) -> TestResult:
    """Run the test of a claim, with a mechanism off where one is named."""
    assert claim.test is not None
    columns = [bench.column(a.variant, a.outcome, sample_name(a), off)[: worlds + 1] for a in asks]
    rows = min(map(len, columns), default=worlds + 1)
    values: dict[Key, dict[str, Floats]] = {}
    for ask, column in zip(asks, columns, strict=True):
        variant = ask.variant if off is None else bench.without(ask.variant, off)
        values.setdefault((variant, sample_name(ask), "foresight"), {})[ask.outcome] = column
    table = Table(values, dict.fromkeys(bench.samples, rows), (), interrupted=False)
    sample = Sample(bench.case, table, bench.samples["main"], "main", "foresight", np.arange(1, rows, dtype=np.int64))
    tested = claim if off is None else replace(claim, test=switched(claim.test, off))
    return run_test(tested, sample, seed=seed)


def verdict_of(
    bench: Bench, claim: Claim, asks: Sequence[Ask], worlds: int, seed: int
) -> tuple[VerdictWord, float, float, float, int]:
    """Return a claim's verdict over the first so many worlds: word, share, its interval, worlds."""
    result = _test(bench, claim, asks, worlds, seed, None)
    share = share_of(result.by_world)
    low, high = (share.holds, share.holds) if result.collective else (share.low, share.high)
    return word_for(share), share.holds, low, high, result.worlds


def verdict_effect(
    bench: Bench, claim: Claim, asks: Sequence[Ask], mechanism: str, worlds: int, seed: int
) -> VerdictEffect:
    """Measure the effect of a mechanism on one verdict over the first so many worlds."""
    with_it = _test(bench, claim, asks, worlds, seed, None)
    touched = any(ask.outcome in bench.touched(ask.variant, mechanism) for ask in asks)
    without = _test(bench, claim, asks, worlds, seed, mechanism) if touched else with_it
    on, off = with_it.by_world, without.by_world
    counted = min(with_it.worlds, without.worlds)
    if not (with_it.collective or without.collective):
        rows = min(len(on), len(off))
        both = ~(np.isnan(on[:rows]) | np.isnan(off[:rows]))
        on, off = on[:rows][both], off[:rows][both]
        counted = len(on)
    shares = share_of(on), share_of(off)
    difference, low, high = shares[0].holds - shares[1].holds, math.nan, math.nan
    if not touched:
        low = high = 0.0
    elif not with_it.collective:
        difference, low, high = share_difference(on > 0, off > 0)
    return VerdictEffect(
        claim=claim.id,
        says=claim.says,
        with_it=word_for(shares[0]),
        without_it=word_for(shares[1]),
        share_with=shares[0].holds,
        share_without=shares[1].holds,
        difference=difference,
        low=low,
        high=high,
        worlds=counted,
        touched=touched,
    )
