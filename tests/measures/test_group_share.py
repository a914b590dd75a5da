"""The share of a few unknowns from the draws at hand, against functions whose shares are known."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import qmc

from offramp.measures import group_share
from offramp.measures.group_share import fits

EXACT = json.loads((Path(__file__).parents[1] / "golden/uncertainty/sensitivity.json").read_text())["exact"]
WEIGHTS = np.array([4.0, 2.0, 1.0, 0.5])
LINEAR = WEIGHTS**2 / (WEIGHTS**2).sum()


def ishigami(x):
    x = np.pi * (2 * x - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def draws(dimensions, worlds, seed=1):
    return qmc.Sobol(dimensions, scramble=True, rng=seed).random(worlds)


@pytest.mark.parametrize(("column", "share"), list(enumerate(EXACT["ishigami"]["S1"])))
def test_ishigami_alone(column, share) -> None:
    x = draws(3, 4096)
    found = group_share(ishigami(x), x[:, [column]], seed=1)
    assert found.share == pytest.approx(share, abs=0.015)
    assert found.low <= share <= found.high
    assert found.worlds == 4096


@pytest.mark.parametrize("column", range(3))
def test_ishigami_groups_close_over_their_interactions(column) -> None:
    """Two unknowns together: one minus the total share of the third; degree 6 misses a little of x3^4 sin x1."""
    others = [other for other in range(3) if other != column]
    x = draws(3, 4096)
    found = group_share(ishigami(x), x[:, others], seed=1)
    assert found.share == pytest.approx(1 - EXACT["ishigami"]["ST"][column], abs=0.02)


@pytest.mark.parametrize("group", [[0], [1], [2, 3], [3]])
def test_few_worlds_of_a_line(group) -> None:
    x = draws(4, 64)
    found = group_share(x @ WEIGHTS, x[:, group], seed=1)
    assert found.share == pytest.approx(LINEAR[group].sum(), abs=0.06)
    assert found.low <= LINEAR[group].sum() <= found.high


@pytest.mark.parametrize("group", [[0], [2, 3]])
def test_interval_covers(group) -> None:
    inside, shares = 0, []
    for seed in range(60):
        x = np.random.default_rng(seed).random((96, 4))
        found = group_share(x @ WEIGHTS, x[:, group], seed=seed, resamples=200)
        inside += found.low <= LINEAR[group].sum() <= found.high
        shares.append(found.share)
    assert inside / 60 >= 0.85
    assert np.mean(shares) == pytest.approx(LINEAR[group].sum(), abs=0.03)


def test_what_does_not_matter_explains_nothing() -> None:
    shares = []
    for seed in range(40):
        x = np.random.default_rng(seed).random((64, 8))
        found = group_share(x[:, 7] + x[:, 6] * x[:, 5], x[:, :5], seed=seed, resamples=200)
        assert found.low <= 0.05
        shares.append(found.share)
    assert np.mean(shares) == pytest.approx(0, abs=0.03)


def test_all_and_nothing() -> None:
    x = draws(2, 64)
    assert group_share(x @ [1.0, 2.0], x, seed=1).share == pytest.approx(1)
    assert group_share(x[:, 0], np.ones((64, 2)), seed=1).share == 0
    assert group_share(x[:, 0], np.ones((64, 0)), seed=1).share == 0
    assert math.isnan(group_share(np.full(64, 0.1), x, seed=1).share)


def test_few_values_are_told_apart_by_as_many_terms() -> None:
    x = draws(2, 128)
    switch = np.where(x[:, 0] < 0.5, 1.0, 7.0)
    found = group_share(switch + x[:, 1], switch[:, None], seed=1)
    assert found.terms == 1
    assert found.share == pytest.approx(9 / (9 + 1 / 12), abs=0.01)


def test_worths_drawn_together_are_no_trouble() -> None:
    x = draws(2, 64)
    both = np.column_stack([x[:, 0], 1 - x[:, 0]])
    assert group_share(x[:, 0], both, seed=1).share == pytest.approx(1)


def test_too_many_unknowns_for_the_worlds() -> None:
    x = draws(16, 32)
    assert not fits(32, 16)
    assert fits(32, 8)
    found = group_share(x[:, 0], x, seed=1)
    assert math.isnan(found.share)
    assert math.isnan(group_share(np.ones(1), np.ones((1, 1)), seed=1).share)


@pytest.mark.parametrize("wrong", [(np.zeros(3), np.zeros((2, 1))), (np.array([1, np.nan]), np.zeros((2, 1))),
                                   (np.zeros(2), np.full((2, 1), np.inf))])  # fmt: skip
def test_unfit_columns_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"world|finite"):
        group_share(*wrong, seed=1)
