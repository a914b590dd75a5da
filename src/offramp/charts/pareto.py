"""What more buys: packages of levers by price and by the share of the worlds in which they reach a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from offramp.charts.numbers import finite, percent
from offramp.charts.theme import Spec, base, safe, var
from offramp.findings.reach.values import Package, Reach

__all__ = ["against", "charted", "pareto"]

_SHARES = [-0.02, 1.12]
"""The axis of shares, with room for whole marks at its ends and for their labels."""


def charted(reach: Reach) -> list[Package]:
    """Return every package that is told of, each once: the present first, then by price and share."""
    told = {reach.now.number: reach.now}
    for each in sorted((*reach.front, *reach.minimal, reach.best), key=lambda p: (p.price, p.share, p.number)):
        told.setdefault(each.number, each)
    return list(told.values())


def pareto(reach: Reach, labels: Mapping[int, str], tips: Mapping[int, str], width: int = 640) -> Spec:
    """
    Price against the share of the worlds in which the target is reached.

    Parameters
    ----------
    reach
        What was found.
    labels, tips
        By the number of a package: what stands beside its dot, and what is shown when it is pointed at.
    width
        Width of the plot in pixels; a view may change it.

    Returns
    -------
    dict
        A Vega-Lite specification: a step line along the packages that no other reaches more with for no more, a dot for
        each package, coloured where it reaches the target, ringed where it is a smallest one that does. An upright bar
        is the interval of a share, a thin level one the range of a price. The dashed line is the share that is wanted.
    """
    rows = _rows(reach, charted(reach), labels, tips)
    ends = [row[key] for row in rows for key in ("from", "to")]
    low, high = min(0.0, *ends), max(ends)
    spec = base(width, 260, {"left": 44, "right": 50, "top": 8, "bottom": 38}, "Price and share of the worlds")
    most = low + 1.04 * ((high - low) or 1.0)
    scale = {"domain": [low, most], "nice": False, "zero": False}
    look = {"title": "price", "grid": False, "tickCount": 6}
    x = {"field": "price", "type": "quantitative", "scale": scale, "axis": look}
    y = _share_axis()
    steps = sorted((row["price"], row["share"]) for row in rows if row["front"])
    line = [{"price": price, "share": share} for price, share in steps]
    if line:
        line.append({**line[-1], "price": most})
    priced = {"values": [row for row in rows if row["from"] < row["to"]]}
    tick = {"type": "tick", "size": 7, "height": 7, "thickness": 1, "opacity": 0.5}
    spec["layer"] = [
        *_wanted(reach, y),
        {"data": {"values": line}, "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.5,
                                            "color": var("line")}, "encoding": {"x": x, "y": y}},
        {"data": priced, "mark": {"type": "rule", "strokeWidth": 1, "opacity": 0.4},
         "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y, "color": _colour()}},
        *({"data": priced, "mark": tick, "encoding": {"x": {**x, "field": end}, "y": y, "color": _colour()}}
          for end in ("from", "to")),
        *_dots(rows, x, y),
    ]  # fmt: skip
    return safe(spec)


def against(
    reach: Reach,
    outcome: str,
    labels: Mapping[int, str],
    tips: Mapping[int, str],
    width: int = 260,
) -> Spec:
    """
    The share against the mean of an outcome that is minded too.

    Parameters
    ----------
    reach
        What was found.
    outcome
        One of its `fronts`.
    labels, tips
        As of `pareto`.
    width
        Width of the plot in pixels; a view may change it.

    Returns
    -------
    dict
        A Vega-Lite specification: a step line along the packages that no other betters in both, and a dot for each of
        them, for the present and for the best.
    """
    front = reach.fronts[outcome]
    told = {each.number: each for each in (reach.now, *front, reach.best)}
    rows = _rows(reach, [each for each in told.values() if outcome in each.minds], labels, tips, outcome)
    known = [row["at"] for row in rows] or [0.0]
    room = 0.08 * (max(known) - min(known)) or 0.5
    spec = base(width, 190, {"left": 44, "right": 16, "top": 8, "bottom": 36}, "Share of the worlds and an outcome")
    scale = {"domain": [min(known) - room, max(known) + room], "nice": False, "zero": False}
    look = {"title": "mean over the worlds", "grid": False, "tickCount": 4}
    x = {"field": "at", "type": "quantitative", "scale": scale, "axis": look}
    y = _share_axis()
    numbers = {each.number for each in front}
    line = sorted((row["at"], row["share"]) for row in rows if row["n"] in numbers)
    rising = bool(line) and line[-1][1] >= line[0][1]  # then a low outcome is the better one
    spec["layer"] = [
        *_wanted(reach, y, named=False),
        {"data": {"values": [{"at": at, "share": share} for at, share in line]},
         "mark": {"type": "line", "interpolate": "step-after" if rising else "step-before", "strokeWidth": 1.5,
                  "color": var("line")}, "encoding": {"x": x, "y": y}},
        *_dots(rows, x, y),
    ]  # fmt: skip
    return safe(spec)


def _rows(
    reach: Reach,
    packages: Sequence[Package],
    labels: Mapping[int, str],
    tips: Mapping[int, str],
    outcome: str | None = None,
) -> list[dict[str, Any]]:
    front, least = {p.number for p in reach.front}, {p.number for p in reach.minimal}
    rows = []
    for each in packages:
        at = None if outcome is None else finite(each.minds[outcome].value)
        if finite(each.share) is None or (outcome is not None and at is None):
            continue
        rows.append({
            "n": each.number, "price": each.price, "from": each.price_low, "to": each.price_high, "at": at,
            "share": each.share, "lo": min(each.low, each.share), "hi": max(each.high, each.share),
            "front": each.number in front, "least": each.number in least, "tip": tips.get(each.number, ""),
            "label": labels.get(each.number, ""), "best": "best" if each.number == reach.best.number else "",
            "colour": var("holds" if each.share >= reach.goal.share else "s0"),
        })  # fmt: skip
    return rows


def _colour() -> Spec:
    return {"field": "colour", "type": "nominal", "scale": None, "legend": None}


def _share_axis() -> Spec:
    axis = {"title": "share of the stated worlds", "grid": True, "values": [0, 0.25, 0.5, 0.75, 1], "format": ".0%"}
    return {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": _SHARES, "nice": False, "zero": False},
        "axis": axis,
    }


def _wanted(reach: Reach, y: Spec, *, named: bool = True) -> list[Spec]:
    """A dashed line at the share that is wanted; its label stands beside the plot, where no dot can be."""
    data = {"values": [{"share": reach.goal.share, "word": f"wanted:\n{percent(reach.goal.share)}"}]}
    rule = {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 1.25, "color": var("ink")}
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "lineBreak": "\n", "fontSize": 10}
    ends = {"x": {"value": 0}, "x2": {"value": "width"}}
    layers: list[Spec] = [{"data": data, "mark": rule, "encoding": {"y": y, **ends}}]
    if named:
        label = {"y": y, "x": {"value": "width"}, "text": {"field": "word", "type": "nominal"}}
        layers.append({"data": data, "mark": text, "encoding": label})
    return layers


def _dots(rows: Sequence[dict[str, Any]], x: Spec, y: Spec) -> list[Spec]:
    data, tip = {"values": list(rows)}, {"tooltip": {"field": "tip", "type": "nominal"}}
    point = {"type": "point", "opacity": 1}
    ring = {**point, "size": 190, "strokeWidth": 1.5, "stroke": var("ink"), "filled": False, "fillOpacity": 0}
    return [
        {"data": {"values": [row for row in rows if row["lo"] < row["hi"]]}, "mark": {"type": "rule", "strokeWidth": 2},
         "encoding": {"x": x, "y": {**y, "field": "lo"}, "y2": {"field": "hi"}, "color": _colour()}},
        {"data": data, "mark": {**point, "filled": True, "size": 80, "stroke": var("paper"), "strokeWidth": 1},
         "encoding": {"x": x, "y": y, "fill": _colour(), **tip}},
        {"data": {"values": [row for row in rows if row["least"]]}, "mark": ring, "encoding": {"x": x, "y": y, **tip}},
        *_texts(rows, x, y),
    ]  # fmt: skip


def _texts(rows: Sequence[dict[str, Any]], x: Spec, y: Spec) -> list[Spec]:
    """Labels beside the dots, on the side where there is room, and a word over that of the best."""
    low, high = x["scale"]["domain"]
    text = {"type": "text", "fontSize": 10.5, "baseline": "bottom"}
    layers: list[Spec] = []
    for side, dx in (("left", 6), ("right", -6)):
        told = [row for row in rows if (row[x["field"]] < low + 0.75 * (high - low)) == (side == "left")]
        best = [row for row in told if row["best"]]
        for data, field, place in ((told, "label", {"dy": -5}), (best, "best", {"dy": -17, "fontWeight": 600})):
            mark = {**text, "align": side, "dx": dx, **place}
            named = {"x": x, "y": y, "text": {"field": field, "type": "nominal"}}
            halo = {**mark, "stroke": var("paper"), "strokeWidth": 4}
            layers += [{"data": {"values": data}, "mark": look, "encoding": named} for look in (halo, mark)]
    return layers
