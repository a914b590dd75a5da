"""All outcomes at once: one line for each strategy, from outcome to outcome."""

from __future__ import annotations

from typing import Any

from offramp.charts.numbers import number
from offramp.charts.theme import Spec, base, safe, shorten_middle, strategy_colours, var
from offramp.findings.choice.values import Robust, RobustOutcome
from offramp.findings.results import Findings

__all__ = ["parallel", "places"]

ROW = 54
"""Height of one outcome."""


def places(judged: RobustOutcome) -> dict[str, float]:
    """Return where each strategy's mean lies from the worst (0) to the best (1) of them; all at 1/2 where they tie."""
    means = next(each.values for each in judged.metrics if each.metric == "laplace")
    low, high = min(means.values()), max(means.values())
    if high - low <= judged.margin:
        return dict.fromkeys(means, 0.5)
    up = {s: (mean - low) / (high - low) for s, mean in means.items()}
    return up if judged.better == "high" else {s: 1.0 - place for s, place in up.items()}


def parallel(findings: Findings, found: Robust, width: int = 560) -> Spec:
    """
    Parallel coordinates, laid on their side: a row for each outcome, from the worst strategy (left) to the best.

    Parameters
    ----------
    findings
        What a run found.
    found
        Its `robust`.
    width
        Width of the plot in pixels; a view may change it.

    Returns
    -------
    dict
        A Vega-Lite specification. Every row is stretched to the width, so its length says nothing; the ends are told.
    """
    colours, outcomes = strategy_colours(findings), list(found.outcomes.values())
    points: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for row, judged in enumerate(outcomes):
        info = findings.outcomes[judged.outcome]
        means = next(each.values for each in judged.metrics if each.metric == "laplace")
        ends = sorted(means.values(), reverse=judged.better == "low")
        tie = "; all tie" if max(ends) - min(ends) <= judged.margin else ""
        worst, best = number(ends[0], info.low, info.high), number(ends[-1], info.low, info.high)
        rows.append({"row": row, "name": f"{shorten_middle(info.name, 60)} ({worst} to {best}{tie})"})
        for strategy, place in places(judged).items():
            name = findings.strategies.get(strategy, strategy)
            points.append({"row": row, "place": place, "colour": colours.get(strategy, var("s0")),
                           "s": f"s{list(findings.strategies).index(strategy)}",
                           "tip": f"{name}\n{info.name}: {number(means[strategy], info.low, info.high)}"})  # fmt: skip
    spec = base(
        width, ROW * len(rows), {"left": 10, "right": 10, "top": 6, "bottom": 6}, "Strategies over all outcomes"
    )
    order = {"domain": list(range(len(rows))), "paddingInner": 0, "paddingOuter": 0}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": order}
    x = {"field": "place", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1], "nice": False}}
    stroke = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    faint = {"condition": {"test": "picked === '' || picked === datum.s", "value": 1}, "value": 0.15}
    text = {"type": "text", "align": "left", "baseline": "bottom", "dy": 2}
    label = {"x": {"value": 0}, "y": y, "text": {"field": "name", "type": "nominal"}}
    spec["params"] = [{"name": "picked", "value": ""}]
    spec["layer"] = [
        {"data": {"values": rows}, "mark": {"type": "rule", "color": var("line"), "yOffset": 16},
         "encoding": {"x": {"value": 0}, "x2": {"value": "width"}, "y": y}},
        {"data": {"values": points}, "mark": {"type": "line", "strokeWidth": 2, "yOffset": 16},
         "encoding": {"x": x, "y": y, "detail": {"field": "s", "type": "nominal"}, "stroke": stroke, "opacity": faint,
                      "order": {"field": "row", "type": "quantitative"}}},
        {"data": {"values": points}, "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "yOffset": 16},
         "encoding": {"x": x, "y": y, "fill": {**stroke}, "opacity": faint,
                      "tooltip": {"field": "tip", "type": "nominal"}}},
        {"data": {"values": rows}, "mark": {**text, "stroke": var("paper"), "strokeWidth": 5}, "encoding": label},
        {"data": {"values": rows}, "mark": text, "encoding": label},
    ]  # fmt: skip
    return safe(spec)
