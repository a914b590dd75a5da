import json
import math
import time
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, hypergeom

from offramp.measures.boxes import Box, Fit, Limit, checked, contains, fit
from offramp.measures.chance import binomial_tail, hypergeometric_tail, quasi_p
from offramp.measures.discovery import find_boxes
from offramp.measures.prim import Patience, Step, choose, trajectory

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "uncertainty" / "prim.json"


def oracle(name):
    """Case, table, interest and kinds; categories as their place among those of the first box."""
    if not ORACLE.is_file():
        pytest.skip("../shared/oracles is not here")
    case = json.loads(ORACLE.read_text())["cases"][name]
    kinds = case.get("kinds", ["real"] * len(case["columns"]))
    first = [case["initial_box"][column] for column in case["columns"]]
    table = [
        [names.index(x) if kind == "category" else x for x, kind, names in zip(row, kinds, first, strict=True)]
        for row in case["x"]
    ]
    return case, np.array(table, dtype=float), np.array(case["y"], dtype=bool), kinds


def as_oracle(box, case):
    """The limits of a box as the oracle writes them: an open end is the end of all worlds."""
    found = {}
    for limit in box.limits:
        name = case["columns"][limit.column]
        start = case["initial_box"][name]
        if limit.kind == "category":
            found[name] = [start[int(code)] for code in limit.among]
        else:
            found[name] = [max(limit.low, start[0]), min(limit.high, start[1])]
    return found


@pytest.mark.parametrize("name", ["corner3_clean", "mixed_types", "integers_only"])
def test_trajectories_of_ema_workbench(name):
    case, table, interest, kinds = oracle(name)
    assert case["settings"]["peel_alpha"] == case["settings"]["paste_alpha"] == Patience().peel == Patience().paste
    assert case["settings"]["mass_min"] == Patience().least_mass
    left = np.ones(len(interest), dtype=bool)
    for expected in case["boxes"]:
        steps = trajectory(table, interest, kinds, left=left)
        assert len(steps) == len(expected["steps"])
        for step, known in zip(steps, expected["steps"], strict=True):
            assert step.fit.worlds == known["points"]
            assert (step.fit.coverage, step.fit.density, step.fit.mass) == (
                known["coverage"],
                known["density"],
                known["mass"],
            )
            assert len(step.box.limits) == known["res_dim"]
            assert as_oracle(step.box, case) == known["limits"]
            assert not step.pasted  # none of the three leaves anything to paste
        pairs = quasi_p(steps[-1].box, checked(table, interest, kinds, left))
        found = {
            case["columns"][column]: [-1.0 if math.isnan(p) else p for p in pair]
            for column, pair in zip(steps[-1].box.columns, pairs, strict=True)
        }
        assert found.keys() == expected["quasi_p_last"].keys()
        for column, pair in expected["quasi_p_last"].items():
            assert found[column] == pytest.approx(pair, rel=1e-9)
        left &= ~contains(steps[-1].box, table)


@pytest.mark.parametrize("name", ["mixed_types", "integers_only"])
def test_boxes_that_the_data_were_made_from_are_found(name):
    case, table, interest, kinds = oracle(name)
    (found,) = find_boxes(table, interest, kinds, seed=1, most=3)
    assert (found.fit.coverage, found.fit.density) == (1.0, 1.0)
    for column, edges in case["true_box"].items():
        limits = as_oracle(found.box, case)[column]
        if column == "c":
            assert limits == edges
        else:
            assert limits == pytest.approx(edges, abs=0.02)
    assert found.held_out.box.columns == found.box.columns
    assert min(found.held_out.held.coverage, found.held_out.held.density) > 0.95


LADDER = np.arange(100.0)[:, None]


