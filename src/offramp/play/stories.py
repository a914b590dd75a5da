"""Storylines: one course of events, drawn from a seed.

Opportunities and drifts come at rates that are constant within a segment, so events are drawn by uniformisation
(Gillespie 1977; Lewis & Shedler 1979 for the thinning): at an opportunity the player chooses by the chances of that
moment, and mostly stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy
from offramp.play.choosing import move_chances
from offramp.play.solving import Solution, Track
from offramp.play.tracks import acting, forward_segments, interpolate
from offramp.shapes import Floats

__all__ = ["Event", "Storyline", "storyline"]


@dataclass(frozen=True, slots=True)
class Event:
    """A player moves, or a condition does."""

    time: float
    player: int
    """-1 where a condition moved."""
    condition: int
    """-1 where a player moved."""
    before: tuple[int, int]
    """Configuration and ladder position."""
    after: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Storyline:
    """The events up to a date."""

    events: tuple[Event, ...]
    start: tuple[int, int]
    until: float

    @property
    def end(self) -> tuple[int, int]:
        """The state at the end."""
        return self.events[-1].after if self.events else self.start


def storyline(solution: Solution, until: float, seed: int | np.random.Generator) -> Storyline:
    """Draw one course of events.

    Parameters
    ----------
    solution : Solution
        Solved with ``snapshots`` at ``until`` or later.
    until : float
        The date at which to stop.
    seed : int or Generator
    """
    draw = np.random.default_rng(seed)
    state = solution.problem.start
    events: list[Event] = []
    for segment, track in forward_segments(solution, until):
        time, end = segment.start, min(segment.end, until)
        chosen = [segment.policies[i] for i in acting(solution.problem, segment)]
        while True:
            drifts = np.concatenate([segment.rise[:, *state], segment.fall[:, *state]])
            rates = np.cumsum([*(policy.pace for policy in chosen), *drifts])
            if len(rates) == 0 or rates[-1] <= 0.0:
                break
            time += draw.exponential() / rates[-1]
            if time >= end:
                break
            which = int(np.searchsorted(rates, draw.uniform() * rates[-1], side="right"))
            before = state
            if which < len(chosen):
                state = (_choice(chosen[which], track, time, state, draw), state[1])
                player, condition = chosen[which].player, -1
            else:
                up, condition = divmod(which - len(chosen), len(segment.rise))
                stride = solution.problem.ladders.strides[condition]
                state = (state[0], state[1] + (stride if up == 0 else -stride))
                player = -1
            if state != before:
                events.append(Event(time, player, condition, before, state))
    return Storyline(tuple(events), solution.problem.start, until)


def _choice(
    policy: LogitPolicy | FixedPolicy,
    track: Track | None,
    time: float,
    state: tuple[int, int],
    draw: np.random.Generator,
) -> int:
    """The configuration after an opportunity."""
    c, p = state
    if isinstance(policy, LogitPolicy):
        assert track is not None
        targets = policy.moves.members[policy.moves.group[c]]
        chances = _chances(policy, track, time, state)
    else:
        targets, chances = policy.targets[:, c], policy.chance[:, c, p]
    which = int(np.searchsorted(np.cumsum(chances), draw.uniform(), side="right"))
    return int(targets[which]) if which < len(targets) else c


def _chances(policy: LogitPolicy, track: Track, time: float, state: tuple[int, int]) -> Floats:
    c, p = state
    members = policy.moves.members[policy.moves.group[c]]
    seen = interpolate(track, time, members, p)
    where = {column: i for i, column in enumerate(track.columns)}
    own = sum(policy.weight[n, p] * seen[:, where[column]] for n, column in enumerate(policy.decides))
    gates = np.array([seen[:, where[column]] for column in policy.consents]).reshape(-1, 1, len(members), 1)
    chances = move_chances(policy, members[None], np.asarray(own)[None], gates)
    result: Floats = chances[0, policy.moves.posture[c], :, 0]
    return result
