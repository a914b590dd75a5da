"""Problems that are the same, found by their arrays: what cannot matter need not be computed twice.

A change that a claim asks for often changes nothing in some world: a level that is there anyway, a mechanism whose
weight is 0. What players face is told from what is measured of it, so a strategy computed with all its outcomes serves
a variant of which one outcome is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import fields
from typing import Any

import numpy as np

from offramp.graph import FixedPolicy, LogitPolicy, Moves, Posed
from offramp.shapes import Floats, Numbers

__all__ = ["Known", "face_of", "marks_of"]

Known = dict[bytes, dict[bytes, float]]
"""By what players face: outcomes by their marks."""


def face_of(posed: Posed) -> bytes:
    """Return a mark of all that players face: who moves how, what they earn, what drifts, and when that changes."""
    problem, first, digests = posed.problem, posed.first_outcome, _Digests()
    stretches: list[tuple[float, bytes]] = []
    for segment in problem.segments:
        policies = [digests.policy(policy, first) for policy in segment.policies]
        flow = digests.columns(segment.flow, 0, first)
        mark = b"".join([flow, digests.of(segment.rise), digests.of(segment.fall), *policies])
        if not stretches or stretches[-1][1] != mark:
            stretches.append((segment.end, mark))
    ends = [(n, values) for n, values in problem.segments[0].terminal if n < first]
    payers = [(c.discount, c.payer) for c in problem.columns[:first]]
    shape = (problem.configurations, problem.start, problem.truth, problem.ladders.sizes)
    return digests.of([shape, payers, ends, stretches])


def marks_of(posed: Posed, outcomes: Collection[str]) -> dict[str, bytes]:
    """Return a mark of each of some outcomes: all by which it is read off what happens."""
    problem, digests = posed.problem, _Digests()
    marks = {}
    for reading in posed.readings:
        if reading.outcome not in outcomes:
            continue
        n, column = reading.column, problem.columns[reading.column]
        stretches: list[tuple[float, bytes]] = []
        for segment in problem.segments:
            if n >= segment.active:
                continue
            held = [mask for m, mask in segment.held if m == n]
            ends = [values for m, values in segment.terminal if m == n]
            puts = [(mask, value) for m, mask, value in segment.puts if m == n]
            paying = segment.paying[n] if segment.paying else True
            mark = digests.columns(segment.flow, n, n + 1) + digests.of([held, ends, puts, paying])
            if not stretches or stretches[-1][1] != mark:
                stretches.append((segment.end, mark))
        read = (reading.scale, reading.offset, column.discount, column.payer)
        marks[reading.outcome] = digests.of([read, stretches])
    return marks


class _Digests:
    """Digests of the parts of one problem; of those that several segments have, only once."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, ...], tuple[object, bytes]] = {}

    def of(self, value: Any) -> bytes:
        """Return a digest of numbers, arrays, and lists of them."""
        if isinstance(value, bytes):
            return value
        if isinstance(value, np.ndarray):
            return self._once(value, (), lambda: _hashed(value))
        if isinstance(value, (list, tuple)):
            return _joined(self.of(part) for part in value)
        return repr(value).encode()

    def columns(self, flow: Floats, low: int, high: int) -> bytes:
        """Return a digest of some columns of what is earned."""
        return self._once(flow, (low, high), lambda: _hashed(flow[:, low:high]))

    def policy(self, policy: LogitPolicy | FixedPolicy, first: int) -> bytes:
        """Return a digest of what a player does; how far it reaches is told by which outcomes there are."""

        def make() -> bytes:
            parts: list[object] = [pair for pair in policy.drives if pair[0] < first]
            for each in fields(policy):
                value = getattr(policy, each.name)
                if isinstance(value, Moves):
                    parts += [value.members, value.allowed, value.group, value.posture]
                elif each.name != "drives":
                    parts.append(value)
            return self.of(parts)

        return self._once(policy, (), make)

    def _once(self, part: object, more: tuple[int, ...], make: Callable[[], bytes]) -> bytes:
        key = (id(part), *more)
        if key not in self.known:
            self.known[key] = part, make()
        return self.known[key][1]


def _hashed(array: Numbers) -> bytes:
    head = f"{array.dtype.str}{array.shape}".encode()
    return hashlib.sha256(head + np.ascontiguousarray(array).tobytes()).digest()


def _joined(parts: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"".join(len(p).to_bytes(4, "little") + p for p in parts)).digest()
