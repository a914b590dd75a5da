"""A segment of a problem as the flat arrays that the kernels read."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

import numpy as np

from offramp.errors import WorldError
from offramp.graph.arrays import FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.blocks import blocks, span_of, spread
from offramp.play.kernels import tables as at
from offramp.play.kernels.tables import CONSENTING, FIELDS, FIXED, PAIRWISE, SHARED, Tables
from offramp.shapes import Floats, Ints, Numbers, Precision

__all__ = ["Packer"]

T = TypeVar("T")

WIDEST_BLEND = {np.float32: 1e15, np.float64: 1e100}
"""Where exp(-precision * cost) leaves [1 / this, this] in a way that could overflow, moves are done pair by pair."""


class Packer:
    """Flattens the segments of one problem; what several of them share is flattened once.

    Parameters
    ----------
    problem : Problem
        Only its own segments can be flattened: it keeps their parts, which are known by their identity.
    number : Precision
        What the tables hold.
    share : bool
        Let the configurations of a group share weights where they can. False: every move by itself, the plain
        method that the shared one is tested and timed against.
    turned : bool
        For weights that go forward: rises and falls are by where they lead, not by where they begin.
    """

    def __init__(
        self, problem: Problem, number: Precision = np.float64, *, share: bool = True, turned: bool = False
    ) -> None:
        self.problem, self.number, self.share, self.turned = problem, number, share, turned
        self.span = span_of(problem.ladders.positions)
        self._known: dict[Hashable, Any] = {}

    def tables(self, segment: Segment) -> Tables:
        """Flatten one segment.

        Raises
        ------
        WorldError
            If a rate is negative or not finite.
        """
        problem, drift = self.problem, self._drift(segment)
        paying = segment.paying or (True,) * segment.active
        key = tuple(map(id, segment.policies)), segment.active, paying
        choices = self._once(key, lambda: self._choices(segment, paying))
        masks = np.zeros((len(segment.held), problem.configurations, self.span), dtype=np.bool_)
        for row, (_, mask) in zip(masks, segment.held, strict=True):
            row[:, : mask.shape[1]] = mask
        return Tables(
            positions=problem.ladders.positions,
            span=self.span,
            active=segment.active,
            flow=blocks(segment.flow, self.span, self.number),
            strides=np.array(problem.ladders.strides, dtype=np.int64),
            rates=drift.rates,
            leave=drift.leave,
            rise=drift.rise,
            fall=drift.fall,
            held_columns=np.array([n for n, _ in segment.held], dtype=np.int64),
            held=masks,
            **choices,
        )

    def fastest(self, segment: Segment) -> float:
        """Return a bound on how fast values relax, per unit of time; explicit steps must be shorter than its inverse.

        Logit choices are averages, so each player adds its pace once. A tabulated choice may swap two states, and a
        drift may be all up and down: these count twice.

        Raises
        ------
        WorldError
            If a rate is negative or not finite.
        """
        drift = self._drift(segment).fastest
        rates = np.array([2.0 * drift + max(c.discount, 0.0) for c in self.problem.columns[: segment.active]])
        for policy in segment.policies:
            rate = policy.pace
            if isinstance(policy, FixedPolicy):
                rate *= 2.0 * self._once(id(policy.chance), lambda p=policy: _busiest(p))  # type: ignore[misc]
            for low, high in policy.drives:
                rates[low:high] += rate
        return float(rates.max(initial=0.0))

    def _drift(self, segment: Segment) -> _Drift:
        return self._once((id(segment.rise), id(segment.fall)), lambda: self._flat_drift(segment))

    def _once(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    def _flat_drift(self, segment: Segment) -> _Drift:
        """Rates by distinct row: many configurations drift alike."""
        check_rates(segment)
        both = np.ascontiguousarray(np.stack([segment.rise, segment.fall]).transpose(2, 0, 1, 3), dtype=self.number)
        rows: dict[bytes, int] = {}
        rates = np.array([rows.setdefault(row.tobytes(), len(rows)) for row in both], dtype=np.int64)
        distinct = np.frombuffer(b"".join(rows), dtype=self.number).reshape(len(rows), *both.shape[1:])
        rise, fall, leave = distinct[:, 0], distinct[:, 1], distinct.sum(axis=(1, 2))
        if self.turned:
            rise, fall = np.zeros_like(rise), np.zeros_like(fall)
            for k, stride in enumerate(self.problem.ladders.strides):
                rise[:, k, :-stride] = distinct[:, 1, k, stride:]
                fall[:, k, stride:] = distinct[:, 0, k, :-stride]
        flat_leave, flat_rise, flat_fall = (spread(each, self.span) for each in (leave, rise, fall))
        return _Drift(rates, flat_leave, flat_rise, flat_fall, float(leave.max(initial=0.0)))

    def _choices(self, segment: Segment, paying: tuple[bool, ...]) -> dict[str, Any]:
        """Flatten what players do: these fields of the tables."""
        problem, active, number = self.problem, segment.active, self.number
        pools = _Pools(number)
        fields = np.zeros((len(segment.policies), FIELDS), dtype=np.int64)
        decay = np.array([c.discount for c in problem.columns[:active]], dtype=float)
        sharpest = np.zeros(active)
        entries: list[tuple[Ints, Ints, Floats, Floats]] = []
        first = 0
        for row, policy in zip(fields, segment.policies, strict=True):
            payers = [
                n
                for low, high in policy.drives
                for n in range(low, min(high, active))
                if problem.columns[n].payer == policy.player and paying[n]
            ]
            if isinstance(policy, LogitPolicy):
                for low, high in policy.drives:
                    decay[low : min(high, active)] += policy.pace
                for n in () if self.turned else (*policy.decides, *policy.consents):
                    sharpest[n] = max(sharpest[n], policy.precision)
                self._add_logit(policy, payers, row, pools)
            else:
                entry = self._once(id(policy), lambda p=policy: self._entries(p))  # type: ignore[misc]
                entries.append(entry)
                row[at.METHOD], row[at.FIRST_ENTRY] = FIXED, first
                first += len(entry[0])
                row[at.END_ENTRY] = first
            row[at.DRIVES], row[at.DRIVE_COUNT] = pools.whole(policy.drives), len(policy.drives)
            row[at.PAYERS], row[at.PAYER_COUNT] = pools.whole(payers), len(payers)
        return {
            "decay": decay.astype(number),
            "sharpest": sharpest.astype(number),
            "policies": fields,
            "pace": np.array([p.pace for p in segment.policies], dtype=number),
            "precision": np.array([getattr(p, "precision", 0.0) for p in segment.policies], dtype=number),
            "whole": pools.wholes(),
            "real": pools.reals(),
            "sources": np.concatenate([np.zeros(0, np.int64), *(e[0] for e in entries)]),
            "targets": np.concatenate([np.zeros(0, np.int64), *(e[1] for e in entries)]),
            "chances": np.concatenate([np.zeros((0, self.span), dtype=number), *(e[2] for e in entries)]),
            "prices": np.concatenate([np.zeros(0, dtype=number), *(e[3] for e in entries)]),
        }

    def _add_logit(self, policy: LogitPolicy, payers: list[int], row: Ints, pools: _Pools) -> None:
        members, matrices = policy.moves.members, self._once(id(policy), lambda: _matrices(policy))
        blend = matrices[0]
        shared = self.share and len(policy.consents) <= 1 and bool(blend.max() < WIDEST_BLEND[self.number])
        row[at.METHOD] = (CONSENTING if policy.consents else SHARED) if shared else PAIRWISE
        row[at.GROUPS], row[at.POSTURES] = members.shape
        row[at.MEMBERS] = pools.whole(members)
        row[at.DECIDES], row[at.DECIDE_COUNT] = pools.whole(policy.decides), len(policy.decides)
        row[at.CONSENTS], row[at.CONSENT_COUNT] = pools.whole(policy.consents), len(policy.consents)
        row[at.MATRICES] = pools.real(matrices)
        row[at.WEIGHT] = pools.real(spread(policy.weight, self.span))
        row[at.ALIKE] = bool((blend == 1.0).all())
        row[at.PRICED] = bool(payers) and bool((policy.cost[policy.moves.allowed] != 0.0).any())

    def _entries(self, policy: FixedPolicy) -> tuple[Ints, Ints, Floats, Floats]:
        """The moves of a tabulated policy that happen at all: from, to, rate by position, cost."""
        here = np.broadcast_to(np.arange(policy.targets.shape[1]), policy.targets.shape)
        moves = (policy.chance > 0.0).any(axis=2) & ((policy.targets != here) | (policy.cost != 0.0))
        sources, rules = np.nonzero(moves.T)
        return (
            sources,
            policy.targets[rules, sources],
            spread(policy.pace * policy.chance[rules, sources], self.span).astype(self.number, copy=False),
            np.ascontiguousarray(policy.cost[rules, sources], dtype=self.number),
        )


class _Drift(NamedTuple):
    """The part of the tables on how conditions drift, and the fastest of all."""

    rates: Ints
    leave: Floats
    rise: Floats
    fall: Floats
    fastest: float


def check_rates(segment: Segment) -> None:
    """Refuse rates that no step could follow."""
    for name, rates in (("rises", segment.rise), ("falls", segment.fall)):
        sound = np.isfinite(rates) & (rates >= 0.0)
        if not sound.all():
            condition, c, p = np.argwhere(~sound)[0].tolist()
            raise WorldError(
                f"The rate at which condition {condition} {name} is {rates[condition, c, p]:g}"
                f" from time {segment.start:.6g} to {segment.end:.6g}",
                code="bad-rate",
                hint="Rates are finite and at least 0: clip the expression, or narrow the unknowns in it.",
            )


def _busiest(policy: FixedPolicy) -> float:
    """Return the largest chance of doing anything."""
    return float(policy.chance.sum(axis=0).max(initial=0.0))


def _matrices(policy: LogitPolicy) -> Floats:
    """Return the matrices of a logit policy, [4, A, A]."""
    allowed = policy.moves.allowed
    cost = np.where(allowed, policy.cost, np.inf)
    with np.errstate(over="ignore"):
        blend = np.where(allowed, np.exp(np.where(allowed, -policy.precision * policy.cost, 0.0)), 0.0)
    charge = blend * np.where(allowed, policy.cost, 0.0)
    return np.stack([blend, cost, charge, blend.T])


class _Pools:
    """Arrays laid end to end."""

    def __init__(self, number: Precision) -> None:
        self._number = number
        self._whole: list[Numbers] = []
        self._real: list[Numbers] = []
        self._used = [0, 0]

    def whole(self, values: object) -> int:
        return self._add(0, self._whole, np.asarray(values, dtype=np.int64))

    def real(self, values: object) -> int:
        return self._add(1, self._real, np.asarray(values, dtype=self._number))

    def wholes(self) -> Ints:
        return np.concatenate([*self._whole, np.zeros(0, np.int64)])

    def reals(self) -> Floats:
        return np.concatenate([*self._real, np.zeros(0, dtype=self._number)])

    def _add(self, which: int, pool: list[Numbers], values: Numbers) -> int:
        offset = self._used[which]
        pool.append(values.ravel())
        self._used[which] += values.size
        return offset
