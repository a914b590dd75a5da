import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from offramp.errors import CaseError, UsageError
from offramp.worlds import axes_of, draw

MIXED = {"a": (0, 1), "b": (2, 4, 2), "c": [7, 3, 5], "d": "2 * a + e", "e": "b - c"}


def test_shape_and_names(make):
    worlds = draw(make.case(MIXED, {"players.x": 3, "players.y": 2}), 100, 1)
    ordered = [f"players.x.prefers.{j}" for j in range(3)] + [f"players.y.prefers.{j}" for j in range(2)]
    assert worlds.names == ("a", "b", "c", "d", "e", *ordered)
    assert worlds.axes == ("a", "b", "c", *["players.x.prefers"] * 3, *["players.y.prefers"] * 2)
    assert worlds.values.shape == (101, 10)
    assert worlds.points.shape == (100, 8)
    assert worlds.values.dtype == worlds.points.dtype == np.float64
    assert worlds.count == 100
    assert not worlds.values.flags.writeable
    assert not worlds.points.flags.writeable


def test_best_guess(make):
    world = draw(make.case(MIXED | {"f": "2"}, {"p": 2}), 4, 1).world(0)
    assert world == {
        "a": 0.5, "b": 2.0, "c": 7.0, "e": -5.0, "d": -4.0, "f": 2.0,
        "p.prefers.0": 0.75, "p.prefers.1": 0.25,
    }  # fmt: skip


def test_derived_follow_in_every_world(make):
    worlds = draw(make.case(MIXED), 50, 1)
    a, b, c, d, e = worlds.values.T
    np.testing.assert_array_equal(e, b - c)
    np.testing.assert_array_equal(d, 2 * a + e)


def test_derived_from_ordered_worths(make):
    worlds = draw(make.case({"gap": "p.prefers.0 - p.prefers.1"}, {"p": 2}), 8, 1)
    assert (worlds.column("gap") >= 0).all()


@given(st.integers(0, 70), st.integers(0, 70), st.integers(0, 2**40))
@settings(max_examples=25, deadline=None)
def test_longer_draws_begin_with_shorter_ones(make, first, second, seed):
    case = make.case(MIXED, {"p": 3})
    short, long = sorted((first, second))
    begun, whole = draw(case, short, seed), draw(case, long, seed)
    np.testing.assert_array_equal(whole.values[: short + 1], begun.values)
    np.testing.assert_array_equal(whole.points[:short], begun.points)


def test_seeds_differ_and_repeat(make):
    case = make.case(MIXED)
    np.testing.assert_array_equal(draw(case, 16, 3).values, draw(case, 16, 3).values)
    assert not np.array_equal(draw(case, 16, 3).values, draw(case, 16, 4).values)


def test_nothing_but_unknowns_and_orders_matters(make):
    plain = make.case(MIXED, {"p": 3})
    full = make.case(MIXED, {"p": 3}, strategies={"s": None, "t": None}, views={"v": None}, outcomes={"o": None})
    np.testing.assert_array_equal(draw(plain, 32, 1).values, draw(full, 32, 1).values)


def test_points_are_even(make):
    worlds = draw(make.case({f"u{j}": (0, 1) for j in range(12)}), 256, 1)
    for column in worlds.points.T:
        assert np.bincount((column * 256).astype(int), minlength=256).tolist() == [1] * 256


def test_no_unknowns(make):
    worlds = draw(make.case(), 5, 1)
    assert (worlds.names, worlds.axes, worlds.values.shape, worlds.points.shape) == ((), (), (6, 0), (5, 0))
    assert worlds.world(3) == {}


def test_no_worlds(make):
    worlds = draw(make.case(MIXED, {"p": 2}), 0, 1)
    assert worlds.values.shape == (1, 7)
    assert worlds.points.shape == (0, 5)
    one = draw(make.case(MIXED), 1, 1)
    assert one.values.shape == (2, 5)


def test_uniform_moments_and_ends(make):
    drawn = draw(make.case({"u": (-3, 5)}), 4096, 1).column("u")[1:]
    assert drawn.min() >= -3
    assert drawn.max() <= 5
    assert drawn.mean() == pytest.approx(1.0, abs=1e-3)
    assert drawn.var() == pytest.approx(64 / 12, rel=1e-3)


