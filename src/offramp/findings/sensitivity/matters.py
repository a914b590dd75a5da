"""What the outcomes of a case hang on: shares of variance, one unknown at a time, and where the choice changes."""

from __future__ import annotations

from offramp.ensemble import Progress
from offramp.errors import UsageError
from offramp.expressions.advice import nearest
from offramp.findings.choice.focal import focal
from offramp.findings.claims.plan import check_strategies
from offramp.findings.sensitivity.answering import Answer
from offramp.findings.sensitivity.crossings import points_of
from offramp.findings.sensitivity.grouping import MOST, groups_by
from offramp.findings.sensitivity.matters_values import By, Matters
from offramp.findings.sensitivity.solves import Solves
from offramp.model import Case
from offramp.worlds import draw, singles_of

__all__ = ["DEFAULT_WORLDS", "Question", "matters"]

DEFAULT_WORLDS = 256
ROUNDS = 8
"""Solves of each strategy reckoned with to find one break-even."""


def matters(
    case: Case,
    *,
    strategy: str | None = None,
    against: str | None = None,
    outcome: str | None = None,
    by: By = "player",
    worlds: int = DEFAULT_WORLDS,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Matters:
    """Tell what drives the outcomes of a case under a strategy, and where another one would be preferred.

    Parameters
    ----------
    case
    strategy
        By default the first that commits somebody.
    against
        What it is compared with; by default the best of the others in the best guess.
    outcome
        The one that is told in full, and then the only one; by default all main ones, the first of them in full.
    by
        How unknowns are grouped for the shares of variance.
    worlds
        Rows of the pick-freeze design.
    seed
        Of draws and resamples.
    workers
        Threads; the numbers do not depend on it.
    progress
        Called with (solves done, solves in all); the total is an estimate where break-evens are still to be found.

    Raises
    ------
    UsageError
        If there is no such strategy or outcome, too few worlds, no unknown that varies, or no group of this kind.
    CaseErrors
        If the case is too large.
    KeyboardInterrupt
        If the reader stopped it before anything was done.
    """
    return Question(case, strategy, against, outcome, by, worlds, seed).answer(workers, progress)


class Question:
    """What is asked of a case, and what answering it costs.

    See `matters` for the parameters and what is refused.

    Attributes
    ----------
    solves : int
        Worlds times strategies that will be solved; an estimate, for nobody knows how many break-evens there are.
    """

    def __init__(
        self,
        case: Case,
        strategy: str | None = None,
        against: str | None = None,
        outcome: str | None = None,
        by: By = "player",
        worlds: int = DEFAULT_WORLDS,
        seed: int = 0,
    ) -> None:
        self.case, self.by, self.rows, self.seed = case, by, worlds, seed
        check_strategies(case, [s for s in (strategy, against) if s is not None])
        self.strategy = strategy if strategy is not None else focal(case)
        self.against = against
        if self.against == self.strategy:
            raise UsageError(f"`{against}` cannot be held against itself", code="usage", hint="name another strategy")
        self.outcomes = self._told(outcome)
        if worlds < 2:
            raise UsageError(f"{worlds} worlds are too few", code="worlds", hint="ask for at least 2")
        self.worlds = draw(case, worlds, seed)
        self.singles = singles_of(self.worlds)
        self.groups = groups_by(case, self.worlds, by)
        if not self.singles:
            raise UsageError(f"no number of {case.name} varies", code="no-unknown",
                             hint="give some a range: `cost: {range: [0.1, 1]}`")  # fmt: skip
        if not self.groups:
            raise UsageError(f"no unknown of {case.name} belongs to a {by}", code="no-group",
                             hint="take --by player, origin or unknown")  # fmt: skip
        self.moves = [(s, value) for s in self.singles for value in points_of(s) if value != s.best]
        self.solves = self._solves()

    def _told(self, outcome: str | None) -> tuple[str, ...]:
        """Return the outcomes that are told of."""
        known = self.case.outcomes
        if outcome is not None and outcome not in known:
            hint = nearest(outcome, known) or "choose among " + ", ".join(known)
            raise UsageError(f"there is no outcome `{outcome}`", code="no-outcome", hint=hint)
        if not known:
            raise UsageError(f"{self.case.name} has no outcome", code="no-outcome", hint="add one under `outcomes:`")
        main = tuple(id_ for id_, each in known.items() if each.main) or tuple(known)
        return main if outcome is None else (outcome,)

    def _solves(self) -> int:
        others = [s for s in self.case.strategies if s != self.strategy]
        strategies = 1 + bool(others)
        groups = min(len(self.groups), MOST + 1) if self.by in ("unknown", "mechanism") else len(self.groups)
        design = (2 + groups + bool(others)) * (self.rows + 1)
        each = strategies * (len(self.moves) + 1)
        rooted = 2 * ROUNDS * (len(self.singles) // 8 + 1) if others else 0
        return len(self.case.strategies) + each + design + rooted

    def answer(self, workers: int | None = None, progress: Progress | None = None) -> Matters:
        """Solve what is needed and tell what was found."""
        return Answer(self, Solves(self.case, self.outcomes, self.solves, workers, progress)).matters()
