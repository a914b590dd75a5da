"""How large a case may be, and what to say when it is larger."""

from __future__ import annotations

import math

from offramp.errors import CaseError
from offramp.model import Case

__all__ = ["MAX_POSTURES", "MAX_STATES", "check_size", "too_many_states"]

MAX_STATES = 1_000_000
"""States of one strategy's graph. Around a dozen arrays of this many values for every column are held at a time."""

MAX_POSTURES = 512
"""Combinations of levels of one player's options; moves are pairs of them."""

MAX_POSITIONS = 100_000
"""Positions on all ladders together."""


def check_size(case: Case) -> list[CaseError]:
    """Return the faults of a case that is too large before its graph is even built."""
    faults = []
    for player in case.players.values():
        postures = math.prod(len(o.levels) for o in player.options)
        if postures > MAX_POSTURES:
            largest = max(player.options, key=lambda o: len(o.levels))
            faults.append(
                CaseError(
                    f"`{player.id}` has {postures:,} combinations of levels; the most is {MAX_POSTURES}",
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
    if everything >= 2**62:
        faults.append(
            CaseError(
                "there are more configurations than can be numbered",
                code="too-large",
                hint="cut options, or make some of them settings",
                path=("players",),
                at_key=True,
            )
        )
    return faults


def too_many_states(case: Case, configurations: int, positions: int) -> CaseError:
    """Say how large the graph became, and which option or condition to cut."""
    parts = [(len(c.levels), c.id, c.path) for c in case.conditions.values()]
    parts += [(len(o.levels), f"{p.id}.{o.id}", o.path) for p in case.players.values() for o in p.options]
    parts.sort(key=lambda part: -part[0])
    count, name, path = parts[0]
    others = ", ".join(f"`{n}` ({k})" for k, n, _ in parts[1:4])
    return CaseError(
        f"the case has over {configurations * positions:,} states ({configurations:,} configurations reached so far "
        f"x {positions:,} ladder positions); the most is {MAX_STATES:,}",
        code="too-large",
        hint=f"cut levels of `{name}` ({count} levels)" + (f", or of {others}" if others else "")
        + "; what a strategy fixes at the outset can be a setting, what nobody reacts to an outcome",
        path=path,
        at_key=True,
    )
