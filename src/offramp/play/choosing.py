"""Quantal response written out: the chance of every move of a player, in plain NumPy.

The kernels compute the same; storylines and the baselines use this.
"""

from __future__ import annotations

import numpy as np

from offramp.graph.arrays import LogitPolicy
from offramp.shapes import Floats, Ints

__all__ = ["move_chances"]


def move_chances(policy: LogitPolicy, members: Ints, own: Floats, gates: Floats) -> Floats:
    """Chances of the postures at an opportunity.

    Parameters
    ----------
    policy : LogitPolicy
    members : [G, A]
        Configurations with each posture, -1 at holes.
    own : [G, A, P]
        What the player looks at, in each.
    gates : [F, G, A, P]
        What each consenting faction looks at, in each.

    Returns
    -------
    [G, A, A, P]
        From, to. Rows of holes are 0.
    """
    legal = policy.moves.allowed & (members >= 0)[:, None, :] & (members >= 0)[:, :, None]
    cost = policy.cost[:, :, None]
    with np.errstate(invalid="ignore", over="ignore"):
        liked = np.where(legal[..., None], policy.precision * (own[:, None] - cost), -np.inf)
        best = liked.max(axis=2, keepdims=True)
        odds = np.where(legal[..., None], np.exp(liked - np.where(np.isfinite(best), best, 0.0)), 0.0)
        total = odds.sum(axis=2, keepdims=True)
        chances = np.divide(odds, total, out=np.zeros_like(odds), where=total > 0.0)
        for gate in gates:
            gain = policy.precision * (gate[:, None] - cost - gate[:, :, None])
            passed = np.exp(-np.logaddexp(0.0, -np.where(legal[..., None], gain, 0.0)))
            chances = chances * np.where(np.eye(members.shape[1], dtype=bool)[:, :, None], 1.0, passed)
    stay = np.arange(members.shape[1])
    chances[:, stay, stay] = 0.0
    chances[:, stay, stay] = (members >= 0)[:, :, None] - chances.sum(axis=2)
    result: Floats = chances
    return result
