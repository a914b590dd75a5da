import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from offramp.measures import mean_regret, regret, robust_regret, spread

TABLE = json.loads((Path(__file__).parents[1] / "golden/uncertainty/robustness.json").read_text())
PAYOFF = np.array(TABLE["payoff"], dtype=float).T  # [world, strategy]


def metric(name):
    return [TABLE["metrics"][policy][name]["value"] for policy in TABLE["policies"]]


def test_published_table():
    found = regret(PAYOFF, "high")
    expected = [[cell["value"] for cell in TABLE["metrics"][policy]["regret_by_world"]] for policy in TABLE["policies"]]
    np.testing.assert_array_equal(found.T, expected)
    np.testing.assert_array_equal(robust_regret(found), metric("max_regret"))
    np.testing.assert_allclose(mean_regret(found), metric("mean_regret"), rtol=1e-15)


def test_low_is_better_mirrors():
    np.testing.assert_array_equal(regret(-PAYOFF, "low"), regret(PAYOFF, "high"))


@given(arrays(np.float64, (7, 4), elements=st.floats(-1e6, 1e6)), st.sampled_from(["high", "low"]))
def test_someone_is_best_in_every_world(values, better):
    found = regret(values, better)
    assert (found >= 0).all()
    np.testing.assert_array_equal(found.min(axis=1), 0)


def test_spread_of_table():
    found = spread(PAYOFF)
    np.testing.assert_allclose(found.mean, metric("laplace_mean"))
    assert found.p05.shape == found.p95.shape == (4,)


def test_spread_of_numbers():
    found = spread(np.arange(101.0))
    assert (float(found.mean), float(found.p05), float(found.p95)) == (50.0, 5.0, 95.0)
    alone = spread(np.array([3.0]))
    assert (float(alone.mean), float(alone.p05), float(alone.p95)) == (3.0, 3.0, 3.0)


@pytest.mark.parametrize("wrong", [[], [1.0, np.nan], [np.inf, 2.0]])
def test_spread_refuses(wrong):
    with pytest.raises(ValueError, match=r"no world|finite"):
        spread(np.array(wrong))
