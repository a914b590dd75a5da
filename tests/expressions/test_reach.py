from __future__ import annotations

import pytest

from offramp.expressions import (
    Change,
    ExpressionError,
    Kept,
    Level,
    Levelled,
    Number,
    Reached,
    Scope,
    bounds,
    constant,
    evaluate,
    names,
    parse,
    placeless,
    reached,
    resolve,
    text_of,
)

SCOPE = Scope.of(
    [Levelled("us.press", ("no", "yes"), "option"), Levelled("relief", ("off", "on"), "setting"), Number("cost")],
    allowed=(),
    place="here",
    mechanisms=["D1"],
    players=["us"],
    targets={"talks": {"relief": ("withheld", "offered"), "pressure": ("none", "some", "all")}, "calm": {}},
)


def read(text):
    return resolve(parse(text, reach=True), SCOPE)


def faults(text):
    try:
        return [str(fault) for fault in read(text)[1]]
    except ExpressionError as e:
        return [str(e)]


def test_conditions_and_changes() -> None:
    node, found = read("reach(talks, relief == offered, pressure != none; relief = on, cost = 2 * cost, without(D1))")
    assert found == []
    assert placeless(node) == Reached(
        "talks",
        (Kept("relief", "==", "offered"), Kept("pressure", "!=", "none")),
        (
            Change("set", "relief", Level("relief", "on", 1)),
            Change("set", "cost", placeless(parse("2 * cost"))),
            Change("without", "D1"),
        ),
    )
    assert names(node) == {"cost"}


@pytest.mark.parametrize(
    "text",
    [
        "reach(talks) >= 0.5",
        "reach(talks, relief == offered) - reach(talks; without(D1)) > 0.1 and not reach(calm) < 0.2",
        "reach(talks, relief != offered, pressure == all; relief = on, without(D1)) > 0",
        "max(reach(talks), reach(calm)) > 0.5 if true else false",
    ],
)
def test_text_reads_back_as_the_same(text: str) -> None:
    assert text_of(parse(text, reach=True)) == text
    assert read(text)[1] == []


def test_it_is_a_share_that_stands_under_its_text() -> None:
    node = parse("reach(talks, relief == offered) + 1", reach=True)
    assert bounds(node, lambda _: (0, 0)) == (1.0, 2.0)
    assert constant(node) is None
    assert float(evaluate(node, {"reach(talks, relief == offered)": 0.25})) == 1.25


def test_each_once() -> None:
    node = parse("reach(talks) > 0.5 and reach(calm) > reach(talks)", reach=True)
    assert [part.target for part in reached(node)] == ["talks", "calm"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reach(taks) > 0", ["'taks' is not a target. Did you mean talks?"]),
        ("reach(talks, relef == on) > 0", ["'relef' is not a lever that moves this target. Did you mean relief?"]),
        ("reach(talks, relief == offred) > 0", ["relief has no level 'offred'. Did you mean offered?"]),
        ("reach(calm, relief == on) > 0", ["The case has no lever that moves this target"]),
        ("reach(talks, relief == offered, relief != offered) > 0", ["No level of relief is left"]),
        ("reach(talks, relief = offered) > 0", ["Write relief == level, or reach(target; relief = value)"]),
        ("reach(talks, pressure >= some) > 0", ["compares a lever with a level, by == or !="]),
        ("reach(talks, pressure ==) > 0", ["A level is missing. Write pressure == level"]),
        ("reach(talks,) > 0", ["A condition is missing"]),
        ("reach() > 0", ["reach begins with a target"]),
        ("reach(talks > 0", ["Unexpected '>'"]),
        ("reach(talks; relief = offered) > 0", ["relief has no level 'offered'"]),
        ("reach(talks; us: free) > 0", ["The package says who does what"]),
        ("reach(talks; delay = 2) > 0", ["The package says who does what"]),
        ("reach(talks; cost = reach(talks)) > 0", ["reach cannot stand inside"]),
        ("reach(talks) > cost", ["cost is an unknown. Only numbers may stand here"]),
        ("talks[free] > 0", ["Here, write reach(target, lever == level; change)"]),
        ("share(reach(talks)) > 0", ["There is no function 'share' here"]),
        (
            "reach(taks) > reach(talks, relif == on; without(D2), cots = 1)",
            ["'taks' is not", "'relif' is not", "'D2' is not a mechanism", "'cots' is not"],
        ),
    ],
)
def test_every_fault_says_what_to_write(text: str, said: list[str]) -> None:
    found = faults(text)
    assert len(found) == len(said), found
    for each, part in zip(found, said, strict=True):
        assert part in each


@pytest.mark.parametrize("claim", [True, False])
def test_it_stands_nowhere_else(claim: bool) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse("reach(talks) > 0.5", claim=claim)
    assert "`reach:` of a claim" in raised.value.hint
