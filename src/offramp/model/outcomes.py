"""Outcomes: named measures of a path."""

from __future__ import annotations

from collections.abc import Mapping

from offramp.errors import Path
from offramp.expressions import Kind
from offramp.model import shape as shapes
from offramp.model.draft import Draft
from offramp.model.parts import Measure, Outcome, Player, Time

__all__ = ["read_outcome"]

STATE: tuple[Kind, ...] = ("option", "condition", "setting", "unknown")


def read_outcome(
    draft: Draft, id_: str, shape: shapes.OutcomeShape, players: Mapping[str, Player], time: Time
) -> Outcome:
    """Read one outcome."""
    path: Path = ("outcomes", id_)
    measure: Measure = shape.measure or ("total" if shape.payoff is not None else "average")
    reached = measure in ("ever", "first")
    of = unless = payoff = None
    if shape.of is not None:
        of = draft.expression(shape.of, (*path, "of"), STATE, "in an outcome", yes_no=reached)
    if shape.payoff is not None:
        payoff = _payoff(draft, shape.payoff, (*path, "payoff"), players)
    if shape.of is not None and shape.payoff is not None:
        draft.fault((*path, "payoff"), "both `of` and `payoff`", "keep one of them", at_key=True)
    if shape.of is None and shape.payoff is None and not draft.lost.within(path):
        draft.fault(
            path, "an outcome of nothing", "add `of:` and an expression, or `payoff:` and a player", at_key=True
        )
    if shape.payoff is not None and measure not in ("total", "average"):
        draft.fault((*path, "measure"), f"a payoff has no `{measure}`", "write total or average")
    if shape.unless is not None:
        unless = draft.expression(shape.unless, (*path, "unless"), STATE, "in an outcome", yes_no=True)
        if not reached:
            draft.fault(
                (*path, "unless"), f"`unless` does not go with `{measure}`", "use it with ever or first", at_key=True
            )
    _check_window(draft, shape, measure, time, path)
    return Outcome(id_, shape.name or id_, measure, of, payoff, shape.better, shape.for_, shape.from_ or 0.0, shape.to,
                   unless, shape.main, path)  # fmt: skip


def _check_window(draft: Draft, shape: shapes.OutcomeShape, measure: Measure, time: Time, path: Path) -> None:
    start, end = shape.from_ or 0.0, shape.to if shape.to is not None else time.horizon
    if draft.lost.within(("time",)):
        return
    if end > time.horizon:
        draft.fault(
            (*path, "to"), f"{end:g} lies after the horizon {time.horizon:g}", f"write {time.horizon:g} or less"
        )
    elif measure == "final" and shape.from_ is not None:
        draft.fault(
            (*path, "from"), "`final` has no `from`", "write `to:` and the date at which it is read", at_key=True
        )
    elif start >= end:
        draft.fault((*path, "from"), f"the window is empty: it begins at {start:g} and ends at {end:g}",
                    f"write a date before {end:g}", code="range")  # fmt: skip


def _payoff(draft: Draft, text: str, path: Path, players: Mapping[str, Player]) -> tuple[str, str | None] | None:
    player, _, faction = text.partition(".")
    if player not in players:
        draft.no_such(path, f"there is no player `{player}`", player, players)
        return None
    known = [f.id for f in players[player].factions if f.id != player]
    if faction and faction not in known:
        if not draft.lost.has(text):
            draft.no_such(path, f"`{player}` has no faction `{faction}`", faction, known)
        return None
    return player, faction or None
