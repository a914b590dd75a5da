"""Outcomes by strategy: a dot for the mean, a bar for the 5 to 95 % band, a tick for the best guess."""

from __future__ import annotations

import math
from typing import Any

from offramp.charts.numbers import finite, number, span
from offramp.charts.theme import Spec, base, safe, shorten, shorten_middle, strategy_colours, var
from offramp.findings.outcomes.values import Band, OutcomeInfo
from offramp.findings.results import Findings

__all__ = ["best_means", "domain", "outcome_bands", "regret_map", "zoomed"]

ROW = 34
"""Height of one strategy."""


def best_means(findings: Findings, outcome: str) -> set[str]:
    """
    The strategies whose mean is best, where the outcome says what is better.

    Parameters
    ----------
    findings
        What a run found.
    outcome
        The outcome's id.

    Returns
    -------
    set of str
        More than one where they print alike; none where no direction is better or only one strategy is there.
    """
    info = findings.outcomes[outcome]
    means = {
        s: row[outcome].mean
        for s, row in findings.outcomes_by.items()
        if outcome in row and math.isfinite(row[outcome].mean)
    }
    if info.better is None or len(means) < 2:
        return set()
    best = max(means.values()) if info.better == "high" else min(means.values())
    shown = number(best, info.low, info.high)
    winners = {s for s, mean in means.items() if number(mean, info.low, info.high) == shown}
    return winners if len(winners) < len(means) else set()


def domain(info: OutcomeInfo, bands: list[Band]) -> tuple[float, float]:
    """The axis: the outcome's own range, or the part of it in use where that is less than a fifth."""
    values = [x for b in bands for x in (b.best_guess, b.mean, b.p05, b.p95) if math.isfinite(x)]
    low, high = info.low, info.high
    if not values:
        return (low, high) if math.isfinite(low) and math.isfinite(high) and low < high else (0.0, 1.0)
    first, last = min(values), max(values)
    stated = math.isfinite(low) and math.isfinite(high) and low < high
    if stated and (last - first) >= 0.2 * (high - low):
        return min(low, first), max(high, last)
    room = 0.12 * (last - first) or (0.02 * (high - low) if stated else 0.5)
    first, last = first - room, last + room
    if stated and low <= first + room and last - room <= high:
        return max(low, first), min(high, last)
    return first, last


def zoomed(findings: Findings, outcome: str) -> bool:
    """Whether the axis of `outcome_bands` shows only a part of the outcome's range."""
    info = findings.outcomes[outcome]
    first, last = domain(info, _bands_of(findings, outcome))
    return math.isfinite(info.high - info.low) and (last - first) < 0.999 * (info.high - info.low)


def _bands_of(findings: Findings, outcome: str) -> list[Band]:
    return [row[outcome] for row in findings.outcomes_by.values() if outcome in row]


def _tip(findings: Findings, strategy: str, outcome: str, band: Band) -> str:
    info = findings.outcomes[outcome]
    lines = [
        findings.strategies[strategy],
        f"mean {number(band.mean, info.low, info.high)}",
        f"5–95 % of the worlds: {span(band.p05, band.p95, info.low, info.high)}",
        f"best guess {number(band.best_guess, info.low, info.high)}",
    ]
    if band.robust_regret is not None:
        lines.append(f"robust regret {number(band.robust_regret, info.low, info.high)}")
    return "\n".join(lines)


def _rows(findings: Findings, outcome: str) -> list[dict[str, Any]]:
    info = findings.outcomes[outcome]
    colours = strategy_colours(findings)
    best = best_means(findings, outcome)
    rows = []
    for place, (key, name) in enumerate(findings.strategies.items()):
        band = findings.outcomes_by.get(key, {}).get(outcome)
        if band is None:
            continue
        row: dict[str, Any] = {
            "row": place,
            "s": f"s{place}",
            "name": shorten_middle(name, 40),
            "mean": finite(band.mean),
            "best": finite(band.best_guess),
            "lo": finite(band.p05),
            "hi": finite(band.p95),
            "text": number(band.mean, info.low, info.high),
            "bold": key in best,
            "colour": colours[key],
            "tip": _tip(findings, key, outcome, band),
        }
        if findings.baselines is not None:
            for kind, table in (("random", findings.baselines.random), ("myopic", findings.baselines.myopic)):
                mark = table.get(key, {}).get(outcome)
                row[kind] = None if mark is None else finite(mark.mean)
        rows.append(row)
    return rows


