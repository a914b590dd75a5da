"""How fast the play lens evaluates its right-hand side, against NumPy and against the machine.

    python benchmarks/kernel.py [--repeat 200]

The shape is 4 players with one option of 4 levels each (256 configurations, 12 moves from every state), one ladder of
32 positions, 4 value columns, in float64 and float32. A *move* is one term, from one state to one successor, all four
columns together. Timings are the best of many: other work on the machine only ever adds time.

Roofline: the peak of fused multiply-adds and the memory traffic are measured on one core with kernels of the same
compiler; the work of a move is counted from the equations (see ``flops``).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from numba import njit

from offramp.graph.arrays import Column, Ladders, LogitPolicy, Moves, Problem, Segment
from offramp.play import solve
from offramp.play.blocks import blocks, room_for, span_of
from offramp.play.kernels.sweep import fill_slope
from offramp.play.packing import Packer

EXP_FLOPS = 36
"""Of one exponential: 15 fused multiply-adds and 6 others."""


def game(
    sizes: tuple[int, ...],
    rungs: tuple[int, ...],
    columns: int,
    *,
    options: tuple[int, ...] | None = None,
    cost: float = 0.1,
    until: float = 12.0,
    foresight: float = 12.0,
    lam: float = 3.0,
) -> Problem:
    """Players with one option each (``sizes``), random flows; from ``until`` on only the players' columns exist."""
    draw = np.random.default_rng(0)
    count, positions, players = int(np.prod(sizes)), int(np.prod(rungs)), len(sizes)
    strides = tuple(int(np.prod(rungs[k + 1 :])) for k in range(len(rungs)))
    level = np.array(np.unravel_index(np.arange(positions), rungs))
    rise = 0.2 * draw.random((len(rungs), count, 1)) * (level < np.array(rungs)[:, None] - 1)[:, None]
    fall = 0.2 * draw.random((len(rungs), count, 1)) * (level > 0)[:, None]
    policies = []
    for i, size in enumerate(sizes):
        members = np.moveaxis(np.arange(count).reshape(sizes), i, -1).reshape(-1, size)
        group, posture = np.empty(count, np.int64), np.empty(count, np.int64)
        for g, a in np.ndindex(*members.shape):
            group[members[g, a]], posture[members[g, a]] = g, a
        moves = Moves(members, np.ones((size, size), dtype=bool), group, posture)
        price = cost * np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
        policies.append(LogitPolicy(i, moves, 1.0, lam, price, (i,), np.ones((1, positions)), (), ((0, columns),)))
    flow = draw.normal(size=(count, columns, positions)) * 0.5
    names = tuple(Column(f"column {n}", 0.02, n if n < players else -1) for n in range(columns))
    ends = tuple((n, draw.random((count, positions))) for n in range(players, columns))
    segments = [Segment(0.0, until, columns, ends, flow, rise, fall, tuple(policies))]
    if foresight > until:
        early = np.ascontiguousarray(flow[:, :players])
        segments.insert(0, Segment(until, foresight, players, (), early, rise, fall, tuple(policies)))
    return Problem(count, Ladders(rungs, strides, positions), names, tuple(segments), (0, 0), tuple(range(players)))


def numpy_slope(problem: Problem, share: bool) -> Callable[[np.ndarray], np.ndarray]:
    """The same right-hand side in vectorised NumPy, by the same method as the kernel."""
    segment = problem.segments[-1]
    sizes = [p.moves.allowed.shape[0] for p in segment.policies]
    rho = np.array([c.discount for c in problem.columns])[:, None]
    blend = [np.exp(-p.precision * p.cost) for p in segment.policies]
    stride = problem.ladders.strides[0]
    up, down = segment.rise[0][:, None, :-stride], segment.fall[0][:, None, stride:]

    def slope(values: np.ndarray) -> np.ndarray:
        out = segment.flow - rho * values
        gap = values[..., stride:] - values[..., :-stride]
        out[..., :-stride] += up * gap
        out[..., stride:] -= down * gap
        whole = values.reshape(*sizes, *values.shape[1:])
        target = out.reshape(whole.shape)
        for i, policy in enumerate(segment.policies):
            now, gain = np.moveaxis(whole, i, -3), np.moveaxis(target, i, -3)
            own = now[..., i, :]
            if not share:
                price = policy.cost[:, :, None]
                pairs = own[..., None, :, :] - price
                chances = np.exp(policy.precision * (pairs - pairs.max(axis=-2, keepdims=True)))
                chances *= policy.pace / chances.sum(axis=-2, keepdims=True)
                gain += np.einsum("...bap,...anp->...bnp", chances, now) - policy.pace * now
                gain[..., i, :] -= (chances * price).sum(axis=-2)
                continue
            odds = np.exp(policy.precision * (own - own.max(axis=-2, keepdims=True)))
            total = 1.0 / (blend[i] @ odds)
            shape = now.shape
            product = (odds[..., None, :] * now).reshape(*shape[:-3], shape[-3], -1)
            mean = (blend[i] @ product).reshape(shape) * total[..., None, :]
            gain += policy.pace * (mean - now)
            gain[..., i, :] -= policy.pace * ((blend[i] * policy.cost) @ odds) * total
        return out

    return slope


