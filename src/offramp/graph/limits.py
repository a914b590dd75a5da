"""How large a case may be, and what to say when it is larger."""

from __future__ import annotations

import math

from offramp.errors import CaseError, Path
from offramp.expressions import dates
from offramp.model import Case, Strategy

__all__ = [
    "MAX_POSTURES",
    "MAX_POSTURES_HELD",
    "MAX_STATES",
    "MAX_VALUES",
    "check_dates",
    "check_size",
    "infeasible_start",
    "too_many_states",
    "too_many_values",
]

MAX_STATES = 1 << 20
"""States of one strategy's graph: those of 20 options of two levels. Some arrays of this size are held for every column
at a time."""

MAX_VALUES = 50_000_000
"""States times value columns: 400 MB for each array of that size."""

MAX_POSTURES = 512
"""Combinations of levels of one player's options; moves are pairs of them."""

MAX_POSTURES_HELD = 4096
"""The same where nobody chooses among them by chance: only ranks of states are compared."""

MAX_DATES = 200
"""Dates that the rules of one strategy turn on; between any two the whole game is integrated anew."""

MAX_POSITIONS = 100_000
"""Positions on all ladders together."""


def check_size(case: Case, postures_at_most: int = MAX_POSTURES) -> list[CaseError]:
    """Return the faults of a case that is too large before its graph is even built."""
    faults = []
    for player in case.players.values():
        postures = math.prod(len(o.levels) for o in player.options)
        if postures > postures_at_most:
            largest = max(player.options, key=lambda o: len(o.levels))
            faults.append(
                CaseError(
                    f"`{player.id}` has {postures:,} combinations of levels; the most is {postures_at_most:,}",
                    code="too-large",
                    hint=f"cut an option, e.g. `{largest.id}` ({len(largest.levels)} levels), or make it a setting",
                    path=player.path,
                    at_key=True,
                )
            )
    positions = math.prod(len(c.levels) for c in case.conditions.values())
    if positions > MAX_POSITIONS:
        largest_ladder = max(case.conditions.values(), key=lambda c: len(c.levels))
        faults.append(
            CaseError(
                f"the conditions have {positions:,} combinations of levels; the most is {MAX_POSITIONS:,}",
                code="too-large",
                hint=f"shorten a ladder, e.g. `{largest_ladder.id}` ({len(largest_ladder.levels)} levels)",
                path=largest_ladder.path,
                at_key=True,
            )
        )
    everything = math.prod(len(o.levels) for p in case.players.values() for o in p.options)
    if everything >= 2**62 and not faults:
        path, hint = _cut(case)
        said = f"there are {everything:.2g} configurations, more than can be numbered"
        faults.append(CaseError(said, code="too-large", hint=hint, path=path, at_key=True))
    return faults


def check_dates(strategy: Strategy) -> list[CaseError]:
    """Return the fault of a strategy that turns on too many dates."""
    lists = [rules for each in strategy.committed for rules in (each.rules, *each.believed.values())]
    tests = [node for rules in lists for rule in rules for node in (rule.when, rule.chance) if node is not None]
    found = {date for node in tests for date in dates(node)}
    if len(found) <= MAX_DATES:
        return []
    said = f"the rules of `{strategy.id}` turn on {len(found):,} dates; the most is {MAX_DATES}"
    hint = "for something that changes gradually use a condition"
    return [CaseError(said, code="too-large", hint=hint, path=strategy.path, at_key=True)]


def too_many_states(case: Case, configurations: int, positions: int) -> CaseError:
    """Say how large the graph became, and which option or condition to cut."""
    path, hint = _cut(case)
    everything = math.prod(len(o.levels) for p in case.players.values() for o in p.options)
    return CaseError(
        f"the case has over {configurations * positions:,} states ({configurations:,} of at most {everything:,} "
        f"configurations reached so far x {positions:,} ladder positions); the most is {MAX_STATES:,}",
        code="too-large",
        hint=hint,
        path=path,
        at_key=True,
    )


def too_many_values(case: Case, states: int, columns: int, rules: int) -> CaseError:
    """Say that the states would do, but not with so many factions and outcomes."""
    path, hint = _cut(case)
    return CaseError(
        f"the case has {states:,} states and {columns + rules} values in each (one for every rule, for every outcome, "
        f"and for every faction of a free player in every game as players perceive it): "
        f"{states * (columns + rules):,} in all; the most is {MAX_VALUES:,}",
        code="too-large",
        hint=f"drop outcomes, or {hint}",
        path=path,
        at_key=True,
    )


def _cut(case: Case) -> tuple[Path, str]:
    """Return the element with the most levels, and advice what to cut."""
    parts = [(len(c.levels), c.id, c.path) for c in case.conditions.values()]
    parts += [(len(o.levels), f"{p.id}.{o.id}", o.path) for p in case.players.values() for o in p.options]
    parts.sort(key=lambda part: -part[0])
    if not parts:
        return (), "drop players"
    count, name, path = parts[0]
    others = ", ".join(f"`{n}` ({k})" for k, n, _ in parts[1:4])
    hint = f"cut levels of `{name}` ({count} levels)" + (f", or of {others}" if others else "")
    return path, hint + "; what a strategy fixes at the outset can be a setting, what nobody reacts to an outcome"


def infeasible_start(case: Case) -> CaseError:
    """Say that the case, as changed, starts where it cannot be."""
    options = [f"{p.id}.{o.id} = {o.levels[o.start]}" for p in case.players.values() for o in p.options]
    return CaseError(
        f"the start is impossible: {', '.join(options)}",
        code="infeasible-start",
        hint="let the options start elsewhere, or change what is impossible",
        path=("impossible",),
        at_key=True,
    )
