"""What the numbers of a case rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from offramp.expressions import Constant, Node
from offramp.findings.results import Origins
from offramp.model import Case, Origin

__all__ = ["count_origins"]


def count_origins(case: Case) -> Origins:
    """Count the numbers of a case by origin, and those stated as a point.

    A number is a worth, a term of a rate, a share of influence, a belief about another player, or an unknown that is
    stated by itself. A quote carries that the thing matters and in which direction; its size is the modeller's range.
    """
    kinds: Counter[str] = Counter()
    fixed = 0
    for origin, number in _numbers(case):
        kinds[origin.kind] += 1
        fixed += isinstance(number, Constant)
    return Origins(kinds["quoted"], kinds["literature"], kinds["guess"], kinds["default"], fixed)


def _numbers(case: Case) -> Iterator[tuple[Origin, Node | None]]:
    for player in case.players.values():
        for faction in player.factions:
            if faction.id != player.id and faction.influence is not None:
                yield faction.origin, faction.influence
            for want in faction.wants:
                yield want.origin, want.worth
        for perception in player.perceives:
            yield perception.origin, perception.believed
    for condition in case.conditions.values():
        for term in (*condition.rises, *condition.falls):
            yield term.origin, term.rate
    for unknown in case.unknowns.values():
        if not unknown.inline:
            yield unknown.origin, None
