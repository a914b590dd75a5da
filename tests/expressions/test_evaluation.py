import numpy as np
import pytest

from offramp.expressions import (
    ExpressionError,
    Levelled,
    Number,
    Rungs,
    Scope,
    bounds,
    constant,
    evaluate,
    parse,
    resolve,
    settle,
    text_of,
    truth,
)

SCOPE = Scope.of(
    [
        Levelled("p", ("none", "targeted", "broad"), "option"),
        Levelled("q", ("no", "yes"), "option"),
        Levelled("one", ("only",), "setting"),
        Number("x"),
        Number("y"),
    ]
)


def node(text):
    tree, found = resolve(parse(text), SCOPE)
    assert not found
    return tree


def value(text, **env):
    return evaluate(node(text), env)


def yes(text, **env):
    return truth(node(text), env)


P = Rungs(np.array([0, 1, 2]), 2)
Q = Rungs(np.array([[0], [1]]), 1)


def test_a_level_is_a_number_and_a_truth():
    assert value("p", p=P).tolist() == [0, 0.5, 1]
    assert yes("p", p=P).tolist() == [False, True, True]
    assert value("2 * p + 1", p=P).tolist() == [1, 2, 3]


def test_levels_compare_by_rung():
    assert yes("p >= targeted", p=P).tolist() == [False, True, True]
    assert yes("targeted > p", p=P).tolist() == [True, False, False]
    assert yes("p != broad", p=P).tolist() == [True, True, False]
    assert yes("p == q", p=P, q=Q).tolist() == [[True, False, False], [False, False, True]]


def test_one_level_alone():
    one = Rungs(0, 0)
    assert value("one", one=one) == 0
    assert not yes("one", one=one)
    assert yes("one == only", one=one)


def test_broadcasting():
    found = value("x * p + q", x=2.0, p=P, q=Q)
    assert found.shape == (2, 3)
    assert found.tolist() == [[0, 1, 2], [1, 2, 3]]
    assert value("x", x=2).shape == ()
    assert value("x", x=2).dtype == np.float64
    assert yes("p and q", p=P, q=Q).dtype == np.bool_


def test_choose_takes_only_what_is_chosen():
    x = np.array([0.0, 2.0])
    assert value("1 / x if x > 0 else -1", x=x).tolist() == [-1, 0.5]
    assert yes("x > 1 if p else x < 1", x=1.5, p=P).tolist() == [False, True, True]


def test_functions():
    assert value("min(x, y, 2)", x=3, y=1) == 1
    assert value("max(x, y, 2)", x=3, y=1) == 3
    assert value("abs(x)", x=-3) == 3
    assert value("clip(x, 0, 1)", x=np.array([-1, 0.5, 2])).tolist() == [0, 0.5, 1]


def test_what_is_not_finite_is_silent():
    assert value("x / y", x=1, y=0) == np.inf
    assert np.isnan(value("x / y", x=0.0, y=0.0))
    assert value("x * x", x=1e300) == np.inf
    assert np.isnan(value("min(x / y, 1)", x=0.0, y=0.0))


def test_numbers_as_truths_and_truths_as_numbers():
    assert yes("x", x=-1)
    assert not yes("x", x=0)
    assert yes("x and y", x=0.2, y=3)
    assert value("(x > 1) + (y > 1)", x=2, y=2) == 2
    assert value("not x", x=0) == 1
    assert value("true") == 1
    assert not yes("false")


def test_truths_are_compared_as_truths():
    assert yes("p == true", p=P).tolist() == [False, True, True]
    assert yes("(x > 1) != p", x=2, p=P).tolist() == [True, False, False]


def test_time():
    rule = SCOPE.at("in a rule", {"option", "time"})
    tree, found = resolve(parse("time >= 6 and q"), rule)
    assert not found
    assert truth(tree, {"time": 6.0, "q": Rungs(1, 1)})
    assert not truth(tree, {"time": 5.9, "q": Rungs(1, 1)})


def test_what_claims_need_stands_under_its_text():
    tree = parse("o[s;x=1] - mean(o[s])  > share( o[s]>0 )", claim=True)
    env = {"o[s; x = 1]": np.array([1.0, 3.0]), "mean(o[s])": 1.5, "share(o[s] > 0)": 1.0}
    assert truth(tree, env).tolist() == [False, True]
    assert text_of(tree) == "o[s; x = 1] - mean(o[s]) > share(o[s] > 0)"


