"""From a case to its findings: the main job."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from offramp import __version__
from offramp.ensemble import Crew, Job, Kept, Movers, Progress, Remembered, Table, run_jobs
from offramp.errors import CaseErrors, UsageError, WorldError
from offramp.findings.adaptive import more_worlds
from offramp.findings.advice import advice_of, focal_strategy
from offramp.findings.argument import GuessShares
from offramp.findings.bands import bands, whole_worlds
from offramp.findings.carrying import Carrying
from offramp.findings.courses import courses
from offramp.findings.drivers import Drivers
from offramp.findings.failing import failing_in
from offramp.findings.fates import fates_of
from offramp.findings.flips import flips_of
from offramp.findings.guesses import guess_shares
from offramp.findings.labels import names_of, source_line
from offramp.findings.lenses import lenses
from offramp.findings.numerics import measure_numerics
from offramp.findings.origins import count_origins
from offramp.findings.plan import Plan, check_strategies, plan_claims
from offramp.findings.ranges import outcome_info
from offramp.findings.results import (
    Assumption,
    Baselines,
    FailedWorld,
    Findings,
    Numerics,
    Paths,
    StateMap,
    Story,
    Verdict,
    ViewFindings,
)
from offramp.findings.robust import robust_of
from offramp.findings.standing import Lenses
from offramp.findings.telling import drivers_of
from offramp.findings.tensions import tensions_of
from offramp.findings.testing import Sample, redrawn_name
from offramp.findings.verdicts import judge
from offramp.findings.weights import Weight
from offramp.model import Case, Claim
from offramp.model.variants import Variant
from offramp.shapes import ENSEMBLE_TOLERANCE, Floats, Ints
from offramp.worlds import Worlds, axes_of, draw, redraw

__all__ = ["DEFAULT_WORLDS", "analyse"]

DEFAULT_WORLDS = 128
FEW = 16
"""Worlds for baselines and views: these, or an eighth of the worlds where that is more."""
PAIRED = 32
"""Worlds for strategies with changes, which only claims ask for: these, or a quarter where that is more."""
BASE = 8
"""Worlds for the same in the baselines: these, or a sixteenth."""
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
        Called with the jobs and how many worlds each has, before they are computed.

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


Planned = Callable[[Sequence[tuple[Job, int]]], None]


@dataclass(frozen=True, slots=True)
class _Means:
    """By what worlds are computed."""

    workers: int | None
    progress: Progress | None
    kept: Kept | None
    crew: Crew | None
    planned: Planned | None


_Courses = tuple[dict[str, Paths], dict[str, StateMap], dict[str, tuple[Story, ...]]]


@dataclass(slots=True)
class _Around:
    """What stands beside the numbers."""

    interrupted: bool
    numerics: Numerics = field(default_factory=lambda: Numerics(ENSEMBLE_TOLERANCE, {}, {}, {}, {}, 0.0))
    courses: _Courses = field(default_factory=lambda: ({}, {}, {}))
    weights: tuple[Weight, ...] = ()
    lenses: Lenses | None = None
    no_lenses: str = ""


@dataclass(frozen=True, slots=True)
class _Chosen:
    strategies: tuple[str, ...]
    claims: tuple[Claim, ...]


def _choose(case: Case, wanted: Sequence[str] | None) -> _Chosen:
    check_strategies(case, wanted or ())
    chosen = tuple(s for s in case.strategies if wanted is None or s in wanted)
    plan = plan_claims(case, case.claims.values())
    claims = tuple(
        claim
        for claim in case.claims.values()
        if wanted is None or all(ask.variant.strategy in chosen for ask in plan.asks.get(claim.id, ()))
    )
    return _Chosen(chosen, claims)


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
        self.chosen = _choose(case, strategies)
        self.plan: Plan = plan_claims(case, self.chosen.claims)
        self.few = few = min(worlds, max(FEW, worlds // 8))
        self.paired = worlds if every else max(PAIRED, worlds // 4)
        self.samples: dict[str, Worlds] = {"main": draw(case, worlds, seed), "few": draw(case, few, seed)}
        # A view that restricts nothing is the case itself.
        self.views = {id_: _view(id_) if view.unknowns else "main" for id_, view in case.views.items()}
        self.restricted = tuple(name for name in self.views.values() if name != "main")
        for id_, view in case.views.items():
            if view.unknowns:
                self.samples[_view(id_)] = draw(case, few, seed, view=view)
        for name, sample in list(self.samples.items()):
            for keep in self.plan.kept():
                self.samples[redrawn_name(name, keep)] = redraw(sample, axes_of(sample, keep))

        self.began = time.perf_counter()
        self.focal = focal_strategy(case, self.chosen.strategies)
        self.carrying = Carrying(
            case, self.focal, self.samples["main"], WEIGHED, workers=self.workers, progress=means.progress
        )
        self.table = self._computed()

    def _computed(self) -> Table:
        jobs, means = self._jobs(), self.means
        if means.planned is not None:
            means.planned([(job, job.rows(self.samples[job.sample].count)) for job in jobs])
        table = run_jobs(
            self.case,
            jobs,
            self.samples,
            workers=means.workers,
            progress=self.carrying.before if means.progress else None,
            kept=means.kept,
            crew=means.crew,
        )
        self._check_any(table)
        return table

    def findings(self) -> Findings:
        case, chosen, table, focal, carrying = self.case, self.chosen, self.table, self.focal, self.carrying
        around = self._around(table.interrupted, carrying)
        paths, maps, stories = around.courses
        outcomes_by = bands(case, table, chosen.strategies)
        views = {
            id_: ViewFindings(id_, case.views[id_].name, self._whole(table, name, rows=self.few),
                              bands(case, table, chosen.strategies, name, rows=self.few))
            for id_, name in self.views.items()
        }  # fmt: skip
        advice = advice_of(case, table, chosen.strategies, self.views, self.few)
        verdicts = self.verdicts
        robust = robust_of(case, table, chosen.strategies, chosen.claims, self.samples["main"], self.seed)
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
            strategies={s: case.strategies[s].name for s in chosen.strategies},
            outcomes={id_: outcome_info(case, id_) for id_ in case.outcomes},
            outcomes_by=outcomes_by,
            verdicts=verdicts,
            assumptions=tuple(
                Assumption(c.id, c.says, c.origin.quote, c.origin.source) for c in chosen.claims if c.factual
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
            elsewhere={c.id: c.elsewhere for c in chosen.claims if c.elsewhere is not None},
            tensions=tensions_of(case, focal, outcomes_by, views, advice),
            advice=advice,
            drivers=self._drivers(table, focal),
            guesses=self._guesses(table, focal),
            weights=around.weights,
            lenses=around.lenses,
            no_lenses=around.no_lenses,
            robust=robust,
            flips=flips_of(main, chosen.strategies, chosen.claims, robust, self.seed),
            failing=failing_in(main, chosen.strategies, self.seed),
            blind=tuple(player.name or player.id for player in case.players.values() if player.unseen),
        )

    def _around(self, interrupted: bool, carrying: Carrying) -> _Around:
        """Return what stands beside the numbers; nothing more of it once the reader has stopped the run."""
        around = _Around(interrupted)
        if not interrupted:
            case, strategies = self.case, self.chosen.strategies
            try:
                around.numerics = measure_numerics(case, strategies, self.samples["main"], self.workers)
                around.courses = courses(case, strategies, self.samples["few"], self.seed, self.workers)
                around.weights = carrying.weights()
                around.lenses, around.no_lenses = self._lenses()
            except KeyboardInterrupt:
                around.interrupted = True
        return around

    def _lenses(self) -> tuple[Lenses | None, str]:
        """Return what holds beside where play goes, or why that cannot be told."""
        try:
            return lenses(self.case, self.count, self.seed, self.workers), ""
        except (CaseErrors, WorldError) as e:
            return None, str(e)

    def _whole(self, table: Table, sample: str = "main", movers: Movers = "foresight", rows: int | None = None) -> int:
        """Count the worlds that could be computed under every strategy, the best guess apart."""
        return int(whole_worlds(table, self.chosen.strategies, sample, movers, rows)[1:].sum())

    def _failed(self, table: Table) -> tuple[FailedWorld, ...]:
        """List failures, those of the case's own worlds first; what fails again in a baseline is told once."""
        own = {(f.world, f.variant) for f in table.failures if f.sample == "main"}
        found = [FailedWorld(f.world, str(f.variant), f.message, f.draws) for f in table.failures if f.sample == "main"]
        for f in table.failures:
            if f.sample != "main" and not (f.sample == "few" and (f.world, f.variant) in own):
                where = f.sample if f.movers == "foresight" else f"{f.sample}, {f.movers} movers"
                found.append(FailedWorld(f.world, f"{f.variant} ({where})", f.message, f.draws))
        return tuple(found)

    def _jobs(self) -> list[Job]:
        everything = tuple(self.case.outcomes)
        plain = {Variant(s) for s in self.chosen.strategies}
        wanted: dict[Variant, tuple[str, ...]] = {Variant(s): everything for s in self.chosen.strategies}
        for variant, outcomes in self.plan.variants(None).items():
            wanted.setdefault(variant, tuple(o for o in everything if o in outcomes))
        jobs = []
        for sample in ("main", *self.restricted):
            jobs += [
                Job(variant, sample, outcomes, most=None if variant in plain else self.paired)
                for variant, outcomes in wanted.items()
            ]
        for movers in _BASELINES:
            jobs += [
                Job(variant, "few", outcomes, movers, most=None if variant in plain else max(BASE, self.count // 16))
                for variant, outcomes in wanted.items()
            ]
        for keep in self.plan.kept():
            for variant, asked in self.plan.variants(keep).items():
                ordered = tuple(o for o in everything if o in asked)
                jobs += [
                    Job(variant, redrawn_name(s, keep), ordered, most=self.paired) for s in ("main", *self.restricted)
                ]
                jobs += [Job(variant, redrawn_name("few", keep), ordered, movers) for movers in _BASELINES]
        return jobs

    def _check_any(self, table: Table) -> None:
        """Without a single world there is nothing to report: say what went wrong in the first."""
        if not table.done["main"]:
            raise KeyboardInterrupt  # before the first worlds were done
        if not whole_worlds(table, self.chosen.strategies).any():
            plain = {Variant(s) for s in self.chosen.strategies}
            first = next(f for f in table.failures if f.sample == "main" and f.variant in plain)
            raise WorldError(f"no world could be computed under every strategy; in world {first.world} "
                             f"of {first.variant}: {first.message}")  # fmt: skip

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        table = self.table
        main = self._sample(table, "main", "foresight")
        random, myopic = (self._sample(table, "few", movers) for movers in _BASELINES)
        views = {id_: self._sample(table, name, "foresight", most=self.few) for id_, name in self.views.items()}
        return {
            claim.id: judge(claim, main, random, myopic, views, seed=self.seed)
            for claim in self.chosen.claims
            if not claim.factual and claim.elsewhere is None
        }

    def _guesses(self, table: Table, focal: str) -> GuessShares | None:
        values, rows = self._focal_values(table, focal)
        return guess_shares(self.case, focal, self.samples["main"], values, rows, self.seed) if values else None

    def _drivers(self, table: Table, focal: str) -> Drivers | None:
        values, rows = self._focal_values(table, focal)
        return drivers_of(self.case, focal, self.samples["main"], values, rows, self.seed) if values else None

    def _focal_values(self, table: Table, focal: str) -> tuple[dict[str, Floats], Ints]:
        """Return the main outcomes under the focal strategy, and the worlds that count; none with fewer than two."""
        rows = np.flatnonzero(whole_worlds(table, self.chosen.strategies)[1:]) + 1
        main = [id_ for id_, outcome in self.case.outcomes.items() if outcome.main and focal]
        return {id_: table.column(Variant(focal), id_)[rows] for id_ in main} if len(rows) > 1 else {}, rows

    def _sample(self, table: Table, name: str, movers: Movers, *, most: int | None = None) -> Sample:
        rows = np.arange(1, table.done[name], dtype=np.int64)[:most]
        return Sample(self.case, table, self.samples[name], name, movers, rows)

    def _baselines(self, table: Table) -> Baselines:
        few = max(table.done["few"] - 1, 0)
        return Baselines(
            worlds=self._whole(table, "few", "random"),
            random=bands(self.case, table, self.chosen.strategies, "few", "random"),
            myopic=bands(self.case, table, self.chosen.strategies, "few", "myopic"),
            foresight=bands(self.case, table, self.chosen.strategies, rows=few),
        )


_BASELINES: tuple[Movers, ...] = ("random", "myopic")


def _view(id_: str) -> str:
    return f"view {id_}"
