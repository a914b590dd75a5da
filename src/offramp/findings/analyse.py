"""From a case to its findings: the main job."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from offramp import __version__
from offramp.ensemble import Crew, Kept, Movers, Planned, Progress, Remembered, Table, run_jobs
from offramp.errors import UsageError, WorldError
from offramp.findings.beside import beside
from offramp.findings.choice.advice import advice_of
from offramp.findings.choice.focal import focal_strategy
from offramp.findings.choice.robust import robust_of
from offramp.findings.claims.adaptive import more_worlds
from offramp.findings.claims.judging import judge
from offramp.findings.claims.testing import Sample
from offramp.findings.claims.values import Assumption, Verdict
from offramp.findings.common.labels import names_of, source_line
from offramp.findings.discovery.failing import failing_in
from offramp.findings.discovery.flips import flips_of
from offramp.findings.jobs import BASELINES, Agenda
from offramp.findings.outcomes.bands import bands, whole_worlds
from offramp.findings.outcomes.ranges import outcome_info
from offramp.findings.outcomes.values import Baselines, ViewFindings
from offramp.findings.results import FailedWorld, Findings
from offramp.findings.sensitivity.drivers import drivers_of
from offramp.findings.sensitivity.guesses import guess_shares
from offramp.findings.sensitivity.origins import count_origins
from offramp.findings.sensitivity.values import Drivers, GuessShares
from offramp.findings.sentences.documents import fates_of
from offramp.findings.sentences.light_ranking import Carrying
from offramp.findings.sentences.tensions import tensions_of
from offramp.model import Case
from offramp.model.variants import Variant
from offramp.shapes import Floats, Ints

__all__ = ["DEFAULT_WORLDS", "analyse"]

DEFAULT_WORLDS = 128
EXPLAINED = 2048
"""Worlds, the first ones, from which it is told what drives the outcomes and rests on guesses: more would take minutes
and hardly sharpen it."""
WEIGHED = 8
"""Worlds in which each sentence is switched off in turn under the focal strategy. `offramp trace` takes more."""


def analyse(
    case: Case,
    *,
    worlds: int = DEFAULT_WORLDS,
    seed: int = 0,
    strategies: Sequence[str] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    kept: Kept | None = None,
    crew: Crew | None = None,
    until: float | None = None,
    planned: Planned | None = None,
) -> Findings:
    """Run every strategy of a case over many worlds and judge its claims.

    Parameters
    ----------
    case
    worlds
        How many draws of the unknowns, the best guess apart; at least 1.
    seed
        Of the draws, the resamples and the storylines.
    strategies
        The strategies to run; by default all. Claims about others are left out.
    workers
        Threads; by default one per core. The numbers do not depend on it.
    progress
        Called with (units done, units in all).
    kept
        What was computed before is taken from here, what is computed is added.
    crew
        Who computes the worlds, if not threads of this process.
    until
        Begin with 128 worlds and add more, `worlds` at most, until every verdict's share is known to within this much
        either way (half of the width of its 95 % interval). Then what only claims ask for is computed in every world.
    planned
        Called with what is due, and how much of it is there, before it is computed.

    Returns
    -------
    Findings

    Raises
    ------
    CaseErrors
        If the case is too large, or a test asks for what cannot be computed.
    UsageError
        If there is no such strategy, or no world to run.
    WorldError
        If no world could be computed under every strategy.
    KeyboardInterrupt
        If the reader stopped the run before the first worlds were done. Later, what was done is returned.
    """
    if worlds < 1:
        raise UsageError(f"{worlds} worlds are too few", code="worlds", hint="ask for at least 1")
    means = _Means(workers, progress, kept or (None if until is None else Remembered()), crew, planned)
    if until is None:
        return _Analysis(case, worlds, seed, strategies, means).findings()
    count = min(worlds, DEFAULT_WORLDS)
    while True:
        analysis = _Analysis(case, count, seed, strategies, means, every=True)
        count = more_worlds(analysis.verdicts.values(), count, until, worlds)
        if count == analysis.count or analysis.table.interrupted:
            return analysis.findings()


@dataclass(frozen=True, slots=True)
class _Means:
    """By what worlds are computed."""

    workers: int | None
    progress: Progress | None
    kept: Kept | None
    crew: Crew | None
    planned: Planned | None


class _Analysis:
    def __init__(
        self,
        case: Case,
        worlds: int,
        seed: int,
        strategies: Sequence[str] | None,
        means: _Means,
        *,
        every: bool = False,
    ) -> None:
        self.case, self.count, self.seed = case, worlds, seed
        self.means, self.workers = means, means.workers
        self.agenda = agenda = Agenda(case, worlds, seed, strategies, every=every)
        self.began = time.perf_counter()
        self.focal = focal_strategy(case, agenda.strategies)
        self.carrying = Carrying(
            case, self.focal, agenda.samples["main"], WEIGHED, workers=self.workers, progress=means.progress
        )
        self.table = self._computed()

    def _computed(self) -> Table:
        agenda, means = self.agenda, self.means
        jobs = agenda.jobs()
        table = run_jobs(
            self.case,
            jobs,
            agenda.samples,
            workers=means.workers,
            progress=self.carrying.before if means.progress else None,
            kept=means.kept,
            crew=means.crew,
            planned=means.planned,
        )
        self._check_any(table)
        return table

    def findings(self) -> Findings:
        case, agenda, table, focal = self.case, self.agenda, self.table, self.focal
        around = beside(case, agenda, self.carrying, self.seed, self.workers, interrupted=table.interrupted)
        paths, maps, stories = around.courses
        outcomes_by = bands(case, table, agenda.strategies)
        views = {
            id_: ViewFindings(id_, case.views[id_].name, self._whole(table, name, rows=agenda.few),
                              bands(case, table, agenda.strategies, name, rows=agenda.few))
            for id_, name in agenda.views.items()
        }  # fmt: skip
        advice = advice_of(case, table, agenda.strategies, agenda.views, agenda.few)
        verdicts = self.verdicts
        robust = robust_of(case, table, agenda.strategies, agenda.claims, agenda.samples["main"], self.seed)
        main = self._sample(table, "main", "foresight")
        return Findings(
            case=case.name,
            title=case.title,
            about=case.about,
            version=__version__,
            seed=self.seed,
            digest=case.digest,
            worlds=self.count,
            done=self._whole(table),
            unit=case.time.unit,
            horizon=case.time.horizon,
            foresight=case.time.foresight,
            strategies={s: case.strategies[s].name for s in agenda.strategies},
            outcomes={id_: outcome_info(case, id_) for id_ in case.outcomes},
            outcomes_by=outcomes_by,
            verdicts=verdicts,
            assumptions=tuple(
                Assumption(c.id, c.says, c.origin.quote, c.origin.source) for c in agenda.claims if c.factual
            ),
            baselines=self._baselines(table),
            views=views,
            paths=paths,
            maps=maps,
            stories=stories,
            origins=count_origins(case),
            sources={id_: source_line(case, id_) for id_ in case.sources},
            names=names_of(case),
            numerics=replace(around.numerics, seconds=time.perf_counter() - self.began),
            failed=self._failed(table),
            interrupted=around.interrupted,
            focal=focal,
            sentences=fates_of(case, verdicts),
            left_out={m.id: m.left_out for m in case.mechanisms.values() if m.left_out is not None},
            elsewhere={c.id: c.elsewhere for c in agenda.claims if c.elsewhere is not None},
            tensions=tensions_of(case, focal, outcomes_by, views, advice),
            advice=advice,
            drivers=self._drivers(table, focal),
            guesses=self._guesses(table, focal),
            weights=around.weights,
            lenses=around.lenses,
            no_lenses=around.no_lenses,
            robust=robust,
            flips=flips_of(main, agenda.strategies, agenda.claims, robust, self.seed),
            failing=failing_in(main, agenda.strategies, self.seed),
            blind=tuple(player.name or player.id for player in case.players.values() if player.unseen),
        )

    def _whole(self, table: Table, sample: str = "main", movers: Movers = "foresight", rows: int | None = None) -> int:
        """Count the worlds that could be computed under every strategy, the best guess apart."""
        return int(whole_worlds(table, self.agenda.strategies, sample, movers, rows)[1:].sum())

    def _failed(self, table: Table) -> tuple[FailedWorld, ...]:
        """List failures, those of the case's own worlds first; what fails again in a baseline is told once."""
        own = {(f.world, f.variant) for f in table.failures if f.sample == "main"}
        found = [FailedWorld(f.world, str(f.variant), f.message, f.draws) for f in table.failures if f.sample == "main"]
        for f in table.failures:
            if f.sample != "main" and not (f.sample == "few" and (f.world, f.variant) in own):
                where = f.sample if f.movers == "foresight" else f"{f.sample}, {f.movers} movers"
                found.append(FailedWorld(f.world, f"{f.variant} ({where})", f.message, f.draws))
        return tuple(found)

    def _check_any(self, table: Table) -> None:
        """Without a single world there is nothing to report: say what went wrong in the first."""
        if not table.done["main"]:
            raise KeyboardInterrupt  # before the first worlds were done
        if not whole_worlds(table, self.agenda.strategies).any():
            plain = self.agenda.plain
            first = next(f for f in table.failures if f.sample == "main" and f.variant in plain)
            raise WorldError(f"no world could be computed under every strategy; in world {first.world} "
                             f"of {first.variant}: {first.message}")  # fmt: skip

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        table = self.table
        main = self._sample(table, "main", "foresight")
        random, myopic = (self._sample(table, "few", movers) for movers in BASELINES)
        views = {
            id_: self._sample(table, name, "foresight", most=self.agenda.few) for id_, name in self.agenda.views.items()
        }
        return {
            claim.id: judge(claim, main, random, myopic, views, seed=self.seed)
            for claim in self.agenda.claims
            if not claim.factual and claim.elsewhere is None
        }

    def _guesses(self, table: Table, focal: str) -> GuessShares | None:
        values, rows = self._focal_values(table, focal)
        return guess_shares(self.case, focal, self.agenda.samples["main"], values, rows, self.seed) if values else None

    def _drivers(self, table: Table, focal: str) -> Drivers | None:
        values, rows = self._focal_values(table, focal)
        return drivers_of(self.case, focal, self.agenda.samples["main"], values, rows, self.seed) if values else None

    def _focal_values(self, table: Table, focal: str) -> tuple[dict[str, Floats], Ints]:
        """Return the main outcomes under the focal strategy, and the worlds they are of; none with fewer than two."""
        rows = np.flatnonzero(whole_worlds(table, self.agenda.strategies)[1:])[:EXPLAINED] + 1
        main = [id_ for id_, outcome in self.case.outcomes.items() if outcome.main and focal]
        return {id_: table.column(Variant(focal), id_)[rows] for id_ in main} if len(rows) > 1 else {}, rows

    def _sample(self, table: Table, name: str, movers: Movers, *, most: int | None = None) -> Sample:
        rows = np.arange(1, table.done[name], dtype=np.int64)[:most]
        return Sample(self.case, table, self.agenda.samples[name], name, movers, rows)

    def _baselines(self, table: Table) -> Baselines:
        few = max(table.done["few"] - 1, 0)
        return Baselines(
            worlds=self._whole(table, "few", "random"),
            random=bands(self.case, table, self.agenda.strategies, "few", "random"),
            myopic=bands(self.case, table, self.agenda.strategies, "few", "myopic"),
            foresight=bands(self.case, table, self.agenda.strategies, rows=few),
        )
