"""Conditions: ladders, and the rates at which they are climbed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from offramp.errors import Path
from offramp.expressions import Constant, Kind
from offramp.model import shape as shapes
from offramp.model.draft import Draft
from offramp.model.parts import Condition, Origin, RateTerm
from offramp.model.players import read_levels

__all__ = ["read_ladder", "read_rates"]

RATE: tuple[Kind, ...] = ("option", "condition", "setting", "unknown", "time")


def read_ladder(draft: Draft, id_: str, shape: shapes.ConditionShape) -> Condition:
    """Read a condition without its rates, which may name other conditions."""
    path: Path = ("conditions", id_)
    levels, start = read_levels(draft, shape, path)
    return Condition(id_, levels, start, (), (), shape.name, draft.mechanism(shape), path)


def read_rates(draft: Draft, condition: Condition, shape: shapes.ConditionShape) -> Condition:
    """Add the rates to a condition."""
    return replace(
        condition,
        rises=_rate(draft, shape.rises, (*condition.path, "rises")),
        falls=_rate(draft, shape.falls, (*condition.path, "falls")),
    )


def _rate(draft: Draft, given: Any, path: Path) -> tuple[RateTerm, ...]:
    if isinstance(given, str):
        of = draft.expression(given, path, RATE, "in a rate")
        return (RateTerm(of, Constant(1.0), Origin(), path=path),)
    if isinstance(given, list) and all(isinstance(term, shapes.RateShape) for term in given):
        return tuple(_term(draft, term, (*path, at)) for at, term in enumerate(given))
    if given == 0:
        return ()
    rate = draft.quantity(given, path, low=0)
    origin = draft.unknowns[rate.name].origin if not isinstance(given, float) and hasattr(rate, "name") else Origin()
    return (RateTerm(Constant(1.0), rate, origin, path=path),)


def _term(draft: Draft, shape: shapes.RateShape, path: Path) -> RateTerm:
    origin = draft.origin(shape, path)
    of = draft.expression(shape.of, (*path, "of"), RATE, "in a rate")
    rate = draft.quantity(shape.rate, (*path, "rate"), origin=origin)
    return RateTerm(of, rate, origin, draft.mechanism(shape), draft.off(shape, path, ("unknown", "setting")), path)
