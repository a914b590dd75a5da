"""The moves of a policy as lists by the configuration left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy, Moves
from offramp.shapes import Floats, Ints

__all__ = ["Legal", "Listed", "legal_moves", "listed_fixed", "listed_logit"]


class Legal(NamedTuple):
    """The moves that a player has, staying put included."""

    rows: Ints
    """[C + 1] where the moves of each configuration begin."""
    targets: Ints
    """[E]"""
    left: Ints
    """[E] the posture left ..."""
    taken: Ints
    """[E] ... and that taken."""


class Listed(NamedTuple):
    """The moves of a policy."""

    rows: Ints
    targets: Ints
    costs: Floats
    """[E]"""
    rates: Floats
    """[E, P] of a fixed policy; else empty."""


def legal_moves(moves: Moves) -> Legal:
    """List what is allowed and leads somewhere."""
    legal = moves.allowed[moves.posture] & (moves.members[moves.group] >= 0)
    sources, taken = np.nonzero(legal)
    return Legal(_rows(sources, len(legal)), moves.members[moves.group[sources], taken], moves.posture[sources], taken)


def listed_logit(policy: LogitPolicy, legal: Legal) -> Listed:
    """List the moves of a player who chooses."""
    return Listed(legal.rows, legal.targets, policy.cost[legal.left, legal.taken], np.zeros((0, 0)))


def listed_fixed(policy: FixedPolicy) -> Listed:
    """List the moves of a tabulated policy that happen at all."""
    here = np.arange(policy.targets.shape[1])
    happens = (policy.chance > 0.0).any(axis=2) & ((policy.targets != here) | (policy.cost != 0.0))
    sources, rules = np.nonzero(happens.T)
    rates = policy.pace * policy.chance[rules, sources]
    return Listed(_rows(sources, len(here)), policy.targets[rules, sources], policy.cost[rules, sources], rates)


def _rows(sources: Ints, configurations: int) -> Ints:
    """Return where each configuration's moves begin; ``sources`` ascends."""
    return np.searchsorted(sources, np.arange(configurations + 1)).astype(np.int64)
