"""Which configurations there are: those that can be reached from the start, under a strategy or in free play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from offramp.expressions import Rungs, truth
from offramp.graph.ladders import rungs_of_positions
from offramp.graph.arrays import Ladders
from offramp.graph.limits import MAX_STATES, too_many_states
from offramp.graph.options import OptionSpace
from offramp.graph.rules import possible_rules, rule_targets
from offramp.model import Case, Rule
from offramp.shapes import Bools, Ints

__all__ = ["environment", "feasible", "reachable"]

_BLOCK = 4096


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
    env = {
        name: Rungs(rungs, int(size) - 1)
        for name, size, rungs in zip(space.names, space.sizes, space.rungs(codes), strict=True)
    }
    ok = np.ones(len(codes), dtype=bool)
    for node in case.impossible:
        ok &= ~np.broadcast_to(truth(node, env), ok.shape)
    return ok


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
    CaseError
        If there are more states than can be handled.
    """
    known = np.array([space.start], dtype=np.int64)
    frontier = known
    while len(frontier):
        found = [
            _successors(case, space, ladders, committed, frontier[at : at + _BLOCK])
            for at in range(0, len(frontier), _BLOCK)
        ]
        new = np.setdiff1d(np.concatenate(found), known)
        frontier = new[feasible(case, space, new)]
        known = np.union1d(known, frontier)
        if len(known) * ladders.positions > MAX_STATES:
            raise too_many_states(case, len(known), ladders.positions)
    return known


def _successors(
    case: Case,
    space: OptionSpace,
    ladders: Ladders,
    committed: Mapping[int, Sequence[Sequence[Rule]]],
    codes: Ints,
) -> Ints:
    found = []
    for i, own in enumerate(space.players):
        if i not in committed:
            posture = space.posture(codes, i)
            targets = (codes - own.offsets[posture])[:, None] + own.offsets[None, :]
            found.append(np.unique(targets[own.allowed[posture]]))
            continue
        env = environment(case, space, ladders, codes)
        for rules in committed[i]:
            for rule, may in zip(rules, possible_rules(rules, env, (len(codes), ladders.positions)), strict=True):
                found.append(np.unique(rule_targets(space, i, rule, codes)[may]))
    return np.concatenate(found) if found else codes[:0]
