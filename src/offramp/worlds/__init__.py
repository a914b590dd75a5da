"""Unknowns to seeded draws: one row per world, the best guess first.

* points.py   scrambled Sobol' coordinates in the unit cube
* laws.py     a coordinate through a range or a choice
* orders.py   worths that respect an order of importance
* plan.py     which unknown comes from which coordinates, and what is derived from what
* table.py    `Worlds`: every unknown of every world
* draws.py    drawing, redrawing, replacing, and a stretch of worlds
* one_at_a_time.py the best guess with one unknown moved
"""

from __future__ import annotations

from offramp.worlds.draws import draw, redraw, replace, stretch
from offramp.worlds.one_at_a_time import Single, one_at_a_time, singles_of
from offramp.worlds.table import Worlds, axes_of

__all__ = ["Single", "Worlds", "axes_of", "draw", "one_at_a_time", "redraw", "replace", "singles_of", "stretch"]
