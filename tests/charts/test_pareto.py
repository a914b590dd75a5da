from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import vl_convert

from offramp.charts import Spec, coloured
from offramp.charts.pareto import against, charted, pareto
from offramp.findings.reach.values import Reach

from ..report.sample_reach import ALL, BOTH, NOW, OPEN, RELIEF, TERMS, hostile_reach, sample_reach


def all_specs(reach: Reach, mark: str = "one") -> list[Spec]:
    every = (*charted(reach), *(each for front in reach.fronts.values() for each in front))
    texts = {each.number: mark for each in every}
    return [pareto(reach, texts, texts), *(against(reach, outcome, texts, texts) for outcome in reach.fronts)]


@pytest.fixture(scope="module")
def reach() -> Reach:
    return sample_reach()


def layers(spec: Spec, kind: str) -> list[Any]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_every_chart_compiles_and_draws(reach: Reach) -> None:
    bare = replace(reach, best=NOW, front=(NOW,), minimal=(), fronts={"room": ()})
    unknown = replace(reach, now=replace(NOW, share=float("nan"), low=float("nan"), high=float("nan")))
    for spec in (*all_specs(reach), *all_specs(bare), *all_specs(unknown), *all_specs(hostile_reach())):
        json.dumps(spec, allow_nan=False)
        svg = vl_convert.vega_to_svg(vl_convert.vegalite_to_vega(spec))
        assert svg.startswith("<svg")
        assert "NaN" not in svg
        assert "undefined" not in svg
        assert "var(--" not in json.dumps(coloured(spec))


def test_texts_are_data_and_printable(reach: Reach) -> None:
    mark = "zzz'); evil(\x1b\x00"
    for spec in all_specs(reach, mark):
        text = json.dumps(spec, ensure_ascii=False)
        assert "\\u001b" not in text
        for layer in spec["layer"]:
            layer.pop("data")
        assert "zzz" not in json.dumps(spec)


def test_each_package_once_the_present_first(reach: Reach) -> None:
    assert charted(reach) == [NOW, TERMS, BOTH, RELIEF, ALL]
    spec = pareto(reach, {}, {})
    dots, rings = layers(spec, "point")
    assert [row["n"] for row in dots["data"]["values"]] == [0, 1, 4, 5, 9]
    assert [row["colour"] for row in dots["data"]["values"]] == ["var(--s0)"] * 2 + ["var(--holds)"] * 3
    assert {row["n"] for row in rings["data"]["values"]} == {BOTH.number, RELIEF.number}


def test_the_line_is_the_front_and_goes_on(reach: Reach) -> None:
    (line,) = layers(pareto(reach, {}, {}), "line")
    points = [(row["price"], row["share"]) for row in line["data"]["values"]]
    assert points[:4] == [(each.price, each.share) for each in (NOW, TERMS, BOTH, ALL)]
    assert points[4][0] > 3.4
    assert points[4][1] == ALL.share


def test_bars_only_where_there_is_a_range(reach: Reach) -> None:
    rules = layers(pareto(reach, {}, {}), "rule")
    numbers = [[row.get("n") for row in rule["data"]["values"]] for rule in rules]
    assert numbers == [[None], [1, 4, 5, 9], [4]]
    (wanted,) = rules[0]["data"]["values"]
    assert wanted["share"] == 0.5
    assert wanted["word"] == "wanted:\n50\u00a0%"


@pytest.mark.parametrize(("front", "side"), [((ALL, OPEN), "step-before"), ((RELIEF, ALL), "step-after")])
def test_the_line_keeps_within_what_can_be_had(reach: Reach, front: Any, side: str) -> None:
    """Where more of the outcome goes with a smaller share, high is the better side; else low."""
    (line,) = layers(against(replace(reach, fronts={"room": front}), "room", {}, {}), "line")
    assert line["mark"]["interpolate"] == side
    assert [row["at"] for row in line["data"]["values"]] == sorted(each.minds["room"].value for each in front)
