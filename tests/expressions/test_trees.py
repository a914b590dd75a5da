import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import offramp.expressions
from offramp.expressions import (
    Constant,
    Name,
    Negate,
    dates,
    expand,
    is_name,
    measured,
    names,
    parse,
    placeless,
    substitute,
    text_of,
    walk,
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("((a))", "a"),
        ("a+(b+c)", "a + (b + c)"),
        ("(a+b)+c", "a + b + c"),
        ("a*(b+c)", "a * (b + c)"),
        ("-(a+b)", "-(a + b)"),
        ("-(3)", "-(3)"),
        ("- 3", "-3"),
        ("-(-a)", "-(-a)"),
        ("not (a and b)", "not (a and b)"),
        ("not (a == b)", "not a == b"),
        ("(not a) and b", "not a and b"),
        ("(a > b) == (c > d)", "(a > b) == (c > d)"),
        ("(a if b else c) + 1", "(a if b else c) + 1"),
        ("a if (b if c else d) else e", "a if (b if c else d) else e"),
        ("min(a if b else c,1e-9)", "min(a if b else c, 1e-09)"),
        ("1e30", "1e+30"),
        ("true or false", "true or false"),
    ],
)
def test_text(text, written):
    assert text_of(parse(text)) == written
    assert placeless(parse(written)) == placeless(parse(text))


def test_text_of_numbers_built_by_hand():
    assert text_of(Constant(-2)) == "-2"
    assert text_of(Negate(Constant(2))) == "-(2)"
    assert text_of(Constant(0.1)) == "0.1"


def test_walk_goes_from_left_to_right():
    found = [part.name for part in walk(parse("a + b * c if d else min(e, -f)")) if isinstance(part, Name)]
    assert found == list("abcdef")


def test_names_of_a_claim():
    tree = parse("variance(o[s; x = y, p: t, without(M)], g.h) > effect(o[s], z) + k", claim=True)
    assert names(tree) == {"y", "k"}


def test_measured_once_each():
    tree = parse("o[s] - o[t; x = 1] > share(o[s] > 0)", claim=True)
    assert [text_of(part) for part in measured(tree)] == ["o[s]", "o[t; x = 1]"]


def test_dates():
    tree = parse("time >= 6 and (a or 2 * b > time) and time < 6")
    assert [text_of(date) for date in dates(tree)] == ["6", "2 * b"]
    assert dates(parse("a > 1")) == ()


def test_expand():
    known = ["cost", "players.us.pace", "players.us.lam", "players.usa.pace"]
    assert expand("players.us", known) == ("players.us.pace", "players.us.lam")
    assert expand("cost", known) == ("cost",)
    assert expand("cos", known) == ()


def test_substitute():
    tree = parse("a + b * (c if a > 1 else -b)")
    swapped = substitute(tree, {"a": Name("b"), "b": Name("a"), "c": parse("x + 1")})
    assert text_of(swapped) == "b + a * (x + 1 if b > 1 else -a)"
    claim = substitute(parse("mean(o[s; x = y, p: y])", claim=True), {"y": Constant(2), "o": Constant(3)})
    assert text_of(claim) == "mean(o[s; x = 2, p: y])"
    assert text_of(substitute(parse("effect(o[s], y)", claim=True), {"y": Constant(1)})) == "effect(o[s], y)"


def test_placeless_reaches_everywhere():
    one = parse("variance(o[s; x = y, p: t, without(M)], g)  + 1", claim=True)
    two = parse(" variance( o[s;x=y,p:t,without( M )],g) + 1", claim=True)
    assert one != two
    assert placeless(one) == placeless(two)


@pytest.mark.parametrize("name", ["a", "always-punish", "a_1", "max"])
def test_is_name(name):
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "1a", "a b", "a-", "-a", "a--b", "a.b", "not", "True", "é", "a\n", "x" * 20_000])
def test_is_no_name(name):
    assert not is_name(name)


def test_is_name_with_dots():
    assert is_name("target.wants.2.worth", dots=True)
    assert not is_name("target..wants", dots=True)


def test_reading_loads_no_numpy():
    code = (
        "import sys, offramp.expressions as e; e.resolve(e.parse('a + 1'), e.Scope.of([])); "
        "print([m for m in ('numpy', 'scipy', 'numba', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_all_is_there():
    assert sorted(set(offramp.expressions.__all__)) == sorted(offramp.expressions.__all__)
    for name in offramp.expressions.__all__:
        assert getattr(offramp.expressions, name) is not None
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = offramp.expressions.nothing_such


@pytest.mark.parametrize("module", [m.name for m in pkgutil.iter_modules(offramp.expressions.__path__)])
def test_examples(module):
    found = doctest.testmod(importlib.import_module(f"offramp.expressions.{module}"))
    assert found.failed == 0
