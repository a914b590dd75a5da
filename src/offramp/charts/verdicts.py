"""One claim as a bar: the shares of the worlds in which it holds, makes no difference, and is reversed."""

from __future__ import annotations

from offramp.charts.numbers import finite, percent
from offramp.charts.theme import Spec, base, safe, var
from offramp.findings.claims.values import Verdict

__all__ = ["verdict_bar"]


def verdict_bar(verdict: Verdict, width: int = 268) -> Spec | None:
    """
    The bar of one verdict, with the interval of the share of worlds in which the claim holds.

    Parameters
    ----------
    verdict
        The verdict.
    width
        Width of the bar in pixels.

    Returns
    -------
    dict or None
        A Vega-Lite specification; None for a claim that cannot be tested.
    """
    share = finite(verdict.share)
    if share is None:
        return None
    against = min(1 - share, max(0.0, finite(verdict.reversed) or 0.0))
    nothing = max(0.0, 1 - share - against)
    parts: list[Spec] = []
    start = 0.0
    for name, part in (("holds", share), ("nodiff", nothing), ("reversed", against)):
        if part > 1e-9:
            parts.append({"from": round(start, 6), "to": round(start + part, 6), "colour": var(name)})
        start += part
    words = f"Holds in {percent(share)} of the stated worlds, no difference in {percent(nothing)}, reversed in "
    spec = base(width, 16, {"left": 1, "right": 1, "top": 4, "bottom": 4}, words + percent(against))
    scale = {"domain": [0, 1], "nice": False}

    def x(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    low, high = finite(verdict.low), finite(verdict.high)
    mark: Spec = {"share": share, "low": share if low is None else low, "high": share if high is None else high}
    spec["layer"] = [
        {
            "data": {"values": parts},
            "mark": {"type": "rect", "height": 12, "y": 8, "strokeWidth": 0},
            "encoding": {
                "x": x("from"),
                "x2": {"field": "to"},
                "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
            },
        },
        {
            "data": {"values": [mark]},
            "mark": {"type": "rule", "y": 8, "strokeWidth": 2.5, "color": var("ink")},
            "encoding": {"x": x("low"), "x2": {"field": "high"}},
        },
        {
            "data": {"values": [mark]},
            "mark": {
                "type": "tick",
                "y": 8,
                "thickness": 2.5,
                "size": 20,
                "color": var("ink"),
                "orient": "vertical",
                "opacity": 1,
            },
            "encoding": {"x": x("share")},
        },
    ]
    return safe(spec)
