"""The map of the states most visited: placed on a ring, the start at the top, moves as coloured arrows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from offramp.charts.numbers import number, percent
from offramp.charts.theme import Spec, base, player_colours, safe, var
from offramp.findings.outcomes.course_values import MapEdge, MapState, StateMap
from offramp.findings.results import Findings

__all__ = ["MapLayout", "Node", "layout", "state_map"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_EDGES = 24
SIZE = 320
"""Width and height of the plot in pixels."""
REACH = 1.32
"""Half the side of the plot, in units of the ring's radius."""
PIXELS = SIZE / (2 * REACH)


@dataclass(frozen=True, slots=True)
class Node:
    """A state on the map."""

    state: MapState
    letter: str
    x: float
    y: float
    radius: float
    """In pixels."""
    differs: tuple[tuple[str, str], ...]
    """The options (``player.option``, level) that are not as at the start; all at the start and where it is unknown."""


@dataclass(frozen=True, slots=True)
class MapLayout:
    """Where the states are placed, and which moves are drawn."""

    nodes: tuple[Node, ...]
    edges: tuple[MapEdge, ...]
    left_out: float
    """Share of the moves between the states shown that is not drawn."""


def layout(chart: StateMap) -> MapLayout:
    """
    Place the states of a map.

    Parameters
    ----------
    chart
        The states and the moves between them.

    Returns
    -------
    MapLayout
        States in order around the ring, lettered from the start on by their share of the time. The order is found by
        swapping pairs as long as that shortens the moves, so it is the same on every machine.
    """
    states = sorted(chart.states, key=lambda s: (not s.start, -s.share, s.id))[: len(LETTERS)]
    if not states:
        return MapLayout((), (), 0.0)
    known = {s.id for s in states}
    edges = [e for e in chart.edges if e.source in known and e.target in known and e.source != e.target and e.moves > 0]
    ranked = sorted(edges, key=lambda e: (-e.moves, e.source, e.target, e.player))
    least = 0.03 * ranked[0].moves if ranked else 0.0
    drawn = tuple(e for e in ranked[:MOST_EDGES] if e.moves >= least)
    total = sum(e.moves for e in edges)
    order = _ring([s.id for s in states], drawn)
    place = {key: k for k, key in enumerate(order)}
    start = next((s for s in states if s.start), None)
    nodes = []
    for k, state in enumerate(states):
        angle = 2 * math.pi * place[state.id] / len(states)
        differs = tuple(
            (key, level)
            for key, level in state.label.items()
            if start is None or state.start or start.label.get(key) != level
        )
        radius = 0.0 if len(states) == 1 else 1.0
        nodes.append(
            Node(
                state,
                LETTERS[k],
                radius * math.sin(angle),
                radius * math.cos(angle),
                11 + 20 * math.sqrt(max(0.0, state.share)),
                differs,
            )
        )
    shown = sum(e.moves for e in drawn)
    return MapLayout(tuple(nodes), drawn, 0.0 if total <= 0 else max(0.0, 1 - shown / total))


def _ring(ids: list[str], edges: tuple[MapEdge, ...]) -> list[str]:
    weight: dict[frozenset[str], float] = {}
    for e in edges:
        pair = frozenset((e.source, e.target))
        weight[pair] = weight.get(pair, 0.0) + math.sqrt(e.moves)
    pairs = sorted((tuple(sorted(pair)), w) for pair, w in weight.items())

    def length(order: list[str]) -> float:
        place = {key: k for k, key in enumerate(order)}
        return sum(w * math.sin(math.pi * abs(place[p[0]] - place[p[1]]) / len(order)) for p, w in pairs)

    order, best = list(ids), length(ids)
    for _ in range(20):
        better = False
        for i in range(1, len(order)):
            for j in range(i + 1, len(order)):
                order[i], order[j] = order[j], order[i]
                now = length(order)
                if now < best - 1e-9:
                    best, better = now, True
                else:
                    order[i], order[j] = order[j], order[i]
        if not better:
            break
    return order


