import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from offramp.worlds import draw
from offramp.worlds.orders import centroid, corners, worths


@given(st.integers(1, 12), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_each_outweighs_all_later(make, count, seed):
    drawn = draw(make.case(orders={"p": count}), 64, seed).values
    later = np.cumsum(drawn[:, ::-1], axis=1)[:, ::-1] - drawn
    assert (drawn >= later - 1e-12).all()
    assert (drawn >= 0).all()
    np.testing.assert_allclose(drawn.sum(axis=1), 1.0, rtol=1e-12)


def test_corners():
    np.testing.assert_array_equal(corners(4), np.array([[8, 0, 0, 0], [4, 4, 0, 0], [4, 2, 2, 0], [4, 2, 1, 1]]) / 8)


def test_worths_weigh_the_corners():
    points = np.random.default_rng(0).random((20, 5))
    weights = -np.log(points) / -np.log(points).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(worths(points), weights @ corners(5), rtol=1e-13)
    assert np.isfinite(worths(np.zeros((1, 3)))).all()


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_best_guess_is_the_centroid(make, count):
    worlds = draw(make.case(orders={"p": count}), 8192, 1)
    np.testing.assert_array_equal(worlds.values[0], centroid(count))
    np.testing.assert_allclose(worlds.values[1:].mean(axis=0), centroid(count), atol=2e-3)


def test_two_statements_by_hand(make):
    """w_0 is uniform on [1/2, 1]."""
    drawn = draw(make.case(orders={"p": 2}), 4096, 1).values[1:, 0]
    assert stats.kstest(drawn, stats.uniform(0.5, 0.5).cdf).statistic < 0.01


@pytest.mark.parametrize("count", [3, 4])
def test_uniform_over_the_cone(make, count):
    """Against points of the whole simplex of which those that respect the order are kept."""
    simplex = np.random.default_rng(0).dirichlet(np.ones(count), 1_500_000)
    later = np.cumsum(simplex[:, ::-1], axis=1)[:, ::-1] - simplex
    accepted = simplex[(simplex >= later).all(axis=1)]
    assert len(accepted) > 2000
    drawn = draw(make.case(orders={"p": count}), 4096, 1).values[1:]
    directions = np.vstack((np.eye(count), np.random.default_rng(1).normal(size=(6, count))))
    for direction in directions:
        assert stats.ks_2samp(drawn @ direction, accepted @ direction).pvalue > 0.001
    np.testing.assert_allclose(np.cov(drawn.T), np.cov(accepted.T), atol=1.5e-3)


def test_players_are_independent(make):
    drawn = draw(make.case({"u": (0, 1)}, {"p": 3, "q": 3}), 1024, 1).values[1:]
    correlation = np.corrcoef(drawn.T)
    assert np.abs(correlation[:4, 4:]).max() < 0.05
    assert np.abs(correlation[0, 1:]).max() < 0.05


def test_an_empty_order_is_passed_over(make):
    worlds = draw(make.case({"u": (0, 1)}, {"p": 0}), 4, 1)
    assert worlds.names == ("u",)
