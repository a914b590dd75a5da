"""The value of information against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import norm

from offramp.measures.information import groups_of, information_floor, value_of_information
from offramp.measures.regret import mean_regret, regret

GAMBLE = np.array([[2.0, 2, 2, 2], [6, 6, 0, 0]]).T


def test_by_hand() -> None:
    """Sure 2, or 6 in the one half of the worlds and 0 in the other: the gamble is worth 3, knowing 1 more."""
    found = value_of_information(GAMBLE, np.array(["a", "a", "b", "b"]))
    assert (found.value, found.regret, found.regret_knowing, found.share, found.best) == (1, 1, 0, 1, 1)
    assert (found.groups.tolist(), found.best_by_group.tolist()) == (["a", "b"], [1, 0])
    low = value_of_information(-GAMBLE, np.array([0, 0, 1, 1]), better="low")
    assert (low.value, low.regret, low.best) == (1, 1, 1)


def test_by_hand_with_weights() -> None:
    """The good half is one in four: the sure 2 beats 1.5, and knowing gives 6 / 4 + 2 * 3 / 4 = 3."""
    found = value_of_information(np.array([[2.0, 6], [2, 0]]), np.array([0, 1]), weights=np.array([1.0, 3.0]))
    assert (found.value, found.regret, found.best) == (1, 1, 0)
    nothing = value_of_information(np.array([[2.0, 6], [2, 0]]), np.array([0, 1]), weights=np.array([1.0, 0.0]))
    assert (nothing.value, nothing.regret, nothing.best) == (0, 0, 1)
    assert math.isnan(nothing.share)


@pytest.mark.parametrize("mean", [-0.5, 0.0, 0.3])
def test_closed_form_of_a_gamble_on_two_normal_unknowns(mean) -> None:
    """
    Nothing, or mean + a + b with a ~ N(0, 0.8^2) and b ~ N(0, 0.6^2).

    Knowing what has the standard deviation s is worth E max(0, N(mean, s^2)) - max(0, mean), with
    E max(0, N(mean, s^2)) = s phi(mean / s) + mean Phi(mean / s) (Raiffa and Schlaifer 1961, 5.4).
    """
    middles = norm.ppf((np.arange(240) + 0.5) / 240)
    a, b = (grid.ravel() for grid in np.meshgrid(0.8 * middles, 0.6 * middles, indexing="ij"))
    payoffs = np.stack((np.zeros(a.size), mean + a + b), axis=1)

    def worth(s):
        return s * norm.pdf(mean / s) + mean * norm.cdf(mean / s) - max(0.0, mean)

    known = {0.8: groups_of(a, 240), 0.6: groups_of(b, 240), 1.0: np.arange(a.size)}
    for s, groups in known.items():
        found = value_of_information(payoffs, groups)
        assert found.value == pytest.approx(worth(s), abs=2e-3)
        assert found.regret == pytest.approx(worth(1.0), abs=2e-3)
    assert value_of_information(payoffs, known[1.0]).share == pytest.approx(1)
    coarse = value_of_information(payoffs, groups_of(a, 8))
    assert 0.9 * worth(0.8) < coarse.value <= worth(0.8)
    assert coarse.best_by_group[0] == 0
    assert coarse.best_by_group[-1] == 1


def test_uniform_gamble_is_worth_a_quarter() -> None:
    x = (np.arange(1000) + 0.5) / 500 - 1
    found = value_of_information(np.stack((np.zeros(1000), x), axis=1), groups_of(x, 10))
    assert (found.value, found.regret) == (pytest.approx(0.25), pytest.approx(0.25))


@given(arrays(np.float64, (12, 3), elements=st.integers(-9, 9)), arrays(np.int64, 12, elements=st.integers(0, 3)),
       arrays(np.float64, 12, elements=st.integers(1, 5)))  # fmt: skip
def test_between_nothing_and_everything(payoffs, groups, weights) -> None:
    found = value_of_information(payoffs, groups, weights=weights)
    assert 0 <= found.value <= found.regret
    repeated = np.repeat(payoffs, weights.astype(int), axis=0)
    least = mean_regret(regret(repeated, "high")).min()
    assert found.regret == pytest.approx(least, abs=1e-12)
    assert value_of_information(payoffs, np.arange(12), weights=weights).value == pytest.approx(least, abs=1e-12)
    assert value_of_information(payoffs, np.zeros(12), weights=weights).value == pytest.approx(0, abs=1e-12)
    finer = value_of_information(payoffs, groups * 2 + np.arange(12) % 2, weights=weights)
    assert finer.value >= found.value - 1e-12
    order = np.random.default_rng(1).permutation(12)
    moved = value_of_information(2 * payoffs[order] + 7, groups[order], weights=weights[order])
    assert moved.value == pytest.approx(2 * found.value, abs=1e-9)
    twice = value_of_information(np.repeat(payoffs, 2, axis=0), np.repeat(groups, 2), weights=np.repeat(weights, 2))
    assert twice.value == pytest.approx(found.value, abs=1e-12)


def test_where_a_group_changes_nothing_the_best_stays() -> None:
    found = value_of_information(np.array([[1.0, 1], [1, 1], [0, 3]]), np.array([0, 0, 1]))
    assert (found.best, found.best_by_group.tolist()) == (1, [1, 1])


def test_noise_finds_something_and_the_floor_says_how_much() -> None:
    """The most telling of five unknowns that do not matter clears the floor in about one table of twenty."""
    rng = np.random.default_rng(2)
    above = values = 0.0
    for seed in range(100):
        payoffs = np.stack((np.zeros(128), rng.normal(size=128)), axis=1)
        groups = [groups_of(rng.random(128)) for _ in range(5)]
        found = max(value_of_information(payoffs, each).value for each in groups)
        above += found > information_floor(payoffs, groups, seed=seed, permutations=100)
        values += found / 100
    assert values > 0.05
    assert 0.01 <= above / 100 <= 0.12


def test_what_matters_is_far_above_the_floor() -> None:
    rng = np.random.default_rng(3)
    known, other = rng.normal(size=(2, 512))
    payoffs = np.stack((np.zeros(512), known + 0.3 * other), axis=1)
    groups = [groups_of(known), groups_of(other)]
    floor = information_floor(payoffs, groups, seed=1)
    assert value_of_information(payoffs, groups[0]).value > 3 * floor
    assert information_floor(payoffs, groups[:1], seed=1) <= floor
    assert information_floor(payoffs + 100, groups, seed=1) == pytest.approx(floor)
    assert information_floor(-payoffs, groups, seed=1, better="low") == floor
    assert information_floor(payoffs[:, :1], groups, seed=1) == pytest.approx(0, abs=1e-12)
    assert information_floor(payoffs, [], seed=1) == 0
    assert information_floor(payoffs, groups, seed=1) == floor


def test_groups() -> None:
    assert groups_of(np.array([5.0, 1.0, 3.0, 1.0]), 8).tolist() == [2, 0, 1, 0]
    assert np.bincount(groups_of(np.random.default_rng(0).random(100), 8)).tolist() == [13, 12, 13, 12, 13, 12, 13, 12]
    tied = groups_of(np.repeat([0.0, 1, 2, 3, 4, 5], [90, 2, 2, 2, 2, 2]), 3)
    assert tied.tolist() == [0] * 90 + [1] * 10
    assert groups_of(np.array([2.0]), 1).tolist() == [0]
    for wrong, count in [([1.0, np.nan], 8), ([[1.0]], 8), ([1.0], 0)]:
        with pytest.raises(ValueError, match="finite"):
            groups_of(np.array(wrong), count)


@pytest.mark.parametrize(("payoffs", "groups", "says"), [
    ([[1.0], [np.nan]], [0, 1], "every strategy, 1 of 2"), ([[1.0], [2]], [0], "label"),
    ([[1.0], [2]], [0, np.nan], "group"),
])  # fmt: skip
def test_unfit_tables_are_refused(payoffs, groups, says) -> None:
    with pytest.raises(ValueError, match=says):
        value_of_information(np.array(payoffs), np.array(groups))