def _curve(a: Node, b: Node, bend: float = 0.16) -> tuple[list[tuple[float, float]], float]:
    """Points of an arc from rim to rim, bent to its left, and where its end points (degrees from up, clockwise)."""
    dx, dy = b.x - a.x, b.y - a.y
    cx, cy = (a.x + b.x) / 2 - bend * dy, (a.y + b.y) / 2 + bend * dx
    steps = 60
    points = [
        (
            (1 - u) ** 2 * a.x + 2 * u * (1 - u) * cx + u * u * b.x,
            (1 - u) ** 2 * a.y + 2 * u * (1 - u) * cy + u * u * b.y,
        )
        for u in (k / steps for k in range(steps + 1))
    ]
    kept = [
        p
        for p in points
        if math.dist(p, (a.x, a.y)) * PIXELS > a.radius + 1 and math.dist(p, (b.x, b.y)) * PIXELS > b.radius + 6
    ]
    if len(kept) < 2:
        return [], 0.0
    (x0, y0), (x1, y1) = kept[-2], kept[-1]
    thin = [*kept[:-1:5], kept[-1]]
    return thin, math.degrees(math.atan2(x1 - x0, y1 - y0))


def state_map(findings: Findings, strategy: str) -> Spec | None:
    """
    The map of one strategy.

    Parameters
    ----------
    findings
        What a run found.
    strategy
        The strategy's id.

    Returns
    -------
    dict or None
        A Vega-Lite specification; None where the strategy has no map.
    """
    chart = findings.maps.get(strategy)
    if chart is None or not chart.states:
        return None
    placed = layout(chart)
    colours = player_colours(findings)
    node = {n.state.id: n for n in placed.nodes}
    most = max((e.moves for e in placed.edges), default=1.0)
    lines: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    for k, edge in enumerate(placed.edges):
        points, angle = _curve(node[edge.source], node[edge.target])
        if not points:
            continue
        width = round(0.8 + 4.2 * math.sqrt(edge.moves / most), 3)
        who = findings.names.get(edge.player, edge.player)
        tip = (
            f"{who}: {node[edge.source].letter} → {node[edge.target].letter}\n"
            f"{number(edge.moves, 0, most)} moves on average"
        )
        for step, (x, y) in enumerate(points):
            row = {"e": k, "k": step, "x": round(x, 4), "y": round(y, 4), "c": colours[edge.player], "w": width}
            lines.append({**row, "tip": tip} if step == 0 else row)
        heads.append(
            {
                "x": round(points[-1][0], 4),
                "y": round(points[-1][1], 4),
                "c": colours[edge.player],
                "a": round(angle, 2),
                "z": round(26 + 24 * width, 2),
                "tip": tip,
            }
        )
    circles = [
        {
            "x": round(n.x, 4),
            "y": round(n.y, 4),
            "z": round(math.pi * n.radius**2, 2),
            "l": n.letter,
            "b": 3 if n.state.start else 1.2,
            "tip": f"{n.letter}: {percent(n.state.share)} of the time",
        }
        for n in placed.nodes
    ]
    edge_room = {"left": 2, "right": 2, "top": 2, "bottom": 2}
    spec = base(SIZE, SIZE, edge_room, "The states most visited and the moves between them")
    scale = {"domain": [-REACH, REACH], "nice": False, "zero": False}
    at = {
        "x": {"field": "x", "type": "quantitative", "axis": None, "scale": scale},
        "y": {"field": "y", "type": "quantitative", "axis": None, "scale": scale},
        "tooltip": {"field": "tip", "type": "nominal"},
    }

    def raw(field: str, kind: str = "quantitative") -> Spec:
        return {"field": field, "type": kind, "scale": None, "legend": None}

    spec["layer"] = [
        {
            "data": {"values": lines},
            "mark": {"type": "line", "strokeCap": "butt", "opacity": 0.62},
            "encoding": {
                **at,
                "order": {"field": "k", "type": "quantitative"},
                "detail": {"field": "e", "type": "nominal"},
                "stroke": raw("c", "nominal"),
                "strokeWidth": raw("w"),
            },
        },
        {
            "data": {"values": heads},
            "mark": {"type": "point", "shape": "triangle", "filled": True, "opacity": 0.95},
            "encoding": {**at, "angle": raw("a"), "size": raw("z"), "fill": raw("c", "nominal")},
        },
        {
            "data": {"values": circles},
            "mark": {
                "type": "point",
                "filled": True,
                "fill": var("node"),
                "opacity": 1,
                "stroke": var("ink"),
                "shape": "circle",
            },
            "encoding": {**at, "size": raw("z"), "strokeWidth": raw("b")},
        },
        {
            "data": {"values": circles},
            "mark": {"type": "text", "fontSize": 12, "fontWeight": 600},
            "encoding": {**at, "text": {"field": "l", "type": "nominal"}},
        },
    ]
    return safe(spec)
