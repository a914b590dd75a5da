"""One strategy in one world: the arrays that the play lens integrates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from offramp.errors import Path
from offramp.expressions import Node
from offramp.graph.arrays import Column, FixedPolicy, LogitPolicy, Problem, Segment
from offramp.graph.chances import rule_chances
from offramp.graph.dates import broken_at, passed, rate_expressions, rule_expressions, turning
from offramp.graph.graph import Game, Graph, find
from offramp.graph.outcomes import Read, Reading, read_outcome
from offramp.graph.rates import drift
from offramp.graph.rules import rule_targets
from offramp.graph.situation import Situation
from offramp.graph.wants import beliefs, end_worth, flow, influence, precision, switching_costs
from offramp.model import Outcome, Rule
from offramp.shapes import Floats, Ints

__all__ = ["Posed", "pose"]

World = Mapping[str, Any]
Policy = LogitPolicy | FixedPolicy


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A problem and how its outcomes are read off."""

    problem: Problem
    readings: tuple[Reading, ...]
    first_outcome: int
    """The columns from here on are outcomes."""


def pose(graph: Graph, world: World, outcomes: Sequence[Outcome]) -> Posed:
    """Pose the problem of one strategy in one world.

    Parameters
    ----------
    world
        The value of every unknown.
    outcomes
        The outcomes to carry beside the players' values.

    Raises
    ------
    WorldError
        If a number of this world cannot be used: not finite, a negative rate or pace, shares above 1.
    """
    with np.errstate(all="ignore"):
        return _Poser(graph, world, outcomes).posed()


