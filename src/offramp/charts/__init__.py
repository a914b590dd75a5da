"""Findings -> Vega-Lite specifications: pure functions, nothing is drawn here.

Every specification is small and complete (its data inside, no address, no expression taken from a case), so the
report, the web page and a notebook draw the same figures. Colours are CSS custom properties (``var(--ink)``), which
an SVG inside a page takes from that page, light or dark; `coloured` puts plain colours in their place for use
elsewhere.
"""

from offramp.charts.bands import outcome_bands, regret_map
from offramp.charts.maps import MapLayout, Node, layout, state_map
from offramp.charts.numbers import number, percent
from offramp.charts.paths import moving_series, path_lines, path_names
from offramp.charts.theme import (
    COLOURS,
    Spec,
    coloured,
    player_colours,
    strategy_colours,
)
from offramp.charts.verdicts import verdict_bar

__all__ = [
    "COLOURS",
    "MapLayout",
    "Node",
    "Spec",
    "coloured",
    "layout",
    "moving_series",
    "number",
    "outcome_bands",
    "path_lines",
    "path_names",
    "percent",
    "player_colours",
    "regret_map",
    "state_map",
    "strategy_colours",
    "verdict_bar",
]
