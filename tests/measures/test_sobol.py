"""Sobol' indices against closed forms, SALib's estimates on the same designs, and SciPy."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from offramp.measures import sobol_indices

ORACLE = json.loads((Path(__file__).parents[1] / "golden/uncertainty/sensitivity.json").read_text())
EXACT, ESTIMATES = ORACLE["exact"], ORACLE["estimates"]


def ishigami(x):
    """Of x on [-pi, pi]."""
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def on_cube(x):
    return ishigami(np.pi * (2 * x - 1))


def sobol_g(x):
    a = np.array(EXACT["sobol_g"]["a"])
    return np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)


def linear(x):
    return x @ [4.0, 2.0, 1.0, 0.5]


def product(x):
    return x[:, 0] * x[:, 1]


def design(function, dimensions, groups, worlds, seed=1):
    both = qmc.Sobol(2 * dimensions, scramble=True, rng=seed).random(worlds)
    base, fresh = both[:, :dimensions], both[:, dimensions:]
    taken = [np.isin(np.arange(dimensions), group) for group in groups]
    mixed = [function(np.where(held, fresh, base)) for held in taken]
    return function(base), function(fresh), np.array(mixed)


@pytest.mark.parametrize(
    ("function", "name", "tolerance"),
    [(on_cube, "ishigami", 0.015), (sobol_g, "sobol_g", 0.03), (linear, "linear", 0.01), (product, "product", 0.01)],
)
def test_closed_forms(function, name, tolerance):
    first, total = np.array(EXACT[name]["S1"]), np.array(EXACT[name]["ST"])
    found = sobol_indices(*design(function, len(first), [[n] for n in range(len(first))], 8192), seed=1)
    np.testing.assert_allclose(found.first, first, atol=tolerance)
    np.testing.assert_allclose(found.total, total, atol=tolerance)
    assert ((found.first_low <= first + 1e-3) & (first <= found.first_high + 1e-3)).all()
    assert ((found.total_low <= total + 1e-3) & (total <= found.total_high + 1e-3)).all()


def test_groups_close_over_what_their_unknowns_do_together():
    first, total = np.array(EXACT["ishigami"]["S1"]), np.array(EXACT["ishigami"]["ST"])
    pairs = [[1, 2], [0, 2], [0, 1]]
    found = sobol_indices(*design(on_cube, 3, pairs, 8192), seed=1)
    np.testing.assert_allclose(found.first, 1 - total, atol=0.015)
    np.testing.assert_allclose(found.total, 1 - first, atol=0.015)
    everything = sobol_indices(*design(on_cube, 3, [[0, 1, 2], []], 8192), seed=1)
    np.testing.assert_allclose(everything.first, [1, 0], atol=0.02)
    np.testing.assert_allclose(everything.total, [1, 0], atol=0.02)


SALTELLI = {
    "ishigami_N64_plain": (3, True), "ishigami_N64_scrambled": (3, True), "ishigami_N1024_plain": (3, True),
    "ishigami_N1024_scrambled": (3, True), "ishigami_N8192_plain": (3, True), "ishigami_N8192_scrambled": (3, True),
    "sobol_g_N1024_plain": (10, False),
}  # fmt: skip


def sample(name):
    """Saltelli's rows as SALib lays them out: A, AB_1 to AB_D, for second orders BA_1 to BA_D, B."""
    dimensions, second = SALTELLI[name]
    given = ESTIMATES[name]
    scramble = given.get("scramble", False)
    both = qmc.Sobol(2 * dimensions, scramble=scramble, seed=given.get("sample_seed", 42)).random(given["N"])
    base, fresh = both[:, :dimensions], both[:, dimensions:]
    rows = [base]
    rows += [np.where(np.arange(dimensions) == n, fresh, base) for n in range(dimensions)]
    rows += [np.where(np.arange(dimensions) == n, base, fresh) for n in range(dimensions)] if second else []
    rows.append(fresh)
    return np.stack(rows, axis=1).reshape(-1, dimensions), dimensions


