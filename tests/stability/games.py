"""Games of the tests as conflicts of the lens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from stability_brute_force import Game

from offramp.stability import Conflict, conflict


def conflict_of(game: Game) -> Conflict:
    levels = np.array(game.states, dtype=np.int64).T.copy()
    for k, direction in enumerate(game.directions):
        if direction == "down":
            levels[k] = game.sizes[k] - 1 - levels[k]
    payoffs = np.array([[worth[s] for s in game.states] for worth in game.payoffs])
    blocking = [
        np.array([[faction[s] for s in game.states] for faction in factions]).reshape(len(factions), len(game.states))
        for factions in game.blocking
    ]
    return conflict(levels, game.sizes, game.owners, [d != "both" for d in game.directions], payoffs, blocking)


def game_of(options: Sequence[dict], states: Sequence[str], payoffs: Sequence[Sequence[object]]) -> Game:
    """Read a game as the oracles give it: states as strings of Y and N."""
    directions = {"both": "both", "only no->yes": "up", "only yes->no": "down"}
    vectors = [tuple(int(letter == "Y") for letter in state) for state in states]
    return Game(
        len(payoffs),
        [o["player"] for o in options],
        [2] * len(options),
        [directions[o["direction"]] for o in options],
        vectors,
        [dict(zip(vectors, map(float, row), strict=True)) for row in payoffs],
        [[] for _ in payoffs],
    )
