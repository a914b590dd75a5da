"""What must hold of every case file, whatever it says."""

from __future__ import annotations

import json
from copy import deepcopy

import numpy as np
import pytest

from offramp.ensemble import Job, outcomes_of, prepare
from offramp.model import build_case
from offramp.model.variants import Variant
from offramp.worlds import draw

SEEDS = range(4)
STRATEGIES = ("free", "ramp")


def made(seed):
    """A case with everything in it, and numbers of its own."""
    rng = np.random.default_rng(seed)

    def some(low=0.2, high=1.2):
        return round(float(rng.uniform(low, high)), 3)

    return {
        "offramp": 1,
        "time": {"unit": "month", "horizon": 10, "foresight": 16},
        "settings": {"offer": {"levels": ["none", "made"], "start": "made"}},
        "players": {
            "alpha": {
                "pace": some(), "lam": some(1, 5), "discount": some(0, 0.1),
                "options": {
                    "push": {"levels": ["none", "some", "full"], "switching": {"raise": some(), "lower": some()}},
                    "talk": {"switching": some(0, 0.3)},
                },
                "wants": [
                    {"id": "win", "that": "beta.yield and alpha.talk", "worth": some()},
                    {"id": "burden", "that": "alpha.push", "worth": -some(0, 0.8)},
                ],
                "at_end": [{"id": "last", "that": "beta.yield", "worth": some()}],
            },
            "beta": {
                "pace": some(), "lam": some(1, 5),
                "options": {"yield": {"switching": some(0, 0.4)}},
                "factions": {
                    "hawks": {"influence": "0.3 + 0.4 * fear", "consent": True,
                              "wants": [{"id": "pride", "that": "beta.yield", "worth": -some()}]},
                    "doves": {"influence": "rest", "wants": [
                        {"id": "calm", "that": "alpha.push * (1 + fear)", "worth": -some()},
                        {"id": "deal", "that": "beta.yield and offer", "worth": some()},
                    ]},
                },
            },
            "gamma": {"options": {"join": {}}, "pace": some(), "lam": some(1, 5),
                      "wants": [{"id": "crowd", "that": "gamma.join and alpha.push", "worth": some()},
                                {"id": "fee", "that": "gamma.join", "worth": -some()}]},
        },
        "perceives": {"gamma": {"beta.factions.hawks.wants.pride.worth": -some()}},
        "conditions": {
            "fear": {"levels": ["low", "mid", "high"], "start": "mid",
                     "rises": [{"of": "alpha.push if time < 4 else gamma.join", "rate": some()}], "falls": some()},
            "trust": {"levels": ["none", "some"], "rises": [{"of": "alpha.talk", "rate": some()}], "falls": some()},
        },
        "impossible": ["alpha.push == full and alpha.talk"],
        "irreversible": ["gamma.join"],
        "outcomes": {
            "yielding": {"of": "beta.yield", "measure": "average"},
            "joined": {"of": "gamma.join", "measure": "final"},
            "alarm": {"of": "fear == high", "measure": "final"},
            "ever-alarm": {"of": "fear == high", "measure": "ever"},
            "safe-deal": {"of": "beta.yield and trust", "measure": "ever", "unless": "fear == high", "from": 2},
            "months": {"of": "fear", "measure": "total", "from": 1, "to": 8},
            "date": {"of": "beta.yield", "measure": "first", "from": 1},
            "alpha-total": {"payoff": "alpha", "measure": "total"},
            "hawks-mean": {"payoff": "beta.hawks", "measure": "average"},
        },
        "strategies": {
            "free": {},
            "ramp": {"player": "alpha", "does": [
                {"when": "beta.yield", "chance": 0.7, "set": {"push": "none"}},
                {"when": "time >= 3", "set": {"push": "up"}},
                {"otherwise": {"talk": "yes"}},
            ]},
        },
    }  # fmt: skip


def outcomes(data, strategy, tolerance=1e-8):
    case = build_case(data)
    job = Job(Variant(strategy), "main", tuple(case.outcomes))
    ready = prepare(case, job.variant, draw(case, 0, 0))
    found = outcomes_of(ready.graph, ready.worlds.world(0), tuple(case.outcomes.values()), job, tolerance)
    return dict(zip(case.outcomes, found, strict=True))


@pytest.fixture(params=[(seed, strategy) for seed in SEEDS for strategy in STRATEGIES], ids=str)
def game(request):
    seed, strategy = request.param
    data = made(seed)
    return data, strategy, outcomes(data, strategy)