def test_one_column_by_hand():
    steps = trajectory(LADDER, LADDER[:, 0] >= 80, patience=Patience(peel=0.1, paste=0.1))
    assert [s.fit.worlds for s in steps] == [100, 90, 81, 72, 64, 57, 51, 45, 40, 36, 32, 28, 25, 22, 19]
    assert steps[0].box == Box()
    assert steps[-2].box == Box((Limit(0, low=77.5),))
    assert steps[-2].fit == Fit(22, 20, 1.0, 20 / 22, 0.22)
    assert steps[-1].fit == Fit(19, 19, 0.95, 1.0, 0.19)  # two more at a time would take a wrong one in


def test_pasting_takes_back_what_was_peeled_too_much():
    steps = trajectory(LADDER, LADDER[:, 0] >= 80, patience=Patience(peel=0.1, paste=0.05))
    assert [s.pasted for s in steps] == [False] * 15 + [True]
    assert steps[-1] == Step(Box((Limit(0, low=79.5),)), Fit(20, 20, 1.0, 1.0, 0.2), pasted=True)


@pytest.mark.parametrize("kind", ["category", "integer", "real"])
def test_pasting_lifts_a_restriction(kind):
    """Most worlds of value 0 are of no interest, so these go first; later the two that are come back."""
    value = np.where((LADDER[:, 0] < 50) | (LADDER[:, 0] > 97), 0.0, 1.0)
    table = np.column_stack((value, LADDER))
    steps = trajectory(table, LADDER[:, 0] >= 80, [kind, "real"])
    assert steps[1].box.columns == (0,)
    assert steps[1].fit == Fit(48, 18, 0.9, 18 / 48, 0.48)
    assert any(step.box.columns == (0, 1) for step in steps)
    assert steps[-1].pasted
    assert steps[-1] == Step(Box((Limit(1, low=79.5),)), Fit(20, 20, 1.0, 1.0, 0.2), pasted=True)


def test_whole_numbers_are_peeled_by_whole_groups():
    x = np.repeat([0.0, 1.0, 2.0, 3.0], [2, 10, 30, 58])[:, None]
    high, low = x[:, 0] > 2, x[:, 0] < 1
    first = [trajectory(x, high, [kind])[1] for kind in ("real", "integer")]
    assert [s.box.limits[0].low for s in first] == [1.5, 1.0]  # the cut falls in the second group
    assert [s.fit.worlds for s in first] == [88, 98]
    for kind in ("real", "integer"):
        assert trajectory(x, low, [kind])[1].fit.worlds == 42
    assert trajectory(x, low, ["category"])[-1].box.limits[0].among == (0.0, 1.0)  # 2 alone would be too few


def test_yes_or_no_columns():
    rng = np.random.default_rng(0)
    x = rng.integers(2, size=(200, 3)).astype(float)
    interest = (x[:, 0] == 1) & (x[:, 2] == 0)
    for kind in ("real", "integer", "category"):
        (found,) = find_boxes(x, interest, [kind] * 3, seed=1)
        assert found.box.columns == (0, 2)
        assert (found.fit.coverage, found.fit.density) == (1.0, 1.0)
        assert (contains(found.box, x) == interest).all()


def mixed(seed, worlds=150):
    rng = np.random.default_rng(seed)
    reals = rng.lognormal(size=(worlds, 3)).round(2)
    table = np.column_stack((reals, rng.integers(5, size=worlds), rng.choice([-1.0, 0.5, 7.0], worlds)))
    score = np.log(reals[:, 0]) - 0.3 * table[:, 3] + (table[:, 4] > 0) + rng.normal(0, 0.7, worlds)
    return table, score > 0.5, ["real", "real", "real", "integer", "category"]


@pytest.mark.parametrize("peel", [0.05, 0.25])
def test_counts_are_those_of_the_limits(peel):
    pasted = 0
    for seed in range(20):
        table, interest, kinds = mixed(seed)
        steps = trajectory(table, interest, kinds, patience=Patience(peel=peel))
        for step in steps:
            assert fit(step.box, table, interest) == step.fit
        densities = [s.fit.density for s in steps]
        assert densities == sorted(densities)
        pasted += steps[-1].pasted
        for found in find_boxes(table, interest, kinds, seed=1, patience=Patience(peel=peel), level=1.0):
            assert fit(found.box, table, interest) == found.fit
    assert pasted >= 3


