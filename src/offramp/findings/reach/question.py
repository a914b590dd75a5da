"""A question as it is asked: whose packages, for which target, in which worlds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from offramp.errors import UsageError
from offramp.findings.common.views import view_named
from offramp.inverse.asking import measured, unused
from offramp.inverse.packages import Packages, movers_of, packages_of
from offramp.model import Case, Lever, Outcome, Target, View
from offramp.model.levers import levers_of
from offramp.worlds import Worlds, draw

__all__ = ["Question", "question"]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked; see `offramp.findings.reach.reach.reach`.

    Attributes
    ----------
    packages : Packages
    movers : tuple of str
        The players whose levers they move.
    minds, earns : tuple of str
        Outcomes that count besides the target's, and those among them that say what each of several movers earns.
    worlds : Worlds
    view : View or None
        From which they are drawn.
    concept : str
        By which it is judged what would last.
    most : float
        What a package may cost.
    solves : int
        Packages times worlds that the search may solve.
    """

    packages: Packages
    movers: tuple[str, ...]
    minds: tuple[str, ...]
    earns: tuple[str, ...]
    worlds: Worlds
    view: View | None
    concept: str
    most: float
    solves: int

    @property
    def case(self) -> Case:
        """The case, with outcomes for all that is measured."""
        return self.packages.case

    @property
    def target(self) -> Target:
        """What is wanted."""
        return self.packages.target

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The target's, then those that are minded."""
        assert self.target.outcome is not None
        return tuple(self.case.outcomes[name] for name in (self.target.outcome, *self.minds))

    @property
    def signs(self) -> tuple[int, ...]:
        """By outcome 1 where higher is better, -1 where lower is."""
        return (-1 if self.target.most else 1, *(-1 if each.better == "low" else 1 for each in self.outcomes[1:]))

    @property
    def narrowed(self) -> str:
        """Which packages are left out, in words."""
        held = [f"{lever.id} {lever.levels[0].id}" for lever in self.packages.levers if self.held(lever)]
        price = [] if self.most == inf else [f"a price of at most {self.most:g}"]
        return ", ".join([*held, *price])

    def held(self, lever: Lever) -> bool:
        """Tell whether a lever is kept at one level."""
        return len(lever.levels) < len(self.case.levers[lever.id].levels)

    def differs(self) -> str:
        """Say in what the question differs from the target that claims speak of; empty where in nothing."""
        own = self.case.targets.get(self.target.id)
        if own is None:
            return ""
        if set(self.movers) != {lever.by for lever in levers_of(self.case, own)}:
            return "it speaks of packages of the target's own mover"
        if (own.least, own.most) != (self.target.least, self.target.most):
            return f"it counts a world from {own.least:g} on, and here another level was asked for"
        return ""


def question(
    case: Case,
    target: Target,
    by: Sequence[str],
    held: Mapping[str, str | None] | None,
    view: str | None,
    *,
    concept: str,
    most: float | None,
    worlds: int,
    solves: int,
    seed: int,
) -> Question:
    """Gather what a question rests on; parameters and errors as of `offramp.findings.reach.reach.reach`."""
    movers = _movers(case, target, by)
    case, target = measured(case, target)
    case, earns = _earning(case, movers)
    minds = tuple(dict.fromkeys((*(name for name in target.minds if name != target.outcome), *earns)))
    target = replace(target, by=movers[0] if len(movers) == 1 else None)
    packages = packages_of(case, target, movers, held, most)
    seen = view_named(case, view)
    drawn = draw(case, worlds, seed, view=seen)
    return Question(packages, movers, minds, earns, drawn, seen, concept, inf if most is None else most, solves)


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
