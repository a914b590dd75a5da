"""Plans of one shape, flattened into one batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.gpu import layout as at
from offramp.play.gpu.layout import Batch
from offramp.play.gpu.moves import Listed, legal_moves, listed_fixed, listed_logit
from offramp.play.gpu.plan import Plan
from offramp.play.gpu.pools import Known, Pool
from offramp.shapes import Ints

__all__ = ["pack"]

Policy = LogitPolicy | FixedPolicy


def pack(plans: Sequence[Plan], rates: int) -> tuple[Batch, int]:
    """Flatten some plans.

    Parameters
    ----------
    plans
        Of one shape: the same configurations, columns and ladders.
    rates : int
        Where in a room the rates of moves begin.

    Returns
    -------
    Batch
    int
        How long a room must be.
    """
    packer = _Packer(rates)
    for plan in plans:
        packer.add(plan)
    return packer.batch(plans[0].problem), packer.room


class _Packer:
    def __init__(self, rates: int) -> None:
        self.rates, self.room = rates, rates + 1
        self.wholes, self.reals, self.marks = Pool(np.int64), Pool(np.float64), Pool(np.bool_)
        self.worlds = [0]
        self.segments: list[list[int]] = []
        self.lengths: list[tuple[float, float, float]] = []
        self.policies: list[list[int]] = []
        self.tempers: list[tuple[float, float]] = []
        self.known = Known()

    def batch(self, problem: Problem) -> Batch:
        """Return what was added, all of it with the ladders of one problem."""
        return Batch(
            worlds=np.array(self.worlds, dtype=np.int64),
            segments=np.array(self.segments, dtype=np.int64).reshape(-1, at.SEGMENT_FIELDS),
            lengths=np.array(self.lengths).reshape(-1, 3),
            policies=np.array(self.policies, dtype=np.int64).reshape(-1, at.POLICY_FIELDS),
            tempers=np.array(self.tempers).reshape(-1, 2),
            strides=np.array(problem.ladders.strides, dtype=np.int64),
            wholes=self.wholes.whole(),
            reals=self.reals.whole(),
            marks=self.marks.whole(),
        )

    def add(self, plan: Plan) -> None:
        for segment, stride in zip(plan.problem.segments, plan.strides, strict=True):
            first = len(self.policies)
            driven = self._add_policies(plan.problem, segment)
            stamps = self._stamps(segment)
            held = np.full(segment.active, -1, dtype=np.int64)
            for column, mask in segment.held:
                held[column] = self.marks.once(mask)
            row = [0] * at.SEGMENT_FIELDS
            row[at.ACTIVE], row[at.CONTROLLED] = segment.active, stride.controlled
            row[at.FLOW], row[at.RISE], row[at.FALL] = map(self.reals.once, (segment.flow, segment.rise, segment.fall))
            row[at.FIRST_POLICY], row[at.END_POLICY], row[at.DRIVEN] = first, len(self.policies), driven
            row[at.STAMPS], row[at.STAMP_COUNT] = self.wholes.add(stamps), len(stamps)
            row[at.HELD] = self.wholes.add(held)
            row[at.DISCOUNT] = self.reals.add([c.discount for c in plan.problem.columns[: segment.active]])
            row[at.SHARPEST] = self.reals.add(_sharpest(segment))
            self.segments.append(row)
            self.lengths.append((segment.end - segment.start, stride.longest, stride.felt))
        self.worlds.append(len(self.segments))

    def _stamps(self, segment: Segment) -> Ints:
        ends = [(n, self.reals.add(values), 1, -1) for n, values in segment.terminal]
        puts = [(n, self.reals.add([value]), 0, self.marks.once(mask)) for n, mask, value in segment.puts]
        return np.array([*ends, *puts], dtype=np.int64).reshape(-1, at.STAMP_FIELDS)

    def _add_policies(self, problem: Problem, segment: Segment) -> int:
        """Add the policies of a segment, and return where it lies which columns they drive."""
        driven = np.zeros((len(segment.policies), segment.active), dtype=np.bool_)
        paying = np.array(segment.paying or (True,) * segment.active, dtype=np.bool_)
        payers = np.array([c.payer for c in problem.columns[: segment.active]], dtype=np.int64)
        rates = self.rates
        for drives, policy in zip(driven, segment.policies, strict=True):
            for low, high in policy.drives:
                drives[low:high] = True
            listed = self._listed(policy)
            row = [0] * at.POLICY_FIELDS
            row[at.FIXED] = isinstance(policy, FixedPolicy)
            row[at.ROWS], row[at.TARGETS] = self.wholes.once(listed.rows), self.wholes.once(listed.targets)
            row[at.COSTS], row[at.TABLE] = self.reals.once(listed.costs), self.reals.once(listed.rates)
            row[at.RATES], row[at.EDGES] = rates, len(listed.targets)
            row[at.PAID] = self.marks.add(drives & paying & (payers == policy.player))
            if isinstance(policy, LogitPolicy):
                row[at.DECIDES], row[at.DECIDE_COUNT] = self.wholes.add(policy.decides), len(policy.decides)
                row[at.CONSENTS], row[at.CONSENT_COUNT] = self.wholes.add(policy.consents), len(policy.consents)
                row[at.WEIGHT] = self.reals.once(policy.weight)
            self.policies.append(row)
            self.tempers.append((policy.pace, getattr(policy, "precision", 0.0)))
            rates += len(listed.targets) * problem.ladders.positions
        self.room = max(self.room, rates)
        return self.marks.add(driven)

    def _listed(self, policy: Policy) -> Listed:
        if isinstance(policy, FixedPolicy):
            return self.known.once(policy, lambda: listed_fixed(policy))
        legal = self.known.once(policy.moves, lambda: legal_moves(policy.moves))
        return self.known.once(policy, lambda: listed_logit(policy, legal))


def _sharpest(segment: Segment) -> list[float]:
    """Return the precision of the sharpest choice that goes by each column."""
    sharpest = [0.0] * segment.active
    for policy in segment.policies:
        if isinstance(policy, LogitPolicy):
            for n in (*policy.decides, *policy.consents):
                sharpest[n] = max(sharpest[n], policy.precision)
    return sharpest