def outcome_bands(findings: Findings, outcome: str, width: int = 264) -> Spec:
    """
    One outcome under every strategy.

    Parameters
    ----------
    findings
        What a run found.
    outcome
        The outcome's id.
    width
        Width of the plot in pixels; a view may change it.

    Returns
    -------
    dict
        A Vega-Lite specification. Its parameter ``picked`` (``""`` or ``s0``, ``s1``, ...) dims all strategies but
        one.
    """
    info = findings.outcomes[outcome]
    rows = _rows(findings, outcome)
    low, high = domain(info, _bands_of(findings, outcome))
    spec = base(
        width,
        ROW * len(findings.strategies),
        {"left": 6, "right": 6, "top": 2, "bottom": 20},
        f"{info.name} by strategy: mean, best guess and 5 to 95 % band over the worlds",
    )
    rows_scale = {"domain": list(range(len(findings.strategies))), "paddingInner": 0, "paddingOuter": 0}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": rows_scale}
    faint = {"condition": {"test": "picked === '' || picked === datum.s", "value": 1}, "value": 0.2}
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}

    def x(field: str) -> Spec:
        axis = {"grid": True, "tickCount": 4, "title": None, "orient": "bottom", "zindex": 0}
        scale = {"domain": [low, high], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    def layer(mark: Spec, encoding: Spec, keep: str | None = None) -> Spec:
        shared = {"y": y, "opacity": faint, "tooltip": {"field": "tip", "type": "nominal"}}
        out: Spec = {"mark": mark, "encoding": {**shared, **encoding}}
        if keep is not None:
            out["transform"] = [{"filter": f"isValid(datum.{keep})"}]
        return out

    label = {"type": "text", "baseline": "bottom", "dy": 1, "fontWeight": {"expr": "datum.bold ? 700 : 400"}}
    layers = [
        layer(
            {"type": "rule", "strokeWidth": 5, "strokeCap": "round", "strokeOpacity": 0.38, "yOffset": 9},
            {"x": x("lo"), "x2": {"field": "hi"}, "color": colour},
            "lo",
        ),
        layer(
            {"type": "tick", "thickness": 2, "height": 13, "size": 13, "color": var("ink"), "yOffset": 9},
            {"x": x("best")},
            "best",
        ),
        layer(
            {
                "type": "point",
                "filled": True,
                "size": 62,
                "opacity": 1,
                "yOffset": 9,
                "stroke": var("paper"),
                "strokeWidth": 1,
            },
            {"x": x("mean"), "fill": colour},
            "mean",
        ),
        layer({**label, "align": "left"}, {"x": {"value": 0}, "text": {"field": "name", "type": "nominal"}}),
        layer({**label, "align": "right"}, {"x": {"value": "width"}, "text": {"field": "text", "type": "nominal"}}),
    ]
    if findings.baselines is not None:
        for kind, shape in (("random", "diamond"), ("myopic", "triangle-up")):
            layers.insert(
                1,
                layer(
                    {
                        "type": "point",
                        "shape": shape,
                        "size": 26,
                        "filled": False,
                        "strokeWidth": 1.1,
                        "yOffset": 9,
                        "color": var("muted"),
                    },
                    {"x": x(kind)},
                    kind,
                ),
            )
    spec["params"] = [{"name": "picked", "value": ""}]
    spec["data"] = {"values": rows}
    spec["layer"] = layers
    return safe(spec)


def regret_map(findings: Findings, width: int = 640) -> Spec:
    """
    Robust regret as a share of each outcome's range, strategies by outcomes, where a direction is better.

    Parameters
    ----------
    findings
        What a run found.
    width
        Width of the plot in pixels.

    Returns
    -------
    dict
        A Vega-Lite specification; an empty data set where no outcome says what is better.
    """
    outcomes = [key for key, info in findings.outcomes.items() if info.better is not None]
    values = []
    for strategy, name in findings.strategies.items():
        for outcome in outcomes:
            info = findings.outcomes[outcome]
            band = findings.outcomes_by.get(strategy, {}).get(outcome)
            regret = None if band is None else finite(band.robust_regret)
            if regret is None or not info.high > info.low:
                continue
            values.append(
                {
                    "s": shorten(name, 34),
                    "o": shorten(info.name, 22),
                    "share": regret / (info.high - info.low),
                    "text": number(regret, info.low, info.high),
                }
            )
    spec = base(
        width,
        30 * len(findings.strategies),
        {"left": 200, "right": 6, "top": 48, "bottom": 4},
        "Robust regret by strategy and outcome",
    )
    place = {
        "x": {
            "field": "o",
            "type": "nominal",
            "sort": None,
            "axis": {"orient": "top", "labelAngle": -20, "title": None},
        },
        "y": {"field": "s", "type": "nominal", "sort": None, "axis": {"title": None}},
    }
    spec["data"] = {"values": values}
    spec["layer"] = [
        {
            "mark": {"type": "rect", "color": var("reversed"), "stroke": var("paper"), "strokeWidth": 2},
            "encoding": {
                **place,
                "opacity": {
                    "field": "share",
                    "type": "quantitative",
                    "legend": None,
                    "scale": {"domain": [0, 0.5], "range": [0.04, 0.9], "clamp": True},
                },
            },
        },
        {"mark": {"type": "text"}, "encoding": {**place, "text": {"field": "text", "type": "nominal"}}},
    ]
    return safe(spec)
