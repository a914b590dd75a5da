import json
from pathlib import Path

import numpy as np
import pytest

from offramp.errors import UsageError
from offramp.measures import closed_share
from offramp.worlds import draw, redraw, replace

EXACT = json.loads((Path(__file__).parents[1] / "golden/uncertainty/sensitivity.json").read_text())["exact"]
STATED = {"a": (0, 1), "b": (0, 1), "c": [1, 2, 3], "d": "a + c"}


def test_kept_axes_stay_and_others_change(make):
    worlds = draw(make.case(STATED, {"p": 3}), 128, 1)
    other = redraw(worlds, {"a", "p.prefers"})
    held = np.isin(worlds.axes, ["a", "p.prefers"])
    np.testing.assert_array_equal(other.points[:, held], worlds.points[:, held])
    assert not (other.points[:, ~held] == worlds.points[:, ~held]).any()
    np.testing.assert_array_equal(other.values[0], worlds.values[0])
    np.testing.assert_array_equal(other.column("p.prefers.2"), worlds.column("p.prefers.2"))
    np.testing.assert_array_equal(other.column("d"), other.column("a") + other.column("c"))


def test_shuffled_the_fresh_points_are_dealt_out_in_one_other_order(make):
    worlds = draw(make.case(STATED, {"p": 3}), 128, 1)
    plain, dealt = redraw(worlds, ()).points, redraw(worlds, (), shuffled=True).points
    assert not (plain == dealt).all()
    np.testing.assert_array_equal(np.sort(plain, axis=0), np.sort(dealt, axis=0))
    held = np.isin(worlds.axes, ["a"])
    mixed = redraw(worlds, ["a"], shuffled=True).points
    np.testing.assert_array_equal(mixed[:, held], worlds.points[:, held])
    np.testing.assert_array_equal(mixed[:, ~held], dealt[:, ~held])


def test_keeping_a_derived_unknown_keeps_its_sources(make):
    worlds = draw(make.case(STATED), 32, 1)
    np.testing.assert_array_equal(redraw(worlds, ["d"]).column("d"), worlds.column("d"))


def test_keeping_everything_changes_nothing(make):
    worlds = draw(make.case(STATED, {"p": 2}), 32, 1)
    np.testing.assert_array_equal(redraw(worlds, worlds.axes).values, worlds.values)


@pytest.mark.parametrize("seed", [None, 1, 9])
def test_halves_are_independent(make, seed):
    """The same columns scrambled twice would correlate at 0.7 and more, whatever the seeds."""
    worlds = draw(make.case({f"u{j}": (0, 1) for j in range(20)}), 1024, 1)
    other = redraw(worlds, [], seed)
    across = np.corrcoef(worlds.points.T, other.points.T)[:20, 20:]
    assert np.abs(across).max() < 0.12
    same_half = ((worlds.points < 0.5) == (other.points < 0.5)).mean(axis=0)
    np.testing.assert_allclose(same_half, 0.5, atol=0.06)


def test_redraw_has_the_prefix_property(make):
    case = make.case(STATED)
    short, long = redraw(draw(case, 20, 1), ["a"]), redraw(draw(case, 100, 1), ["a"])
    np.testing.assert_array_equal(long.values[:21], short.values)


def test_unknown_axis(make):
    with pytest.raises(UsageError, match="'z'"):
        redraw(draw(make.case(STATED), 4, 1), ["z"])


@pytest.mark.parametrize(
    ("group", "share"),
    [
        (["x1"], EXACT["ishigami"]["S1"][0]),
        (["x2"], EXACT["ishigami"]["S1"][1]),
        (["x3"], EXACT["ishigami"]["S1"][2]),
        (["x1", "x3"], 1 - EXACT["ishigami"]["ST"][1]),
        (["x2", "x3"], 1 - EXACT["ishigami"]["ST"][0]),
    ],
)
def test_ishigami_through_worlds(make, group, share):
    case = make.case(dict.fromkeys(("x1", "x2", "x3"), (-np.pi, np.pi)) | {"swing": "0.1 * x3 * x3 * x3 * x3"})
    worlds = draw(case, 4096, 1)

    def outcome(of):
        return np.sin(of.column("x1")) * (1 + of.column("swing")) + 7 * np.sin(of.column("x2")) ** 2

    found = closed_share(outcome(worlds)[1:], outcome(redraw(worlds, group))[1:])
    assert found == pytest.approx(share, abs=0.015)


def test_many_unknowns_and_few_worlds(make):
    """128 worlds and a group among 40 unknowns, over seeds: no bias, and a moderate error."""
    names = [f"u{j}" for j in range(40)]
    case, weights = make.case(dict.fromkeys(names, (0, 1))), np.linspace(0.2, 1, 40)
    share = (weights[:10] ** 2).sum() / (weights**2).sum()
    found = []
    for seed in range(40):
        worlds = draw(case, 128, seed)
        halves = [(of.values @ weights)[1:] for of in (worlds, redraw(worlds, names[:10]))]
        found.append(closed_share(*halves))
    assert np.mean(found) == pytest.approx(share, abs=0.05)
    assert np.std(found) < 0.15


def test_replace(make):
    worlds = draw(make.case(STATED, {"p": 2}), 8, 1)
    changed = replace(worlds, {"a": 3})
    assert (changed.column("a") == 3).all()
    np.testing.assert_array_equal(changed.column("d"), 3 + worlds.column("c"))
    np.testing.assert_array_equal(changed.column("b"), worlds.column("b"))
    np.testing.assert_array_equal(changed.points, worlds.points)
    assert worlds.column("a")[0] == 0.5


def test_replace_by_array_and_again(make):
    worlds = draw(make.case(STATED), 8, 1)
    given = np.arange(9.0)
    changed = replace(replace(worlds, {"a": given, "b": 1}), {"b": 2})
    given[:] = -1
    np.testing.assert_array_equal(changed.column("a"), np.arange(9))
    assert (changed.column("b") == 2).all()
    np.testing.assert_array_equal(changed.column("d"), np.arange(9) + worlds.column("c"))


def test_replace_derived_and_ordered(make):
    worlds = draw(make.case({"a": (0, 1), "b": "2 * a", "c": "b + 1"}, {"p": 2}), 8, 1)
    changed = replace(worlds, {"b": 7, "p.prefers.0": 5})
    assert (changed.column("c") == 8).all()
    assert (changed.column("p.prefers.0") == 5).all()
    np.testing.assert_array_equal(changed.column("p.prefers.1"), worlds.column("p.prefers.1"))


def test_replaced_unknowns_survive_a_redraw(make):
    worlds = replace(draw(make.case(STATED), 8, 1), {"a": 3})
    assert (redraw(worlds, ["b"]).column("a") == 3).all()


def test_replace_refuses(make):
    worlds = draw(make.case(STATED), 8, 1)
    with pytest.raises(UsageError, match="'aa'"):
        replace(worlds, {"aa": 1})
    with pytest.raises(UsageError, match="9, one for every world"):
        replace(worlds, {"a": np.zeros(8)})
