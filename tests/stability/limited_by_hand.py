"""Limited moves written down from the definition, on the games of ``brute_force``; shares no code with the lens."""

from __future__ import annotations

from functools import cache
from itertools import count

from stability_brute_force import Game, State, random_game


def two_players(first: int, games: int, *, most: int) -> list[tuple[int, Game]]:
    """The first random games of two players from a seed on, with their seeds."""
    found: list[tuple[int, Game]] = []
    for seed in count(first):
        game = random_game(seed, most=most)
        if game.players == 2:
            found.append((seed, game))
        if len(found) == games:
            return found
    raise AssertionError


class Turns:
    """Two players who move in turn, and end the play by staying."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.moves = cache(game.moves)
        self.ends = cache(self._ends)

    def _ends(self, player: int, state: State, left: int) -> State:
        """Where play ends when it is a player's turn and so many moves are left."""
        if left == 0:
            return state
        own, other = self.game.payoffs[player], self.game.payoffs[1 - player]
        ends = [self.ends(1 - player, move, left - 1) for move in self.moves(player, state)]
        gains = [
            end for end in ends if own[end] > own[state] and all(f[end] >= f[state] for f in self.game.blocking[player])
        ]
        return max(gains, key=lambda end: (own[end], -other[end], [-n for n in end]), default=state)

    def stable(self, player: int, state: State, left: int) -> bool:
        return self.ends(player, state, left) == state
