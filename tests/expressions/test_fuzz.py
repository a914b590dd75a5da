import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from offramp.expressions import (
    Arithmetic,
    Call,
    Change,
    Choose,
    Compare,
    Constant,
    ExpressionError,
    Levelled,
    Logic,
    Measured,
    Name,
    Negate,
    Not,
    Number,
    Rungs,
    Scope,
    bounds,
    constant,
    evaluate,
    parse,
    placeless,
    resolve,
    text_of,
    truth,
)

SCOPE = Scope.of(
    [
        Levelled("a.b", ("no", "yes"), "option"),
        Levelled("c-1", ("low", "mid", "high"), "condition"),
        Number("x"),
    ],
    allowed={"option", "condition", "unknown", "time"},
    outcomes=["o"],
    strategies=["s"],
    players=["a"],
    mechanisms=["D1"],
)

NUMBERS = st.one_of(
    st.booleans(),
    st.integers(-50, 50).map(float),
    st.floats(-1e6, 1e6, allow_nan=False, allow_subnormal=False),
).map(Constant)
NAMES = st.sampled_from(["a.b", "c-1", "x", "time", "min", "y", "low", "players.t.wants.2.worth"]).map(Name)
ARITHMETIC = st.sampled_from("+-*/")
COMPARISONS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


def grown(leaves, *, claim):
    def more(below):
        kinds = [
            st.builds(Negate, below),
            st.builds(Not, below),
            st.builds(Arithmetic, ARITHMETIC, below, below),
            st.builds(Compare, COMPARISONS, below, below),
            st.builds(Logic, st.sampled_from(["and", "or"]), below, below),
            st.builds(Choose, below, below, below),
            st.builds(Call, st.sampled_from(["min", "max"]), st.lists(below, min_size=2, max_size=4).map(tuple)),
            st.builds(Call, st.just("abs"), st.tuples(below)),
            st.builds(Call, st.just("clip"), st.tuples(below, below, below)),
        ]
        if claim:
            change = st.one_of(
                st.builds(Change, st.just("set"), st.sampled_from(["x", "a.b"]), below),
                st.builds(Change, st.just("without"), st.sampled_from(["D1", "D2"])),
                st.builds(Change, st.just("player"), st.just("a"), st.just(Name("s"))),
                st.builds(Change, st.just("delay"), st.just("delay"), below),
            )
            outcome = st.builds(Measured, st.just("o"), st.just("s"), st.lists(change, max_size=3).map(tuple))
            kinds += [
                outcome,
                st.builds(Call, st.sampled_from(["share", "mean"]), st.tuples(below)),
                st.builds(Call, st.sampled_from(["variance", "effect"]), st.tuples(outcome, NAMES)),
            ]
        return st.one_of(kinds)

    return st.recursive(leaves, more, max_leaves=20)


def read(text, claim):
    try:
        node = parse(text, claim=claim)
    except ExpressionError as fault:
        return None, [fault]
    return node, resolve(node, SCOPE)[1]


@given(st.text(max_size=200), st.booleans())
def test_any_text(text, claim):
    node, faults = read(text, claim)
    assert all(0 <= fault.at <= len(text) and fault.message for fault in faults)
    assert node is None or text_of(node)


WORDS = """
a.b c-1 x time low o s D1 1 .5 1e3 ( ) [ ] ; : , = == != < <= > >= + - * / and or not if else true false min(
clip( share( variance( effect( without( delay True -x a- é ' . ** %
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "o[s; ", "x = 1"])


@given(st.lists(PIECES, max_size=40), st.sampled_from(["", " "]), st.booleans())
def test_any_pieces(pieces, between, claim):
    text = between.join(pieces)
    node, faults = read(text, claim)
    assert all(0 <= fault.at <= len(text) and fault.message for fault in faults)
    if node is not None:
        again = parse(text_of(node), claim=claim)
        assert placeless(again) == placeless(node)
        assert text_of(again) == text_of(node) == text_of(resolve(node, SCOPE)[0])


@given(grown(NUMBERS | NAMES, claim=False))
def test_round_trip(node):
    again = placeless(parse(text_of(node)))
    assert again == node
    assert text_of(again) == text_of(node)


@given(grown(NUMBERS | NAMES, claim=True))
def test_round_trip_of_claims(node):
    assert placeless(parse(text_of(node), claim=True)) == node
    resolve(node, SCOPE)


def plain(leaves):
    """Trees whose value Python's own operators give as well."""

    def more(below):
        return st.one_of(
            st.builds(Negate, below),
            st.builds(Arithmetic, st.sampled_from("+-*"), below, below),
            st.builds(Choose, st.builds(Compare, COMPARISONS, below, below), below, below),
            st.builds(Call, st.sampled_from(["min", "max"]), st.lists(below, min_size=2, max_size=4).map(tuple)),
            st.builds(Call, st.just("abs"), st.tuples(below)),
        )

    return st.recursive(leaves, more, max_leaves=20)


SAFE = plain(st.floats(-100, 100, allow_nan=False).map(Constant) | st.sampled_from("xy").map(Name))


@given(SAFE, st.floats(-9, 9), st.floats(-9, 9))
def test_python_agrees(node, x, y):
    text = text_of(node)
    expected = eval(text, {"x": x, "y": y, "min": min, "max": max, "abs": abs})
    found = float(evaluate(parse(text), {"x": x, "y": y}))
    assert found == expected or (not math.isfinite(expected) and not math.isfinite(found))


@given(SAFE, SAFE, COMPARISONS, st.floats(-9, 9), st.floats(-9, 9))
def test_python_agrees_on_comparisons(left, right, op, x, y):
    node = Logic("or", Compare(op, left, right), Not(Compare("<", right, left)))
    if all(math.isfinite(float(evaluate(side, {"x": x, "y": y}))) for side in (left, right)):
        expected = eval(text_of(node), {"x": x, "y": y, "min": min, "max": max, "abs": abs})
        assert bool(truth(node, {"x": x, "y": y})) is expected


@given(grown(NUMBERS | st.sampled_from(["x", "y", "z"]).map(Name), claim=False), st.data())
def test_values_lie_within_bounds(node, data):
    ends = {name: sorted(data.draw(st.tuples(st.floats(-5, 5), st.floats(-5, 5)))) for name in "xy"}
    env = {name: np.array([low, high, (low + high) / 2]) for name, (low, high) in ends.items()}
    env["z"] = Rungs(np.array([0, 2, 1]), 2)
    low, high = bounds(node, lambda name: (0.0, 1.0) if name == "z" else tuple(ends[name]))
    found = evaluate(node, env)
    inside = (found >= low) & (found <= high)
    with np.errstate(all="ignore"):
        assert np.all(inside | ~np.isfinite(found)) or _divides(node)


def _divides(node):
    return "/" in text_of(node)


@given(grown(NUMBERS, claim=False))
def test_constant_is_the_value(node):
    found = constant(node)
    value = float(evaluate(node, {}))
    assert found == value or (math.isnan(found) and math.isnan(value))


@given(grown(NUMBERS | st.sampled_from(["x", "z"]).map(Name), claim=False))
def test_arrays_and_single_numbers_agree(node):
    xs, zs = np.array([-1.5, 0.0, 2.0]), np.array([0, 1, 2])
    together = evaluate(node, {"x": xs, "z": Rungs(zs, 2)})
    one_by_one = [float(evaluate(node, {"x": float(x), "z": Rungs(int(z), 2)})) for x, z in zip(xs, zs, strict=True)]
    np.testing.assert_array_equal(np.broadcast_to(together, 3), one_by_one)
