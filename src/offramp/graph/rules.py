"""Rules of committed players: where they may lead in any world.

Which rule applies may turn on unknowns and on the clock. For the graph, which is the same in every world, each
comparison with one of those is taken both ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from offramp.expressions import Constant, Logic, Node, Not, constant, names, truth
from offramp.expressions.trees import children, rebuild
from offramp.graph.options import OptionSpace, PlayerSpace
from offramp.model import Rule
from offramp.shapes import Bools, Ints

__all__ = ["possible_rules", "rule_targets"]

_MOST_ATOMS = 8


def rule_targets(space: OptionSpace, player: int, rule: Rule, codes: Ints) -> Ints:
    """Return the code of the configuration that a rule leads to from each configuration, [C].

    Levels above the top or below the bottom stay there, and what is irreversible is not undone: such a target is
    the configuration itself.
    """
    own: PlayerSpace = space.players[player]
    targets = codes.copy()
    for k, option in enumerate(own.player.options):
        if option.id not in rule.set:
            continue
        stride, size = space.strides[own.first + k], space.sizes[own.first + k]
        level = codes // stride % size
        step = rule.set[option.id]
        wanted: Any = step
        if step == "up":
            wanted = np.minimum(level + 1, size - 1)
        elif step == "down":
            wanted = np.maximum(level - 1, 0)
        targets = targets + (wanted - level) * stride
    legal = own.allowed[space.posture(codes, player), space.posture(targets, player)]
    return np.where(legal, targets, codes)


def possible_rules(rules: Sequence[Rule], env: Mapping[str, Any], shape: tuple[int, int]) -> list[Bools]:
    """Return for each rule the configurations in which it may apply at some time, in some world, [C].

    Parameters
    ----------
    env
        Options [C, 1] and conditions [1, P] as rungs, settings; no unknowns and no clock.
    shape
        (C, P)
    """
    open_ = np.ones(shape, dtype=bool)
    possible: list[Bools] = []
    for rule in rules:
        may, must = _may_and_must(rule.when, env, shape)
        chance = constant(rule.chance)
        if chance == 0:
            may = np.zeros(shape, dtype=bool)
        possible.append(np.asarray((may & open_).any(axis=1)))
        if chance == 1:
            open_ = open_ & ~must
    return possible


def _may_and_must(when: Node | None, env: Mapping[str, Any], shape: tuple[int, int]) -> tuple[Bools, Bools]:
    if when is None:
        return np.ones(shape, dtype=bool), np.ones(shape, dtype=bool)
    atoms = _uncertain(when, env)
    if len(atoms) > _MOST_ATOMS:
        return np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
    may, must = np.zeros(shape, dtype=bool), np.ones(shape, dtype=bool)
    for guess in product((False, True), repeat=len(atoms)):
        node = _settle(when, dict(zip(atoms, map(Constant, guess), strict=True)))
        held = np.broadcast_to(truth(node, env), shape)
        may, must = may | held, must & held
    return may, must


def _uncertain(node: Node, env: Mapping[str, Any]) -> list[Node]:
    """Return the smallest yes/no parts that turn on something outside the environment."""
    if not any(name not in env for name in names(node)):
        return []
    if isinstance(node, Logic):
        return [*_uncertain(node.left, env), *_uncertain(node.right, env)]
    if isinstance(node, Not):
        return _uncertain(node.of, env)
    return [node]


def _settle(node: Node, guesses: Mapping[Node, Node]) -> Node:
    if node in guesses:
        return guesses[node]
    return rebuild(node, tuple(_settle(child, guesses) for child in children(node)))
