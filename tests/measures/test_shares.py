import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from offramp.measures import Share, share_of, wilson, word_for


def shared(holds, reverse, neither):
    return share_of(np.repeat([1.0, -1.0, 0.0], [holds, reverse, neither]))


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(counts):
    successes, worlds = counts
    expected = binomtest(successes, worlds).proportion_ci(method="wilson")
    np.testing.assert_allclose(wilson(successes / worlds, worlds), (expected.low, expected.high), atol=1e-12)


def test_wilson_published():
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3
    for successes, worlds, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        np.testing.assert_allclose(wilson(successes / worlds, worlds), (low, high), atol=6e-5)


def test_wilson_of_nothing():
    assert all(map(math.isnan, wilson(math.nan, 0)))


def test_failed_worlds_are_left_out():
    found = share_of([1, 1, 1, np.nan, 0, -1, np.nan, 1])
    assert (found.holds, found.reversed, found.no_difference, found.worlds) == (4 / 6, 1 / 6, 1 / 6, 6)
    assert (found.low, found.high) == wilson(4 / 6, 6)


@pytest.mark.parametrize("outcomes", [[], [np.nan, np.nan]])
def test_no_world_at_all(outcomes):
    found = share_of(outcomes)
    assert found.worlds == 0
    assert math.isnan(found.holds)
    assert word_for(found) == "cannot be tested here"


@pytest.mark.parametrize("wrong", [[0.5], [2.0], [np.inf]])
def test_other_outcomes_are_refused(wrong):
    with pytest.raises(ValueError, match="NaN"):
        share_of(wrong)


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((100, 0, 0), "holds"),
        ((95, 5, 0), "holds"),
        ((19, 0, 1), "holds"),
        ((94, 6, 0), "mostly holds"),
        ((75, 25, 0), "mostly holds"),
        ((74, 26, 0), "depends"),
        ((60, 0, 40), "depends"),
        ((51, 0, 49), "depends"),
        ((26, 74, 0), "depends"),
        ((25, 75, 0), "mostly fails"),
        ((6, 94, 0), "mostly fails"),
        ((5, 95, 0), "fails"),
        ((1, 19, 0), "fails"),
        ((0, 100, 0), "fails"),
        ((3, 48, 49), "fails"),
        ((0, 0, 100), "no difference"),
        ((20, 20, 60), "no difference"),
        ((25, 25, 50), "no difference"),
        ((44, 0, 56), "depends"),
        ((50, 0, 50), "depends"),
        ((2, 45, 53), "fails"),
        ((0, 51, 49), "fails"),
    ],
)
def test_words(counts, word):
    assert word_for(shared(*counts)) == word


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_shares_add_up(holds, reverse, neither):
    found = shared(holds, reverse, neither)
    assert isinstance(found, Share)
    if found.worlds:
        assert found.holds + found.reversed + found.no_difference == pytest.approx(1.0)
        assert 0.0 <= found.low <= found.holds <= found.high <= 1.0


@given(st.integers(0, 100), st.integers(0, 100))
def test_more_worlds_that_hold_never_lower_the_word(holds, neither):
    ladder = ["fails", "mostly fails", "depends", "mostly holds", "holds"]
    if holds + neither >= 100 or neither >= 50:
        return
    before = word_for(shared(holds, 100 - holds - neither, neither))
    after = word_for(shared(holds + 1, 99 - holds - neither, neither))
    assert ladder.index(after) >= ladder.index(before)
