import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import qmc

from offramp.measures import bootstrap, closed_share, first_order

EXACT = json.loads((Path(__file__).parents[1] / "golden/uncertainty/sensitivity.json").read_text())["exact"]


def ishigami(x):
    x = np.pi * (2 * x - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def linear(x):
    return x @ [4.0, 2.0, 1.0, 0.5]


def sobol_g(x):
    a = np.array(EXACT["sobol_g"]["a"])
    return np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)


def pair(function, dimensions, group, worlds, seed=1):
    both = qmc.Sobol(2 * dimensions, scramble=True, rng=seed).random(worlds)
    base, fresh = both[:, :dimensions], both[:, dimensions:]
    held = np.isin(np.arange(dimensions), group)
    return function(base), function(np.where(held, base, fresh))


@pytest.mark.parametrize(("column", "share"), list(enumerate(EXACT["ishigami"]["S1"])))
def test_ishigami_alone(column, share):
    assert closed_share(*pair(ishigami, 3, [column], 8192)) == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("column", range(3))
def test_ishigami_groups_close_over_their_interactions(column):
    others = [other for other in range(3) if other != column]
    found = closed_share(*pair(ishigami, 3, others, 8192))
    assert found == pytest.approx(1 - EXACT["ishigami"]["ST"][column], abs=0.01)


def test_all_and_nothing():
    assert closed_share(*pair(ishigami, 3, [0, 1, 2], 64)) == 1.0
    assert closed_share(*pair(ishigami, 3, [], 8192)) == pytest.approx(0, abs=0.01)


def test_constant_outcome_has_no_share():
    assert math.isnan(closed_share(np.full(9, 0.1), np.full(9, 0.1)))
    assert math.isnan(closed_share(np.ones(1), np.zeros(1)))


@pytest.mark.parametrize(
    ("function", "name", "tolerance"),
    [(ishigami, "ishigami", 0.03), (linear, "linear", 0.02), (sobol_g, "sobol_g", 0.03)],
)
def test_first_order_from_given_data(function, name, tolerance):
    exact = np.array(EXACT[name]["S1"])
    unknowns = qmc.Sobol(len(exact), scramble=True, rng=2).random(4096)
    found = first_order(function(unknowns), unknowns, seed=1)
    np.testing.assert_allclose(found.shares, exact, atol=tolerance)
    assert ((found.shares > found.floor) >= (exact > 0.04)).all()


def test_first_order_is_nearly_unbiased_in_small_samples():
    exact = np.array(EXACT["linear"]["S1"])
    rng = np.random.default_rng(1)
    samples = [rng.random((128, 4)) for _ in range(200)]
    found = np.mean([first_order(linear(x), x, seed=1, permutations=1).shares for x in samples], axis=0)
    np.testing.assert_allclose(found, exact * (1 - 1 / 64), atol=0.02)


def test_floor_is_a_family_wise_level():
    above = 0
    for seed in range(300):
        rng = np.random.default_rng([seed, 3])
        found = first_order(rng.normal(size=96), rng.random((96, 12)), seed=seed)
        above += found.shares.max() > found.floor
    assert 0.02 <= above / 300 <= 0.09


def test_first_order_of_choices_and_constants():
    rng = np.random.default_rng(0)
    unknowns = np.column_stack((rng.choice([1.0, 2.0, 9.0], 300), np.ones(300), rng.random(300), np.full(300, np.nan)))
    found = first_order(unknowns[:, 0] ** 2, unknowns, seed=1)
    assert found.shares[0] == pytest.approx(1.0)
    assert np.isnan(found.shares).tolist() == [False, True, False, True]
    assert abs(found.shares[2]) < found.floor + 0.05


def test_first_order_of_a_constant_outcome():
    found = first_order(np.full(64, 0.3), np.random.default_rng(0).random((64, 2)), seed=1)
    assert np.isnan(found.shares).all()
    assert math.isnan(found.floor)
    with pytest.raises(ValueError, match="finite"):
        first_order(np.array([np.nan, 1.0]), np.zeros((2, 1)), seed=1)
    with pytest.raises(ValueError, match="unknown"):
        first_order(np.zeros(3), np.zeros((2, 1)), seed=1)


def test_bootstrap_of_a_mean():
    values = np.random.default_rng(0).normal(5, 2, 400)
    low, high = bootstrap(np.mean, values, seed=1, resamples=2000)
    half = 1.96 * values.std() / 20
    np.testing.assert_allclose((low, high), (values.mean() - half, values.mean() + half), atol=0.03)
    assert bootstrap(np.mean, values, seed=1) == bootstrap(np.mean, values, seed=1)
    assert bootstrap(np.mean, values, seed=1) != bootstrap(np.mean, values, seed=2)


def test_bootstrap_draws_the_same_worlds_from_every_column():
    first = np.random.default_rng(0).normal(size=50)
    assert bootstrap(lambda a, b: float(np.abs(a - b).max()), first, first.copy(), seed=1) == (0.0, 0.0)


def test_bootstrap_without_answers():
    assert all(map(math.isnan, bootstrap(lambda a: math.nan, np.zeros(3), seed=1)))
    assert all(map(math.isnan, bootstrap(np.mean, np.zeros(0), seed=1)))
    with pytest.raises(ValueError, match="row"):
        bootstrap(np.mean, np.zeros(3), np.zeros(2), seed=1)
