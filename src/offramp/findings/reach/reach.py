"""What it would take to reach a target: the search over packages, and what stands in the way of the best of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from offramp import __version__
from offramp.errors import CaseErrors, UsageError, WorldError
from offramp.expressions import text_of
from offramp.findings.common.labels import names_of
from offramp.findings.common.views import as_seen, view_named
from offramp.findings.discovery.values import Where
from offramp.findings.reach.assumed import assumed
from offramp.findings.reach.blocked import blocked
from offramp.findings.reach.claims import Judge, claims_about, unheard
from offramp.findings.reach.theirs import turning_points
from offramp.findings.reach.values import (
    Adds,
    Assumed,
    Goal,
    Judged,
    LevelInfo,
    LeverInfo,
    Minded,
    Move,
    Package,
    Reach,
    Search,
    Theirs,
)
from offramp.findings.reach.wants import other_wants
from offramp.inverse.asking import measured, unused
from offramp.inverse.mediation import Mediation, mediate
from offramp.inverse.packages import Packages, movers_of, packages_of
from offramp.inverse.racing.race import race
from offramp.inverse.racing.results import Race
from offramp.inverse.trial import Trial
from offramp.model import Case, Lever, Outcome, Target, View
from offramp.model.levers import beneath, levers_of
from offramp.model.variants import apply_variant
from offramp.shapes import Floats
from offramp.worlds import Worlds, draw, stretch

__all__ = ["DEFAULT_SOLVES", "DEFAULT_WORLDS", "Watch", "reach"]

DEFAULT_WORLDS = 128
DEFAULT_SOLVES = 5000
JUDGED = 64
"""Worlds in which stability is judged, at most."""

Watch = Callable[[str, int, int, str], None]
"""Called with what is being done, how much of it is, of how much, and the leading package in words."""


def reach(
    case: Case,
    target: Target,
    *,
    by: Sequence[str] = (),
    concept: str = "seq",
    held: Mapping[str, str | None] | None = None,
    most: float | None = None,
    view: str | None = None,
    worlds: int = DEFAULT_WORLDS,
    solves: int = DEFAULT_SOLVES,
    seed: int = 0,
    workers: int | None = None,
    watch: Watch = lambda *_: None,
) -> Reach:
    """Search all packages of some players' levers for what reaches a target.

    Parameters
    ----------
    case : Case
    target : Target
        See `offramp.inverse.asking.target_of`.
    by : sequence of str
        The players who move their levers; by default the target's, else the only one who has any. With several the
        question is a mediator's: what each of them earns is minded too.
    concept : str
        By which it is judged what would last.
    held : mapping of str to str, optional
        Levers kept at a level; None: where they are now.
    most : float, optional
        Packages that cost more are left out.
    view : str, optional
        Draw the worlds from a view of the case.
    worlds, solves : int
        Draws of the unknowns, and how many packages times worlds may be solved in the search.
    seed : int
        Of all draws.
    workers : int, optional
        Threads; the numbers do not depend on it.
    watch : callable
        Told of progress.

    Raises
    ------
    UsageError
        If nobody has a lever, there is no such player, lever, level or view, too many packages or none at the price, or
        the target cannot be brought about, or not be undone.
    CaseErrors
        If the case is too large.
    WorldError
        If the present package cannot be computed in any world.
    KeyboardInterrupt
        If the reader stopped it before anything was solved.
    """
    movers = _movers(case, target, by)
    case, target = measured(case, target)
    case, earns = _earning(case, movers)
    minds = tuple(dict.fromkeys((*(name for name in target.minds if name != target.outcome), *earns)))
    target = replace(target, by=movers[0] if len(movers) == 1 else None)
    packages = packages_of(case, target, movers, held, most)
    seen = view_named(case, view)
    drawn = draw(case, worlds, seed, view=seen)
    limits = _Limits(concept, most, solves, seed, seen)
    return _Search(packages, movers, minds, earns, drawn, limits, workers, watch).told()


def _movers(case: Case, target: Target, by: Sequence[str]) -> tuple[str, ...]:
    for player in by:
        if player not in case.players:
            raise UsageError(f"there is no player `{player}`", code="no-player",
                             hint="choose among " + ", ".join(case.players))  # fmt: skip
    if by:
        return tuple(dict.fromkeys(by))
    if target.by is not None:
        return (target.by,)
    owners = movers_of(case)
    if not owners:
        raise UsageError(f"{case.name} declares nothing that anybody could move", code="no-lever",
                         hint="declare some under `levers:` (docs/case-language.md)")  # fmt: skip
    if len(owners) > 1:
        raise UsageError("several players have levers", code="whose-levers",
                         hint=f"say whose move: {', '.join(f'--by {o}' for o in owners)}, or --by all")  # fmt: skip
    return owners


def _earning(case: Case, movers: Sequence[str]) -> tuple[Case, tuple[str, ...]]:
    """Return the case with outcomes that say what each of several movers earns, and these outcomes."""
    outcomes, found = dict(case.outcomes), []
    for player in movers if len(movers) > 1 else ():
        whole = (o for o in outcomes.values() if o.measure == "average" and not o.start and o.end is None)
        id_ = next((o.id for o in whole if o.payoff == (player, None)), unused(outcomes, f"{player}-earns"))
        name = f"What {case.players[player].name} earns a {case.time.unit}"
        outcomes.setdefault(id_, Outcome(id_, name, "average", None, (player, None), better="high", for_whom=player))
        found.append(id_)
    return replace(case, outcomes=outcomes), tuple(found)


@dataclass(frozen=True, slots=True)
class _Limits:
    concept: str
    most: float | None
    solves: int
    seed: int
    view: View | None


class _Search:
    def __init__(
        self,
        packages: Packages,
        movers: tuple[str, ...],
        minds: tuple[str, ...],
        earns: tuple[str, ...],
        worlds: Worlds,
        limits: _Limits,
        workers: int | None,
        watch: Watch,
    ) -> None:
        self.packages, self.movers, self.worlds = packages, movers, worlds
        self.minds, self.earns = minds, earns
        self.case, self.target, self.limits = packages.case, packages.target, limits
        self.workers, self.watch = workers, watch
        assert self.target.outcome is not None
        self.trial = Trial(packages, (self.target.outcome, *minds), worlds, workers)
        self.counted: dict[int, Floats] = {}

    def told(self) -> Reach:
        raced = self._race()
        best = self._best(raced)
        interrupted = raced.interrupted
        if not interrupted:
            try:
                self.counted[best] = self._reached(best)
            except KeyboardInterrupt:
                interrupted = True
        found = Reach(
            case=self.case.name,
            title=self.case.title,
            version=__version__,
            seed=self.limits.seed,
            goal=self._goal(),
            names=self._words(),
            levers=tuple(map(self._lever, self.packages.levers)),
            search=self._searched(raced),
            now=self._package(raced, self.packages.grid.today),
            best=self._package(raced, best),
            front=tuple(self._package(raced, m.package) for m in raced.fronts[0].members),
            further=len(raced.fronts[0].possible),
            earns=self.earns,
            fronts={
                self.minds[front.outcome - 1]: tuple(self._package(raced, m.package) for m in front.members)
                for front in raced.fronts[1:]
            },
            minimal=tuple(self._package(raced, m.package, certain=m.certain) for m in raced.minimal),
            worst_tenth=self._package(raced, raced.worst_tenth.package) if raced.worst_tenth else None,
            worst_mean=raced.worst_tenth.value if raced.worst_tenth else float("nan"),
            adds=self._adds(raced, best),
            blocked=None,
            theirs=None,
            claims=self._unheard("the search was stopped early"),
            narrowed=self._narrowed(),
        )
        if interrupted:
            return replace(found, search=replace(found.search, interrupted=True))
        try:
            found = replace(found, claims=self._claims(raced))
            found = replace(found, blocked=self._blocked(best))
            found = replace(found, theirs=self._theirs(best))
            found = replace(found, assumed=self._assumed(best))
            return self._lasting(found, best)
        except KeyboardInterrupt:
            return replace(found, search=replace(found.search, interrupted=True))

    def _race(self) -> Race:
        better = [self.case.outcomes[name].better for name in self.minds]
        try:
            return race(
                self.packages.grid,
                self.trial,
                worlds=self.worlds.count,
                budget=self.limits.solves,
                signs=(-1 if self.target.most else 1, *(-1 if side == "low" else 1 for side in better)),
                least=self.target.least,
                share=self.target.share,
                most_cost=self._most(),
                seed=self.limits.seed,
                progress=lambda done, all_, leading: self.watch("searching", done, all_, self._said(leading)),
            )
        except WorldError as e:
            raise WorldError(f"{e.message}: {next(iter(self.trial.failures.values()), '')}", code=e.code) from None

    def _most(self) -> float:
        return inf if self.limits.most is None else self.limits.most

    def _said(self, package: int | None) -> str:
        if package is None:
            return ""
        moved = self.packages.moved(package)
        return ", ".join(f"{lever.id} {level.id}" for lever, level in moved) or "nothing moved"

    def _best(self, raced: Race) -> int:
        if not np.isfinite(raced.score[0, self.packages.grid.today]):
            today = self.packages.variant(self.packages.grid.today)
            why = next((said for (variant, _), said in self.trial.failures.items() if variant == today), "")
            raise WorldError(f"nothing can be computed as things stand: {why}")
        return raced.best

    def _searched(self, raced: Race) -> Search:
        failures = sorted(self.trial.failures.items(), key=lambda item: (item[0][1], str(item[0][0])))
        return Search(
            packages=raced.grid.packages,
            within=int(raced.grid.within(self._most()).sum()),
            worlds=raced.worlds,
            solves=raced.solves,
            budget=raced.budget,
            finished=raced.finished,
            left=len(raced.left),
            failed=raced.failed,
            failure=failures[0][1] if failures else None,
            interrupted=raced.interrupted,
        )

    def _goal(self) -> Goal:
        target, outcome = self.target, self.case.outcomes[self.target.outcome or ""]
        return Goal(target.id, target.name, text_of(target.that), outcome.name, self.case.time.unit, target.least,
                    target.most, target.share, self.movers, beneath(self.case, target), self.limits.concept,
                    self.limits.view.id if self.limits.view else None, self.limits.most)  # fmt: skip

    def _words(self) -> dict[str, str]:
        words = names_of(self.case)
        words |= {id_: outcome.name for id_, outcome in self.case.outcomes.items()}
        words |= {id_: strategy.name for id_, strategy in self.case.strategies.items()}
        return words

    def _lever(self, lever: Lever) -> LeverInfo:
        levels = tuple(
            LevelInfo(
                each.id,
                each.name or each.id,
                each.name or f"{lever.name}: {each.id}",
                each.price.low,
                each.price.high,
                each.price.stated,
            )
            for each in lever.levels
        )
        now = self.case.levers[lever.id].levels[self.case.levers[lever.id].now].id
        held = lever.levels[0].id if self._is_held(lever) else None
        return LeverInfo(lever.id, lever.name, lever.by, levels, now, held)

    def _is_held(self, lever: Lever) -> bool:
        return len(lever.levels) < len(self.case.levers[lever.id].levels)

    def _package(self, raced: Race, n: int, *, certain: bool = True) -> Package:
        price = self.packages.price(n)
        share, low, high = (float(each[0, n]) for each in (raced.score, raced.low, raced.high))
        if n in self.counted:
            share = low = high = float(np.nanmean(self.counted[n]))
        return Package(
            number=n,
            moves=tuple(Move(lever.id, level.id) for lever, level in self.packages.moved(n)),
            price_low=price.low,
            price_high=price.high,
            share=share,
            low=low,
            high=high,
            worlds=self.worlds.count if n in self.counted else int(raced.solved[n]),
            minds={
                name: Minded(float(raced.score[k, n]), float(raced.low[k, n]), float(raced.high[k, n]))
                for k, name in enumerate(self.minds, start=1)
            },
            certain=certain,
        )

    def _adds(self, raced: Race, best: int) -> tuple[Adds, ...]:
        told = next(each for each in raced.adds if each.package == best)
        levels = self.packages.levels(best)
        levers = self.packages.levers
        return tuple(
            Adds(levers[each.lever].id, levers[each.lever].levels[levels[each.lever]].id, each.alone, each.last,
                 each.shapley, each.shapley_low, each.shapley_high)
            for each in told.levers
        )  # fmt: skip

    def _claims(self, raced: Race) -> tuple[Judged, ...]:
        """Judge the claims that speak of this target, if it was asked as the case states it."""
        if why := self._differs():
            return self._unheard(why)
        judge = Judge(self.packages, raced, self.trial, self.target, most=self.limits.most, seed=self.limits.seed,
                      watch=lambda: self.watch("judging claims", 0, 0, ""))  # fmt: skip
        return judge(claims_about(self.case.claims, self.target.id))

    def _unheard(self, why: str) -> tuple[Judged, ...]:
        return tuple(unheard(claim, said, why) for claim, said in claims_about(self.case.claims, self.target.id))

    def _differs(self) -> str:
        """Say in what the question differs from the target that claims speak of."""
        own = self.case.targets.get(self.target.id)
        if own is None:
            return ""
        if set(self.movers) != {lever.by for lever in levers_of(self.case, own)}:
            return "it speaks of packages of the target's own mover"
        if (own.least, own.most) != (self.target.least, self.target.most):
            return f"it counts a world from {own.least:g} on, and here another level was asked for"
        return ""

    def _narrowed(self) -> str:
        """Say which packages the question left out."""
        held = [f"{lever.id} {lever.levels[0].id}" for lever in self.packages.levers if self._is_held(lever)]
        price = [] if self.limits.most is None else [f"a price of at most {self.limits.most:g}"]
        return ", ".join([*held, *price])

    def _reached(self, package: int) -> Floats:
        """Return in which worlds a package reaches the target, [world]; NaN where that cannot be computed."""
        values: Floats = self.trial([(package, w) for w in range(1, self.worlds.count + 1)])[:, 0]
        return np.where(np.isnan(values), np.nan, self.target.reached(values))

    def _blocked(self, best: int) -> Where | None:
        self.watch("what stands in the way", 0, 0, "")
        return blocked(self.case, self.worlds, self.counted[best], self.limits.seed)

    def _theirs(self, best: int) -> Theirs:
        done = 0

        def watch(solved: int) -> None:
            nonlocal done
            done += solved
            self.watch("what only others can change", done, 0, "")

        return turning_points(self.packages, best, self.worlds, self.movers, workers=self.workers, watch=watch)

    def _assumed(self, best: int) -> Assumed | None:
        view = self.limits.view
        if view is None:
            return None
        self.watch("what the view changes", 0, 0, "")
        inside = float(np.nanmean(self.counted[best]))
        return assumed(self.packages, best, view, self.worlds, inside, workers=self.workers)

    def _lasting(self, found: Reach, best: int) -> Reach:
        """Add what would last with the settings of the best package, and what would have to be wanted for it to.

        The present is where options start without any package.
        """
        few = stretch(self.worlds, 1, min(JUDGED, self.worlds.count))
        held: dict[str, Mediation] = {}
        today = self.packages.grid.today
        starts = {name: n for name, n in self.packages.variant(today).levels if name not in self.case.settings}
        concept, levels = self.limits.concept, starts
        try:
            for name, package in (("now", today), ("best", best)):
                settings = apply_variant(self.case, self.packages.variant(package)).strategy.settings
                levels = {**starts, **settings}
                held[name] = mediate(self.case, self.target.that, few, self.movers, concept, levels)
            if not held["best"].wanted:
                return replace(found, no_held="with the settings of the best package no wanted state is possible")
            wants = other_wants(as_seen(self.case, self.limits.view), self.target, self.worlds, concept, levels)
        except (CaseErrors, WorldError) as e:
            return replace(found, no_held=str(e))
        return replace(found, held=held, other_wants=wants)
