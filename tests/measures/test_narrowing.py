"""Boxes among many columns: the few that are searched, the check of that search, and how many checks may pass."""

import numpy as np
import pytest
from scipy.stats import false_discovery_control, ks_2samp

from offramp.measures.boxes import Box, Limit, checked, contains, fit
from offramp.measures.chance import quasi_p
from offramp.measures.discovery import find_boxes, first_half
from offramp.measures.false_discovery import discovery_level
from offramp.measures.narrowing import most_telling, narrowed, renumbered
from offramp.measures.prim import Patience
from offramp.measures.pruning import pruned
from offramp.measures.tree_check import grow_beside

KINDS = ["real", "category", *["real"] * 58]


def corner(seed, worlds=256, noise=0.15):
    """Of sixty columns two matter: worlds with much of the first, under the second, are mostly of interest."""
    rng = np.random.default_rng(seed)
    table = rng.random((worlds, 60))
    table[:, 1] = rng.integers(2, size=worlds)
    inside = (table[:, 0] > 0.6) & (table[:, 1] == 1)
    return table, rng.random(worlds) < np.where(inside, 1.0 - noise / 2, noise)


@pytest.mark.parametrize("seed", range(4))
def test_telling_columns_are_those_of_kolmogorov_and_smirnov(seed):
    table, interest = corner(seed, 80)
    table[:, 5] = np.round(table[:, 5], 1)
    distances = [ks_2samp(column[interest], column[~interest]).statistic for column in table.T]
    expected = sorted(np.argsort(-np.array(distances), kind="stable")[:4].tolist())
    assert list(most_telling(checked(table, interest, KINDS), 4)) == expected


def test_categories_are_told_apart_by_sets_of_values():
    values = np.array([0, 1, 2, 3] * 25, dtype=float)
    interest = np.isin(values, (0, 2))
    sample = checked(np.stack((values, np.arange(100.0)), axis=1), interest, ["category", "real"])
    assert most_telling(sample, 1) == (0,)
    assert most_telling(checked(np.ones((100, 3)), interest, None), 2) == ()
    assert most_telling(checked(values[:, None], np.ones(100), None), 1) == ()


def test_narrowed_and_back():
    table, interest = corner(1)
    sample = narrowed(checked(table, interest, KINDS), (1, 7))
    assert sample.kinds == ("category", "real")
    assert np.array_equal(sample.table, table[:, [1, 7]])
    box = Box((Limit(0, "category", among=(1.0,)), Limit(1, low=0.5)))
    assert np.array_equal(contains(renumbered(box, (1, 7)), table), contains(box, sample.table))


def test_pruning_takes_what_chance_makes():
    table, interest = corner(2)
    sample = checked(table, interest, KINDS)
    told = (Limit(0, low=0.6, high=0.98), Limit(1, "category", among=(1.0,)), Limit(9, high=0.95))
    box = pruned(Box(told), sample)
    assert box == Box((Limit(0, low=0.6), told[1]))
    assert all(np.nanmax(pair) <= 0.05 for pair in quasi_p(box, sample))
    assert pruned(Box((Limit(9, high=0.95),)), sample) == Box()


def test_a_corner_among_sixty_columns_is_found():
    found = [find_boxes(*corner(seed), KINDS, seed=1, columns=3, patience=Patience(peel=0.1)) for seed in range(20)]
    assert sum(bool(boxes) and set(boxes[0].box.columns) == {0, 1} for boxes in found) >= 14
    assert all(set(boxes[0].box.columns) <= {0, 1} for boxes in found if boxes)


def test_the_box_limits_only_what_was_checked():
    table, interest = corner(3)
    (found,) = find_boxes(table, interest, KINDS, seed=1, columns=3)
    check = found.held_out
    assert set(found.box.columns) <= set(check.box.columns)
    held = ~first_half(checked(table, interest, KINDS), 1)
    assert fit(check.box, table[held], interest[held]).density == check.held.density
    assert fit(found.box, table, interest) == found.fit
    assert [step.box.columns for step in found.steps][-1] <= found.held_out.box.columns


def test_in_noise_checks_pass_as_rarely_as_they_should():
    passed = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        boxes = find_boxes(rng.random((100, 50)), rng.random(100) < 0.35, seed=0, columns=3, level=1.0)
        passed += bool(boxes) and boxes[0].held_out.p_value <= 0.05
    assert passed <= 18  # 10 expected at most; 18 is beyond the 99th percentile


@pytest.mark.parametrize("seed", range(5))
def test_level_is_that_of_benjamini_and_hochberg(seed):
    p_values = np.random.default_rng(seed).random(40) ** 3
    level = discovery_level(p_values)
    assert ((p_values <= level) == (false_discovery_control(p_values) <= 0.05)).all()


def test_level_of_nothing_is_0():
    assert discovery_level(np.array([])) == 0.0
    assert discovery_level(np.ones(3)) == 0.0


def test_a_tree_is_taken_where_boxes_miss_the_middle():
    rng = np.random.default_rng(5)
    table = rng.random((300, 20))
    interest = rng.random(300) < np.where(abs(table[:, 4] - 0.5) < 0.25, 0.05, 0.8)
    boxes = find_boxes(table, interest, seed=2, columns=3, level=1.0)
    grown = grow_beside(boxes, table, interest, seed=2, columns=3)
    assert grown.skill > grown.boxes_skill + 0.05
    assert grown.p_value < 1e-6
    shares = [leaf.density for _, leaf in grown.leaves]
    assert shares == sorted(shares, reverse=True)
    assert sum(leaf.worlds for _, leaf in grown.leaves) == 300
    assert sum(contains(box, table).sum() for box, _ in grown.leaves) == 300


def test_no_tree_where_a_box_says_it_all():
    rng = np.random.default_rng(6)
    table = rng.random((300, 20))
    interest = table[:, 4] > 0.7
    boxes = find_boxes(table, interest, seed=2, columns=3)
    assert grow_beside(boxes, table, interest, seed=2, columns=3) is None
    noise = rng.random(300) < 0.5
    assert grow_beside((), table, noise, seed=2, columns=3) is None
