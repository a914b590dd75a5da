import pytest

from offramp.errors import OfframpError
from offramp.expressions import (
    Arithmetic,
    Call,
    Change,
    Choose,
    Compare,
    Constant,
    ExpressionError,
    Logic,
    Measured,
    Name,
    Negate,
    Not,
    parse,
    placeless,
    text_of,
)


def shape(text, **options):
    return placeless(parse(text, **options))


A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1), ("0.5", 0.5), ("1e-3", 0.001), (".5", 0.5), ("2.", 2), ("1E+2", 100), ("-3", -3), ("- 3", -3)],
)
def test_numbers(text, value):
    assert parse(text) == Constant(value)


def test_truths_stay_truths():
    assert parse("true").value is True
    assert parse("false").value is False


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "_x1",
        "always-punish",
        "iran-2009",
        "a-1-b",
        "target.concede",
        "us.max-pressure",
        "players.target.factions.hardliners.wants.2.worth",
        "x.2009-plan",
        "min",
        "share",
        "time",
        "android",
        "notable",
        "iffy",
    ],
)
def test_names(name):
    assert parse(name) == Name(name)
    assert parse(f"({name})") == Name(name, 1)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b * c", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("a - b - c", Arithmetic("-", Arithmetic("-", A, B), C)),
        ("a - (b - c)", Arithmetic("-", A, Arithmetic("-", B, C))),
        ("a/b/c", Arithmetic("/", Arithmetic("/", A, B), C)),
        ("-a * b", Arithmetic("*", Negate(A), B)),
        ("a * -b", Arithmetic("*", A, Negate(B))),
        ("a - -b", Arithmetic("-", A, Negate(B))),
        ("not a == b", Not(Compare("==", A, B))),
        ("(not a) == b", Compare("==", Not(A), B)),
        ("a and not b", Logic("and", A, Not(B))),
        ("not not a", Not(Not(A))),
        ("a or b and c", Logic("or", A, Logic("and", B, C))),
        ("a and b or c", Logic("or", Logic("and", A, B), C)),
        ("a < b and b <= c", Logic("and", Compare("<", A, B), Compare("<=", B, C))),
        ("a + 1 > b", Compare(">", Arithmetic("+", A, Constant(1)), B)),
        ("a if b else c", Choose(B, A, C)),
        ("a if b else b if c else a", Choose(B, A, Choose(C, B, A))),
        ("(a if b else b) if c else a", Choose(C, Choose(B, A, B), A)),
        ("a or b if c else a", Choose(C, Logic("or", A, B), A)),
        ("min(a, b, c)", Call("min", (A, B, C))),
        ("clip(a, 0, 1)", Call("clip", (A, Constant(0), Constant(1)))),
        ("abs(-a)", Call("abs", (Negate(A),))),
        ("max(a, -1)", Call("max", (A, Constant(-1)))),
        ("a\n  and b", Logic("and", A, B)),
    ],
)
def test_binding(text, tree):
    assert shape(text) == tree


def test_positions():
    tree = parse("  a.b + (c-d >= 2)")
    assert tree.at == 6
    assert tree.left.at == 2
    assert tree.right.at == 13
    assert tree.right.right.at == 16


def test_brackets_in_claims():
    tree = shape(
        "concession[escalate; cost = 0.5, guarantee = offered, without(D12, D13), "
        "partners: hold-firm, delay = 3] > concession[always-punish]",
        claim=True,
    )
    assert tree.left == Measured(
        "concession",
        "escalate",
        (
            Change("set", "cost", Constant(0.5)),
            Change("set", "guarantee", Name("offered")),
            Change("without", "D12"),
            Change("without", "D13"),
            Change("player", "partners", Name("hold-firm")),
            Change("delay", "delay", Constant(3)),
        ),
    )
    assert tree.right == Measured("concession", "always-punish", ())


def test_a_changed_value_may_be_computed():
    tree = shape("o[s; cost = 2 * base + 1, x = -(a - 1)]", claim=True)
    assert tree.changes[0].value == shape("2 * base + 1")


def test_functions_over_worlds():
    assert shape("share(o[s] > 0) > 0.5", claim=True).left.function == "share"
    assert shape("mean(o[s])", claim=True).arguments == (Measured("o", "s", ()),)
    assert shape("variance(o[s], players.us, cost)", claim=True).arguments[1:] == (
        Name("players.us"),
        Name("cost"),
    )
    assert shape("effect(o[s], cost)", claim=True).arguments[1:] == (Name("cost"),)


