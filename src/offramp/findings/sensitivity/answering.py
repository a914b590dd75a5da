"""Solving what a question about drivers and break-evens needs, and telling what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from offramp import __version__
from offramp.findings.common.labels import source_line
from offramp.findings.outcomes.ranges import outcome_info
from offramp.findings.outcomes.values import MARGIN
from offramp.findings.sensitivity.breaking_even import Comparison, break_evens
from offramp.findings.sensitivity.drivers import numbers_of, screened
from offramp.findings.sensitivity.grouping import Group, ranked_groups
from offramp.findings.sensitivity.matters_values import Matters, OutcomeDrive
from offramp.findings.sensitivity.pick_freeze import Design, drive_of
from offramp.findings.sensitivity.solves import Solves
from offramp.findings.sensitivity.tornado import HIGH, LOW, local_variances, tornado
from offramp.shapes import Floats
from offramp.worlds import Single, draw, one_at_a_time, redraw

if TYPE_CHECKING:
    from offramp.findings.sensitivity.matters import Question

__all__ = ["Answer"]


class Answer:
    """What solving a question gives."""

    def __init__(self, question: Question, solves: Solves) -> None:
        self.q, self.solves, self.case = question, solves, question.case
        self.numbers = numbers_of(question.case, question.worlds)
        self.outcome = question.outcomes[0]
        self.stopped: set[str] = set()
        self.sign = -1.0 if self.case.outcomes[self.outcome].better == "low" else 1.0

    def matters(self) -> Matters:
        """Solve one unknown at a time, then the pick-freeze design, then the break-evens."""
        q, case = self.q, self.case
        against = q.against or self._next_best()
        names = [q.strategy, *([against] if against else [])]
        moved = one_at_a_time(draw(case, len(q.moves), q.seed), q.moves)
        alone = self.solves.over({name: (name, moved) for name in names})
        if self.solves.interrupted:
            raise KeyboardInterrupt  # before anything can be told
        swings = {o: self._swings(alone[q.strategy][o]) for o in q.outcomes}
        tornadoes = {
            o: tornado(case, self.numbers, q.singles, o, float(alone[q.strategy][o][0]), swings[o]) for o in q.outcomes
        }
        base = self._base(names)
        drives, done = self._drives(base, local_variances(q.singles, swings[self.outcome]))
        broken = None
        if against and not self.solves.interrupted:
            broken = break_evens(self._comparison(names, alone, base), q.singles, self.numbers)
        return Matters(
            case=case.name,
            title=case.title,
            version=__version__,
            digest=case.digest,
            seed=q.seed,
            worlds=q.rows,
            done=done,
            by=q.by,
            strategy=q.strategy,
            against=against,
            strategies={s: case.strategies[s].name for s in names},
            outcomes={o: outcome_info(case, o) for o in q.outcomes},
            outcome=self.outcome,
            unit=case.time.unit,
            horizon=case.time.horizon,
            sources={id_: source_line(case, id_) for id_ in case.sources},
            overlap=q.by == "mechanism",
            margin=MARGIN,
            drives=drives,
            tornadoes=tornadoes,
            break_even=broken,
            solves=self.solves.done,
            failure=self.solves.failure,
            interrupted=self.solves.interrupted,
        )

    def _next_best(self) -> str | None:
        """Return the best other strategy in the best guess; where nothing is better, the one that differs least."""
        none = draw(self.case, 0, self.q.seed)
        others = [s for s in self.case.strategies if s != self.q.strategy]
        if not others:
            return None
        found = self.solves.over({s: (s, none) for s in (self.q.strategy, *others)})
        if self.solves.interrupted:
            raise KeyboardInterrupt
        at = {s: float(found[s][self.outcome][0]) for s in found}
        if self.case.outcomes[self.outcome].better is None:
            return min(others, key=lambda s: np.nan_to_num(abs(at[s] - at[self.q.strategy]), nan=np.inf))
        return max(others, key=lambda s: np.nan_to_num(self.sign * at[s], nan=-np.inf))

    def _swings(self, column: Floats) -> dict[float, Floats]:
        """Return the outcome with each unknown at its low and at its high value."""
        found = dict(zip(self._moves(), column[1:].tolist(), strict=True))
        return {
            share: np.array([found.get((s.name, s.at(share)), float(column[0])) for s in self.q.singles])
            for share in (LOW, HIGH)
        }

    def _moves(self) -> list[tuple[str, float]]:
        return [(single.name, value) for single, value in self.q.moves]

    def _base(self, names: Sequence[str]) -> dict[str, dict[str, Floats]]:
        """Solve the worlds under both strategies, and fresh worlds under the first."""
        worlds = self.q.worlds
        samples = {"base": (names[0], worlds), "fresh": (names[0], redraw(worlds, (), shuffled=True))}
        if len(names) > 1:
            samples["against"] = names[1], worlds
        return self.solves.over(samples)

    def _drives(
        self, base: Mapping[str, Mapping[str, Floats]], local: Mapping[str, float]
    ) -> tuple[dict[str, OutcomeDrive], int]:
        if self.solves.interrupted:
            return {}, 0
        q = self.q
        groups = q.groups
        if q.by in ("unknown", "mechanism"):
            groups = self._most_telling(base["base"][self.outcome], local)
        axes = set(q.worlds.axes)
        mixed = self.solves.over(
            {group.id: (q.strategy, redraw(q.worlds, axes.difference(group.axes), shuffled=True)) for group in groups}
        )
        design = Design(q.worlds, groups, base["base"], base["fresh"], mixed)
        if len(design.rows) < 2:
            return {}, 0
        drives = {o: drive_of(self.numbers, design, o, q.seed, overlap=q.by == "mechanism") for o in q.outcomes}
        return drives, len(design.rows)

    def _most_telling(self, column: Floats, local: Mapping[str, float]) -> tuple[Group, ...]:
        """Choose groups by what their unknowns explain of the worlds at hand; below the floor of noise, by swings."""
        rows = np.flatnonzero(np.isfinite(column[1:])) + 1
        found = screened(self.q.worlds, rows, column[rows], self.q.seed)
        axes = tuple(dict.fromkeys(self.q.worlds.axes))
        spread = float(column[rows].var()) or 1.0
        shares = {
            axis: share if share > found.floor else min(local.get(axis, 0.0) / spread, found.floor)
            for axis, share in zip(axes, found.shares.tolist(), strict=True)
        }
        return ranked_groups(self.q.groups, shares, axes)

    def _comparison(
        self, names: Sequence[str], alone: Mapping[str, Mapping[str, Floats]], base: Mapping[str, Mapping[str, Floats]]
    ) -> Comparison:
        ahead = self._ahead(alone[names[0]], alone[names[1]])
        return Comparison(
            case=self.case,
            outcome=self.outcome,
            strategies=(names[0], names[1]),
            best_guess=float(ahead[0]),
            moved=dict(zip(self._moves(), ahead[1:].tolist(), strict=True)),
            worlds=self.q.worlds,
            differences=self._ahead(base["base"], base["against"])[1:],
            solve=lambda moves: self._solved(names, moves),
            stopped=self.stopped,
        )

    def _ahead(self, one: Mapping[str, Floats], two: Mapping[str, Floats]) -> Floats:
        """Return by how much one strategy is better than the other; where nothing is better, higher."""
        return np.asarray(self.sign * (one[self.outcome] - two[self.outcome]))

    def _solved(self, names: Sequence[str], moves: Sequence[tuple[Single, float]]) -> Floats:
        moved = one_at_a_time(draw(self.case, len(moves), self.q.seed), moves)
        found = self.solves.over({name: (name, moved) for name in names})
        if self.solves.interrupted:
            self.stopped.update(single.name for single, _ in moves)
            return np.full(len(moves), np.nan)
        return self._ahead(found[names[0]], found[names[1]])[1:]
