import numpy as np
import pytest

from offramp.errors import CaseError
from offramp.worlds import draw, redraw

STATED = {"a": (0, 1), "b": [1, 2, 3, 4], "c": "a + b", "d": "c + 1"}


def test_same_points_through_restricted_laws(make):
    case = make.case(STATED, {"p": 3})
    full, seen = draw(case, 64, 1), draw(case, 64, 1, view=make.view(a=(0.2, 0.4), b=[3, 4]))
    np.testing.assert_array_equal(seen.points, full.points)
    assert (seen.names, seen.axes) == (full.names, full.axes)
    np.testing.assert_allclose(seen.column("a"), 0.2 + 0.2 * full.column("a"))
    np.testing.assert_array_equal(seen.column("b")[1:], np.where(full.column("b")[1:] <= 2, 3, 4))
    np.testing.assert_array_equal(seen.column("c"), seen.column("a") + seen.column("b"))
    np.testing.assert_array_equal(seen.column("p.prefers.1"), full.column("p.prefers.1"))
    assert seen.world(0)["a"] == pytest.approx(0.3)
    assert seen.world(0)["b"] == 3


def test_view_that_derives_keeps_the_other_columns(make):
    case = make.case(STATED)
    full, seen = draw(case, 64, 1), draw(case, 64, 1, view=make.view(a="b / 2"))
    np.testing.assert_array_equal(seen.points, full.points)
    np.testing.assert_array_equal(seen.column("b"), full.column("b"))
    np.testing.assert_array_equal(seen.column("a"), seen.column("b") / 2)


def test_view_that_draws_what_the_case_derives(make):
    case = make.case(STATED)
    full, seen = draw(case, 64, 1), draw(case, 64, 1, view=make.view(c=(10, 11)))
    np.testing.assert_array_equal(seen.points[:, :2], full.points)
    assert seen.axes == ("a", "b", "c")
    np.testing.assert_array_equal(seen.column("a"), full.column("a"))
    assert seen.column("c").min() >= 10
    np.testing.assert_array_equal(seen.column("d"), seen.column("c") + 1)
    many = draw(case, 1024, 1, view=make.view(c=(10, 11)))
    assert np.abs(np.corrcoef(many.points.T) - np.eye(3)).max() < 0.02
    other = redraw(many, ["a"])
    assert np.abs(np.corrcoef(other.points[:, 2], many.points[:, 2])[0, 1]) < 0.02


def test_same_prefix_under_a_view(make):
    case, view = make.case(STATED), make.view(c=(10, 11), a=(0, 0.5))
    np.testing.assert_array_equal(draw(case, 100, 1, view=view).values[:31], draw(case, 30, 1, view=view).values)


@pytest.mark.parametrize("name", ["nowhere", "p.prefers.0"])
def test_only_unknowns_of_the_case(make, name):
    with pytest.raises(CaseError, match=name) as caught:
        draw(make.case(STATED, {"p": 2}), 4, 1, view=make.view(**{name: (0, 1)}))
    assert caught.value.path == ("views", "one", name)


def test_faults_of_a_view_point_to_it(make):
    with pytest.raises(CaseError, match="circle") as caught:
        draw(make.case(STATED), 4, 1, view=make.view(a="d"))
    assert caught.value.path == ("views", "one", "a")
    with pytest.raises(CaseError, match="range") as caught:
        draw(make.case(STATED), 4, 1, view=make.view(a=(1, 0)))
    assert caught.value.path == ("views", "one", "a")
