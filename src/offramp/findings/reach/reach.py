"""What it would take to reach a target: the search over packages, and what stands in the way of the best of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from offramp.errors import WorldError
from offramp.findings.reach.assumed import assumed
from offramp.findings.reach.blocked import blocked
from offramp.findings.reach.claims import Judge, claims_about, unheard
from offramp.findings.reach.lasting import lasting
from offramp.findings.reach.question import Question, question
from offramp.findings.reach.theirs import turning_points
from offramp.findings.reach.told import told
from offramp.findings.reach.values import Judged, Reach
from offramp.inverse.racing.race import race
from offramp.inverse.racing.results import Race
from offramp.inverse.trial import Trial
from offramp.model import Case, Target
from offramp.shapes import Floats

__all__ = ["DEFAULT_SOLVES", "DEFAULT_WORLDS", "Watch", "reach"]

DEFAULT_WORLDS = 128
DEFAULT_SOLVES = 5000
COUNTED = 4
"""Of the smallest packages, those that are solved in all worlds at most, until one is found to reach the target."""

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
    asked = question(case, target, by, held, view, concept=concept, most=most, worlds=worlds, solves=solves, seed=seed)
    return _Search(asked, workers, watch).answer()


class _Search:
    def __init__(self, asked: Question, workers: int | None, watch: Watch) -> None:
        self.asked, self.workers, self.watch = asked, workers, watch
        self.trial = Trial(asked.packages, [each.id for each in asked.outcomes], asked.worlds, workers)

    def answer(self) -> Reach:
        """Search, then make step by step of the best package what can be; what an interruption leaves is told."""
        raced = self._race()
        found = replace(self._told(raced, {}), claims=self._unheard("the search was stopped early"))
        if raced.interrupted:
            return found
        for step in (self._counted, self._claims, self._blocked, self._theirs, self._assumed, self._lasting):
            try:
                found = step(raced, found)
            except KeyboardInterrupt:
                return replace(found, search=replace(found.search, interrupted=True))
        return found

    def _race(self) -> Race:
        asked, target = self.asked, self.asked.target
        try:
            raced = race(
                asked.packages.grid,
                self.trial,
                worlds=asked.worlds.count,
                budget=asked.solves,
                signs=asked.signs,
                least=target.least,
                share=target.share,
                most_cost=asked.most,
                seed=asked.worlds.seed,
                progress=lambda done, all_, leading: self.watch("searching", done, all_, self._said(leading)),
            )
        except WorldError as e:
            raise WorldError(f"{e.message}: {next(iter(self.trial.failures.values()), '')}", code=e.code) from None
        if not np.isfinite(raced.score[0, raced.grid.today]):
            today = asked.packages.variant(raced.grid.today)
            why = next((said for (variant, _), said in self.trial.failures.items() if variant == today), "")
            raise WorldError(f"nothing can be computed as things stand: {why}")
        return raced

    def _said(self, package: int | None) -> str:
        if package is None:
            return ""
        moved = self.asked.packages.moved(package)
        return ", ".join(f"{lever.id} {level.id}" for lever, level in moved) or "nothing moved"

    def _told(self, raced: Race, counted: Mapping[int, Floats]) -> Reach:
        return told(self.asked, raced, counted, next(iter(self.trial.failures.values()), None))

    def _reached(self, package: int) -> Floats:
        """Return in which worlds a package reaches the target, [world]; NaN where that cannot be computed."""
        values: Floats = self.trial([(package, w) for w in range(1, self.asked.worlds.count + 1)])[:, 0]
        return np.where(np.isnan(values), np.nan, self.asked.target.reached(values))

    def _unheard(self, why: str) -> tuple[Judged, ...]:
        speaking = claims_about(self.asked.case.claims, self.asked.target.id)
        return tuple(unheard(claim, said, why) for claim, said in speaking)

    # What is made of the best package, each step with what was found before

    def _counted(self, raced: Race, found: Reach) -> Reach:
        """Count the best package in all worlds, and the smallest that reach the target until one is found to."""
        counted = {raced.best: self._reached(raced.best)}
        for each in raced.minimal[:COUNTED]:
            counted[each.package] = self._reached(each.package)
            if np.nanmean(counted[each.package]) >= self.asked.target.share:
                break
        return replace(self._told(raced, counted), claims=found.claims)

    def _claims(self, raced: Race, found: Reach) -> Reach:
        """Judge the claims that speak of this target, if it was asked as the case states it."""
        asked = self.asked
        if why := asked.differs():
            return replace(found, claims=self._unheard(why))
        judge = Judge(raced, self.trial, most=asked.most, seed=asked.worlds.seed,
                      watch=lambda: self.watch("judging claims", 0, 0, ""))  # fmt: skip
        return replace(found, claims=judge(claims_about(asked.case.claims, asked.target.id)))

    def _blocked(self, raced: Race, found: Reach) -> Reach:
        self.watch("what stands in the way", 0, 0, "")
        asked = self.asked
        return replace(found, blocked=blocked(asked.case, asked.worlds, self._reached(raced.best), asked.worlds.seed))

    def _theirs(self, raced: Race, found: Reach) -> Reach:
        done = 0

        def watch(solved: int) -> None:
            nonlocal done
            done += solved
            self.watch("what only others can change", done, 0, "")

        asked = self.asked
        turning = turning_points(
            asked.packages, raced.best, asked.worlds, asked.movers, workers=self.workers, watch=watch
        )
        return replace(found, theirs=turning)

    def _assumed(self, _: Race, found: Reach) -> Reach:
        asked = self.asked
        if asked.view is None:
            return found
        self.watch("what the view changes", 0, 0, "")
        changes = assumed(asked.packages, found.now, found.best, asked.view, asked.worlds, workers=self.workers)
        return replace(found, assumed=changes)

    def _lasting(self, _: Race, found: Reach) -> Reach:
        self.watch("what would last", 0, 0, "")
        return lasting(self.asked, found)
