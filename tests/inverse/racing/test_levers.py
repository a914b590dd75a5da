"""What levers add, and which sets are minimal, against the definitions."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest

from offramp.inverse.racing import race


def by_orders(grid, score, package):
    """Shapley values as the mean over all orders."""
    levers = grid.moved(package)
    at = grid.levels(np.array([package]))[0]
    found = dict.fromkeys(levers, 0.0)
    orders = list(permutations(levers))
    for order in orders:
        levels = list(grid.now)
        before = score[grid.number(tuple(levels))]
        for lever in order:
            levels[lever] = int(at[lever])
            after = score[grid.number(tuple(levels))]
            found[lever] += (after - before) / len(orders)
            before = after
    return found


def minimal(grid, reaches):
    """Minimal sets by trying every subset."""
    found = set()
    for p in np.flatnonzero(reaches):
        at, levers = grid.levels(np.array([p]))[0], grid.moved(int(p))
        smaller = (set(part) for size in range(len(levers)) for part in combinations(levers, size))
        numbers = (
            grid.number(tuple(int(at[n]) if n in part else now for n, now in enumerate(grid.now))) for part in smaller
        )
        if not any(reaches[number] for number in numbers):
            found.add(int(p))
    return found


@pytest.mark.parametrize("least", [0.5, None])
def test_on_full_tables_they_are_those_of_the_definitions(surface, least) -> None:
    for seed in range(4):
        found = surface((2, 3, 2, 2, 2), 24, seed)
        grid = found.grid
        score = found.target(least)
        level = float(np.quantile(score, 0.6))
        result = race(
            grid, found.solve, worlds=24, budget=48 * 24, least=least, share=level, explain=(47, 0), seed=seed
        )
        assert {s.package for s in result.minimal} == minimal(grid, score >= level - 1e-12)
        assert all(s.certain and s.chance == 1.0 for s in result.minimal)
        assert [len(s.levers) for s in result.minimal] == sorted(len(s.levers) for s in result.minimal)
        assert [each.package for each in result.adds] == list(dict.fromkeys((result.best, 47, 0)))
        for each in result.adds:
            expected = by_orders(grid, score, each.package)
            assert {part.lever: part.shapley for part in each.levers} == pytest.approx(expected)
            assert each.exact
            assert each.total == pytest.approx(score[each.package] - score[0])
            for part in each.levers:
                p = np.array([each.package])
                assert part.last == pytest.approx(score[each.package] - score[grid.without(p, part.lever)[0]])
                assert part.shapley_low == part.shapley_high == part.shapley


def test_from_a_race_they_come_with_intervals_that_hold(surface) -> None:
    inside, known = [], []
    for seed in range(6):
        found = surface((2, 2, 2, 2, 2, 2), 64, seed)
        score = found.target(0.5)
        result = race(found.grid, found.solve, worlds=64, budget=900, seed=seed)
        best = result.adds[0]
        assert sum(part.shapley for part in best.levers) == pytest.approx(best.total, abs=1e-12)
        expected = by_orders(found.grid, score, best.package)
        inside += [part.shapley_low <= expected[part.lever] <= part.shapley_high for part in best.levers]
        reaches = score >= 0.5
        for each in result.minimal:
            if each.certain:
                assert reaches[each.package]
                assert not any(reaches[found.grid.without(np.array([each.package]), n)[0]] for n in each.levers)
            known.append(bool(reaches[each.package]))
    assert np.mean(inside) > 0.8
    assert np.mean(known) > 0.8


def test_moving_nothing_may_be_enough(surface) -> None:
    found = surface((2, 2, 2), 16, 0)
    result = race(found.grid, found.solve, worlds=16, budget=200, share=0.0)
    assert [s.levers for s in result.minimal] == [()]