@pytest.mark.parametrize("text", ["o[s]", "share(a)", "mean(a)", "variance(o, a)", "effect(o, a)"])
def test_claims_only(text):
    with pytest.raises(ExpressionError, match="claim"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("a = b", 2, "Write =="),
        ("a < b < c", 6, "Write a < b and b < c"),
        ("a == b != c", 7, "Write a < b and b < c"),
        ("a -b", 2, "Minus needs a space on both sides. Write a - b"),
        ("a- b", 1, "Write a - b"),
        ("3-2", 1, "Write 3 - 2"),
        ("(a)-(b)", 3, "Minus needs a space"),
        ("a-", 1, "Minus needs a space"),
        ("'no'", 0, "written bare"),
        ('a == "no"', 5, "written bare"),
        ("a ** 2", 2, "no power"),
        ("a ^ 2", 2, "no power"),
        ("a && b", 2, "Write and"),
        ("a || b", 2, "Write or"),
        ("!a", 0, "Write not"),
        ("a => b", 2, "Write >="),
        ("a <> b", 2, "Write !="),
        ("a ≥ b", 2, "Write >="),
        ("a − b", 2, "Write the minus as -"),
        ("10 % a", 3, "10 % is 0.1"),
        ("a.", 1, "A dot stands between"),
        ("é", 0, "letters a to z"),
        ("\x00", 0, "U+0000"),
        ("2x", 0, "A name begins with a letter"),
        ("a AND b", 2, "Write and"),
        ("True", 0, "Write true"),
        ("a b", 2, "An operator is missing"),
        ("a (b)", 0, "There is no function 'a'"),
        ("2 (b)", 2, "An operator is missing"),
        ("maximum pressure > 1", 8, "An operator is missing"),
        ("(a", 0, "never closed"),
        ("(a, b)", 2, "comma"),
        ("a)", 1, "closes no bracket"),
        ("a + )", 4, "missing after '+'"),
        ("a +", 3, "missing after '+'"),
        ("* a", 0, "Begin with a value"),
        ("+1", 0, "Leave the + out"),
        ("a if b", 2, "Write x if test else y"),
        ("if a then b", 0, "Write x if test else y"),
        ("a is b", 2, "Write =="),
        ("a in b", 2, "a == x or a == y"),
        ("a == not b", 5, "Write (not x)"),
        ("-not a", 1, "Write (not x)"),
        ("min(a)", 0, "Write min(a, b)"),
        ("min()", 0, "Write min(a, b)"),
        ("abs(a, b)", 0, "Write abs(x)"),
        ("clip(a, 1)", 0, "Write clip(x, low, high)"),
        ("min(a, )", 7, "missing after ','"),
        ("mni(a, b)", 0, "Did you mean min"),
        ("sqrt(a)", 0, "There are min, max, abs, clip"),
        ("without(D1)", 0, "inside the brackets"),
        ("share(a)", 0, "stands only in the test of a claim"),
        ("o[s]", 1, "only in the test of a claim"),
        ("a; b", 1, "Outside the brackets"),
        ("1e999", 0, "too large"),
    ],
)
def test_hints(text, at, says):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert caught.value.at == at
    assert isinstance(caught.value, OfframpError)


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("o[]", 2, "begin with a strategy"),
        ("o[s, x = 1]", 3, "semicolon"),
        ("o[s; ]", 5, "A change is missing"),
        ("o[s; x = 1, ]", 12, "A change is missing"),
        ("o[s; x == 1]", 7, "Write a single ="),
        ("o[s; x]", 5, "'x' is not a change"),
        ("o[s; without()]", 13, "A mechanism is missing"),
        ("o[s; p: ]", 8, "A strategy is missing"),
        ("o[s; x = 1 > 2]", 11, "Expected ]"),
        ("o[s", 1, "never closed"),
        ("variance(o, a)", 9, "an outcome under a strategy"),
        ("variance(o[s])", 0, "Write variance"),
        ("effect(o[s], 2)", 13, "names only"),
        ("effect(o[s], a, b)", 0, "Write effect"),
    ],
)
def test_hints_in_claims(text, at, says):
    with pytest.raises(ExpressionError) as caught:
        parse(text, claim=True)
    assert says in str(caught.value)
    assert caught.value.at == at


@pytest.mark.parametrize(
    "text",
    [
        "(" * 9000,
        "(" * 4000 + "a" + ")" * 4000,
        "not " * 2000 + "a",
        "- " * 4000 + "a",
        "a" + " + a" * 2000,
        "a" + " or a" * 1900,
        "abs(" * 2000,
        "a if b else " * 800 + "c",
        "min(a, " * 1400,
        "x[s; a = " * 1000,
        "(" * 10_001,
    ],
)
def test_hostile_depth(text):
    with pytest.raises(ExpressionError) as caught:
        parse(text, claim=True)
    assert caught.value.code in ("too-deep", "too-long")


def test_a_fair_depth_is_read():
    text = "(" * 90 + "a" + ")" * 90
    assert parse(text).name == "a"
    assert text_of(parse("a" + " + a" * 90)) == "a" + " + a" * 90
