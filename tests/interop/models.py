"""Random models of GMCR+, with everything that the format has."""

from __future__ import annotations

import random
from typing import Any

from interop_by_hand import feasible


def random_model(seed: int, *, most: int = 5) -> dict[str, Any]:
    """Draw a model with ties, infeasible states, directions, compounds, repeated conditions and misperceptions."""
    rng = random.Random(seed)
    while True:
        model = _drawn(rng, most)
        if len(feasible(model)) > 1:
            return model


def _drawn(rng: random.Random, most: int) -> dict[str, Any]:
    players = rng.randint(1, 4)
    count = rng.randint(players, max(players, most))
    owners = [*range(players), *(rng.randrange(players) for _ in range(count - players))]
    rng.shuffle(owners)
    manual = rng.random() < 0.5
    model: dict[str, Any] = {
        "options": [{"name": f"Option {k}", "permittedDirection": rng.choice(["both", "both", "fwd", "back"])}
                    for k in range(count)],
        "decisionMakers": [{"name": f"DM {i}", "options": [k for k in range(count) if owners[k] == i]}
                           for i in range(players)],
        "infeasibles": [condition(rng, count) for _ in range(rng.choice([0, 0, 1, 2, 3]))],
        "useManualPreferenceRanking": manual,
    }  # fmt: skip
    if rng.random() < 0.15:
        model["decisionMakers"].append({"name": "Bystander", "options": []})
    states = len(feasible(model))
    for maker in model["decisionMakers"]:
        maker["misperceptions"] = [condition(rng, count) for _ in range(rng.choice([0, 0, 0, 0, 1]))]
        if manual:
            maker["preferenceRanking"] = ranking(rng, states)
        else:
            stated = [condition(rng, count) for _ in range(rng.randint(0, 7))]
            maker["preferences"] = stated + rng.sample(stated, min(len(stated), rng.choice([0, 0, 1])))
    return model


def condition(rng: random.Random, count: int) -> Any:
    if rng.random() < 0.3:
        return {"compound": True, "members": [_plain(rng, count) for _ in range(rng.randint(1, 3))]}
    return _plain(rng, count)


def _plain(rng: random.Random, count: int) -> list[list[Any]]:
    return [[k, rng.choice("YN")] for k in rng.sample(range(count), rng.randint(1, min(3, count)))]


def ranking(rng: random.Random, states: int) -> list[Any]:
    numbers = list(range(1, states + 1))
    rng.shuffle(numbers)
    levels: list[Any] = []
    ties = rng.choice([0.0, 0.2, 0.7])
    for number in numbers:
        if levels and rng.random() < ties:
            levels[-1] = [*levels[-1], number] if isinstance(levels[-1], list) else [levels[-1], number]
        else:
            levels.append(number)
    return levels
