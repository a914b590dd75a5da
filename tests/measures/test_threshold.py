import time
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import binomtest

from offramp.measures import find_split


def brute(labels, unknowns):
    """Best balanced accuracy over all cuts, one by one."""
    worlds, count = unknowns.shape
    best = 0.0
    for column in range(count):
        values = np.unique(unknowns[:, column])
        for low, high in pairwise(values):
            above = unknowns[:, column] > (low + high) / 2
            if min(above.sum(), worlds - above.sum()) < max(3, np.ceil(0.05 * worlds)):
                continue
            balanced = (above[labels].mean() + (~above)[~labels].mean()) / 2
            best = max(best, balanced, 1 - balanced)
    return best


@pytest.mark.parametrize("above", [True, False])
def test_clean_threshold_is_found(above):
    unknowns = np.random.default_rng(3).random((128, 30)) * 10
    labels = (unknowns[:, 17] > 6.2) == above
    found = find_split(labels, unknowns, seed=1)
    assert found is not None
    assert (found.column, found.holds_above) == (17, above)
    near = np.sort(unknowns[:, 17])
    cut = np.searchsorted(near, 6.2)
    assert found.value == pytest.approx((near[cut - 1] + near[cut]) / 2)
    assert found.accuracy == found.balanced_accuracy == 1.0
    assert {found.share_above, found.share_below} == {0.0, 1.0}
    assert found.p_value == pytest.approx(1 / 401)


def test_noisy_threshold_is_found():
    rng = np.random.default_rng(8)
    unknowns = rng.random((128, 120))
    labels = np.where(rng.random(128) < 0.15, unknowns[:, 40] <= 0.5, unknowns[:, 40] > 0.5)
    found = find_split(labels, unknowns, seed=1)
    assert found is not None
    assert found.column == 40
    assert found.value == pytest.approx(0.5, abs=0.1)
    assert found.share_above > 0.75 > 0.25 > found.share_below
    above = unknowns[:, 40] > found.value
    assert found.accuracy == np.mean(labels == above)
    assert found.share_above == labels[above].mean()
    assert found.share_below == labels[~above].mean()


def test_unbalanced_labels():
    unknowns = np.random.default_rng(5).random((200, 10))
    found = find_split(unknowns[:, 2] > 0.92, unknowns, seed=1)
    assert found is not None
    assert (found.column, found.holds_above, found.accuracy) == (2, True, 1.0)


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_brute_force(seed):
    rng = np.random.default_rng(seed)
    unknowns = np.column_stack((rng.random((60, 3)), rng.integers(4, size=60), rng.integers(2, size=60)))
    labels = unknowns[:, 0] + 0.2 * unknowns[:, 3] + rng.normal(0, 0.1, 60) > 0.8
    found = find_split(labels, unknowns, seed=1, permutations=19, level=1.0)
    assert found is not None
    assert found.balanced_accuracy == pytest.approx(brute(labels, unknowns))


def test_choices():
    rng = np.random.default_rng(2)
    unknowns = np.column_stack((rng.random(100), rng.choice([0.0, 1.0, 5.0], 100)))
    found = find_split(unknowns[:, 1] < 3, unknowns, seed=1)
    assert found is not None
    assert (found.column, found.value, found.holds_above) == (1, 3.0, False)


def test_false_names_are_rare():
    """Pure noise: one search in twenty names something, all unknowns together."""
    named, searches = 0, 600
    for seed in range(searches):
        rng = np.random.default_rng([seed, 7])
        unknowns = np.column_stack((rng.random((64, 11)), rng.integers(3, size=64)))
        labels = rng.random(64) < 0.4
        named += find_split(labels, unknowns, seed=seed, permutations=99) is not None
    assert binomtest(named, searches, 0.05).pvalue > 0.01


def test_level_is_kept_with_correlated_unknowns():
    named, searches = 0, 300
    for seed in range(searches):
        rng = np.random.default_rng([seed, 11])
        common = rng.random((64, 1))
        named += (
            find_split(rng.random(64) < 0.5, common + 0.05 * rng.random((64, 8)), seed=seed, permutations=99)
            is not None
        )
    assert binomtest(named, searches, 0.05).pvalue > 0.01


@pytest.mark.parametrize("labels", [np.zeros(50, bool), np.ones(50, bool)])
def test_nothing_to_separate(labels):
    assert find_split(labels, np.random.default_rng(0).random((50, 3)), seed=1) is None


def test_constant_and_broken_unknowns_are_skipped():
    rng = np.random.default_rng(0)
    good = rng.random(60)
    broken = good.copy()
    broken[3] = np.nan
    endless = good.copy()
    endless[4] = -np.inf
    unknowns = np.column_stack((np.full(60, 2.0), broken, endless, good))
    found = find_split(good > 0.5, unknowns, seed=1)
    assert found is not None
    assert found.column == 3
    assert find_split(good > 0.5, unknowns[:, :3], seed=1) is None
    assert find_split(good > 0.5, np.empty((60, 0)), seed=1) is None


@pytest.mark.parametrize("worlds", [1, 2, 5, 6])
def test_tiny_samples(worlds):
    values = np.arange(worlds, dtype=float)[:, None]
    assert find_split(values[:, 0] > worlds / 2 - 1, values, seed=1) is None


def test_shift_and_order_do_not_matter():
    rng = np.random.default_rng(4)
    unknowns = rng.random((90, 6))
    labels = unknowns[:, 1] + rng.normal(0, 0.2, 90) > 0.5
    first = find_split(labels, unknowns, seed=1)
    rows = rng.permutation(90)
    second = find_split(labels[rows], unknowns[rows] * 100 - 7, seed=1)
    assert first is not None
    assert second is not None
    assert (second.column, second.accuracy) == (first.column, first.accuracy)
    assert second.value == pytest.approx(first.value * 100 - 7)


def test_many_worlds():
    rng = np.random.default_rng(0)
    unknowns = rng.random((10_000, 3))
    found = find_split(unknowns[:, 1] + rng.normal(0, 0.3, 10_000) > 0.6, unknowns, seed=1)
    assert found is not None
    assert found.column == 1
    # balanced accuracy cuts where P(true | value) is the overall share, here 0.41: 0.6 + 0.3 Phi^-1(0.41)
    assert found.value == pytest.approx(0.53, abs=0.03)


def test_fast_enough():
    rng = np.random.default_rng(0)
    unknowns, labels = rng.random((128, 120)), rng.random(128) < 0.5
    began = time.process_time()
    find_split(labels, unknowns, seed=1)
    assert time.process_time() - began < 2.0


def test_shapes_are_checked():
    with pytest.raises(ValueError, match="labels"):
        find_split(np.zeros(4, bool), np.zeros((5, 2)), seed=1)


@pytest.mark.parametrize(("worlds", "true", "least"), [(200, 4, 10), (40, 2, 3)])
def test_either_side_keeps_enough_worlds(worlds, true, least):
    unknowns = np.random.default_rng(1).random((worlds, 1))
    labels = unknowns[:, 0] >= np.sort(unknowns[:, 0])[-true]
    found = find_split(labels, unknowns, seed=1)
    assert found is not None
    assert np.count_nonzero(unknowns[:, 0] > found.value) == least
    assert found.share_above == true / least
