"""A segment of a problem as the flat arrays that the kernels read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.kernels import tables as at
from offramp.play.kernels.tables import CONSENTING, FIELDS, FIXED, PAIRWISE, SHARED, Room, Tables
from offramp.shapes import Floats, Ints, Numbers

__all__ = ["Packed", "blocks", "fastest_rate", "pack", "room_for", "span_of", "spread"]

T = TypeVar("T")

Packed = dict[tuple[int, ...], tuple[Any, object]]
"""Parts of tables by the identity of what they were made of."""

VECTOR = 8
"""Numbers in a vector register, at most."""

WIDEST_BLEND = 1e100
"""Where exp(-precision * cost) leaves [1 / this, this] in a way that could overflow, moves are done pair by pair."""


def pack(problem: Problem, segment: Segment, *, share: bool = True, known: Packed | None = None) -> Tables:
    """Flatten one segment.

    Parameters
    ----------
    problem : Problem
    segment : Segment
    share : bool
        Let the configurations of a group share weights where they can. False: every move by itself, the plain
        method that the shared one is tested and timed against.
    known : Packed, optional
        What was packed of other segments of the problem, which often have the same parts; added to.
    """
    known = {} if known is None else known
    positions, active = problem.ladders.positions, segment.active
    span = span_of(positions)
    pools = _Pools()
    fields = np.zeros((len(segment.policies), FIELDS), dtype=np.int64)
    decay = np.array([c.discount for c in problem.columns[:active]], dtype=float)
    paying = segment.paying or (True,) * active
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
            _pack_logit(policy, payers, _known(known, policy, lambda p=policy: _matrices(p, span)), share, row, pools)  # type: ignore[misc]
        else:
            entry = _known(known, policy, lambda p=policy: _entries(p, span))  # type: ignore[misc]
            entries.append(entry)
            row[at.METHOD], row[at.FIRST_ENTRY] = FIXED, first
            first += len(entry[0])
            row[at.END_ENTRY] = first
        row[at.DRIVES], row[at.DRIVE_COUNT] = pools.whole(policy.drives), len(policy.drives)
        row[at.PAYERS], row[at.PAYER_COUNT] = pools.whole(payers), len(payers)
    rates, leave, rise, fall = _known(known, segment.rise, lambda: _drift(segment, span), segment.fall)
    return Tables(
        positions=positions,
        span=span,
        active=active,
        flow=blocks(segment.flow, span),
        decay=decay,
        strides=np.array(problem.ladders.strides, dtype=np.int64),
        rates=rates,
        leave=leave,
        rise=rise,
        fall=fall,
        policies=fields,
        pace=np.array([p.pace for p in segment.policies], dtype=float),
        precision=np.array([getattr(p, "precision", 0.0) for p in segment.policies], dtype=float),
        whole=pools.wholes(),
        real=pools.reals(),
        sources=np.concatenate([np.zeros(0, np.int64), *(e[0] for e in entries)]),
        targets=np.concatenate([np.zeros(0, np.int64), *(e[1] for e in entries)]),
        chances=np.concatenate([np.zeros((0, span)), *(e[2] for e in entries)]),
        prices=np.concatenate([np.zeros(0), *(e[3] for e in entries)]),
        held_columns=np.array([n for n, _ in segment.held], dtype=np.int64),
        held=spread(
            np.array([mask for _, mask in segment.held], dtype=np.bool_).reshape(
                len(segment.held), problem.configurations, positions
            ),
            span,
        ),
    )


def span_of(positions: int) -> int:
    """S: the positions, rounded up to whole vector registers unless that would double them."""
    rounded = -(-positions // VECTOR) * VECTOR
    return rounded if rounded < 2 * positions else positions


def spread(rows: Numbers, span: int) -> Numbers:
    """Lengthen the last axis to ``span`` with zeros."""
    if rows.shape[-1] == span:
        return np.ascontiguousarray(rows)
    out = np.zeros((*rows.shape[:-1], span), dtype=rows.dtype)
    out[..., : rows.shape[-1]] = rows
    return out


def blocks(values: Numbers, span: int) -> Floats:
    """[C, N, P] -> [C, N, S], starting on a cache line."""
    out = _aligned(values.shape[0], values.shape[1], span)
    out[:, :, : values.shape[2]] = values
    return out


def room_for(problem: Problem) -> Room:
    """Scratch that serves every segment of the problem."""
    span = span_of(problem.ladders.positions)
    postures = max(
        (p.moves.members.shape[1] for s in problem.segments for p in s.policies if isinstance(p, LogitPolicy)),
        default=1,
    )
    parts = _aligned(postures, len(problem.columns), span)
    mixed = _aligned(postures, len(problem.columns), span)
    return Room(
        appeal=_aligned(postures, span),
        odds=_aligned(postures, span),
        totals=_aligned(postures, span),
        best=_aligned(span),
        gates=_aligned(postures, span),
        rates=_aligned(postures, span),
        others=_aligned(postures, span),
        present=np.zeros(postures, dtype=np.int64),
        parts=parts,
        mixed=mixed,
        flat_parts=parts.reshape(postures, -1),
        flat_mixed=mixed.reshape(postures, -1),
    )


def _aligned(*shape: int) -> Floats:
    """Zeros starting on a cache line: unaligned rows cost half the speed."""
    size = int(np.prod(shape))
    memory = np.zeros(size + VECTOR)
    skip = -(memory.ctypes.data // memory.itemsize) % VECTOR
    return memory[skip : skip + size].reshape(shape)


def fastest_rate(problem: Problem, segment: Segment) -> float:
    """A bound on how fast values relax, per unit of time; explicit steps must be shorter than its inverse.

    Logit choices are averages, so each player adds its pace once. A tabulated choice may swap two states, and a
    drift may be all up and down: these count twice.
    """
    drift = float((segment.rise.sum(axis=0) + segment.fall.sum(axis=0)).max(initial=0.0))
    rates = np.array([2.0 * drift + max(c.discount, 0.0) for c in problem.columns[: segment.active]])
    for policy in segment.policies:
        rate = policy.pace
        if isinstance(policy, FixedPolicy):
            rate *= 2.0 * float(policy.chance.sum(axis=0).max(initial=0.0))
        for low, high in policy.drives:
            rates[low:high] += rate
    return float(rates.max(initial=0.0))


class _Pools:
    """Arrays laid end to end."""

    def __init__(self) -> None:
        self._whole: list[Numbers] = []
        self._real: list[Numbers] = []
        self._used = [0, 0]

    def whole(self, values: object) -> int:
        return self._add(0, self._whole, np.asarray(values, dtype=np.int64))

    def real(self, values: object) -> int:
        return self._add(1, self._real, np.asarray(values, dtype=np.float64))

    def wholes(self) -> Ints:
        return np.concatenate([*self._whole, np.zeros(0, np.int64)])

    def reals(self) -> Floats:
        return np.concatenate([*self._real, np.zeros(0)])

    def _add(self, which: int, pool: list[Numbers], values: Numbers) -> int:
        offset = self._used[which]
        pool.append(values.ravel())
        self._used[which] += values.size
        return offset


def _known(known: Packed, part: object, make: Callable[[], T], *more: object) -> T:
    """Make something of a part once; the part is kept, so that no other takes its identity."""
    key = (id(part), *map(id, more))
    if key not in known:
        known[key] = make(), (part, *more)
    found: T = known[key][0]
    return found


def _matrices(policy: LogitPolicy, span: int) -> tuple[Floats, Floats]:
    """Return the matrices of a logit policy, [4, A, A], and its spread weights."""
    allowed = policy.moves.allowed
    cost = np.where(allowed, policy.cost, np.inf)
    with np.errstate(over="ignore"):
        blend = np.where(allowed, np.exp(np.where(allowed, -policy.precision * policy.cost, 0.0)), 0.0)
    charge = blend * np.where(allowed, policy.cost, 0.0)
    return np.stack([blend, cost, charge, blend.T]), spread(policy.weight, span)


def _pack_logit(
    policy: LogitPolicy, payers: list[int], parts: tuple[Floats, Floats], share: bool, row: Ints, pools: _Pools
) -> None:
    members, (matrices, weight) = policy.moves.members, parts
    blend = matrices[0]
    shared = share and len(policy.consents) <= 1 and bool(blend.max() < WIDEST_BLEND)
    row[at.METHOD] = (CONSENTING if policy.consents else SHARED) if shared else PAIRWISE
    row[at.GROUPS], row[at.POSTURES] = members.shape
    row[at.MEMBERS] = pools.whole(members)
    row[at.DECIDES], row[at.DECIDE_COUNT] = pools.whole(policy.decides), len(policy.decides)
    row[at.CONSENTS], row[at.CONSENT_COUNT] = pools.whole(policy.consents), len(policy.consents)
    row[at.MATRICES] = pools.real(matrices)
    row[at.WEIGHT] = pools.real(weight)
    row[at.ALIKE] = bool((blend == 1.0).all())
    row[at.PRICED] = bool(payers) and bool((policy.cost[policy.moves.allowed] != 0.0).any())


def _entries(policy: FixedPolicy, span: int) -> tuple[Ints, Ints, Floats, Floats]:
    """The moves of a tabulated policy that happen at all: from, to, rate by position, cost."""
    here = np.broadcast_to(np.arange(policy.targets.shape[1]), policy.targets.shape)
    moves = (policy.chance > 0.0).any(axis=2) & ((policy.targets != here) | (policy.cost != 0.0))
    sources, rules = np.nonzero(moves.T)
    return (
        sources,
        policy.targets[rules, sources],
        spread(policy.pace * policy.chance[rules, sources], span),
        np.ascontiguousarray(policy.cost[rules, sources], dtype=float),
    )


def _drift(segment: Segment, span: int) -> tuple[Ints, Floats, Floats, Floats]:
    """Rates by distinct row: many configurations drift alike."""
    both = np.ascontiguousarray(np.stack([segment.rise, segment.fall]).transpose(2, 0, 1, 3), dtype=float)
    rows: dict[bytes, int] = {}
    rates = np.array([rows.setdefault(row.tobytes(), len(rows)) for row in both], dtype=np.int64)
    distinct = spread(np.frombuffer(b"".join(rows), dtype=float).reshape(len(rows), *both.shape[1:]), span)
    rise, fall = (np.ascontiguousarray(distinct[:, i]) for i in range(2))
    return rates, np.ascontiguousarray(distinct.sum(axis=(1, 2))), rise, fall