class _Poser:
    def __init__(self, graph: Graph, world: World, outcomes: Sequence[Outcome]) -> None:
        self.graph, self.situation = graph, Situation(graph, world)
        self.case = graph.case
        self.players = list(self.case.players.values())
        self.paces = [self.situation.scalar(p.pace, (*p.path, "pace"), low=0.0) for p in self.players]
        self.costs = [switching_costs(self.situation, own) for own in graph.space.players]
        self.reads = [read_outcome(self.situation, outcome) for outcome in outcomes]
        self.columns: list[Column] = []
        self.flows: list[Floats] = []
        self.ends: list[tuple[int, Floats]] = []
        self.blocks: list[tuple[int, int]] = []
        self.decides: dict[tuple[int, int], tuple[int, ...]] = {}
        self.shared_flows: dict[tuple[tuple[bool, bool], ...], Floats] = {}
        self.beliefs = [beliefs(self.situation, game.perceptions) for game in graph.games]
        for g, game in enumerate(graph.games):
            self._add_values(g, game)
        self.first_outcome = len(self.columns)
        for read in self.reads:
            self.columns.append(Column(read.outcome.id, read.discount, read.payer))

    def _add_values(self, g: int, game: Game) -> None:
        """Add a value column for each faction of each free player, as this game has them."""
        first = len(self.columns)
        for i, player in enumerate(self.players):
            if i in self.graph.committed:
                continue
            discount = self.situation.scalar(player.discount, (*player.path, "discount"), low=0.0)
            at = []
            for faction in player.factions:
                at.append(len(self.columns))
                self.columns.append(Column(f"{player.id}.{faction.id}", discount, i))
                self.flows.append(flow(self.situation, player, faction, self.beliefs[g]))
                ending = end_worth(self.situation, player, faction, self.beliefs[g])
                if ending is not None:
                    self.ends.append((at[-1], ending))
            self.decides[g, i] = tuple(at)
        self.blocks.append((first, len(self.columns)))

    def posed(self) -> Posed:
        breaks = self._breaks()
        segments = []
        truth: tuple[int, ...] = ()
        horizon = self.case.time.horizon
        logit = self._logit_policies()
        for start, end in zip(breaks[-2::-1], breaks[:0:-1], strict=True):
            middle = (start + end) / 2
            fixed = self._fixed_policies(middle)
            policies: tuple[Policy, ...] = (*logit, *fixed)
            truth = tuple(
                n for n, policy in enumerate(policies) if (self.first_outcome, len(self.columns)) in policy.drives
            )
            active = len(self.columns) if end <= horizon else self.first_outcome
            segments.append(self._segment(start, end, active, self._rates(middle), policies))
        readings = tuple(
            Reading(read.outcome.id, self.first_outcome + n, read.scale, read.offset)
            for n, read in enumerate(self.reads)
        )
        problem = Problem(
            len(self.graph.codes), self.graph.ladders, tuple(self.columns), tuple(segments), self.graph.start, truth
        )
        return Posed(problem, readings, self.first_outcome)

    def _breaks(self) -> list[float]:
        """Return the dates at which anything changes, ascending from 0 to the foresight date."""
        time = self.case.time
        fixed = {0.0, time.horizon, time.foresight}
        for read in self.reads:
            fixed |= {read.start, read.end}
        found = {self.graph.delay}
        for clock, node, path in self.graph.once("dates", self._dates):
            found.add(clock + self.situation.scalar(node, path))
        return broken_at(fixed, found)

    def _dates(self) -> list[tuple[float, Node, Path]]:
        """Return the dates that rules and rates turn on: when their clock starts, and the date on it."""
        lists = [each for rules in self.graph.committed.values() for each in (rules.rules, *rules.believed.values())]
        found = [
            (self.graph.delay, *dated) for rules in lists for dated in turning(self.graph, rule_expressions(rules))
        ]
        return found + [(0.0, *dated) for dated in turning(self.graph, rate_expressions(self.case))]

    def _rates(self, middle: float) -> tuple[Floats, Floats]:
        """Return how the conditions drift at a date; segments between the same dates share it."""
        turns = self.graph.once("turns", lambda: turning(self.graph, rate_expressions(self.case)))
        key = "drift", passed(self.situation, turns, middle)
        return self.situation.once(key, lambda: drift(self.situation.at(middle) if turns else self.situation))

    def _logit_policies(self) -> list[LogitPolicy]:
        """Return a policy for each free player in each game; its own game's is what it really does."""
        outcomes = (self.first_outcome, len(self.columns))
        policies = []
        for g, game in enumerate(self.graph.games):
            for i, player in enumerate(self.players):
                if i in self.graph.committed:
                    continue
                real = i in game.members
                decides = self.decides[g, i]
                pace = self.paces[i]
                policies.append(
                    LogitPolicy(
                        player=i,
                        moves=self.graph.moves[i],
                        pace=pace,
                        precision=precision(self.situation, player, pace, self.beliefs[g]),
                        cost=self.costs[i],
                        decides=decides,
                        weight=influence(self.situation, player, self.beliefs[g]),
                        consents=tuple(c for c, f in zip(decides, player.factions, strict=True) if f.consent),
                        drives=(self.blocks[g], outcomes) if real else (self.blocks[g],),
                    )
                )
        return policies

    def _fixed_policies(self, middle: float) -> list[FixedPolicy]:
        """Return what each committed player does, and what it is believed to do where that differs."""
        outcomes = (self.first_outcome, len(self.columns))
        policies = []
        for i, rules in self.graph.committed.items():
            true_to = [self.blocks[g] for g, game in enumerate(self.graph.games) if i not in game.believed]
            policies.append(self._fixed(i, rules.rules, middle, (*true_to, outcomes)))
            for g, game in enumerate(self.graph.games):
                if i in game.believed:
                    policies.append(self._fixed(i, game.believed[i], middle, (self.blocks[g],)))
        return policies

    def _fixed(
        self, player: int, rules: Sequence[Rule], middle: float, drives: tuple[tuple[int, int], ...]
    ) -> FixedPolicy:
        """Return what a player does by rules at a date; segments between the same dates share it."""
        clock = middle - self.graph.delay
        turns = self.graph.once(("turns", id(rules)), lambda: turning(self.graph, rule_expressions(rules)))
        stage = passed(self.situation, turns, clock) if clock >= 0 else None

        here = self.situation.at(clock) if turns else self.situation

        def make() -> FixedPolicy:
            targets, cost = self._leads(player, rules)
            chance = self._chances(rules, here, stage)
            return FixedPolicy(player, self.paces[player], targets, chance, cost, drives)

        return self.situation.once(("policy", player, id(rules), stage, drives), make)

    def _leads(self, player: int, rules: Sequence[Rule]) -> tuple[Ints, Floats]:
        """Return where each rule leads from each configuration, and what the change costs, both [R, C]."""
        posture, targets = self.graph.once(("leads", player, id(rules)), lambda: self._targets(player, rules))
        return targets, self.costs[player][posture, posture[targets]]

    def _targets(self, player: int, rules: Sequence[Rule]) -> tuple[Ints, Ints]:
        """Return the player's posture in each configuration, [C], and where each rule leads from there, [R, C]."""
        graph, here = self.graph, np.arange(len(self.graph.codes))
        targets = np.empty((len(rules), len(here)), dtype=np.int64)
        for r, rule in enumerate(rules):
            at = find(graph.codes, rule_targets(graph.space, player, rule, graph.codes))
            targets[r] = np.where(at >= 0, at, here)
        return graph.space.posture(graph.codes, player), targets

    def _chances(self, rules: Sequence[Rule], here: Situation, stage: tuple[bool, ...] | None) -> Floats:
        """Return how likely each rule is followed, [R, C, P]; without a stage the strategy has not begun."""
        if stage is None:
            return np.zeros((len(rules), *self.graph.shape))
        nodes = [node for node, _ in rule_expressions(rules)]
        return here.shared(("chances", id(rules)), nodes, lambda: rule_chances(rules, here))

    def _segment(
        self, start: float, end: float, active: int, rates: tuple[Floats, Floats], policies: tuple[Policy, ...]
    ) -> Segment:
        terminal: list[tuple[int, Floats]] = []
        held, puts = [], []
        paying = [True] * self.first_outcome
        if end == self.case.time.foresight:
            terminal += self.ends
        reads = self.reads if active > self.first_outcome else []
        for n, read in enumerate(reads):
            column = self.first_outcome + n
            if read.terminal is not None and end == read.end:
                terminal.append((column, read.terminal))
            if (stops := read.stops(end)) is not None:
                held.append((column, stops))
            if (put := read.put(end)) is not None:
                puts.append((column, *put))
            paying.append(read.payer >= 0 and read.start < end <= read.end)
        return Segment(start, end, active, tuple(terminal), self._flows(reads, end), *rates, policies, tuple(held),
                       tuple(puts), tuple(paying[:active]))  # fmt: skip

    def _flows(self, reads: Sequence[Read], end: float) -> Floats:
        """Return what each column earns per unit of time, [C, active, P]; segments between the same dates share it."""
        windows = tuple((end > read.start, end <= read.end) for read in reads)
        if windows not in self.shared_flows:
            alike = [other for other in self.shared_flows if len(other) == len(windows)]
            before = alike[-1] if alike else (None,) * len(windows)
            flows = self.shared_flows[alike[-1]].copy() if alike else self._earned_by_players(room=len(windows))
            for n, read in enumerate(reads):
                if windows[n] != before[n]:
                    earned = read.earns(end)
                    flows[:, self.first_outcome + n] = 0.0 if earned is None else self._while_held(read, end, earned)
            self.shared_flows[windows] = flows
        return self.shared_flows[windows]

    def _earned_by_players(self, room: int) -> Floats:
        """Return what the players' value columns earn, before room for so many outcomes."""
        configurations, positions = self.graph.shape
        flows = np.empty((configurations, self.first_outcome + room, positions))
        for n, values in enumerate(self.flows):
            flows[:, n] = values
        return flows

    def _while_held(self, read: Read, end: float, earned: Floats) -> Floats:
        """A path that ``unless`` has ruled out never arrives: for ``first`` the clock runs on to the end."""
        if read.outcome.measure != "first" or read.ruled_out is None or read.reached is None or end <= read.start:
            return earned
        return np.where(read.ruled_out & ~read.reached, 1.0, earned)
