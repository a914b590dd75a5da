"""Coalitions written down from the definitions, on the games of ``brute_force``; shares no code with the lens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from stability_brute_force import Game, State

Steps = Callable[[int, State], Iterable[State]]


@dataclass
class Together:
    """What one coalition can do, and what the others can do to it."""

    game: Game
    members: tuple[int, ...]
    strict: bool
    known: dict = field(default_factory=dict)

    def sequences(self, who: Iterable[int], state: State, steps: Steps) -> set[State]:
        """All ends of sequences of one move or more in which nobody moves twice in a row."""
        who = tuple(who)
        seen: set[tuple[State, int]] = set()
        waiting = [(state, -1)]
        while waiting:
            here, last = waiting.pop()
            for mover in who:
                if mover != last:
                    for there in steps(mover, here):
                        if (there, mover) not in seen:
                            seen.add((there, mover))
                            waiting.append((there, mover))
        return {there for there, _ in seen}

    def reach(self, state: State) -> set[State]:
        key = ("reach", state)
        if key not in self.known:
            self.known[key] = self.sequences(self.members, state, self.game.moves)
        return self.known[key]

    def answers(self, state: State, improving: bool) -> set[State]:
        key = (improving, state)
        if key not in self.known:
            others = [i for i in range(self.game.players) if i not in self.members]
            steps = self.game.improvements if improving else self.game.moves
            self.known[key] = self.sequences(others, state, steps)
        return self.known[key]

    def prefers(self, start: State, end: State) -> bool:
        pairs = [(self.game.payoffs[i][start], self.game.payoffs[i][end]) for i in self.members]
        if self.strict:
            return all(after > before for before, after in pairs)
        return all(after >= before for before, after in pairs) and any(after > before for before, after in pairs)

    def passes(self, start: State, end: State) -> bool:
        return all(faction[end] >= faction[start] for i in self.members for faction in self.game.blocking[i])

    def improvements(self, state: State) -> set[State]:
        return {end for end in self.reach(state) if self.prefers(state, end) and self.passes(state, end)}

    def deterred(self, concept: str, state: State, improvement: State) -> bool:
        if concept == "nash":
            return False
        for end in self.answers(improvement, concept in ("seq", "sseq")):
            if self.prefers(state, end):
                continue
            if concept in ("smr", "sseq") and any(
                self.prefers(state, back) and self.passes(end, back) for back in self.reach(end)
            ):
                continue
            return True
        return False

    def stable(self, concept: str, state: State) -> bool:
        return all(self.deterred(concept, state, improvement) for improvement in self.improvements(state))
