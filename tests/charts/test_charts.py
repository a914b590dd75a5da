from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
import vl_convert

from offramp.charts import (
    COLOURS,
    Spec,
    coloured,
    layout,
    moving_series,
    number,
    outcome_bands,
    path_lines,
    path_names,
    percent,
    player_colours,
    regret_map,
    state_map,
    strategy_colours,
    verdict_bar,
)
from offramp.charts.bands import best_means, domain
from offramp.charts.numbers import span
from offramp.charts.theme import shorten
from offramp.findings.outcomes.course_values import MapEdge, MapState, StateMap
from offramp.findings.outcomes.values import Band, OutcomeInfo
from offramp.findings.results import Findings


def all_specs(findings: Findings) -> list[Spec]:
    specs: list[Spec | None] = [outcome_bands(findings, o) for o in findings.outcomes]
    specs += [path_lines(findings, key) for key in path_names(findings)]
    specs += [state_map(findings, s) for s in findings.strategies]
    specs += [verdict_bar(v) for v in findings.verdicts.values()]
    specs.append(regret_map(findings))
    return [spec for spec in specs if spec is not None]


@pytest.mark.parametrize("which", ["findings", "minimal"])
def test_every_chart_compiles_and_draws(which: str, request: pytest.FixtureRequest) -> None:
    for spec in all_specs(request.getfixturevalue(which)):
        json.dumps(spec, allow_nan=False)
        svg = vl_convert.vega_to_svg(vl_convert.vegalite_to_vega(spec))
        assert svg.startswith("<svg")
        assert "NaN" not in svg
        assert "undefined" not in svg


def test_charts_are_the_same_each_time(findings: Findings) -> None:
    assert json.dumps(all_specs(findings)) == json.dumps(all_specs(findings))


def test_expressions_never_hold_a_text_of_the_case(findings: Findings) -> None:
    mark = "zzz'); evil("
    outcomes = {key: replace(info, name=mark) for key, info in findings.outcomes.items()}
    named = replace(findings, strategies=dict.fromkeys(findings.strategies, mark), outcomes=outcomes)
    for spec in all_specs(named):
        stripped = {key: value for key, value in spec.items() if key not in ("data", "description")}
        for layer in stripped.get("layer", []):
            layer.pop("data", None)
        assert mark not in json.dumps(stripped)


def test_texts_that_no_svg_may_hold(findings: Findings) -> None:
    """Given one, vl-convert aborts the whole process."""
    mark = "a\x1b\x00\x85\ud800\ufffe z"
    outcomes = {key: replace(info, name=mark) for key, info in findings.outcomes.items()}
    named = replace(findings, strategies=dict.fromkeys(findings.strategies, mark), outcomes=outcomes)
    for spec in all_specs(named):
        text = json.dumps(spec, ensure_ascii=False)
        assert not [c for c in mark[1:-2] if c in text]
        text.encode()


def test_plain_colours_for_use_elsewhere(findings: Findings) -> None:
    for theme, column in (("light", 0), ("dark", 1)):
        spec = coloured(outcome_bands(findings, "earnest-talks"), theme)  # type: ignore[arg-type]
        assert "var(--" not in json.dumps(spec)
        assert spec["background"] == COLOURS["paper"][column]


def test_a_text_that_looks_like_a_colour_reference_stays(findings: Findings) -> None:
    spec = {"data": {"values": [{"name": "see var(--ink)", "colour": "var(--nothing)"}]}}
    assert coloured(spec)["data"] == spec["data"]


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("column", [0, 1])
def test_contrast(column: int) -> None:
    paper = _luminance(COLOURS["paper"][column])

    def contrast(name: str) -> float:
        other = _luminance(COLOURS[name][column])
        return (max(paper, other) + 0.05) / (min(paper, other) + 0.05)

    assert contrast("ink") >= 7
    assert contrast("muted") >= 4.5
    for name in COLOURS:
        if name[0] in "sp" and name[1:].isdigit():
            assert contrast(name) >= 3, name
    assert contrast("holds") >= 3
    assert contrast("reversed") >= 3


def test_numbers() -> None:
    assert number(0.614) == "0.61"
    assert number(-0.001) == "0.00"
    assert number(-3.14159, -60, 60) == "−3"
    assert number(14.13, 0, 36) == "14.1"
    assert number(math.nan) == number(None) == "–"
    assert number(2.0, 0, math.inf) == "2.00"
    assert span(0.1, 0.4) == "0.10–0.40"
    assert span(-3, 4, -60, 60) == "−3 to 4"
    assert span(math.nan, math.nan) == "–"
    assert [percent(x) for x in (0.0, 0.001, 0.834, 0.9999, 1.0)] == [
        "0\u00a0%", "<1\u00a0%", "83\u00a0%", ">99\u00a0%", "100\u00a0%",
    ]  # fmt: skip
    assert shorten("one two three", 9) == "one two…"
    assert shorten("uninterrupted", 5) == "unin…"


def test_best_only_where_something_is_better(findings: Findings) -> None:
    assert best_means(findings, "earnest-talks") == {"offer-and-guarantee"}
    assert best_means(findings, "first-deal") == {"quiet-channel"}
    assert best_means(findings, "crackdown") == set()


def test_axis() -> None:
    info = OutcomeInfo("x", "final", None, None, 0.0, 100.0, True)

    def band(low: float, high: float) -> Band:
        return Band(low, (low + high) / 2, low, high, None, None)

    assert domain(info, [band(10, 60)]) == (0.0, 100.0)
    low, high = domain(info, [band(40, 44)])
    assert 38 < low < 40
    assert 44 < high < 46
    assert domain(info, []) == (0.0, 100.0)
    assert domain(replace(info, high=math.inf), [band(5, 5)]) == (4.5, 5.5)


def test_colours_are_steady(findings: Findings) -> None:
    many = replace(findings, strategies={f"s{k}": "x" for k in range(8)})
    assert list(strategy_colours(many).values())[5:] == ["var(--s6)", "var(--s0)", "var(--s0)"]
    assert player_colours(findings) == {"europe": "var(--p1)", "iran": "var(--p2)", "us": "var(--p3)"}


def test_still_series_are_left_out(findings: Findings) -> None:
    moving = moving_series(findings)
    assert "us.force" not in moving
    assert "us.force" in path_names(findings)
    assert not set(moving) & set(findings.outcomes)


def test_map_starts_at_the_top_and_tells_the_start_in_full(findings: Findings) -> None:
    placed = layout(findings.maps["quiet-channel"])
    first = placed.nodes[0]
    assert first.letter == "A"
    assert first.state.start
    assert (first.x, first.y) == (0.0, 1.0)
    assert dict(first.differs) == dict(first.state.label)
    assert all(0 < len(n.differs) < len(n.state.label) for n in placed.nodes[1:])
    assert len(placed.edges) <= 24
    assert 0 <= placed.left_out < 0.2


def test_map_of_one_state_and_of_none() -> None:
    one = StateMap((MapState("a", {"p.x": "no"}, 1.0),), (MapEdge("a", "b", "p", 1.0),), 1.0)
    placed = layout(one)
    assert (placed.nodes[0].x, placed.nodes[0].y) == (0.0, 0.0)
    assert placed.edges == ()
    assert layout(StateMap((), (), 0.0)).nodes == ()


def test_untested_claim_has_no_bar(findings: Findings) -> None:
    assert verdict_bar(findings.verdicts["leader-decides"]) is None
