"""The play lens: an asynchronous-move game in continuous time with quantal response, swept backward.

``solve`` gives the values of players and outcomes at time 0.
"""

from __future__ import annotations

from offramp.play.solving import Solution, Track, solve, solve_ticks

__all__ = ["Solution", "Track", "solve", "solve_ticks"]
