"""What the lenses work on: one strategy in one world, as arrays.

Letters in the shapes: C configurations, P ladder positions, K conditions, V value columns, A levels of all of one
player's options taken together ("postures"), G groups of configurations that differ in that player's options
alone, R rules of a committed player.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from offramp.shapes import Bools, Floats, Ints

__all__ = ["Column", "FixedPolicy", "Ladders", "LogitPolicy", "Moves", "Problem", "Segment"]


@dataclass(frozen=True, slots=True, eq=False)
class Ladders:
    """The conditions' ladders as one mixed-radix position; the last condition runs fastest.

    Moving condition k one rung up or down adds or subtracts ``strides[k]``.
    """

    sizes: tuple[int, ...]
    strides: tuple[int, ...]
    positions: int
    """P, the product of the sizes; 1 where the case has no conditions."""


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """One player's unilateral moves.

    A posture is a level for each of the player's own options, numbered in mixed radix. Two configurations of one
    group differ in the posture alone, so a move is a change of posture inside a group.
    """

    members: Ints
    """[G, A] the configuration with each posture; -1 where it is infeasible or cannot be reached."""
    allowed: Bools
    """[A, A] from, to: the change undoes nothing irreversible. True on the diagonal."""
    group: Ints
    """[C] the group of each configuration."""
    posture: Ints
    """[C] the posture of each configuration."""


@dataclass(frozen=True, slots=True, eq=False)
class LogitPolicy:
    """A player who chooses by quantal response.

    From a state with posture b it picks posture a with probability proportional to
    ``exp(precision * (Q[a] - cost[b, a]))`` over the allowed, feasible postures (staying put included), where
    ``Q = sum of weight[n] * V[:, decides[n], :]`` with the weights taken at the present ladder position.
    """

    player: int
    moves: Moves
    pace: float
    """Opportunities per unit of time."""
    precision: float
    """lam times pace."""
    cost: Floats
    """[A, A] switching cost from, to, in worth times time."""
    decides: tuple[int, ...]
    """The value columns it looks at (one per faction)."""
    weight: Floats
    """[len(decides), P] the share of influence of each at each ladder position; sums to 1 over the first axis."""
    consents: tuple[int, ...]
    """Columns of the factions whose consent a chosen move needs: it passes each with probability
    1 / (1 + exp(-precision * (V[to] - cost - V[from]))), else the player stays. Staying needs no consent."""
    drives: tuple[tuple[int, int], ...]
    """Half-open ranges of value columns that move as this policy says."""


@dataclass(frozen=True, slots=True, eq=False)
class FixedPolicy:
    """A player whose probabilities do not depend on the values: a committed strategy, or a baseline.

    At an opportunity in configuration c and position p it goes to ``targets[r, c]`` with probability
    ``chance[r, c, p]``; with the rest it stays.
    """

    player: int
    pace: float
    targets: Ints
    """[R, C]"""
    chance: Floats
    """[R, C, P], each at least 0, summing to at most 1 over the first axis."""
    cost: Floats
    """[R, C] the switching cost of going there."""
    drives: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """What one value column stands for."""

    name: str
    discount: float
    """rho, per unit of time."""
    payer: int
    """The player whose switching costs this column pays; -1 for none."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A stretch of time over which rates, rules and flows are constant. ``start < end``."""

    start: float
    end: float
    active: int
    """The first ``active`` columns are carried; the others do not exist yet (the sweep runs backward)."""
    terminal: tuple[tuple[int, Floats], ...]
    """(column, [C, P]) values put in place at ``end``, before the segment is integrated."""
    flow: Floats
    """[C, active, P] what each column earns per unit of time."""
    rise: Floats
    """[K, C, P] rates up, 0 at the top rung."""
    fall: Floats
    """[K, C, P] rates down, 0 at the bottom rung."""
    policies: tuple[LogitPolicy | FixedPolicy, ...]
    """Each column below ``active`` is driven by one policy of each player. A range in ``drives`` may reach past
    ``active``: it is cut there."""
    held: tuple[tuple[int, Bools], ...] = ()
    """(column, [C, P] mask): where True the column earns its flow alone: no moves, no drift, no discount (the path
    has been stopped there)."""
    puts: tuple[tuple[int, Bools, float], ...] = ()
    """(column, [C, P] mask, value): put in place where the mask is True at ``end``, after ``terminal``."""
    paying: tuple[bool, ...] = field(default=())
    """Per active column: does it pay its payer's switching costs in this segment? Empty: all with a payer do."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """One strategy in one world: integrate the segments from the last (the foresight date) back to time 0."""

    configurations: int
    ladders: Ladders
    columns: tuple[Column, ...]
    segments: tuple[Segment, ...]
    """In the order of the sweep: the first ends at the foresight date, the last starts at 0. All columns start at
    0 there, before any ``terminal`` is put in place."""
    start: tuple[int, int]
    """Configuration and ladder position at time 0."""
    truth: tuple[int, ...]
    """For each segment's policies: which of them (positions in ``policies``) act in what really happens, one per
    player; without perceptions all of them."""