@pytest.mark.parametrize("mode", [0.0, 1.0, 3.0, 4.0])
def test_triangular(make, mode):
    drawn = draw(make.case({"u": (0, 4, mode)}), 4096, 1).column("u")[1:]
    exact = stats.triang(mode / 4, scale=4)
    assert stats.kstest(drawn, exact.cdf).statistic < 2e-3
    assert drawn.mean() == pytest.approx(exact.mean(), abs=1e-3)
    assert drawn.var() == pytest.approx(exact.var(), rel=2e-3)
    assert 0 <= drawn.min() < 0.15
    assert 3.85 < drawn.max() <= 4


@pytest.mark.parametrize("stated", [(2, 2), (2, 2, 2), [2]])
def test_points_as_laws(make, stated):
    assert (draw(make.case({"u": stated}), 16, 1).values == 2).all()


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.floats(0, 1))
@settings(max_examples=50, deadline=None)
def test_draws_stay_inside(make, low, width, at):
    high = low + width
    mode = min(max(low + at * width, low), high)
    drawn = draw(make.case({"u": (low, high), "t": (low, high, mode)}), 32, 1).values
    assert (drawn >= low).all()
    assert (drawn <= high).all()


def test_choices_have_equal_shares(make):
    drawn = draw(make.case({"u": [5, 1, 9, 1]}), 1024, 1).column("u")[1:]
    assert [np.count_nonzero(drawn == value) for value in (5, 9, 1)] == [256, 256, 512]


@pytest.mark.parametrize(
    "stated", [(1, 0), (0, 1, 2), (0, 1, -1), (0, np.inf), (np.nan, 1), (0, 1, np.nan), [], [np.inf]]
)
def test_unfit_laws_are_refused(make, stated):
    with pytest.raises(CaseError, match="'u'") as caught:
        draw(make.case({"u": stated}), 4, 1)
    assert caught.value.path == ("unknowns", "u")


def test_circles_are_refused(make):
    with pytest.raises(CaseError, match="'a' from 'c' from 'b' from 'a'") as caught:
        draw(make.case({"x": (0, 1), "a": "c + x", "b": "a * 2", "c": "b"}), 4, 1)
    assert (caught.value.code, caught.value.path) == ("cycle", ("unknowns", "a"))
    with pytest.raises(CaseError, match="'a' from 'a'"):
        draw(make.case({"a": "a + 1"}), 4, 1)


def test_derived_from_nothing_known(make):
    with pytest.raises(CaseError, match="'elsewhere'") as caught:
        draw(make.case({"a": "elsewhere"}), 4, 1)
    assert caught.value.path == ("unknowns", "a")


def test_values_that_are_not_finite_are_kept(make):
    worlds = draw(make.case({"a": [0, 1], "b": "1 / a"}), 8, 1)
    assert np.isinf(worlds.column("b")).any()


def test_world(make):
    worlds = draw(make.case({"a": (0, 1)}), 4, 1)
    assert worlds.world(2) == {"a": worlds.values[2, 0]}
    assert type(worlds.world(2)["a"]) is float
    for wrong in (-1, 5):
        with pytest.raises(UsageError, match="0 to 4"):
            worlds.world(wrong)


@pytest.mark.parametrize(("worlds", "seed"), [(-1, 1), (4, -1)])
def test_negative_numbers_are_refused(make, worlds, seed):
    with pytest.raises(UsageError):
        draw(make.case({"a": (0, 1)}), worlds, seed)


def test_unknown_column(make):
    with pytest.raises(UsageError, match="Did you mean 'cost'"):
        draw(make.case({"cost": (0, 1)}), 4, 1).column("costs")


def test_axes_of(make):
    worlds = draw(make.case(MIXED | {"g": "p.prefers.1 + a"}, {"p": 2}), 4, 1)
    assert axes_of(worlds, ["d"]) == {"a", "b", "c"}
    assert axes_of(worlds, ["g", "c"]) == {"a", "c", "p.prefers"}
    assert axes_of(worlds, ["p.prefers.0"]) == axes_of(worlds, ["p.prefers"]) == {"p.prefers"}
    assert axes_of(worlds, []) == frozenset()
    with pytest.raises(UsageError, match="'nowhere'"):
        axes_of(worlds, ["nowhere"])


def test_import_loads_no_scipy():
    loaded = "any(name.split('.')[0] == 'scipy' for name in sys.modules)"
    code = f"import offramp.worlds, offramp.measures, sys; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
