"""Small random games that are connected enough for every concept to say something of its own."""

from __future__ import annotations

import itertools
import random

from stability_brute_force import Game

SHAPES = [([2, 3], 2), ([2, 2], 2), ([2, 2, 2], 3), ([3, 2], 2), ([2, 2, 2], 3), ([2, 2, 2], 2), ([2, 4], 2)]


def small_game(seed: int, most: int = 6) -> Game:
    """Draw a game of two or three players with up to so many states; some with ties, irreversible options, consent."""
    rng = random.Random(seed)
    sizes, players = rng.choice(SHAPES)
    owners = [*range(players), *(rng.randrange(players) for _ in sizes[players:])]
    rng.shuffle(owners)
    states = list(itertools.product(*(range(size) for size in sizes)))
    rng.shuffle(states)
    states = sorted(states[:most])
    directions = [rng.choice(["both", "both", "both", "both", "up"]) for _ in sizes]
    spread = rng.choice([4, 1000])
    payoffs = [{s: float(rng.randrange(spread)) for s in states} for _ in range(players)]
    factions = [rng.choice([0, 0, 0, 1]) for _ in range(players)]
    blocking = [[{s: float(rng.randrange(spread)) for s in states} for _ in range(n)] for n in factions]
    return Game(players, owners, list(sizes), directions, states, payoffs, blocking)
