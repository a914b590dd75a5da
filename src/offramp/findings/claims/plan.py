"""Which variants the claims ask for, so that each is computed once however many claims use it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from offramp.errors import CaseError, CaseErrors, UsageError
from offramp.expressions import Call, Change, Constant, Level, Measured, Name, Node, expand
from offramp.expressions.trees import SEARCHES, children
from offramp.model import Case, Choice, Claim, Range
from offramp.model.variants import Variant, variant_of

__all__ = ["Ask", "Plan", "asking", "asks_of", "check_strategies", "plan_claims"]

MOST_COMBINATIONS = 32
"""Of levels, in one search of a claim."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One outcome of one variant; ``keep`` names unknowns that stay while all the others are drawn afresh."""

    variant: Variant
    outcome: str
    keep: tuple[str, ...] | None = None


@dataclass(slots=True)
class Plan:
    """What each claim needs."""

    asks: dict[str, list[Ask]] = field(default_factory=dict)

    def variants(self, keep: tuple[str, ...] | None) -> dict[Variant, set[str]]:
        """Return the variants over the plain worlds (keep None) or over redrawn ones, with their outcomes."""
        found: dict[Variant, set[str]] = {}
        for asks in self.asks.values():
            for ask in asks:
                if ask.keep == keep:
                    found.setdefault(ask.variant, set()).add(ask.outcome)
        return found

    def kept(self) -> list[tuple[str, ...]]:
        """Return the groups that variance is asked of, each once."""
        found = {ask.keep: None for asks in self.asks.values() for ask in asks if ask.keep is not None}
        return list(found)


def check_strategies(case: Case, wanted: Iterable[str]) -> None:
    """Refuse strategies that the case does not have.

    Raises
    ------
    UsageError
        For the first of them.
    """
    for name in wanted:
        if name not in case.strategies:
            raise UsageError(f"there is no strategy `{name}`", code="no-strategy",
                             hint="choose among " + ", ".join(case.strategies))  # fmt: skip


def plan_claims(case: Case, claims: Iterable[Claim]) -> Plan:
    """List what the tests of claims ask for.

    Raises
    ------
    CaseErrors
        If a test asks for what cannot be computed, at the claim.
    """
    plan, faults = Plan(), []
    for claim in claims:
        if claim.test is None:
            continue
        path = (*claim.path, "test")
        try:
            plan.asks[claim.id] = [ask for part in asking(claim.test) for ask in asks_of(case, part, path)]
        except CaseError as e:
            faults.append(e)
    if faults:
        raise CaseErrors(faults)
    return plan


def asking(test: Node) -> Iterator[Node]:
    """Go through the parts of a test; the outcome that a search varies is not asked for by itself."""
    yield test
    if isinstance(test, Call) and test.function in SEARCHES:
        return
    for part in children(test):
        yield from asking(part)


def asks_of(case: Case, part: Node, path: tuple[str | int, ...] = ()) -> list[Ask]:
    """Return what one part of a test asks for by itself, not counting its parts."""
    if isinstance(part, Measured):
        return [Ask(variant_of(part, case, path), part.outcome)]
    if isinstance(part, Call) and part.function == "effect":
        high, low = effect_pair(case, part, path)
        return [Ask(variant_of(m, case, path), m.outcome) for m in (high, low)]
    if isinstance(part, Call) and part.function in ("highest", "lowest"):
        return [Ask(variant_of(m, case, path), m.outcome) for m in combinations(case, part, path)]
    if isinstance(part, Call) and part.function == "variance":
        measured = part.arguments[0]
        assert isinstance(measured, Measured)
        return [Ask(variant_of(measured, case, path), measured.outcome, group_of(case, part))]
    return []


def group_of(case: Case, call: Call) -> tuple[str, ...]:
    """Return the unknowns that the group of a ``variance`` names, in the case's order."""
    wanted = {
        name for part in call.arguments[1:] if isinstance(part, Name) for name in expand(part.name, case.unknowns)
    }
    return tuple(name for name in case.unknowns if name in wanted)


def effect_pair(case: Case, call: Call, path: tuple[str | int, ...]) -> tuple[Measured, Measured]:
    """Return the two variants between which ``effect`` takes the difference: the name at its high and low end."""
    measured, name = call.arguments[0], call.arguments[1]
    assert isinstance(measured, Measured)
    assert isinstance(name, Name)
    low, high = ends_of(case, name.name, path)

    def at(value: Node) -> Measured:
        kept = tuple(change for change in measured.changes if change.name != name.name)
        changed = Measured(measured.outcome, measured.strategy, (*kept, Change("set", name.name, value)))
        return changed

    return at(high), at(low)


def combinations(case: Case, call: Call, path: tuple[str | int, ...]) -> list[Measured]:
    """Return the variants among which ``highest`` and ``lowest`` search: every combination of levels of the names.

    Raises
    ------
    CaseError
        If there are more than `MOST_COMBINATIONS`.
    """
    measured = call.arguments[0]
    assert isinstance(measured, Measured)
    free = list(dict.fromkeys(part.name for part in call.arguments[1:] if isinstance(part, Name)))
    levels = [[Level(name, level, at) for at, level in enumerate(levels_of(case, name))] for name in free]
    count = math.prod(map(len, levels))
    if count > MOST_COMBINATIONS:
        raise CaseError(f"{call.function} would search {count:,} combinations of levels", code="claim",
                        hint=f"name fewer: at most {MOST_COMBINATIONS} can be searched", path=path)  # fmt: skip
    kept = tuple(change for change in measured.changes if change.name not in free)
    return [
        replace(measured, changes=(*kept, *(Change("set", n, v) for n, v in zip(free, one, strict=True))))
        for one in itertools.product(*levels)
    ]


def ends_of(case: Case, name: str, path: tuple[str | int, ...]) -> tuple[Node, Node]:
    """Return the low and the high end of an unknown, or the first and last level of a setting or start."""
    if name in case.unknowns:
        law = case.unknowns[name].law
        if isinstance(law, Range):
            return Constant(law.low), Constant(law.high)
        if isinstance(law, Choice):
            return Constant(min(law.values)), Constant(max(law.values))
        raise CaseError(f"`{name}` is computed from other unknowns and has no ends", code="claim",
                        hint="name one of the unknowns that it is computed from", path=path)  # fmt: skip
    levels = levels_of(case, name)
    return Level(name, levels[0], 0), Level(name, levels[-1], len(levels) - 1)


def levels_of(case: Case, name: str) -> tuple[str, ...]:
    """Return the levels of a setting, condition or option."""
    if name in case.settings:
        return case.settings[name].levels
    if name in case.conditions:
        return case.conditions[name].levels
    player, _, option = name.partition(".")
    return next(o.levels for o in case.players[player].options if o.id == option)
