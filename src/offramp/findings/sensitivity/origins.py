"""What the numbers of a case rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from offramp.expressions import Constant, Node, names
from offramp.findings.sensitivity.values import Origins
from offramp.model import Case, Derived, Origin
from offramp.model.elements import Element, elements_of
from offramp.model.parts import Faction, Perception, RateTerm, Want

__all__ = ["count_origins"]


def count_origins(case: Case) -> Origins:
    """Count the numbers of a case by origin, and those stated as a point.

    Every uncertain number counts once, wherever it stands: worths, rates, influences, beliefs, precisions, paces,
    discounts, switching costs, chances, and the unknowns listed by themselves; what is computed from others is no
    number of its own. Points count too; of those that are mostly absent (a discount or a switching cost of 0, a chance
    of 1) only what is stated otherwise. A quote carries that the thing matters and in which direction; its size is the
    modeller's range.
    """
    kinds = Counter(u.origin.kind for u in case.unknowns.values() if not isinstance(u.law, Derived))
    fixed = 0
    for origin, number in _numbers(case):
        if not set(names(number)) & set(case.unknowns):
            kinds[origin.kind] += 1
            fixed += 1
    return Origins(kinds["quoted"], kinds["literature"], kinds["guess"], kinds["default"], fixed)


def _numbers(case: Case) -> Iterator[tuple[Origin, Node]]:
    for element in elements_of(case):
        number = _number_of(element)
        if number is not None:
            yield element.origin, number
    nothing = Origin()
    for player in case.players.values():
        yield nothing, player.lam
        yield nothing, player.pace
        yield from _stated(player.discount, 0.0)
        for option in player.options:
            yield from _stated(option.raise_cost, 0.0)
            if option.lower_cost is not option.raise_cost:
                yield from _stated(option.lower_cost, 0.0)
    for strategy in case.strategies.values():
        for rule_set in strategy.committed:
            for rules in (rule_set.rules, *rule_set.believed.values()):
                for rule in rules:
                    yield from _stated(rule.chance, 1.0)


def _stated(number: Node, absent: float) -> Iterator[tuple[Origin, Node]]:
    """Give a number that rests on nothing stated, unless it says that the thing is absent."""
    if number != Constant(absent):
        yield Origin(), number


def _number_of(element: Element) -> Node | None:
    match element.part:
        case Want(worth=number) | Perception(believed=number):
            return number
        case Faction(influence=share):
            return share
        case RateTerm(of=of, rate=rate):
            # A rate written as one expression has its number inside.
            return of if rate == Constant(1.0) and not isinstance(of, Constant) else rate
        case _:
            return None
