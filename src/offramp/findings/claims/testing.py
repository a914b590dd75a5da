"""The test of a claim, world by world: it holds, the opposite holds, or there is no difference worth naming.

A comparison has a margin. ``a > b`` holds where a exceeds b by more than the margin, is reversed where it falls short
by more, and shows no difference in between; ``a >= b`` holds wherever a does not fall short by more than the margin.
``and`` takes the worse of its parts, ``or`` the better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from offramp.ensemble import Movers, Table
from offramp.expressions import (
    Call,
    Choose,
    Compare,
    Constant,
    Logic,
    Measured,
    Name,
    Node,
    Not,
    evaluate,
    names,
    text_of,
    walk,
)
from offramp.expressions.trees import ENSEMBLE_FUNCTIONS, children
from offramp.findings.claims.plan import asking, asks_of
from offramp.findings.outcomes.ranges import outcome_range
from offramp.findings.outcomes.values import MARGIN
from offramp.measures import closed_share, share_of
from offramp.model import Case, Claim
from offramp.model.variants import Variant
from offramp.shapes import Bools, Floats, Ints
from offramp.worlds import Worlds

__all__ = [
    "Sample",
    "TestResult",
    "is_collective",
    "margin_of",
    "redrawn_name",
    "run_test",
    "speaks_of_all",
    "three_valued",
]

_COLLECTIVE = frozenset({"share", "mean", "variance"})
_RESAMPLES = 400


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Where a test reads its numbers: one sample of worlds, played in one way."""

    case: Case
    table: Table
    worlds: Worlds
    name: str
    movers: Movers
    rows: Ints
    """The worlds that count, best guess not among them."""


@dataclass(frozen=True, slots=True, eq=False)
class TestResult:
    """A test over a sample."""

    __test__ = False

    by_world: Floats
    """[rows] +1, 0, -1, or NaN where the world failed; for a collective test one value per resample."""
    collective: bool
    worlds: int
    """How many worlds it rests on."""


def is_collective(test: Node) -> bool:
    """Does the test speak of the ensemble as a whole, through share, mean or variance, and of no single world?"""
    return speaks_of_all(test) and not _turns_on_world(test)


def speaks_of_all(test: Node) -> bool:
    """Does any part of the test speak of the ensemble as a whole?"""
    return any(isinstance(part, Call) and part.function in _COLLECTIVE for part in walk(test))


def _turns_on_world(node: Node) -> bool:
    if isinstance(node, Call) and node.function in _COLLECTIVE:
        return False
    return isinstance(node, (Measured, Name)) or any(map(_turns_on_world, children(node)))


def margin_of(case: Case, node: Node, stated: float | None) -> float:
    """Return the margin of a comparison: stated, or 0.01 of the widest range of the outcomes it names.

    Shares of worlds and of variance are no outcomes: between them the margin is 0.01, whatever a claim states.
    """
    widths = []
    for part in walk(node):
        if isinstance(part, Call) and part.function in ("share", "variance"):
            return MARGIN
        if stated is not None:
            continue
        if isinstance(part, Measured):
            low, high = outcome_range(case, case.outcomes[part.outcome])
            widths.append(high - low)
    if stated is not None:
        return stated
    width = max((w for w in widths if np.isfinite(w)), default=0.0)
    return MARGIN * width


def run_test(claim: Claim, sample: Sample, *, seed: int) -> TestResult:
    """Run the test of a claim over a sample.

    A collective test is one statement about the whole ensemble: it is run on bootstrap resamples of the worlds, and
    its result has an entry for each of those. Where a test speaks of all worlds, all its parts speak of the same:
    those in which every outcome that it names could be computed.
    """
    assert claim.test is not None
    known = np.ones(len(sample.rows), dtype=np.bool_)
    if speaks_of_all(claim.test):
        known = _Evaluator(sample, claim, sample.rows).computed(claim.test)
    whole = sample.rows[known]
    if not is_collective(claim.test):
        by_world = np.full(len(sample.rows), np.nan)
        by_world[known] = _Evaluator(sample, claim, whole).test(claim.test)
        return TestResult(by_world, collective=False, worlds=int(np.count_nonzero(~np.isnan(by_world))))
    found = [float(_Evaluator(sample, claim, whole).test(claim.test)[0])]
    if len(whole):
        rng = np.random.default_rng(seed)
        for _ in range(_RESAMPLES):
            rows = whole[rng.integers(len(whole), size=len(whole))]
            found.append(float(_Evaluator(sample, claim, rows).test(claim.test)[0]))
    return TestResult(np.array(found), collective=True, worlds=len(whole))