@pytest.mark.parametrize("scale", [lambda x: x**3, np.log, lambda x: np.exp(x / 10) - 5])
def test_another_scale_gives_the_same_worlds(scale):
    pasted = relieved = 0
    for seed in range(60):
        table, interest, kinds = mixed(seed)
        other = table.copy()
        other[:, :3] = scale(table[:, :3])
        patience = Patience(peel=0.2, paste=0.1)
        one, two = (trajectory(x, interest, kinds, patience=patience) for x in (table, other))
        assert [s.fit for s in one] == [s.fit for s in two]
        for a, b in zip(one, two, strict=True):
            assert (contains(a.box, table) == contains(b.box, other)).all()
        pasted += one[-1].pasted
        first, second = (find_boxes(x, interest, kinds, seed=3, patience=patience, level=1.0) for x in (table, other))
        for a, b in zip(first, second, strict=True):
            assert (contains(a.box, table) == contains(b.box, other)).all()
            relieved += a.box.columns != a.steps[a.chosen].box.columns
    assert pasted >= 3
    assert relieved >= 3


def test_the_order_of_the_worlds_does_not_matter():
    for seed in range(5):
        table, interest, kinds = mixed(seed)
        order = np.random.default_rng(seed).permutation(len(table))
        assert trajectory(table, interest, kinds) == trajectory(table[order], interest[order], kinds)
        one = find_boxes(table, interest, kinds, seed=2, most=2, level=1.0)
        assert one == find_boxes(table[order], interest[order], kinds, seed=2, most=2, level=1.0)


def test_equal_peels_are_decided_by_the_order_of_columns():
    x = np.column_stack((LADDER[:, 0], LADDER[:, 0]))
    assert trajectory(x, LADDER[:, 0] >= 80)[-1].box.columns == (0,)


@pytest.mark.parametrize("every", [False, True])
def test_nothing_to_separate(every):
    table, _, kinds = mixed(1)
    interest = np.full(len(table), every)
    (only,) = trajectory(table, interest, kinds)
    assert only.box == Box()
    assert only.fit.density == float(every)
    assert only.fit.coverage == 1.0 if every else math.isnan(only.fit.coverage)
    assert choose([only]) == 0
    assert find_boxes(table, interest, kinds, seed=1, level=1.0) == ()


def test_constant_columns_are_never_restricted():
    table, interest, kinds = mixed(2)
    wide = np.column_stack((np.full(len(table), 4.0), table, np.zeros(len(table))))
    plain = trajectory(table, interest, kinds)
    found = trajectory(wide, interest, ["integer", *kinds, "category"])
    assert [s.fit for s in found] == [s.fit for s in plain]
    assert not {0, 6} & {column for s in found for column in s.box.columns}
    assert len(trajectory(np.ones((50, 2)), np.arange(50) < 5)) == 1
    assert len(trajectory(np.ones((50, 0)), np.arange(50) < 5)) == 1


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_failed_worlds_are_refused(bad):
    table, interest, kinds = mixed(3)
    table[7, 1] = bad
    for call in (trajectory, lambda *given: find_boxes(*given, seed=1)):
        with pytest.raises(ValueError, match="leave failed worlds out"):
            call(table, interest, kinds)


