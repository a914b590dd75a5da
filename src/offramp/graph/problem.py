"""One strategy in one world: the arrays that the play lens integrates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from offramp.errors import Path
from offramp.expressions import Node, dates, names
from offramp.graph.arrays import Column, FixedPolicy, LogitPolicy, Problem, Segment
from offramp.graph.graph import Game, Graph, find
from offramp.graph.outcomes import Read, Reading, read_outcomes
from offramp.graph.rates import drift
from offramp.graph.rules import rule_chances, rule_targets
from offramp.graph.wants import beliefs, end_worth, flow, influence, precision, scalar, switching_costs
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
    return _Poser(graph, world, outcomes).posed()


class _Poser:
    def __init__(self, graph: Graph, world: World, outcomes: Sequence[Outcome]) -> None:
        self.graph, self.world = graph, graph.scope(world)
        self.case = graph.case
        self.players = list(self.case.players.values())
        self.paces = [scalar(graph, p.pace, self.world, (*p.path, "pace"), low=0.0) for p in self.players]
        self.costs = [switching_costs(graph, own, self.world) for own in graph.space.players]
        self.reads = read_outcomes(graph, self.world, outcomes)
        self.columns: list[Column] = []
        self.flows: list[Floats] = []
        self.ends: list[tuple[int, Floats]] = []
        self.blocks: list[tuple[int, int]] = []
        self.decides: dict[tuple[int, int], tuple[int, ...]] = {}
        self.shared_flows: dict[tuple[tuple[bool, bool], ...], Floats] = {}
        self.leads: dict[int, tuple[Ints, Floats]] = {}
        self.chances: dict[tuple[int, float], Floats] = {}
        self.beliefs = [beliefs(graph, game.perceptions, self.world) for game in graph.games]
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
            discount = scalar(self.graph, player.discount, self.world, (*player.path, "discount"), low=0.0)
            at = []
            for faction in player.factions:
                at.append(len(self.columns))
                self.columns.append(Column(f"{player.id}.{faction.id}", discount, i))
                self.flows.append(flow(self.graph, player, faction, self.world, self.beliefs[g]))
                ending = end_worth(self.graph, player, faction, self.world, self.beliefs[g])
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
        drifts: dict[float, tuple[Floats, Floats]] = {}
        steady = self.graph.once("steady", self._steady)
        for start, end in zip(breaks[-2::-1], breaks[:0:-1], strict=True):
            middle = (start + end) / 2
            key = 0.0 if steady else middle
            if key not in drifts:
                drifts[key] = drift(self.graph, {**self.world, "time": middle})
            fixed = self._fixed_policies(middle)
            policies: tuple[Policy, ...] = (*logit, *fixed)
            truth = tuple(
                n for n, policy in enumerate(policies) if (self.first_outcome, len(self.columns)) in policy.drives
            )
            active = len(self.columns) if end <= horizon else self.first_outcome
            segments.append(self._segment(start, end, active, drifts[key], policies))
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
            found.add(clock + scalar(self.graph, node, self.world, path))
        kept = sorted(fixed)
        for date in sorted(found):
            if 0 < date < time.foresight and min(abs(date - other) for other in kept) > 1e-9 * time.foresight:
                kept.append(date)
        return sorted(kept)

    def _steady(self) -> bool:
        """Tell whether the conditions drift alike at all times."""
        terms = [term for c in self.case.conditions.values() for term in (*c.rises, *c.falls)]
        return not any("time" in names(term.of) for term in terms)

    def _dates(self) -> list[tuple[float, Node, Path]]:
        """Return the dates that rules and rates turn on: when their clock starts, and the date on it."""
        found: list[tuple[float, Node, Path]] = []
        for rules in self.graph.committed.values():
            for rule in (*rules.rules, *(r for believed in rules.believed.values() for r in believed)):
                for node in (rule.when, rule.chance):
                    if node is not None:
                        found += [(self.graph.delay, date, rule.path) for date in dates(node)]
        for condition in self.case.conditions.values():
            for term in (*condition.rises, *condition.falls):
                found += [(0.0, date, term.path) for date in dates(term.of)]
        return found

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
                        precision=precision(self.graph, player, pace, self.world, self.beliefs[g]),
                        cost=self.costs[i],
                        decides=decides,
                        weight=influence(self.graph, player, self.world, self.beliefs[g]),
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
        targets, cost = self._leads(player, rules)
        return FixedPolicy(
            player=player,
            pace=self.paces[player],
            targets=targets,
            chance=self._chances(rules, middle - self.graph.delay),
            cost=cost,
            drives=drives,
        )

    def _leads(self, player: int, rules: Sequence[Rule]) -> tuple[Ints, Floats]:
        """Return where each rule leads from each configuration, and what the change costs, both [R, C]."""
        if id(rules) not in self.leads:
            posture, targets = self.graph.once(("leads", id(rules)), lambda: self._targets(player, rules))
            self.leads[id(rules)] = targets, self.costs[player][posture, posture[targets]]
        return self.leads[id(rules)]

    def _targets(self, player: int, rules: Sequence[Rule]) -> tuple[Ints, Ints]:
        """Return the player's posture in each configuration, [C], and where each rule leads from there, [R, C]."""
        graph, here = self.graph, np.arange(len(self.graph.codes))
        targets = np.empty((len(rules), len(here)), dtype=np.int64)
        for r, rule in enumerate(rules):
            at = find(graph.codes, rule_targets(graph.space, player, rule, graph.codes))
            targets[r] = np.where(at >= 0, at, here)
        return graph.space.posture(graph.codes, player), targets

    def _chances(self, rules: Sequence[Rule], clock: float) -> Floats:
        """Return how likely each rule is followed at a date of the strategy's own clock, [R, C, P]."""
        timed = self.graph.once(("timed", id(rules)), lambda: _timed(rules))
        key = id(rules), -1.0 if clock < 0 else clock if timed else 0.0
        if key not in self.chances:
            world = {**self.world, "time": clock}
            shape = (len(rules), *self.graph.shape)
            self.chances[key] = np.zeros(shape) if clock < 0 else rule_chances(rules, world, self.graph.shape)
        return self.chances[key]

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
        key = tuple((end > read.start, end <= read.end) for read in reads)
        if key not in self.shared_flows:
            configurations, positions = self.graph.shape
            flows = np.zeros((configurations, self.first_outcome + len(reads), positions))
            for n, values in enumerate(self.flows):
                flows[:, n] = values
            for n, read in enumerate(reads):
                earned = read.earns(end)
                if earned is not None:
                    flows[:, self.first_outcome + n] = self._earned_while_held(read, end, earned)
            self.shared_flows[key] = flows
        return self.shared_flows[key]

    def _earned_while_held(self, read: Read, end: float, earned: Floats) -> Floats:
        """A path that ``unless`` has ruled out never arrives: for ``first`` the clock runs on to the end."""
        if read.outcome.measure != "first" or read.ruled_out is None or read.reached is None or end <= read.start:
            return earned
        return np.where(read.ruled_out & ~read.reached, 1.0, earned)


def _timed(rules: Sequence[Rule]) -> bool:
    """Tell whether rules turn on the clock."""
    return any("time" in names(node) for rule in rules for node in (rule.when, rule.chance) if node is not None)
