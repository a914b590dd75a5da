"""A .gmcr file judged from its JSON by brute force; shares no code with offramp.interop or the lens."""

from __future__ import annotations

import itertools
from typing import Any

from stability_brute_force import Game, State

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
DIRECTIONS = {"both": "both", "fwd": "up", "back": "down"}


def holds(condition: Any, state: State) -> bool:
    if isinstance(condition, dict):
        return any(holds(member, state) for member in condition["members"])
    return all(state[option] == (answer == "Y") for option, answer in condition)


def feasible(data: Any) -> list[State]:
    """By rising decimal: the first option is the lowest bit."""
    everything = [tuple(reversed(bits)) for bits in itertools.product((0, 1), repeat=len(data["options"]))]
    return [s for s in everything if not any(holds(c, s) for c in data.get("infeasibles", []))]


def payoffs(data: Any, maker: Any) -> dict[State, float]:
    states = feasible(data)
    if data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors")):
        ranking = maker.get("preferenceRanking", maker.get("preferenceVector"))
        levels = [level if isinstance(level, list) else [level] for level in ranking]
        return {states[n - 1]: -float(rank) for rank, level in enumerate(levels) for n in level}
    statements: list[Any] = []
    for each in maker["preferences"]:
        if each not in statements:
            statements.append(each)
    return {s: float(sum(2 ** (len(statements) - 1 - j) for j, c in enumerate(statements) if holds(c, s)))
            for s in states}  # fmt: skip


def judged(data: Any) -> dict[tuple[str, str], dict[frozenset[tuple[str, str]], bool]]:
    """By concept and decision maker: whether each state, as the (owner, option) taken, is stable for it."""
    makers, states = data["decisionMakers"], feasible(data)
    owners = [next(i for i, maker in enumerate(makers) if k in maker["options"]) for k in range(len(data["options"]))]
    directions = [DIRECTIONS[option["permittedDirection"]] for option in data["options"]]
    wanted = [payoffs(data, maker) for maker in makers]
    found: dict[tuple[str, str], dict[frozenset[tuple[str, str]], bool]] = {}
    for i, maker in enumerate(makers):
        seen = [s for s in states if not any(holds(c, s) for c in maker.get("misperceptions", []))]
        game = Game(len(makers), owners, [2] * len(owners), directions, seen, wanted, [[] for _ in makers])
        for concept in CONCEPTS:
            found[concept, maker["name"]] = {
                frozenset((makers[owners[k]]["name"], data["options"][k]["name"]) for k in range(len(s)) if s[k]):
                s not in seen or game.stable(concept, i, s)
                for s in states
            }  # fmt: skip
    return found
