"""What a race among packages found, told as values."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

import numpy as np

from offramp import __version__
from offramp.expressions import text_of
from offramp.findings.common.labels import names_of
from offramp.findings.reach.question import Question
from offramp.findings.reach.values import Adds, Goal, LevelInfo, LeverInfo, Minded, Move, Package, Reach, Search
from offramp.inverse.racing.results import Race
from offramp.model import Lever
from offramp.model.levers import beneath
from offramp.shapes import Floats

__all__ = ["told"]


def told(question: Question, raced: Race, counted: Mapping[int, Floats], failure: str | None) -> Reach:
    """Tell what a race found; what is made of its best package comes later.

    Parameters
    ----------
    question : Question
    raced : Race
    counted : mapping of int to array
        By package where it reaches the target, ``[world]``, of those solved in all worlds since.
    failure : str or None
        Why the first of the solves that failed did.
    """

    def package(n: int, *, certain: bool = True) -> Package:
        return _package(question, raced, counted, n, certain=certain)

    def short(n: int) -> bool:
        return n in counted and float(np.nanmean(counted[n])) < question.target.share

    worst = raced.worst_tenth
    return Reach(
        case=question.case.name,
        title=question.case.title,
        version=__version__,
        seed=question.worlds.seed,
        goal=_goal(question),
        names=_names(question),
        levers=tuple(_lever(question, lever) for lever in question.packages.levers),
        search=_search(question, raced, failure),
        now=package(raced.grid.today),
        best=package(raced.best),
        front=tuple(package(member.package) for member in raced.fronts[0].members),
        further=len(raced.fronts[0].possible),
        earns=question.earns,
        fronts={
            question.minds[front.outcome - 1]: tuple(package(member.package) for member in front.members)
            for front in raced.fronts[1:]
        },
        minimal=tuple(package(each.package, certain=each.certain) for each in raced.minimal if not short(each.package)),
        worst_tenth=package(worst.package) if worst else None,
        worst_mean=worst.value if worst else float("nan"),
        adds=_adds(question, raced),
        narrowed=question.narrowed,
    )


def _goal(question: Question) -> Goal:
    target, case, view = question.target, question.case, question.view
    return Goal(
        id=target.id,
        name=target.name,
        text=text_of(target.that),
        outcome=question.outcomes[0].name,
        unit=case.time.unit,
        least=target.least,
        most=target.most,
        share=target.share,
        by=question.movers,
        strategy=beneath(case, target),
        concept=question.concept,
        view=view.id if view else None,
        price=None if question.most == inf else question.most,
    )


def _names(question: Question) -> dict[str, str]:
    case = question.case
    names = names_of(case) | {id_: outcome.name for id_, outcome in case.outcomes.items()}
    return names | {id_: strategy.name for id_, strategy in case.strategies.items()}


def _lever(question: Question, lever: Lever) -> LeverInfo:
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
    stated = question.case.levers[lever.id]
    held = lever.levels[0].id if question.held(lever) else None
    return LeverInfo(lever.id, lever.name, lever.by, levels, stated.levels[stated.now].id, held)


def _search(question: Question, raced: Race, failure: str | None) -> Search:
    return Search(
        packages=raced.grid.packages,
        within=int(raced.grid.within(question.most).sum()),
        worlds=raced.worlds,
        solves=raced.solves,
        budget=raced.budget,
        finished=raced.finished,
        left=len(raced.left),
        failed=raced.failed,
        failure=failure,
        interrupted=raced.interrupted,
    )


def _package(question: Question, raced: Race, counted: Mapping[int, Floats], n: int, *, certain: bool) -> Package:
    packages, price = question.packages, question.packages.price(n)
    share, low, high = (float(each[0, n]) for each in (raced.score, raced.low, raced.high))
    if n in counted:
        share = low = high = float(np.nanmean(counted[n]))
    return Package(
        number=n,
        moves=tuple(Move(lever.id, level.id) for lever, level in packages.moved(n)),
        price_low=price.low,
        price_high=price.high,
        share=share,
        low=low,
        high=high,
        worlds=raced.worlds if n in counted else int(raced.solved[n]),
        minds={
            name: Minded(float(raced.score[k, n]), float(raced.low[k, n]), float(raced.high[k, n]))
            for k, name in enumerate(question.minds, start=1)
        },
        certain=certain,
    )


def _adds(question: Question, raced: Race) -> tuple[Adds, ...]:
    told = next(each for each in raced.adds if each.package == raced.best)
    levels, levers = question.packages.levels(raced.best), question.packages.levers
    return tuple(
        Adds(levers[each.lever].id, levers[each.lever].levels[levels[each.lever]].id, each.alone, each.last,
             each.shapley, each.shapley_low, each.shapley_high)
        for each in told.levers
    )  # fmt: skip
