"""How each strategy plays out over time: a line for the best guess, and the band over the sampled worlds.

Six bands on top of each other are mud. With more than three strategies a band is drawn for the one that is picked,
and the margin shows every strategy's band at the horizon.
"""

from __future__ import annotations

import math
from typing import Any

from offramp.charts.numbers import finite, number
from offramp.charts.theme import Spec, base, safe, shorten_middle, strategy_colours, var
from offramp.findings.results import Findings

__all__ = ["moving_series", "path_lines", "path_names", "series_range"]

SHOWN = 6
"""Strategies that get a colour and a line; more would be a tangle."""


def path_names(findings: Findings) -> list[str]:
    """Every series that some strategy has a path for: outcomes first, in the order of the case, then the others."""
    keys: dict[str, None] = {}
    present = {key for paths in findings.paths.values() for key in paths.series}
    for key in (*findings.outcomes, *findings.names):
        if key in present:
            keys[key] = None
    for paths in findings.paths.values():
        keys.update(dict.fromkeys(paths.series))
    return list(keys)


def series_range(findings: Findings, key: str) -> tuple[float, float]:
    """Return the range of a series: of what an outcome measures at one time, not of its total over a window."""
    info = findings.outcomes.get(key)
    if info is None or info.measure in ("ever", "first"):
        return 0.0, 1.0
    length = (findings.horizon if info.end is None else info.end) - info.start
    scale = length if info.measure == "total" else 1.0
    return info.low / scale, info.high / scale


def moving_series(findings: Findings, least: float = 0.02) -> list[str]:
    """
    The series that are not outcomes and that move, or differ between strategies.

    Parameters
    ----------
    findings
        What a run found.
    least
        A series whose best-guess lines all stay within this distance of each other is left out.

    Returns
    -------
    list of str
        Keys, the most moving first.
    """
    spread = {}
    for key in path_names(findings):
        if key in findings.outcomes:
            continue
        values = [
            y for p in findings.paths.values() if key in p.series for y in p.series[key].best_guess if math.isfinite(y)
        ]
        if values and max(values) - min(values) > least:
            spread[key] = max(values) - min(values)
    return sorted(spread, key=lambda key: (-round(spread[key], 9), key))


def _ends(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the last row of each strategy, numbered from the left."""
    last = {row["s"]: row for row in lines if row["y"] is not None}
    return [{**row, "i": n} for n, row in enumerate(last.values())]


def _data(findings: Findings, key: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    low, high = series_range(findings, key)
    lines: list[dict[str, Any]] = []
    tips: dict[float, list[str]] = {}
    for place, (strategy, name) in enumerate(findings.strategies.items()):
        paths = findings.paths.get(strategy)
        if place >= SHOWN or paths is None or key not in paths.series:
            continue
        series = paths.series[key]
        for t, best, p05, p95 in zip(paths.times, series.best_guess, series.p05, series.p95, strict=True):
            row = {"t": t, "y": finite(best), "lo": finite(p05), "hi": finite(p95)}
            short = {k: None if v is None else round(v, 5) for k, v in row.items()}
            lines.append({"s": f"s{place}", **short})
            tips.setdefault(t, []).append(f"{number(best, low, high)}  {shorten_middle(name, 40)}")
    times = sorted(tips)
    step = max(1, len(times) // 16)
    hover = [
        {"t": round(t, 5), "tip": "\n".join([f"{findings.unit} {number(t, 0, findings.horizon)}", *tips[t]])}
        for t in times[::step]
    ]
    return lines, hover


def path_lines(findings: Findings, key: str, width: int = 264, height: int = 128) -> Spec:
    """
    One series under every strategy over time.

    Parameters
    ----------
    findings
        What a run found.
    key
        An outcome's id, ``player.option``, or a condition's id.
    width, height
        Size of the plot in pixels; a view may change the width.

    Returns
    -------
    dict
        A Vega-Lite specification. Its parameter ``picked`` (``""`` or ``s0``, ``s1``, ...) brings out one strategy.
    """
    lines, hover = _data(findings, key)
    low, high = series_range(findings, key)
    values = [row[k] for row in lines for k in ("y", "lo", "hi") if row[k] is not None]
    inside = not values or (low <= min(values) and max(values) <= high)
    stated = math.isfinite(low) and math.isfinite(high) and low < high and inside
    if values and not (stated and max(values) - min(values) >= 0.2 * (high - low)):
        room = 0.1 * (max(values) - min(values)) or (0.02 * (high - low) if stated else 0.5)
        domain = [min(values) - room, max(values) + room]
        if stated:
            domain = [max(low, domain[0]), min(high, domain[1])]
    else:
        domain = [low, high] if stated else [0.0, 1.0]
    room = {"left": 34, "right": 10 + 6 * min(SHOWN, len(findings.strategies)), "top": 6, "bottom": 20}
    spec = base(
        width - 30, height, room, "Best-guess path over time by strategy, with the 5 to 95 % band over the worlds"
    )
    x = {
        "field": "t",
        "type": "quantitative",
        "scale": {"domain": [0, findings.horizon], "nice": False},
        "axis": {"grid": False, "title": None, "tickCount": 4, "domain": True, "ticks": True},
    }
    scale = {"domain": domain, "nice": False, "zero": False}
    y_axis = {"grid": True, "title": None, "tickCount": 4}
    ends = _ends(lines)
    colours = list(strategy_colours(findings).values())[:SHOWN]
    scale_of_colours = {"domain": [f"s{n}" for n in range(len(colours))], "range": colours}
    colour = {"field": "s", "type": "nominal", "scale": scale_of_colours, "legend": None}

    def shown(picked: float, others: float, all_: float) -> Spec:
        return {
            "condition": [{"test": "picked === ''", "value": all_}, {"test": "picked === datum.s", "value": picked}],
            "value": others,
        }

    def y(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "scale": scale, "axis": y_axis}

    usual = {1: 0.26, 2: 0.16, 3: 0.1}.get(len(ends), 0)
    margin = {"xOffset": {"expr": "8 + 6 * datum.i"}}
    spec["params"] = [{"name": "picked", "value": ""}]
    spec["layer"] = [
        {
            "data": {"values": lines},
            "mark": {"type": "area", "strokeWidth": 0},
            "encoding": {
                "x": x,
                "y": y("lo"),
                "y2": {"field": "hi"},
                "fill": colour,
                "fillOpacity": shown(0.26, 0, usual),
            },
        },
        {
            "data": {"values": lines},
            "mark": {"type": "line", "strokeWidth": 1.8, "strokeJoin": "round"},
            "encoding": {"x": x, "y": y("y"), "stroke": colour, "opacity": shown(1, 0.22, 1)},
        },
        {
            "data": {"values": ends},
            "mark": {"type": "rule", "strokeWidth": 3, "strokeCap": "round", **margin},
            "encoding": {
                "x": {"value": "width"},
                "y": y("lo"),
                "y2": {"field": "hi"},
                "stroke": colour,
                "strokeOpacity": shown(0.45, 0.12, 0.45),
            },
        },
        {
            "data": {"values": ends},
            "mark": {"type": "point", "filled": True, "size": 16, "opacity": 1, **margin},
            "encoding": {"x": {"value": "width"}, "y": y("y"), "fill": colour, "fillOpacity": shown(1, 0.22, 1)},
        },
        {
            "data": {"values": hover},
            "mark": {
                "type": "rule",
                "strokeWidth": max(2, round(width / max(1, len(hover)))),
                "opacity": 0,
                "color": var("ink"),
            },
            "encoding": {"x": x, "tooltip": {"field": "tip", "type": "nominal"}},
        },
    ]
    return safe(spec)
