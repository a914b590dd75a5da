"""The play lens: an asynchronous-move game in continuous time with quantal response, swept backward.

``solve`` gives the values of players and outcomes at time 0; ``follow`` and ``storyline`` go forward from the start by
the choices that it found; ``random_movers`` and ``myopic`` turn a problem into its baselines.
"""

from __future__ import annotations

from offramp.play.amplification import amplification
from offramp.play.baselines import myopic, random_movers
from offramp.play.paths import Paths, follow
from offramp.play.solving import Solution, Track, solve, solve_ticks
from offramp.play.stories import Event, Storyline, storyline

__all__ = [
    "Event",
    "Paths",
    "Solution",
    "Storyline",
    "Track",
    "amplification",
    "follow",
    "myopic",
    "random_movers",
    "solve",
    "solve_ticks",
    "storyline",
]
