"""Which unknowns stand out: against closed forms, over noise, and where draws move along with one another."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import qmc

from offramp.measures import screen

EXACT = json.loads((Path(__file__).parents[1] / "golden/uncertainty/sensitivity.json").read_text())["exact"]


def columns(x):
    return [x[:, n : n + 1] for n in range(x.shape[1])]


def test_shares_of_a_line_are_the_first_order_indices():
    x = qmc.Sobol(4, scramble=True, rng=1).random(1024)
    found = screen(x @ [4.0, 2.0, 1.0, 0.5], columns(x), seed=1)
    np.testing.assert_allclose(found.shares, EXACT["linear"]["S1"], atol=0.01)
    assert found.chosen == (0, 1, 2, 3)
    assert found.twins == ((),) * 4


def test_a_rise_and_fall_is_seen():
    x = np.random.default_rng(0).random((200, 5))
    found = screen((x[:, 3] - 0.5) ** 2, columns(x), seed=1)
    assert found.chosen[0] == 3
    assert found.shares[3] > 0.99


def test_an_order_is_one():
    rng = np.random.default_rng(0)
    x, order = rng.random((300, 4)), rng.dirichlet(np.ones(3), 300)
    found = screen(order @ [1.0, 0.0, 3.0] + 0.1 * x[:, 0], [*columns(x), order], seed=1)
    assert found.chosen[0] == 4
    assert found.shares[4] > 0.9


def test_the_floor_is_a_family_wise_level():
    above = 0
    for seed in range(200):
        rng = np.random.default_rng([seed, 3])
        found = screen(rng.normal(size=96), columns(rng.random((96, 20))), seed=seed)
        above += bool(found.chosen)
    assert 0.01 <= above / 200 <= 0.1


def test_what_moves_along_is_a_twin():
    rng = np.random.default_rng(0)
    x = rng.random((256, 6))
    x[:, 4] = 0.8 * x[:, 1] + 0.2 * x[:, 4]
    found = screen(3 * x[:, 1] + x[:, 2] + rng.normal(0, 0.3, 256), columns(x), seed=1)
    assert found.chosen == (1, 2)
    assert found.twins == ((4,), ())


def test_patterns_of_sobol_points_in_many_dimensions_do_not_mislead():
    """Over seeds: with 130 unknowns and 256 worlds the three that matter are named, and hardly any other."""
    named = []
    for seed in range(20):
        x = qmc.Sobol(130, scramble=True, rng=seed).random(256)
        found = screen(2 * x[:, 90] + 1.5 * x[:, 101] + x[:, 120] + x[:, 90] * x[:, 5], columns(x), seed=seed)
        assert {90, 101} <= set(found.chosen)
        named.append(len(set(found.chosen) - {90, 101, 120, 5}))
    assert np.mean(named) < 0.3


def test_what_has_no_answer():
    x = np.random.default_rng(0).random((64, 2))
    constant = screen(np.full(64, 0.3), columns(x), seed=1)
    assert constant.chosen == ()
    assert np.isnan(constant.shares).all()
    assert math.isnan(constant.floor)
    fixed = screen(x[:, 0], [x[:, :1], np.ones((64, 1))], seed=1)
    assert fixed.chosen == (0,)
    assert np.isnan(fixed.shares[1])
    assert screen(x[:, 0], [], seed=1).chosen == ()
    with pytest.raises(ValueError, match="finite"):
        screen(np.array([np.nan, 1.0]), [np.zeros((2, 1))], seed=1)
    with pytest.raises(ValueError, match="world, k"):
        screen(np.zeros(3), [np.zeros(3)], seed=1)
