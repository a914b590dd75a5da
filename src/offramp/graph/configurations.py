"""Which configurations there are: all that are feasible, or those that can be reached from the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from offramp.errors import CaseErrors
from offramp.expressions import Rungs, truth
from offramp.graph.arrays import Ladders
from offramp.graph.ladders import rungs_of_positions
from offramp.graph.limits import MAX_STATES, too_many_states
from offramp.graph.options import OptionSpace
from offramp.graph.rules import possible_rules, rule_targets
from offramp.model import Case, Rule
from offramp.shapes import Bools, Ints

__all__ = ["environment", "every_feasible", "feasible", "reachable"]

_BLOCK = 1024
"""Configurations looked at together; with the largest number of postures their moves are half a million."""


_MANY = 1 << 16
"""Configurations whose expressions are evaluated together."""


def environment(case: Case, space: OptionSpace, ladders: Ladders, codes: Ints) -> dict[str, Any]:
    """Return what expressions over states are evaluated in: options [C, 1], conditions [1, P], settings."""
    env: dict[str, Any] = {}
    for name, size, rungs in zip(space.names, space.sizes, space.rungs(codes), strict=True):
        env[name] = Rungs(rungs[:, None], int(size) - 1)
    for condition, rungs in zip(case.conditions.values(), rungs_of_positions(ladders), strict=True):
        env[condition.id] = Rungs(rungs[None, :], len(condition.levels) - 1)
    for setting in case.settings.values():
        env[setting.id] = Rungs(setting.start, len(setting.levels) - 1)
    return env


def feasible(case: Case, space: OptionSpace, codes: Ints) -> Bools:
    """Return which configurations are not declared impossible, [C]."""
    if not case.impossible:
        return np.ones(len(codes), dtype=bool)
    env = {
        name: Rungs(rungs, int(size) - 1)
        for name, size, rungs in zip(space.names, space.sizes, space.rungs(codes), strict=True)
    }
    ok = np.ones(len(codes), dtype=bool)
    for node in case.impossible:
        ok &= ~np.broadcast_to(truth(node, env), ok.shape)
    return ok


def every_feasible(case: Case, space: OptionSpace) -> Ints:
    """Return the codes of all configurations that are not declared impossible, sorted."""
    total = int(np.prod(space.sizes, dtype=np.int64))
    blocks = (np.arange(at, min(at + _MANY, total), dtype=np.int64) for at in range(0, total, _MANY))
    return np.concatenate([codes[feasible(case, space, codes)] for codes in blocks])


def reachable(
    case: Case,
    space: OptionSpace,
    ladders: Ladders,
    committed: Mapping[int, Sequence[Sequence[Rule]]],
) -> Ints:
    """Return the codes of all configurations that the players' moves can lead to, sorted.

    Parameters
    ----------
    committed
        For each committed player, by position, the lists of rules that it follows or that others believe it
        follows. The other players may make any legal move.

    Raises
    ------
    CaseErrors
        If there are more states than can be handled.
    """
    known = frontier = np.array([space.start], dtype=np.int64)
    expanded: dict[int, Ints] = {}
    while len(frontier):
        fresh = []
        for at in range(0, len(frontier), _BLOCK):
            found = _successors(case, space, ladders, committed, frontier[at : at + _BLOCK], expanded)
            new = found[~_among(found, known)]
            new = new[feasible(case, space, new)]
            known = np.insert(known, np.searchsorted(known, new), new)
            if len(known) * ladders.positions > MAX_STATES:
                raise CaseErrors([too_many_states(case, len(known), ladders.positions)])
            fresh.append(new)
        frontier = np.concatenate(fresh)
    return known


def _among(codes: Ints, known: Ints) -> Bools:
    at = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    return np.asarray(known[at] == codes)


def _successors(
    case: Case,
    space: OptionSpace,
    ladders: Ladders,
    committed: Mapping[int, Sequence[Sequence[Rule]]],
    codes: Ints,
    expanded: dict[int, Ints],
) -> Ints:
    """Return where one move leads from some configurations, sorted.

    ``expanded`` remembers, by player, the choices of all the others that its free moves have been tried under.
    """
    found = [codes[:0]]
    for i in range(len(space.players)):
        if i not in committed:
            found.append(_free_moves(space, i, codes, expanded))
            continue
        env = environment(case, space, ladders, codes)
        for rules in committed[i]:
            for rule, may in zip(rules, possible_rules(rules, env, (len(codes), ladders.positions)), strict=True):
                found.append(rule_targets(space, i, rule, codes)[may])
    together = np.sort(np.concatenate(found))
    first: Bools = np.append(True, together[1:] != together[:-1])[: len(together)]
    once: Ints = together[first]
    return once


def _free_moves(space: OptionSpace, player: int, codes: Ints, expanded: dict[int, Ints]) -> Ints:
    own = space.players[player]
    posture = space.posture(codes, player)
    rest, group = np.unique(codes - own.offsets[posture], return_inverse=True)
    if own.allowed.all():
        known = expanded.get(player, codes[:0])
        new = rest[~_among(rest, known)] if len(known) else rest
        expanded[player] = np.insert(known, np.searchsorted(known, new), new)
        return np.ravel(new[:, None] + own.offsets[None, :])
    may = np.zeros((len(rest), len(own.offsets)), dtype=bool)
    np.logical_or.at(may, group, own.allowed[posture])
    targets: Ints = rest[:, None] + own.offsets[None, :]
    return targets[may]
