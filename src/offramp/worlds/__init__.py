"""Unknowns to seeded draws: one row per world, the best guess first.

* points.py   scrambled Sobol' coordinates in the unit cube
* laws.py     a coordinate through a range or a choice
* orders.py   worths that respect an order of importance
* plan.py     which unknown comes from which coordinates, and what is derived from what
* table.py    `Worlds`: every unknown of every world
* draws.py    drawing, redrawing, replacing, and a stretch of worlds
"""

from __future__ import annotations

from offramp.worlds.draws import draw, redraw, replace, stretch
from offramp.worlds.table import Worlds, axes_of

__all__ = ["Worlds", "axes_of", "draw", "redraw", "replace", "stretch"]
