"""Stability written down from the definitions: sets of states, one for each that could move last.

Shares no code with the lens. A game is: options [(owner, levels, direction)], states (tuples of levels), payoffs.
Direction: "both", "up" (never goes down) or "down".
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

State = tuple[int, ...]


@dataclass
class Game:
    players: int
    owners: list[int]
    sizes: list[int]
    directions: list[str]
    states: list[State]
    payoffs: list[dict[State, float]]
    blocking: list[list[dict[State, float]]]
    """By player: the payoffs of factions that must not lose."""

    def moves(self, player: int, state: State) -> list[State]:
        found = []
        for other in self.states:
            changed = [k for k in range(len(state)) if state[k] != other[k]]
            if not changed or any(self.owners[k] != player for k in changed):
                continue
            if any(self.directions[k] == "up" and other[k] < state[k] for k in changed):
                continue
            if any(self.directions[k] == "down" and other[k] > state[k] for k in changed):
                continue
            found.append(other)
        return found

    def improvements(self, player: int, state: State) -> list[State]:
        worth, blocking = self.payoffs[player], self.blocking[player]
        return [
            s
            for s in self.moves(player, state)
            if worth[s] > worth[state] and all(faction[s] >= faction[state] for faction in blocking)
        ]

    def answers(self, player: int, state: State) -> list[State]:
        """Countermoves: by which no faction that can block them loses."""
        blocking = self.blocking[player]
        return [s for s in self.moves(player, state) if all(faction[s] >= faction[state] for faction in blocking)]

    def joint(self, player: int, state: State, improving: bool) -> set[State]:
        """All that the opponents of a player can reach by legal sequences in which nobody moves twice in a row."""
        steps = self.improvements if improving else self.moves
        seen: set[tuple[State, int]] = set()
        waiting = [(state, player)]
        while waiting:
            here, last = waiting.pop()
            for mover in range(self.players):
                if mover in (player, last):
                    continue
                for there in steps(mover, here):
                    if (there, mover) not in seen:
                        seen.add((there, mover))
                        waiting.append((there, mover))
        return {there for there, _ in seen}

    def stable(self, concept: str, player: int, state: State) -> bool:
        worth = self.payoffs[player]
        for better in self.improvements(player, state):
            if concept == "nash":
                return False
            deterred = False
            for end in self.joint(player, better, concept in ("seq", "sseq")):
                if worth[end] > worth[state]:
                    continue
                if concept in ("smr", "sseq") and any(worth[a] > worth[state] for a in self.answers(player, end)):
                    continue
                deterred = True
            if not deterred:
                return False
        return True


def random_game(seed: int, *, most: int = 48) -> Game:
    """Draw a game with ties, states missing, options that never go back, and options of three levels."""
    rng = random.Random(seed)
    players = rng.randint(2, 5)
    sizes = [rng.choice([2, 2, 2, 3])]
    while len(sizes) < players or (rng.random() < 0.6 and len(sizes) < 6):
        sizes.append(rng.choice([2, 2, 2, 3]))
    owners = [*range(players), *(rng.randrange(players) for _ in sizes[players:])]
    rng.shuffle(owners)
    directions = [rng.choice(["both", "both", "both", "up", "down"]) for _ in sizes]
    states = list(itertools.product(*(range(size) for size in sizes)))
    rng.shuffle(states)
    states = sorted(states[: rng.randint(max(2, min(most, len(states)) // 2), min(most, len(states)))])
    spread = rng.choice([3, 10, 1000])
    payoffs = [{s: float(rng.randrange(spread)) for s in states} for _ in range(players)]
    factions = [rng.choice([0, 0, 0, 1, 2]) for _ in range(players)]
    blocking = [[{s: float(rng.randrange(spread)) for s in states} for _ in range(n)] for n in factions]
    return Game(players, owners, sizes, directions, states, payoffs, blocking)
