"""A reference for small games: everything worked out state by state, in dictionaries."""

from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.linalg import expm

from offramp.expressions import Rungs, evaluate, truth
from offramp.graph import build_graph, describe, pose
from offramp.model import build_case


@pytest.fixture
def make():
    """Build a case from players, conditions and whatever else; options are `name: levels`."""

    def made(players, **more):
        data = {
            "offramp": 1,
            "players": {
                player: {
                    "options": {
                        name: given if isinstance(given, dict) else {"levels": given} for name, given in own.items()
                    }
                }
                for player, own in players.items()
            },
            **more,
        }
        return build_case(data)

    return made


def levels_of(case):
    """Every option and condition with its levels."""
    found = {f"{p.id}.{o.id}": o.levels for p in case.players.values() for o in p.options}
    return found | {c.id: c.levels for c in case.conditions.values()}


def scope(case, state, **more):
    """What expressions are evaluated in, in one state (a dict from option or condition to its level's position)."""
    levels = levels_of(case)
    env = {name: Rungs(at, len(levels[name]) - 1) for name, at in state.items()}
    env |= {s.id: Rungs(s.start, len(s.levels) - 1) for s in case.settings.values()}
    return env | more


def feasible(case, state):
    return not any(bool(truth(node, scope(case, state))) for node in case.impossible)


def undoes(case, old, new):
    return any(new[f"{p}.{o}"] < old[f"{p}.{o}"] for p, o in case.irreversible)


def moves(case, state, player):
    """The states that a player can move to by itself, staying put included."""
    options = case.players[player].options
    found = []
    for levels in product(*(range(len(o.levels)) for o in options)):
        new = state | {f"{player}.{o.id}": at for o, at in zip(options, levels, strict=True)}
        if new == state or (feasible(case, new) and not undoes(case, state, new)):
            found.append(new)
    return found


def followed(case, state, player, rule):
    """Where a rule leads."""
    new = dict(state)
    for option in case.players[player].options:
        name, step = f"{player}.{option.id}", rule.set.get(option.id)
        if step == "up":
            new[name] = min(state[name] + 1, len(option.levels) - 1)
        elif step == "down":
            new[name] = max(state[name] - 1, 0)
        elif step is not None:
            new[name] = step
    return new if feasible(case, new) and not undoes(case, state, new) else state


def lottery(case, state, player, rules, **world):
    """Where an opportunity to move leads, with what probability, for a committed player."""
    left, found = 1.0, []
    env = scope(case, state, **world)
    for rule in rules:
        if rule.when is None or bool(truth(rule.when, env)):
            chance = float(evaluate(rule.chance, env))
            found.append((left * chance, followed(case, state, player, rule)))
            left *= 1 - chance
    return [*found, (left, state)]


def all_states(graph):
    """Every state of a graph in words of positions, with its place [configuration, position]."""
    levels = levels_of(graph.case)
    for c, p in np.ndindex(*graph.shape):
        yield {name: levels[name].index(level) for name, level in describe(graph, c, p).items()}, (c, p)


def generator(case, graph, strategy, clock, delay=0.0, **world):
    """The rates between states at a date, where every player is committed: [CP, CP]."""
    states = {tuple(sorted(state.items())): n for n, (state, _) in enumerate(all_states(graph))}
    matrix = np.zeros((len(states), len(states)))
    for key, n in states.items():
        state = dict(key)
        for rules in strategy.committed:
            pace = float(evaluate(case.players[rules.player].pace, world))
            if clock >= delay:
                for chance, new in lottery(case, state, rules.player, rules.rules, time=clock - delay, **world):
                    matrix[n, states[tuple(sorted(new.items()))]] += pace * chance
                    matrix[n, n] -= pace * chance
        for condition in case.conditions.values():
            for terms, step in ((condition.rises, 1), (condition.falls, -1)):
                new = state | {condition.id: state[condition.id] + step}
                if 0 <= new[condition.id] < len(condition.levels):
                    env = scope(case, state, time=clock, **world)
                    rate = sum(float(evaluate(t.rate, env)) * float(evaluate(t.of, env)) for t in terms)
                    matrix[n, states[tuple(sorted(new.items()))]] += rate
                    matrix[n, n] -= rate
    return matrix


def sweep(problem):
    """Integrate a problem without free players, column by column, by matrix exponentials: values at the start."""
    shape = problem.configurations, problem.ladders.positions
    size, values = shape[0] * shape[1], np.zeros((len(problem.columns), shape[0] * shape[1]))
    place = np.arange(size).reshape(shape)
    for segment in problem.segments:
        for column, put in segment.terminal:
            values[column] = np.asarray(put).reshape(-1)
        for column, mask, value in segment.puts:
            values[column][mask.reshape(-1)] = value
        held = dict(segment.held)
        for column in range(segment.active):
            rates, flow = np.zeros((size, size)), segment.flow[:, column].reshape(-1).copy()
            for policy in segment.policies:
                if any(first <= column < last for first, last in policy.drives):
                    for r, c, p in np.ndindex(policy.chance.shape):
                        weight = policy.pace * policy.chance[r, c, p]
                        rates[place[c, p], place[policy.targets[r, c], p]] += weight
                        rates[place[c, p], place[c, p]] -= weight
                        if segment.paying[column] and problem.columns[column].payer == policy.player:
                            flow[place[c, p]] -= weight * policy.cost[r, c]
            for k, stride in enumerate(problem.ladders.strides):
                for c, p in np.ndindex(*shape):
                    for rate, step in ((segment.rise[k, c, p], stride), (segment.fall[k, c, p], -stride)):
                        if rate:
                            rates[place[c, p], place[c, p + step]] += rate
                            rates[place[c, p], place[c, p]] -= rate
            rates -= problem.columns[column].discount * np.eye(size)
            if column in held:
                rates[held[column].reshape(-1)] = 0
            whole = np.block([[rates, flow[:, None]], [np.zeros((1, size + 1))]])
            values[column] = (expm(whole * (segment.end - segment.start)) @ np.append(values[column], 1))[:-1]
    return values[:, place[problem.start]]


def read(case, strategy, world=None, delay=0.0):
    """The outcomes of a case in which every player is committed."""
    graph = build_graph(case, strategy, delay)
    posed = pose(graph, world or {}, tuple(case.outcomes.values()))
    at_start = sweep(posed.problem)
    return {r.outcome: r.offset + r.scale * at_start[r.column] for r in posed.readings}


@pytest.fixture
def reference():
    return SimpleNamespace(
        all_states=all_states, feasible=feasible, followed=followed, generator=generator, lottery=lottery, moves=moves,
        read=read, scope=scope, sweep=sweep,
    )  # fmt: skip