@pytest.mark.parametrize(
    "text",
    [
        "x * p + q",
        "(p >= targeted) * (x + (1 - x) * q)",
        "-min(x, p, y) / clip(q, x, y)",
        "x if p == none else y if q else p",
        "(x > p and q) + (not y or p == broad)",
        "(x > 0.3) == q",
        "abs(y - x) != p",
    ],
)
def test_what_is_left_open_comes_out_as_if_all_were_known_at_once(text):
    left = settle(node(text), {"p": P, "q": Q})
    whole = value(text, p=P, q=Q, x=0.5, y=-2.0)
    assert left.names <= {"x", "y"}
    assert np.broadcast_to(left.of({"x": 0.5, "y": -2.0}), whole.shape).tolist() == whole.tolist()


def test_what_cannot_matter_is_not_left_open():
    one = Rungs(1, 1)
    assert settle(node("2 * p"), {"p": P}).tolist() == [0, 1, 2]
    assert settle(node("x if q else p"), {"p": P, "q": Rungs(0, 1)}).tolist() == [0, 0.5, 1]
    assert settle(node("not q and x > 1"), {"q": one}) == 0
    assert settle(node("x > 1 or q"), {"q": one}) == 1
    assert settle(node("x * 0"), {}).names == {"x"}
    with pytest.raises(ExpressionError, match="no value for 'y'"):
        settle(node("x + y"), {}).of({"x": 1.0})


def test_a_missing_value_is_named():
    with pytest.raises(ExpressionError, match="no value for 'y'") as caught:
        value("x + y", x=1)
    assert caught.value.at == 4
    with pytest.raises(ExpressionError, match="no levels"):
        value("p == none", p=0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", 2),
        ("-2", -2),
        ("1 / 4", 0.25),
        ("true", 1),
        ("1 < 2", 1),
        ("min(1, 2) if false else 3", 3),
        ("x", None),
    ],
)
def test_constant(text, expected):
    assert constant(parse(text)) == expected


def test_nothing_constant_in_claims():
    assert constant(parse("share(1 > 0)", claim=True)) is None
    assert constant(parse("o[s]", claim=True)) is None
    assert constant(parse("1 / 0")) == np.inf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", (-1, 2)),
        ("-x", (-2, 1)),
        ("x + p", (-1, 3)),
        ("p - x", (-2, 2)),
        ("x * x", (-2, 4)),
        ("1 / (x + 2)", (0.25, 1)),
        ("1 / x", (-np.inf, np.inf)),
        ("abs(x)", (0, 2)),
        ("abs(x - 3)", (1, 4)),
        ("abs(x + 3)", (2, 5)),
        ("min(x, p)", (-1, 1)),
        ("max(x, p)", (0, 2)),
        ("clip(x, 0, 1)", (0, 1)),
        ("clip(x, 3, 4)", (3, 3)),
        ("x > 3", (0, 0)),
        ("x <= 2", (1, 1)),
        ("x < 2", (0, 1)),
        ("x >= -1", (1, 1)),
        ("x == 5", (0, 0)),
        ("x != 5", (1, 1)),
        ("1 / x > 5", (0, 1)),
        ("p == broad", (0, 1)),
        ("not (x > 3)", (1, 1)),
        ("x > 3 or x < 3", (1, 1)),
        ("x > 3 and x < 3", (0, 0)),
        ("x if p else 5", (-1, 5)),
        ("x if x < 3 else 5", (-1, 2)),
        ("x if x > 3 else 5", (5, 5)),
        ("true", (1, 1)),
    ],
)
def test_bounds(text, expected):
    assert bounds(node(text), {"x": (-1, 2), "p": (0, 1)}.__getitem__) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("o[s]", (0, 24)),
        ("o[s] - o[t; x = 1]", (-24, 24)),
        ("share(o[s] > 1)", (0, 1)),
        ("mean(o[s])", (0, 24)),
        ("variance(o[s], x)", (0, 1)),
        ("effect(o[s], x)", (-24, 24)),
    ],
)
def test_bounds_of_claims(text, expected):
    assert bounds(parse(text, claim=True), {"o": (0, 24)}.__getitem__) == expected
