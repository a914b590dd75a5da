"""What would have to be wanted for a configuration to hold, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from offramp.findings.equilibria.reordered import Reordered
from offramp.findings.equilibria.wanted import Told, Wanted
from offramp.inverse.stability import Blocking, Nearest

__all__ = ["wanted_to_json"]

EXACT = 2**53
"""Larger counts are no numbers that every program can read; their share is."""


def wanted_to_json(asked: Wanted, players: Sequence[str]) -> dict[str, Any]:
    """
    Turn what would have to be wanted into plain lists, mappings and numbers.

    Parameters
    ----------
    asked : Wanted
    players : sequence of str
        The ids, in order.

    Returns
    -------
    dict
        `wanted` in the schema of `offramp stability --json`.
    """
    found = asked.found
    return {
        "state": asked.configuration,
        "concept": asked.concept,
        "holds": asked.holds,
        "stays": dict(zip(players, asked.stays, strict=True)),
        "fixed": list(asked.fixed),
        "changes": [_told(each) for each in asked.changes],
        "complete": found is None or found.complete,
        "possible": _possible(asked),
        "blocked": [] if found is None else [_blocked(each, players) for each in found.blocked],
        "beyond": None if asked.beyond is None else _told(asked.beyond),
        "movable": [] if found is None else list(found.movable),
        "held": [] if found is None else [{"unknown": each.unknown, "reason": each.reason} for each in found.held],
        "rankings": [_ranking(each) for each in asked.rankings],
    }


def _possible(asked: Wanted) -> bool | None:
    if asked.holds or asked.changes:
        return True
    return False if asked.found is not None and asked.configuration in asked.found.impossible else None


def _told(told: Told) -> dict[str, Any]:
    return {
        "cost": told.answer.cost,
        "gap": told.answer.gap,
        "proven": told.answer.proven,
        "unknowns": [
            {"unknown": each.unknown, "from": each.start, "to": each.end, "rounded": end, "low": each.low,
             "high": each.high, "cost": each.cost}
            for each, end in zip(told.answer.changes, told.ends, strict=True)
        ],
    }  # fmt: skip


def _blocked(blocked: Blocking, players: Sequence[str]) -> dict[str, Any]:
    return {
        "moves": [{"player": players[each.player], "to": each.move} for each in blocked.requirements],
        "ends": [{"unknown": each.unknown, "end": each.end, "value": each.value} for each in blocked.ends],
        "irreducible": blocked.irreducible,
    }


def _ranking(each: Reordered) -> dict[str, Any]:
    counted = each.counted
    together = None if counted is None else counted.equilibrium
    return {
        "player": each.player,
        "total": None if counted is None else _exact(counted.total),
        "staying": None if counted is None else _exact(counted.stable),
        "staying_share": None if counted is None else counted.share,
        "holding": None if together is None else _exact(together),
        "holding_share": None if together is None or counted is None else together / counted.total,
        "why": each.why or None,
        "nearest_staying": _nearest(each.alone),
        "nearest_holding": _nearest(each.together),
    }


def _exact(number: int) -> int | None:
    return number if number <= EXACT else None


def _nearest(nearest: Nearest | None) -> dict[str, Any] | None:
    if nearest is None or nearest.order is None:
        return None
    swapped = [{"above": better, "below": worse} for worse, better in nearest.reversed]
    return {"order": list(nearest.order), "pairs": nearest.distance, "proven": nearest.proven, "swapped": swapped}