class _Evaluator:
    """Computes a test on some rows of a sample."""

    def __init__(self, sample: Sample, claim: Claim, rows: Ints) -> None:
        self.sample, self.claim, self.rows = sample, claim, rows

    def column(self, variant: Variant, outcome: str, name: str | None = None) -> Floats:
        return self.sample.table.column(variant, outcome, name or self.sample.name, self.sample.movers)[self.rows]

    def computed(self, node: Node) -> Bools:
        """Tell in which rows every outcome that a test names was computed, [rows]."""
        whole = np.ones(len(self.rows), dtype=np.bool_)
        for part in asking(node):
            for ask in asks_of(self.sample.case, part):
                name = self.sample.name if ask.keep is None else redrawn_name(self.sample.name, ask.keep)
                whole &= ~np.isnan(self.column(ask.variant, ask.outcome, name))
        return whole

    def numbers(self, node: Node) -> Floats:
        """Evaluate a number, [rows] or one value."""
        env: dict[str, Floats | float] = {
            name: self.sample.worlds.column(name)[self.rows] for name in self._names(node)
        }
        for part in asking(node):
            if isinstance(part, Measured):
                ask = asks_of(self.sample.case, part)[0]
                env[text_of(part)] = self.column(ask.variant, ask.outcome)
            elif isinstance(part, Call) and part.function in ENSEMBLE_FUNCTIONS:
                env[text_of(part)] = self._called(part)
        return np.atleast_1d(evaluate(node, env))

    def _names(self, node: Node) -> set[str]:
        return set(names(node)) & set(self.sample.worlds.names)

    def _called(self, call: Call) -> Floats | float:
        asks = asks_of(self.sample.case, call)
        if call.function == "effect":
            high, low = (self.column(ask.variant, ask.outcome) for ask in asks)
            return high - low
        if call.function in ("highest", "lowest"):
            found = np.stack([self.column(ask.variant, ask.outcome) for ask in asks])
            return np.asarray(found.max(axis=0) if call.function == "highest" else found.min(axis=0))
        if call.function == "variance":
            ask = asks[0]
            base = self.column(ask.variant, ask.outcome)
            frozen = self.column(ask.variant, ask.outcome, redrawn_name(self.sample.name, ask.keep or ()))
            both = ~(np.isnan(base) | np.isnan(frozen))
            return closed_share(base[both], frozen[both])
        if call.function == "share":
            return share_of(self.test(call.arguments[0])).holds
        values = self.numbers(call.arguments[0])
        return float(np.nanmean(values)) if not np.isnan(values).all() else float("nan")

    def test(self, node: Node) -> Floats:
        """Evaluate a yes or no, [rows] or one value, as +1, 0, -1; NaN where it cannot be told."""
        return three_valued(node, self.numbers, lambda part: margin_of(self.sample.case, part, self.claim.margin))


def three_valued(node: Node, numbers: Callable[[Node], Floats], margin_of: Callable[[Compare], float | None]) -> Floats:
    """Evaluate a yes or no as +1, 0, -1; NaN where it cannot be told.

    Parameters
    ----------
    node : Node
    numbers : callable
        Gives the value of a part.
    margin_of : callable
        Gives the margin of a comparison; None for one that is met or not, with nothing in between.
    """

    def held(part: Node) -> Floats:
        return three_valued(part, numbers, margin_of)

    match node:
        case Constant(value):
            return np.array([1.0 if value else -1.0])
        case Not(of):
            return -held(of)
        case Logic(op, left, right):
            combine = np.minimum if op == "and" else np.maximum
            return np.asarray(combine(held(left), held(right)))
        case Choose(test, then, otherwise):
            met = held(test)
            return np.where(np.isnan(met), np.nan, np.where(met > 0, held(then), held(otherwise)))
        case Compare(op, left, right) if (margin := margin_of(node)) is not None:
            return _compared(op, numbers(left) - numbers(right), margin)
    found = numbers(node)
    return np.where(np.isnan(found), np.nan, np.where(found != 0, 1.0, -1.0))


def _compared(op: str, gap: Floats, margin: float) -> Floats:
    if op in ("<", "<="):
        gap = -gap
    if op in ("<", ">"):
        result = np.where(gap > margin, 1.0, np.where(gap < -margin, -1.0, 0.0))
    elif op in ("<=", ">="):
        result = np.where(gap >= -margin, 1.0, -1.0)
    else:
        same = np.abs(gap) <= margin
        result = np.where(same == (op == "=="), 1.0, -1.0)
    return np.where(np.isnan(gap), np.nan, result)


def redrawn_name(sample: str, keep: tuple[str, ...]) -> str:
    """Return the name of the sample in which a group of unknowns is kept and all else drawn afresh."""
    return f"{sample} keeping {', '.join(keep)}"
