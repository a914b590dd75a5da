"""Claims judged by the search: what the best packages that meet their conditions reach, and how sure that is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from offramp.expressions import Compare, Node, Reached, evaluate, reached, text_of, walk
from offramp.findings.claims.testing import three_valued
from offramp.findings.reach.values import Judged, JudgedWord, Kept, Move, Reachable
from offramp.inverse.racing.results import Race
from offramp.inverse.trial import Trial
from offramp.model import Claim
from offramp.model.variants import Variant, changed
from offramp.shapes import Bools, Floats, Ints

__all__ = ["MARGIN", "Judge", "claims_about", "unheard"]

MARGIN = 0.02
"""Shares of worlds that differ by no more do not differ."""
RIVALS, MORE = 3, 12
"""Packages that are solved in all worlds besides the best of a search, as one of them may be better; and how many more
where a verdict hangs on it."""
RESAMPLES = 1000
_CORNERS = 6
"""Open shares of which all combinations of ends are tried."""
_ROUNDING = 1e-9
_WORDS: Mapping[float, JudgedWord] = {1.0: "holds", -1.0: "fails", 0.0: "no difference"}


class _CannotTell(Exception):
    """Why a claim cannot be judged."""


@dataclass(frozen=True, slots=True, eq=False)
class _Best:
    """The best package under some conditions."""

    package: int
    counts: Floats
    """[world], 1 where it reaches the target, 0 where not, NaN where that is not known."""
    most: float
    """What another one may come to, as far as the search can tell."""
    open: int
    """How many may be better by more than the margin."""


def claims_about(claims: Mapping[str, Claim], target: str) -> list[tuple[Claim, Node]]:
    """Return the claims that speak of what reaches a target, with what they say of it."""
    return [
        (claim, claim.reach)
        for claim in claims.values()
        if claim.reach is not None and {part.target for part in reached(claim.reach)} == {target}
    ]


def unheard(claim: Claim, said: Node, why: str) -> Judged:
    """Return a claim that cannot be judged, and why."""
    nan = float("nan")
    return Judged(claim.id, claim.says, claim.origin.quote, claim.origin.source, text_of(said), "cannot be told", nan,
                  (), 0, why)  # fmt: skip


class Judge:
    """Judges claims by the packages that a search found, each solved in all worlds.

    Parameters
    ----------
    raced : Race
        What the search knows of the packages.
    trial : Trial
        Solves them; its first outcome is the target's.
    most : float
        The price above which packages are left out.
    seed : int
        Of the resamples.
    watch : callable
        Called after each package that was solved in all worlds.
    """

    def __init__(
        self, raced: Race, trial: Trial, *, most: float = inf, seed: int = 0, watch: Callable[[], None] = lambda: None
    ) -> None:
        self.packages, self.raced, self.trial, self.target = trial.packages, raced, trial, trial.packages.target
        self.seed, self.watch = seed, watch
        self.worlds = range(1, trial.worlds.count + 1)
        self.levels, self.cost = self.packages.grid.levels(), self.packages.grid.cost()
        self.within: Bools = np.isfinite(raced.score[0]) & self.packages.grid.within(most)
        self._counts: dict[Variant, Floats] = {}
        self._solved: dict[int, Floats] = {}

    def __call__(self, claims: Sequence[tuple[Claim, Node]]) -> tuple[Judged, ...]:
        """Judge claims.

        What is solved for one counts for all, so that fewer conditions never reach less. The best package under each
        set of conditions is found once; resamples of the worlds change its share, and not which one it is.
        """
        for part in dict.fromkeys(replace(part, changes=()) for _, said in claims for part in reached(said)):
            with suppress(_CannotTell):
                self._look(self._meeting(part), RIVALS)
        for claim, said in claims:
            judged = self._judged(claim, said)
            if judged.verdict == "cannot be told" and any(each.open for each in judged.shares):
                for part in reached(said):
                    self._look(self._meeting(part), MORE)
        return tuple(self._judged(claim, said) for claim, said in claims)

    def _judged(self, claim: Claim, said: Node) -> Judged:
        parts = reached(said)
        try:
            best = {part: self._best(self._meeting(part)) for part in parts}
            counts = np.stack([self._under(part, best[part]) for part in parts], axis=1)
            known = counts[np.isfinite(counts).all(axis=1)]
            if not len(known):
                raise _CannotTell(f"no world could be computed: {next(iter(self.trial.failures.values()), '')}")
        except _CannotTell as e:
            return unheard(claim, said, str(e))
        names = [text_of(part) for part in parts]
        shares = known.mean(axis=0)
        n = len(known)
        times = np.random.default_rng(self.seed).multinomial(n, np.full(n, 1 / n), RESAMPLES)
        values = np.vstack((shares, times @ known / n))
        verdicts = _verdicts(said, dict(zip(names, values.T, strict=True)))
        told = tuple(self._told(part, best[part], share) for part, share in zip(parts, shares, strict=True))
        word: JudgedWord = _WORDS.get(float(verdicts[0]), "cannot be told")
        same, why = float((verdicts[1:] == verdicts[0]).mean()), ""
        if word == "cannot be told":
            same, why = float("nan"), "a number in it is not defined for these shares"
        elif not self._certain(said, names, told, float(verdicts[0])):
            word, same, why = "cannot be told", float("nan"), _open_words(told)
        return Judged(claim.id, claim.says, claim.origin.quote, claim.origin.source, text_of(said), word, same, told,
                      n, why)  # fmt: skip

    def _certain(self, said: Node, names: Sequence[str], told: Sequence[Reachable], verdict: float) -> bool:
        """Tell whether the verdict is the same wherever the shares of packages that are not known may lie."""
        ends = [_ends(each) for each in told]
        if sum(len(each) > 1 for each in ends) > _CORNERS:
            return False
        corners = np.array(list(itertools.product(*ends)))
        found = _verdicts(said, dict(zip(names, corners.T, strict=True)))
        return bool((found == verdict).all())

    def _told(self, part: Reached, best: _Best, share: float) -> Reachable:
        moves = tuple(Move(lever.id, level.id) for lever, level in self.packages.moved(best.package))
        changes = text_of(Reached("", (), part.changes))[len("reach(; ") : -1] if part.changes else ""
        kept = tuple(Kept(each.lever, each.op == "==", each.level) for each in part.kept)
        most = max(_share(best.counts), best.most)
        return Reachable(text_of(part), kept, changes, best.package, moves, float(share), most, best.open)

    # Packages

    def _meeting(self, part: Reached) -> Ints:
        """Return the packages that meet all conditions."""
        meets = self.within.copy()
        for each in part.kept:
            at = next((n for n, lever in enumerate(self.packages.levers) if lever.id == each.lever), None)
            if at is None:
                raise _CannotTell(f"nobody moves {each.lever} here")
            right = [(level.id == each.level) == (each.op == "==") for level in self.packages.levers[at].levels]
            if not any(right):
                raise _CannotTell(f"no package is left with {each.lever} {'not ' * (each.op == '!=')}{each.level}")
            meets &= np.array(right)[self.levels[:, at]]
        if not meets.any():
            raise _CannotTell("no package that was searched meets its conditions")
        return np.flatnonzero(meets)

    def _look(self, packages: Ints, rivals: int) -> None:
        """Solve the most promising packages in all worlds, and so many that may be better than the best of them."""
        score, whole = self.raced.score[0], self.raced.solved >= len(self.worlds)
        order = sorted(packages.tolist(), key=lambda n: (-score[n], self.cost[n], n))
        self._solve(order[0])
        self._solve(next((n for n in order if whole[n]), order[0]))  # known already
        for _ in range(rivals):
            best = self._best(packages)
            rival = next((n for n in order if n not in self._solved and self._may_beat(n, best.counts)), None)
            if rival is None:
                break
            self._solve(rival)

    def _best(self, packages: Ints) -> _Best:
        """Return the best of those solved, and what the others may come to."""
        solved = [n for n in packages.tolist() if n in self._solved]
        rest = [n for n in packages.tolist() if n not in self._solved]
        best = max(solved, key=lambda n: (_share(self._solved[n]), -self.cost[n], -n))
        counts = self._solved[best]
        most = max((float(self.raced.high[0, n]) for n in rest), default=0.0)
        return _Best(best, counts, most, sum(self._may_beat(n, counts) for n in rest))

    def _may_beat(self, package: int, best: Floats) -> bool:
        return bool(self.raced.high[0, package] > _share(best) + MARGIN + _ROUNDING)

    def _solve(self, package: int) -> None:
        if package not in self._solved:
            self._solved[package] = self._counted(self.packages.variant(package))

    def _under(self, part: Reached, best: _Best) -> Floats:
        """Return where the best package reaches the target with the changes made."""
        if not part.changes:
            return best.counts
        return self._counted(changed(self.packages.case, self.packages.variant(best.package), part.changes))

    def _counted(self, variant: Variant) -> Floats:
        if variant not in self._counts:
            values = self.trial.of([(variant, w) for w in self.worlds])[:, 0]
            self._counts[variant] = np.where(np.isnan(values), np.nan, self.target.reached(values))
            self.watch()
        return self._counts[variant]


def _share(counts: Floats) -> float:
    return float(np.nanmean(counts)) if np.isfinite(counts).any() else 0.0


def _verdicts(said: Node, values: Mapping[str, Floats]) -> Floats:
    def numbers(node: Node) -> Floats:
        return np.broadcast_to(evaluate(node, values), next(iter(values.values())).shape)

    return np.broadcast_to(three_valued(said, numbers, _margin), next(iter(values.values())).shape)


def _margin(compared: Compare) -> float | None:
    """Return the margin between shares; a share and a number are compared as they are."""
    shares = sum(isinstance(part, Reached) for part in walk(compared))
    return MARGIN + _ROUNDING if shares > 1 else None


def _ends(told: Reachable) -> tuple[float, ...]:
    """Return between what a share may lie: with changes anywhere, if another package may be the best."""
    if not told.open:
        return (told.share,)
    return (told.share, max(told.share, told.most)) if not told.changes else (0.0, told.share, 1.0)


def _open_words(told: Sequence[Reachable]) -> str:
    return "; ".join(dict.fromkeys(_open(told)))


def _open(told: Sequence[Reachable]) -> Iterator[str]:
    for each in told:
        if each.open:
            kept = ", ".join(f"{k.lever} {'not ' * (not k.at)}{k.level}" for k in each.kept)
            one = "1 more package" if each.open == 1 else f"{each.open} more packages"
            yield f"{one}{' with ' if kept else ''}{kept} may reach up to {100 * each.most:.0f} %"