@pytest.mark.parametrize("name", SALTELLI)
def test_salib_on_its_own_designs(name):
    x, dimensions = sample(name)
    given = ESTIMATES[name]
    y = sobol_g(x) if name.startswith("sobol_g") else on_cube(x)
    assert len(y) == given["rows"]
    assert y.sum() == pytest.approx(given.get("y_sum", y.sum()), rel=1e-12)
    block = y.reshape(given["N"], -1)
    base, fresh, mixed = block[:, 0], block[:, -1], block[:, 1 : dimensions + 1].T
    found = sobol_indices(base, fresh, mixed, seed=1, resamples=400)
    np.testing.assert_allclose(found.total, given["ST"], rtol=0, atol=1e-12)
    # SALib centres by the mean of all rows, SciPy and we by that of A and B: their first orders differ by just this
    apart = np.concatenate((base, fresh)).mean() - y.mean()
    steps = (mixed - base).mean(axis=1) / np.concatenate((base, fresh)).var()
    np.testing.assert_allclose(found.first + apart * steps, given["S1"], rtol=0, atol=1e-12)
    np.testing.assert_allclose((found.total_high - found.total_low) / 2, given["ST_conf"], rtol=0.35, atol=2e-4)
    np.testing.assert_allclose((found.first_high - found.first_low) / 2, given["S1_conf"], rtol=0.35, atol=2e-3)


def test_scipy_on_the_same_design():
    laws = [stats.uniform(-np.pi, 2 * np.pi)] * 3
    theirs = stats.sobol_indices(func=lambda x: ishigami(x.T), n=1024, dists=laws, rng=np.random.default_rng(42))
    np.testing.assert_allclose(theirs.first_order, ESTIMATES["ishigami_scipy_N1024"]["S1"], rtol=0, atol=1e-12)
    base, fresh, mixed = (np.squeeze(each) for each in (theirs._f_A, theirs._f_B, theirs._f_AB))
    found = sobol_indices(base, fresh, mixed, seed=1, resamples=2)
    np.testing.assert_allclose(found.first, ESTIMATES["ishigami_scipy_N1024"]["S1"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.total, ESTIMATES["ishigami_scipy_N1024"]["ST"], rtol=0, atol=1e-12)


def test_intervals_cover():
    first, total = np.array(EXACT["ishigami"]["S1"]), np.array(EXACT["ishigami"]["ST"])
    rng, inside = np.random.default_rng(0), np.zeros((2, 3))
    for seed in range(150):
        base, fresh = rng.random((2, 256, 3))
        mixed = np.array([on_cube(np.where(np.arange(3) == n, fresh, base)) for n in range(3)])
        found = sobol_indices(on_cube(base), on_cube(fresh), mixed, seed=seed, resamples=300)
        inside[0] += (found.first_low <= first) & (first <= found.first_high)
        inside[1] += (found.total_low <= total) & (total <= found.total_high)
    assert (inside / 150 >= 0.89).all()
    assert (inside / 150 <= 0.99).all()


def test_nothing_varies_or_does_not_fit():
    found = sobol_indices(np.full(8, 0.1), np.full(8, 0.1), np.full((2, 8), 0.1), seed=1)
    assert np.isnan(found.first).all()
    assert np.isnan(found.total_high).all()
    assert found.worlds == 8
    with pytest.raises(ValueError, match="group and world"):
        sobol_indices(np.zeros(4), np.zeros(4), np.zeros((2, 3)), seed=1)
    with pytest.raises(ValueError, match="finite"):
        sobol_indices(np.zeros(2), np.zeros(2), np.array([[0.0, np.nan]]), seed=1)


def test_seeds_and_an_inert_group():
    parts = design(on_cube, 3, [[0], []], 256)
    one, again, other = (sobol_indices(*parts, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.first_low, again.first_low)
    assert one.first_low[0] != other.first_low[0]
    assert (one.first[1], one.total[1], one.total_high[1]) == (0.0, 0.0, 0.0)
