"""What a case becomes as a .gmcr file can be read again, whatever its names and however often it says a thing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from interop_by_hand import CONCEPTS, judged

from offramp.casefile import parse_case
from offramp.graph import option_levels
from offramp.interop.gmcr.from_case import gmcr_of
from offramp.interop.gmcr.reading import parse_gmcr
from offramp.interop.gmcr.to_case import case_of
from offramp.interop.source_text import SourceText
from offramp.model import Case
from offramp.stability import free_graph, judge_world
from offramp.worlds import draw


def case(us: str, them: str, rest: str = "", options: str = "push: {}, hold: {}") -> Case:
    return parse_case(
        f"offramp: 1\nplayers:\n  us: {{name: {us}, options: {{{options}}}}}\n  them: {{name: {them}, "
        f"options: {{bow: {{}}}}}}\n{rest}"
    ).case


def back(written: Case) -> dict[str, Any]:
    """Return what is written, once it is known to be readable."""
    text = gmcr_of(written).text
    source = SourceText("m.gmcr", text)
    case_of(parse_gmcr(source), source).case_file("m")
    data: dict[str, Any] = json.loads(text)
    return data


@pytest.mark.parametrize(
    ("us", "them", "named"),
    [
        ("Us", "Them", ["Us", "Them"]),
        ('"a b"', '"a\\u200b b"', ["a b (us)", "a b (them)"]),
        ('"\\u200b"', '"\\u2066"', ["us", "them"]),
        ("L" * 3000, "L" * 3000, [f"{'L' * 192}... (us)", f"{'L' * 190}... (them)"]),
        ("n (us)", "n", ["n (us)", "n"]),
    ],
    ids=["plain", "invisible", "empty", "long", "like an id"],
)
def test_names_that_look_alike(us: str, them: str, named: list[str]) -> None:
    assert [maker["name"] for maker in back(case(us, them))["decisionMakers"]] == named


def test_options_that_look_alike() -> None:
    options = 'push: {name: "go (hold)"}, hold: {name: go}, wait: {name: "go\\u200e"}'
    found = [option["name"] for option in back(case("Us", "Them", options=options))["options"]]
    assert len(set(found)) == 4
    assert found[1].endswith("(hold)")


def test_equal_conditions_are_written_once() -> None:
    rest = (
        f"unseen: {{us: [{', '.join(['them.bow'] * 3000)}]}}\nimpossible: [us.push and us.hold, us.hold and us.push]\n"
    )
    data = back(case("Us", "Them", rest))
    assert data["decisionMakers"][0]["misperceptions"] == [[[2, "Y"]]]
    assert data["infeasibles"] == [[[0, "Y"], [1, "Y"]]]


@pytest.mark.parametrize("statement", ["us.push + us.hold", "2 * us.push", "us.push if us.hold else 0.5"])
def test_statements_that_are_numbers_are_not_written(statement: str) -> None:
    rest = f'  they:\n    options: {{go: {{}}}}\n    prefers: ["{statement}", not they.go]\n'
    made = case("Us", "Them", rest)
    data = back(made)
    assert data["useManualPreferenceRanking"] is True
    assert data["decisionMakers"][2]["preferences"] == []
    graph = free_graph(made)
    stable = judge_world(graph, draw(made, 0, 0).world(0)).stable
    name = {f"{p.id}.{o.id}": (p.name, o.id) for p in made.players.values() for o in p.options}
    taken = [frozenset(name[key] for key, level in option_levels(graph, n).items() if level == "yes")
             for n in range(len(graph.codes))]  # fmt: skip
    assert judged(data) == {
        (concept, player.name): dict(zip(taken, map(bool, stable[concept][i]), strict=True))
        for i, player in enumerate(made.players.values()) for concept in CONCEPTS
    }  # fmt: skip
