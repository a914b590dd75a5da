"""What a test says of given numbers: margins, logic, the functions of the ensemble."""

from __future__ import annotations

import math

import numpy as np
import pytest

from offramp.casefile import parse_case
from offramp.ensemble import Table
from offramp.errors import CaseErrors
from offramp.findings.claims.judging import judge
from offramp.findings.claims.plan import plan_claims
from offramp.findings.claims.testing import Sample, is_collective, margin_of, redrawn_name, run_test
from offramp.worlds import draw

CASE = """\
offramp: 1
time: {{unit: month, horizon: 10, foresight: 12}}
unknowns:
  gain: [0, 1]
  loss: {{choice: [2, 1, 5], mechanism: [m]}}
  double: 2 * gain
settings: {{offer: {{levels: [none, some, all], start: some}}}}
players:
  us: {{options: {{push: {{levels: [no, some, full]}}}}, wants: [{{id: win, that: us.push, worth: gain}}]}}
conditions: {{dread: {{levels: [low, mid, high]}}}}
outcomes:
  a: {{of: us.push, measure: average}}
  t: {{of: us.push, measure: total}}
  pay: {{payoff: us, measure: average}}
strategies:
  x: {{}}
  y: {{player: us, does: [{{set: {{push: up}}}}]}}
  z: {{player: us, does: [{{set: {{push: down}}}}]}}
claims:
  c: {{says: It is so., test: "{test}"{more}}}
"""


def case_of(test, more=""):
    return parse_case(CASE.format(test=test, more=more)).case


def asked(case, columns, movers="foresight", worlds=None):
    """A sample in which each variant that the claim asks for has given numbers, drawn worlds from 1."""
    values = {}
    count = worlds or len(next(iter(columns.values())))
    sample = draw(case, count, 0)
    done = {"main": count + 1}
    for ask in plan_claims(case, case.claims.values()).asks["c"]:
        name = "main" if ask.keep is None else redrawn_name("main", ask.keep)
        done[name] = count + 1
        given = columns[f"{ask.outcome}[{ask.variant}]" + (" kept" if ask.keep is not None else "")]
        row = np.concatenate(([given[0]], given)).astype(float)
        values.setdefault((ask.variant, name, movers), {})[ask.outcome] = row
    return Sample(case, Table(values, done, (), False), sample, "main", movers, np.arange(1, count + 1))


def results(test, more="", **columns):
    case = case_of(test, more)
    named = {key.replace("_", "[") + "]": value for key, value in columns.items()}
    return run_test(case.claims["c"], asked(case, named), seed=0).by_world.tolist()


X = [0.1, 0.5, 0.505, 0.495, 0.52, math.nan]
Y = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (">", [-1, 0, 0, 0, 1]),
        ("<", [1, 0, 0, 0, -1]),
        (">=", [-1, 1, 1, 1, 1]),
        ("<=", [1, 1, 1, 1, -1]),
        ("==", [-1, 1, 1, 1, -1]),
        ("!=", [1, -1, -1, -1, 1]),
    ],
)
def test_a_comparison_has_a_margin_of_a_hundredth_of_the_range(op, expected) -> None:
    found = results(f"a[x] {op} a[y]", a_x=X, a_y=Y)
    assert found[:5] == expected
    assert math.isnan(found[5]), "a failed world says nothing"


def test_logic_takes_the_worse_and_the_better() -> None:
    x, y = [0.9, 0.9, 0.9, 0.5, 0.5, 0.5, 0.1], [0.9, 0.5, 0.1, 0.9, 0.5, 0.1, math.nan]
    high = {"a_x": x, "a_y": y}
    assert results("a[x] > 0.5 and a[y] > 0.5", **high)[:6] == [1, 0, -1, 0, 0, -1]
    assert results("a[x] > 0.5 or a[y] > 0.5", **high)[:6] == [1, 1, 1, 1, 0, 0]
    assert results("not a[x] > 0.5", a_x=x) == [-1, -1, -1, 0, 0, 0, 1]
    assert math.isnan(results("a[x] > 0.5 and a[y] > 0.5", **high)[6])
    assert math.isnan(results("a[x] > 0.5 or a[y] > 0.5", **high)[6])
    chosen = results("(a[x] > 0.2) if (a[y] > 0.5) else (a[x] < 0.2)", **high)
    assert chosen[:6] == [1, -1, -1, 1, -1, -1]


def test_margins() -> None:
    def margin(test, stated=None):
        case = case_of(test)
        return margin_of(case, case.claims["c"].test, stated)

    assert margin("a[x] > 0.5") == pytest.approx(0.01)
    assert margin("t[x] > 0.5") == pytest.approx(0.1), "of 10 months"
    assert margin("t[x] > 0.5", 0.3) == 0.3
    assert margin("gain > 0.5") == 0, "numbers that nobody computed"
    assert margin("share(t[x] > 5) > 0.5") == pytest.approx(0.01)
    assert results("t[x] > 5", ", margin: 0.5", t_x=[5.4, 5.6, 4.4]) == [0, 1, -1]