def flops(problem: Problem, share: bool) -> float:
    """Floating-point operations of one evaluation, useful ones only."""
    states, columns = problem.configurations * problem.ladders.positions, len(problem.columns)
    total = states * columns * (2 + 6 * len(problem.ladders.sizes))
    for policy in problem.segments[-1].policies:
        a = policy.moves.allowed.shape[0]
        if share:
            total += states * (3 + EXP_FLOPS + 4 * a + columns * (2 * a + 3))
        else:
            total += states * a * (5 + EXP_FLOPS + 2 * columns)
    return float(total)


@njit(nogil=True, fastmath=True)
def multiply_add(rounds: int, out: np.ndarray) -> None:
    """Sixty-four independent chains: 128 operations a round."""
    x = out.copy()
    for _ in range(rounds):
        for j in range(64):
            x[j] = x[j] * 0.999999 + 1e-6
    out[:] = x


@njit(nogil=True)
def triad(first: np.ndarray, second: np.ndarray, out: np.ndarray) -> None:
    for j in range(out.shape[0]):
        out[j] = first[j] + 0.5 * second[j]


def best(action: Callable[[], object], repeat: int) -> float:
    action()
    least = np.inf
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        least = min(least, time.perf_counter() - start)
    return float(least)


def evaluate(problem: Problem, share: bool, repeat: int, number: type = np.float64) -> tuple[float, np.ndarray]:
    """Seconds of one evaluation, and its result."""
    segment, span = problem.segments[-1], span_of(problem.ladders.positions)
    shape = (problem.configurations, len(problem.columns), problem.ladders.positions)
    values, slope = (blocks(each, span, number) for each in (start_values(shape), np.zeros(shape)))
    tables, room = Packer(problem, number, share=share).tables(segment), room_for(problem, number)
    seconds = best(lambda: fill_slope(tables, values, slope, room), repeat)
    return seconds, slope[..., : shape[2]]


def start_values(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(1).normal(size=shape)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=200)
    repeat = parser.parse_args().repeat
    chains = np.ones(64)
    peak = 128 * 20_000 / best(lambda: multiply_add(20_000, chains), 20)
    small, large = [tuple(np.ones(n) for _ in range(3)) for n in (24_000, 4_000_000)]
    near = 24 * 24_000 / best(lambda: triad(*small), 200)
    far = 24 * 4_000_000 / best(lambda: triad(*large), 10)
    print(
        f"one core: {peak / 1e9:.1f} Gflop/s of fused multiply-adds, {near / 1e9:.0f} GB/s from cache, "
        f"{far / 1e9:.0f} GB/s from memory\n"
    )
    title = "4 players x 4, ladder of 32, 4 columns"
    print(f"{title:46} {'ms':>8} {'M moves/s':>10} {'x NumPy':>8} {'Gflop/s':>8} {'of peak':>8}")
    for cost in (0.1, 0.0):
        problem = game((4, 4, 4, 4), (32,), 4, cost=cost)
        moves = problem.configurations * 32 * sum(p.moves.allowed.shape[0] - 1 for p in problem.segments[0].policies)
        values = start_values((problem.configurations, 4, 32))
        for share in (False, True):
            plain = numpy_slope(problem, share)
            expected = plain(values)
            reference = best(partial(plain, values), max(5, repeat // 4))
            seconds, slope = evaluate(problem, share, repeat)
            assert np.abs(slope - expected).max() < 1e-12
            kind = ("shared weights" if share else "move by move") + (", switching costs" if cost else "")
            single, rough = evaluate(problem, share, repeat, np.float32)
            assert np.abs(rough - expected).max() < 1e-4
            rows = (("NumPy", reference, 1.0), ("kernel", seconds, 1.0), ("kernel in float32", single, 2.0))
            for name, spent, lanes in rows:
                work = flops(problem, share) / spent
                print(
                    f"{f'{name}, {kind}':46} {spent * 1e3:8.3f} {moves / spent / 1e6:10.0f} {reference / spent:8.1f} "
                    f"{work / 1e9:8.1f} {work / (lanes * peak):8.0%}"
                )
    print()
    large_case = game((8, 8, 3, 4), (3, 3, 2), 14, until=24.0, foresight=48.0)
    seconds, _ = evaluate(large_case, True, max(20, repeat // 4))
    solution = solve(large_case)
    whole = best(lambda: solve(large_case), 3)
    print(
        f"768 configurations x 18 positions x 14 columns, 19 moves: {seconds * 1e3:.2f} ms an evaluation; "
        f"48 units of time in {whole:.2f} s ({solution.evaluations} evaluations)"
    )
    tiny = game((2, 2), (1,), 3, until=12.0)
    print(f"4 configurations, 12 units of time: {best(lambda: solve(tiny), 30) * 1e3:.2f} ms")


if __name__ == "__main__":
    main()
