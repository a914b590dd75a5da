"""Paths written down from the definitions, on the games of ``brute_force``; shares no code with the lens."""

from __future__ import annotations

from stability_brute_force import Game, State

Path = tuple[tuple[int, State], ...]


def shortest(game: Game, start: State, *, gaining: bool, without: tuple[int, ...] = ()) -> dict[State, set[Path]]:
    """All the shortest legal sequences in which nobody moves twice in a row, by the state they end in."""
    steps = game.improvements if gaining else game.moves
    found: dict[State, set[Path]] = {start: {()}}
    seen: set[tuple[State, int]] = set()
    ongoing: list[Path] = [()]
    while ongoing:
        longer: list[Path] = []
        for path in ongoing:
            last, here = path[-1] if path else (-1, start)
            for mover in range(game.players):
                if mover in without or mover == last:
                    continue
                longer.extend((*path, (mover, there)) for there in steps(mover, here) if (there, mover) not in seen)
        for path in longer:
            end = path[-1][1]
            if end not in found or len(next(iter(found[end]))) == len(path):
                found.setdefault(end, set()).add(path)
        seen.update((path[-1][1], path[-1][0]) for path in longer)
        ongoing = longer
    return found