def test_what_else_is_refused():
    table, interest, kinds = mixed(4)
    for given, match in (
        ((table[:, 0], interest), "must be"),
        ((table[1:], interest), "must be"),
        ((table[:0], interest[:0]), "no world"),
        ((table, interest * 2.0), "yes or no"),
        ((table, np.where(interest, 1.0, math.nan)), "yes or no"),
        ((table, interest, kinds[1:]), "kinds"),
        ((table, interest, [*kinds[1:], "colour"]), "kinds"),
        ((table, interest, ["integer"] * 5), "column 0"),
    ):
        with pytest.raises(ValueError, match=match):
            trajectory(*given)
    with pytest.raises(ValueError, match="leave a world"):
        trajectory(table, interest, kinds, left=np.zeros(len(table), dtype=bool))
    for wrong in ({"peel": 0.0}, {"paste": 1.0}, {"least_mass": -0.1}, {"loss": math.nan}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            Patience(**wrong)


@pytest.mark.parametrize("worlds", [1, 2, 3, 5, 8])
def test_few_worlds(worlds):
    x = np.arange(float(worlds))[:, None]
    for hits in range(worlds + 1):
        interest = np.arange(worlds) < hits
        steps = trajectory(x, interest)
        assert all(step.fit.worlds >= 1 for step in steps)
        assert steps[-1].fit.density == float(hits > 0)
        assert len(find_boxes(x, interest, seed=1, level=1.0)) == (0 < hits < worlds)


def test_no_box_is_smaller_than_stated():
    table, interest, kinds = mixed(6)
    for share in (0.05, 0.3, 1.0):
        steps = trajectory(table, interest, kinds, patience=Patience(least_mass=share))
        assert min(step.fit.mass for step in steps) >= share
    assert len(steps) == 1


def test_limits_between_neighbouring_numbers():
    """Where no number lies between two values, the limit is the inner one."""
    low = 1.0
    high = np.nextafter(low, 2.0)
    for inside, outside in ((low, high), (high, low)):
        x = np.repeat([inside, outside], [5, 15])[:, None]
        step = trajectory(x, x[:, 0] == inside)[-1]
        assert step.fit.density == step.fit.coverage == 1.0
        assert (contains(step.box, x) == (x[:, 0] == inside)).all()


def planted(worlds, columns, seed):
    rng = np.random.default_rng(seed)
    x = rng.random((worlds, columns))
    return x, ((x[:, 3] > 0.6) & (x[:, 7] < 0.5)) ^ (rng.random(worlds) < 0.05)


def test_a_planted_box_is_found_among_a_hundred_columns():
    x, interest = planted(1000, 100, 11)
    (found,) = find_boxes(x, interest, seed=5)
    assert found.box.columns == (3, 7)
    assert found.box.limits[0].low == pytest.approx(0.6, abs=0.03)
    assert found.box.limits[1].high == pytest.approx(0.5, abs=0.03)
    assert max(p for pair in found.quasi_p for p in pair if not math.isnan(p)) < 1e-6
    assert found.fit == fit(found.box, x, interest)
    held = found.held_out
    assert held.box.columns == (3, 7)
    assert held.found.worlds / held.found.mass + held.held.worlds / held.held.mass == pytest.approx(1000)
    assert held.held.density == pytest.approx(held.found.density, abs=0.1)
    assert held.p_value < 1e-20


def test_one_box_after_another():
    rng = np.random.default_rng(4)
    x = rng.random((800, 6))
    big, small = x[:, 0] > 0.7, (x[:, 1] < 0.4) & (x[:, 2] > 0.6)
    found = find_boxes(x, big | small, seed=1, most=4)
    assert [f.box.columns for f in found] == [(0,), (1, 2)]
    assert sum(f.fit.coverage for f in found) > 0.9
    assert all(f.held_out.p_value < 1e-6 for f in found)
    assert 0.85 < sum(f.held_out.held.coverage for f in found) <= 1.0  # nothing counts twice
    left = ~contains(found[0].box, x)
    assert found[1].fit.worlds == (contains(found[1].box, x) & left).sum()
    assert found[1].steps == trajectory(x, big | small, left=left)


def test_noise_is_seldom_named():
    """One false box in twenty, at most about."""
    named = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        x = rng.random((120, 15))
        named += len(find_boxes(x, rng.random(120) < 0.3, seed=seed, most=1))
    assert named <= 11  # above this in 1 of 200 such tests


def test_common_interest_is_not_answered_with_all_worlds():
    x, interest = planted(1000, 10, 2)
    (found,) = find_boxes(x, ~interest, seed=1)
    assert found.box.limits
    assert found.fit.density > 0.9 > 0.8 > np.mean(~interest)


def made_step(columns, density, coverage):
    return Step(Box(tuple(Limit(c, low=0.0) for c in range(columns))), Fit(100, 50, coverage, density, 0.1))


def test_choice_on_a_trajectory():
    start = Step(Box(), Fit(1000, 200, 1.0, 0.2, 1.0))
    # gains in density of 1/2, 3/4 and 1: harmonic means with the coverage of 2/3, 3/4 and 2/3
    steps = [start, made_step(1, 0.6, 1.0), made_step(2, 0.8, 0.75), made_step(3, 1.0, 0.5)]
    assert choose(steps, loss=0.0) == 2
    assert choose(steps, loss=0.08) == 2
    assert choose(steps, loss=0.0834) == 1
    assert choose(steps, loss=1.0) == 1  # all worlds are no answer
    assert choose([start]) == 0
    assert choose([start, steps[2], made_step(2, 0.8, 0.75)]) == 1


def test_halves_are_those_of_the_seed():
    x, interest = planted(400, 10, 1)
    one, again, other = (find_boxes(x, interest, seed=seed)[0] for seed in (1, 1, 2))
    assert one == again
    assert one.held_out != other.held_out
    assert (one.box, one.fit, one.quasi_p) == (other.box, other.fit, other.quasi_p)


@pytest.mark.parametrize(
    ("hits", "trials", "share"),
    [(0, 5, 0.3), (1, 1, 0.2), (3, 10, 0.5), (10, 10, 0.1), (83, 83, 0.4), (60, 5000, 0.01), (5000, 9000, 0.5)],
)
def test_binomial_tail(hits, trials, share):
    assert binomial_tail(hits, trials, share) == pytest.approx(binom.sf(hits - 1, trials, share), rel=1e-9)


def test_ends_of_the_tails():
    assert binomial_tail(3, 5, 0.0) == 0.0
    assert binomial_tail(3, 5, 1.0) == 1.0
    assert binomial_tail(6, 5, 0.5) == 0.0
    assert hypergeometric_tail(6, 5, 20, 10) == 0.0
    assert hypergeometric_tail(0, 0, 20, 10) == 1.0
    assert hypergeometric_tail(4, 12, 14, 6) == 1.0


@pytest.mark.parametrize(("hits", "drawn", "worlds", "good"), [(3, 5, 20, 8), (5, 12, 14, 6), (900, 1000, 5000, 1300)])
def test_hypergeometric_tail(hits, drawn, worlds, good):
    assert hypergeometric_tail(hits, drawn, worlds, good) == pytest.approx(
        hypergeom.sf(hits - 1, worlds, good, drawn), rel=1e-8
    )


def test_quasi_p_by_hand():
    """8 worlds in the box, all of interest, of 10 with 8 of interest once its low end is open."""
    x = np.column_stack((np.arange(20.0), np.repeat([0.0, 1.0], 10)))
    box = Box((Limit(0, low=1.5, high=9.5), Limit(1, "category", among=(0.0,))))
    sample = checked(x, (x[:, 0] > 1) & (x[:, 0] < 10), ["integer", "category"])
    (low, high), (category, none) = quasi_p(box, sample)
    assert low == pytest.approx(0.8**8)
    assert high == 1.0  # the category keeps the others out already
    assert category == 1.0
    assert math.isnan(none)


def test_time():
    """10,000 worlds and 20 columns take 0.05 s on the machine this was written on; it may be busy."""
    x, interest = planted(10_000, 20, 3)
    took = []
    for _ in range(3):
        began = time.process_time()
        trajectory(x, interest)
        took.append(time.process_time() - began)
    assert min(took) < 0.5
