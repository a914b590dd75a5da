"""Which strategy is safe: regret by world and strategy, and the mean against the worst tenth."""

from __future__ import annotations

from typing import Any

from offramp.charts.numbers import number
from offramp.charts.theme import Spec, base, safe, shorten_middle, strategy_colours, var
from offramp.findings.choice.values import RobustOutcome
from offramp.findings.results import Findings

__all__ = ["regret_worlds", "trade_off", "unbeaten"]

ROW = 34
"""Height of one strategy."""
STEPS = 12
"""Shades of regret."""


def regret_worlds(findings: Findings, judged: RobustOutcome, width: int = 640) -> Spec:
    """
    Regret as a heat map, strategies by worlds, sorted by the regret of the leader.

    Parameters
    ----------
    findings
        What a run found.
    judged
        One of its `robust` outcomes.
    width
        Width of the plot in pixels; a view may change it.

    Returns
    -------
    dict
        A Vega-Lite specification: no shade is no regret, the darkest the largest regret of any strategy.
    """
    cells, names = judged.regrets, findings.strategies
    most = max((max(row) for row in cells.regrets), default=0.0) or 1.0
    values: list[dict[str, Any]] = []
    for place in range(len(cells.strategies)):
        shades = [round(STEPS * row[place] / most) for row in cells.regrets]
        start = 0
        for end in range(1, len(shades) + 1):  # neighbours of one shade make one rectangle
            if end == len(shades) or shades[end] != shades[start]:
                if shades[start]:
                    values.append({"row": place, "from": start, "to": end, "shade": shades[start] / STEPS})
                start = end
    labels = [{"row": n, "name": shorten_middle(names.get(s, s), 56)} for n, s in enumerate(cells.strategies)]
    count = len(cells.strategies)
    spec = base(width, ROW * count, {"left": 1, "right": 1, "top": 2, "bottom": 2}, "Regret by strategy and world")
    rows = {"domain": list(range(count)), "paddingInner": 0, "paddingOuter": 0}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": rows}
    along = {"domain": [0, max(1, len(cells.worlds))], "nice": False}
    x = {"field": "from", "type": "quantitative", "axis": None, "scale": along}
    band = {"height": 17, "yOffset": 8, "strokeWidth": 0}
    shade = {"field": "shade", "type": "quantitative", "legend": None, "scale": {"domain": [0, 1], "range": [0, 1]}}
    ends = {"x": {"value": 0}, "x2": {"value": "width"}}
    spec["layer"] = [
        {"data": {"values": labels}, "mark": {"type": "rect", **band, "color": var("node")},
         "encoding": {"y": y, **ends}},
        {"data": {"values": values}, "mark": {"type": "rect", **band, "color": var("reversed")},
         "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "opacity": shade}},
        {"data": {"values": labels}, "mark": {"type": "text", "align": "left", "baseline": "bottom", "dy": -1},
         "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "name", "type": "nominal"}}},
    ]  # fmt: skip
    return safe(spec)


def unbeaten(judged: RobustOutcome) -> tuple[str, ...]:
    """Return the strategies that no other betters, by more than the margin, on mean or worst tenth without a loss."""
    sign = 1.0 if judged.better == "high" else -1.0
    points = {s: (sign * mean, sign * worst) for s, (mean, worst) in _points(judged).items()}
    return tuple(s for s, p in points.items() if not any(_over(q, p, judged.margin) for q in points.values()))


def _over(one: tuple[float, float], two: tuple[float, float], margin: float) -> bool:
    gains = [a - b for a, b in zip(one, two, strict=True)]
    return min(gains) >= -margin and max(gains) > margin


def _points(judged: RobustOutcome) -> dict[str, tuple[float, float]]:
    by = {each.metric: each.values for each in judged.metrics}
    return {s: (mean, by["worst-0.1"][s]) for s, mean in by["laplace"].items()}


def trade_off(findings: Findings, judged: RobustOutcome, width: int = 420, height: int = 240) -> Spec:
    """
    Each strategy by its mean and the mean of its worst tenth; rings those that another strategy betters.

    Parameters
    ----------
    findings
        What a run found.
    judged
        One of its `robust` outcomes.
    width, height
        Size of the plot in pixels; a view may change the width.

    Returns
    -------
    dict
        A Vega-Lite specification; `unbeaten` has the strategies whose dots are full.
    """
    info, colours, kept = findings.outcomes[judged.outcome], strategy_colours(findings), unbeaten(judged)
    values: list[dict[str, Any]] = []
    for strategy, (mean, worst) in _points(judged).items():
        name = findings.strategies.get(strategy, strategy)
        tip = f"{name}\nmean {number(mean, info.low, info.high)}\nworst tenth {number(worst, info.low, info.high)}"
        full = colours.get(strategy, var("s0"))
        values.append({"mean": mean, "worst": worst, "colour": full, "tip": tip,
                       "fill": full if strategy in kept else var("paper"),
                       "s": f"s{list(findings.strategies).index(strategy)}"})  # fmt: skip
    spec = base(width, height, {"left": 48, "right": 12, "top": 10, "bottom": 38}, f"{info.name}: mean and worst tenth")
    faint = {"condition": {"test": "picked === '' || picked === datum.s", "value": 1}, "value": 0.2}

    def axis(column: int, field: str, title: str) -> Spec:
        known = [point[column] for point in _points(judged).values()]
        wide = max(known) - min(known)
        room = max(0.08 * wide, 5 * judged.margin - 0.5 * wide) or 0.5  # ties are to look like ties
        ends = [max(min(known) - room, min(info.low, *known)), min(max(known) + room, max(info.high, *known))]
        scale = {"domain": ends, "nice": False, "zero": False}
        look = {"title": title, "grid": True, "tickCount": 5}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": look}

    spec["params"] = [{"name": "picked", "value": ""}]
    spec["data"] = {"values": values}
    spec["mark"] = {"type": "point", "filled": True, "size": 130, "strokeWidth": 2.5, "opacity": 1}
    spec["encoding"] = {
        "x": axis(0, "mean", "mean over the worlds"),
        "y": axis(1, "worst", "mean of the worst tenth"),
        "fill": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
        "stroke": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        "opacity": faint,
        "tooltip": {"field": "tip", "type": "nominal"},
    }
    return safe(spec)