def test_unknowns_in_a_test_are_those_of_the_world() -> None:
    case = case_of("a[x] > double / 2")
    columns = {"a[x]": np.full(8, 0.5)}
    gain = draw(case, 8, 0).column("gain")[1:]
    expected = np.where(abs(0.5 - gain) <= 0.01, 0, np.sign(0.5 - gain))
    np.testing.assert_array_equal(run_test(case.claims["c"], asked(case, columns), seed=0).by_world, expected)


def test_changes_name_their_variants() -> None:
    case = case_of("a[x; gain = 1, offer = all, us.push = full, dread = high, delay = 3, us: y] > a[x; without(m)]")
    first, second = plan_claims(case, case.claims.values()).asks["c"]
    assert first.variant.levels == (("dread", 2), ("offer", 2), ("us.push", 2))
    assert [name for name, _ in first.variant.numbers] == ["gain"]
    assert first.variant.also == (("us", "y"),)
    assert first.variant.delay == 3
    assert second.variant.without == ("m",)


def test_effect_is_high_minus_low_in_every_world() -> None:
    columns = {"a[x; gain = 1]": [0.9, 0.6, 0.4], "a[x; gain = 0]": [0.2, 0.5, 0.4]}
    case = case_of("effect(a[x], gain) > 0.3")
    assert run_test(case.claims["c"], asked(case, columns), seed=0).by_world.tolist() == [1, -1, -1]
    case = case_of("effect(a[x], loss) > 0")
    names = {str(ask.variant) for ask in plan_claims(case, case.claims.values()).asks["c"]}
    assert {"x; loss = 5", "x; loss = 1"} <= names
    case = case_of("effect(a[x], offer) > 0")
    names = {str(ask.variant) for ask in plan_claims(case, case.claims.values()).asks["c"]}
    assert {"x; offer = level 2", "x; offer = level 0"} <= names


def test_highest_and_lowest_search_every_combination_of_levels() -> None:
    columns = {f"a[x; dread = level {d}, offer = level {o}]": [o / 4, d / 4] for d in range(3) for o in range(3)}
    case = case_of("highest(a[x], offer, dread) > 0.4")
    assert run_test(case.claims["c"], asked(case, columns), seed=0).by_world.tolist() == [1, 1]
    fixed = {f"a[x; dread = level {d}, offer = level 0]": [0, d / 4] for d in range(3)}
    case = case_of("highest(a[x; offer = none], dread) > 0.4")
    assert run_test(case.claims["c"], asked(case, fixed), seed=0).by_world.tolist() == [-1, 1]
    case = case_of("lowest(a[x], offer, dread) < 0.1")
    assert run_test(case.claims["c"], asked(case, columns), seed=0).by_world.tolist() == [1, 1]
    case = case_of("highest(a[x; offer = all], offer, dread) > 0.4")
    assert len({ask.variant for ask in plan_claims(case, case.claims.values()).asks["c"]}) == 9, "offer is searched"


def test_a_search_that_is_too_wide_is_refused() -> None:
    wide = CASE.replace("settings: {{", "settings: {{" + ", ".join(f"s{n}: {{{{}}}}" for n in range(6)) + ", ")
    case = parse_case(wide.format(test="highest(a[x], s0, s1, s2, s3, s4, s5) > 0", more="")).case
    with pytest.raises(CaseErrors, match="64 combinations"):
        plan_claims(case, case.claims.values())


def test_share_and_mean_speak_of_all_worlds() -> None:
    x = {"a[x]": [0.9, 0.8, 0.1, math.nan]}
    for test, expected in [
        ("share(a[x] > 0.5) > 0.6", 1), ("share(a[x] > 0.5) > 0.7", -1), ("mean(a[x]) > 0.55", 1),
        ("mean(a[x]) == 0.6", 1), ("mean(a[x]) > 0.6", 0), ("share(a[x] > 0.5) + mean(a[x]) > 1.2", 1),
    ]:  # fmt: skip
        case = case_of(test)
        result = run_test(case.claims["c"], asked(case, x), seed=0)
        assert result.collective
        assert result.worlds == 3
        assert result.by_world[0] == expected, test


def test_what_speaks_of_all_worlds_compares_the_same_worlds() -> None:
    """y could not be computed where x is small: over those worlds both have mean 0.8."""
    columns = {"a[x]": [0.8, 0.8, 0.2, 0.2], "a[y]": [0.8, 0.8, math.nan, math.nan]}
    case = case_of("mean(a[x]) == mean(a[y])")
    assert run_test(case.claims["c"], asked(case, columns), seed=0).by_world[0] == 1


