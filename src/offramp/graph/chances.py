"""With what chance the rules of committed players are followed in one world."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.errors import WorldError
from offramp.graph.situation import Situation
from offramp.model import Rule
from offramp.shapes import Floats

__all__ = ["rule_chances"]


def rule_chances(rules: Sequence[Rule], situation: Situation) -> Floats:
    """Return the probability of each rule at an opportunity in each state of one world, [R, C, P].

    The first rule whose condition holds and whose chance comes up is followed.

    Parameters
    ----------
    rules
    situation
        The world, with the time on the strategy's own clock.

    Raises
    ------
    WorldError
        If a chance leaves [0, 1] somewhere.
    """
    left: Floats = np.ones((1, 1))
    chances = np.zeros((len(rules), *situation.graph.shape))
    for r, rule in enumerate(rules):
        chance = situation.value(rule.chance)
        if rule.when is not None:
            chance = np.where(situation.value(rule.when) != 0, chance, 0.0)
        if not ((chance >= 0) & (chance <= 1)).all():
            raise WorldError("the chance of a rule is not between 0 and 1 in some state", code="chance",
                             hint="wrap it in clip(..., 0, 1)", path=(*rule.path, "chance"))  # fmt: skip
        followed = left * chance
        left = left - followed
        chances[r] = followed
    return chances