def reordered(data, keys=("players", "options", "factions", "conditions", "wants", "outcomes")):
    """The same case with its parts in the opposite order."""
    if isinstance(data, dict):
        return {
            k: dict(reversed(reordered(v).items())) if k in keys and isinstance(v, dict)
            else reordered(v)[::-1] if k in keys and isinstance(v, list) else reordered(v)
            for k, v in data.items()
        }  # fmt: skip
    return [reordered(item) for item in data] if isinstance(data, list) else data


def test_names_and_order_change_nothing(game) -> None:
    data, strategy, expected = game
    text = json.dumps(reordered(data))
    names = {"alpha": "zulu", "beta": "yankee", "gamma": "aaa", "push": "shove", "yield": "give-way", "join": "b2",
             "fear": "zeal", "trust": "faith", "hawks": "w", "doves": "c-d"}  # fmt: skip
    for old, new in names.items():
        text = text.replace(old, new)
    renamed = {}
    for name in expected:
        new = name
        for old, other in names.items():
            new = new.replace(old, other)
        renamed[new] = expected[name]
    assert outcomes(json.loads(text), strategy) == pytest.approx(renamed, abs=1e-7)


def test_a_want_worth_nothing_changes_nothing(game) -> None:
    data, strategy, expected = game
    data = deepcopy(data)
    data["players"]["alpha"]["wants"].append({"id": "zero", "that": "fear", "worth": 0})
    data["players"]["gamma"]["at_end"] = [{"id": "zero", "that": "fear", "worth": 0}]
    data["players"]["beta"]["factions"]["hawks"]["wants"].append({"id": "zero", "that": "gamma.join", "worth": 0})
    assert outcomes(data, strategy) == pytest.approx(expected, abs=1e-9)


def each_number(data, path, k):
    """Multiply the numbers at the end of a path, whose ``*`` stands for every key or item."""
    head, *rest = path
    for key in (data if isinstance(data, dict) else range(len(data))) if head == "*" else [head]:
        if isinstance(data, dict) and key not in data:
            continue
        if rest:
            each_number(data[key], rest, k) if isinstance(data[key], (dict, list)) else None
        elif isinstance(data[key], (int, float)):
            data[key] *= k


WORTHS = ["players.*.wants.*.worth", "players.*.factions.*.wants.*.worth", "perceives.*.*"]
ENDS = ["players.*.at_end.*.worth", "players.*.options.*.switching", "players.*.options.*.switching.*"]


@pytest.mark.parametrize("k", [0.1, 7])
def test_unit_of_worth_changes_nothing(game, k) -> None:
    data, strategy, expected = game
    data = deepcopy(data)
    for path in WORTHS + ENDS:
        each_number(data, path.split("."), k)
    each_number(data, ["players", "*", "lam"], 1 / k)
    payoffs = {name: value * (k if "payoff" in data["outcomes"][name] else 1) for name, value in expected.items()}
    assert outcomes(data, strategy) == pytest.approx(payoffs, abs=1e-6 * max(1, k))


@pytest.mark.parametrize("k", [0.25, 30])
def test_unit_of_time_changes_nothing(game, k) -> None:
    """From months to days: dates and what is counted in time grow by k, everything per unit of time shrinks."""
    data, strategy, expected = game
    data = deepcopy(data)
    for path in ["time.horizon", "time.foresight", "outcomes.*.from", "outcomes.*.to", *ENDS]:
        each_number(data, path.split("."), k)
    for path in ["players.*.pace", "players.*.discount", "conditions.*.rises.*.rate", "conditions.*.falls"]:
        each_number(data, path.split("."), 1 / k)
    data = json.loads(json.dumps(data).replace("time < 4", f"time < {4 * k}").replace("time >= 3", f"time >= {3 * k}"))
    sums = {name for name, o in data["outcomes"].items() if o["measure"] in ("total", "first")}
    found = outcomes(data, strategy)
    assert found == pytest.approx({n: v * (k if n in sums else 1) for n, v in expected.items()}, rel=1e-6, abs=1e-6)


def test_bounds(game) -> None:
    """At the loose tolerance of ensembles as well."""
    data, strategy, _ = game
    found = outcomes(data, strategy, 3e-4)
    for name in ("yielding", "joined", "alarm", "ever-alarm", "safe-deal"):
        assert -1e-3 <= found[name] <= 1 + 1e-3, name
    assert found["ever-alarm"] >= found["alarm"] - 1e-3
    assert 1 - 1e-2 <= found["date"] <= 10 + 1e-2
    assert -1e-2 <= found["months"] <= 7 + 1e-2