def test_a_test_of_each_world_against_the_mean_of_all() -> None:
    case = case_of("a[x] > mean(a[x])")
    assert not is_collective(case.claims["c"].test)
    columns = {"a[x]": [0.9, 0.1, 0.5, math.nan]}
    result = run_test(case.claims["c"], asked(case, columns), seed=0)
    assert result.by_world[:3].tolist() == [1, -1, 0]
    verdict = judge(case.claims["c"], asked(case, columns), None, None, {}, seed=0)
    assert (verdict.worlds, verdict.best_guess) == (3, None)


def test_variance_is_the_share_of_a_group() -> None:
    """All of it where the rest, drawn afresh, changes nothing; none where it changes everything."""
    rng = np.random.default_rng(0)
    base, other = rng.random(200), rng.random(200)
    for kept, test, expected in [
        (base, "variance(a[x], gain) > 0.9", 1),
        (other, "variance(a[x], gain) > 0.3", -1),
        (0.5 * base + 0.5 * base.mean() + 0 * other, "variance(a[x], gain) > 0.2", 1),
    ]:
        case = case_of(test)
        sample = asked(case, {"a[x]": base, "a[x] kept": kept})
        assert run_test(case.claims["c"], sample, seed=0).by_world[0] == expected


def judged(test, x, seed=0, random=None, more=""):
    case = case_of(test, more)
    main = asked(case, {"a[x]": x})
    beside = asked(case, {"a[x]": random}, "random") if random is not None else None
    return judge(case.claims["c"], main, beside, beside, {}, seed=seed)


def test_verdict_counts_worlds() -> None:
    verdict = judged("a[x] > 0.5", [0.9] * 7 + [0.505] * 2 + [0.1] * 1 + [math.nan] * 3)
    assert (verdict.share, verdict.no_difference, verdict.reversed) == pytest.approx((0.7, 0.2, 0.1))
    assert verdict.worlds == 10
    assert verdict.low < 0.7 < verdict.high
    assert (verdict.verdict, verdict.best_guess, verdict.margin) == ("depends", "holds", 0.01)


def test_by_construction_is_what_random_movers_give_too() -> None:
    high, low = [0.9] * 8, [0.1] * 8
    assert judged("a[x] > 0.5", high, random=high).by_construction
    assert not judged("a[x] > 0.5", high, random=low).by_construction
    same = judged("a[x] > 0.5", [0.5] * 8, random=[0.5] * 8)
    assert (same.verdict, same.random, same.by_construction) == ("no difference", "no difference", False)
    failed = judged("a[x] > 0.5", [math.nan] * 8, random=[math.nan] * 8)
    assert (failed.verdict, failed.by_construction, failed.worlds) == ("cannot be tested here", False, 0)


def test_a_threshold_is_named_where_one_unknown_decides() -> None:
    case = case_of("a[x] > 0.5")
    gain = draw(case, 64, 0).column("gain")[1:]
    verdict = judged("a[x] > 0.5", np.where(gain > 0.4, 0.9, 0.1))
    assert verdict.threshold is not None
    assert (verdict.threshold.unknown, verdict.threshold.holds_where) == ("gain", "above")
    assert verdict.threshold.value == pytest.approx(0.4, abs=0.03)
    assert (verdict.threshold.share_above, verdict.threshold.share_below, verdict.threshold.accuracy) == (1, 0, 1)
    noise = np.random.default_rng(5).random(64)
    assert judged("a[x] > 0.5", noise).threshold is None
    assert judged("a[x] > 0.5", [0.9] * 64).threshold is None


def test_a_test_without_worlds_in_it() -> None:
    assert results("1 > 0 or a[x] > 2", a_x=X[:3]) == [1, 1, 1]
    verdict = judged("2 > 1 or a[x] > 2", [0.5] * 8)
    assert (verdict.verdict, verdict.worlds) == ("holds", 8)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("a[x; delay = 11] > 0", "a delay is a plain number of time units within the horizon"),
        ("a[x; delay = gain] > 0", "a delay is a plain number of time units within the horizon"),
        ("a[y; us: x] > 0", "the strategy `x` has no rules for `us`"),
        ("effect(a[x], double) > 0", "is computed from other unknowns"),
        ("a[nowhere] > 0", "nowhere"),
        ("a[x; offer = most] > 0", "most"),
        ("b[x] > 0", "b"),
    ],
)
def test_what_cannot_be_asked(test, said) -> None:
    with pytest.raises(CaseErrors, match=said.replace("`", ".")) as caught:
        plan_claims(case := case_of(test), case.claims.values())
    assert caught.value.faults[0].path[:2] == ("claims", "c")
