"""The best guess with one unknown moved."""

import numpy as np
import pytest

from offramp.worlds import draw, one_at_a_time, replace, singles_of

STATED = {"a": (0, 2), "b": (0, 1, 0.2), "c": [3, 1, 2], "d": "a + c", "e": (5, 5), "f": [4]}


def single(worlds, name):
    return next(each for each in singles_of(worlds) if each.name == name)


def test_what_can_be_moved(make):
    worlds = draw(make.case(STATED, {"p": 2, "q": 1}), 4, 1)
    found = singles_of(worlds)
    assert [each.name for each in found] == ["a", "b", "c", "p.prefers.0", "p.prefers.1"]
    assert [(each.low, each.best, each.high) for each in found[:3]] == [(0, 1, 2), (0, 0.2, 1), (1, 3, 3)]
    assert found[2].values == (1, 2, 3)
    assert {each.axis for each in found[3:]} == {"p.prefers"}
    assert [each.name for each in singles_of(replace(worlds, {"a": 1}))][:1] == ["b"]


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.95])
def test_points_are_those_of_the_stated_worlds(make, share):
    worlds = draw(make.case(STATED, {"p": 3}), 8192, 1)
    for name in ("a", "b", "p.prefers.2"):
        one = single(worlds, name)
        assert (worlds.column(name)[1:] <= one.at(share)).mean() == pytest.approx(share, abs=0.02)
    assert [single(worlds, "c").at(s) for s in (0.0, 0.05, 0.5, 0.95, 1.0)] == [1, 1, 2, 3, 3]


def test_a_worth_moves_within_its_order(make):
    worlds = draw(make.case({}, {"p": 4}), 16, 1)
    guess = worlds.values[0]
    for one in singles_of(worlds):
        np.testing.assert_allclose(list(one.changes(one.best).values()), guess, rtol=1e-12)
        for share in (0.0, 0.3, 1.0):
            value = one.low + share * (one.high - one.low)
            worths = np.array(list(one.changes(value).values()))
            assert one.changes(value)[one.name] == pytest.approx(value, rel=1e-12)
            assert worths.sum() == pytest.approx(1.0)
            later = np.cumsum(worths[::-1])[::-1] - worths
            assert (worths >= later - 1e-12).all()


def test_one_moves_and_what_is_derived_follows(make):
    worlds = draw(make.case(STATED, {"p": 2}), 8, 1)
    moves = [(single(worlds, "a"), 0.5), (single(worlds, "c"), 2.0), (single(worlds, "p.prefers.0"), 0.9)]
    moved = one_at_a_time(worlds, moves)
    assert moved.count == 3
    np.testing.assert_array_equal(moved.values[0], worlds.values[0])
    assert moved.column("a").tolist() == [1, 0.5, 1, 1]
    assert moved.column("d").tolist() == [4, 3.5, 3, 4]
    np.testing.assert_allclose(moved.column("p.prefers.0"), [0.75, 0.75, 0.75, 0.9])
    np.testing.assert_allclose(moved.column("p.prefers.1"), [0.25, 0.25, 0.25, 0.1])
