"""Targets: read and checked."""

from __future__ import annotations

from offramp.errors import Path
from offramp.expressions import Kind
from offramp.model import shape as shapes
from offramp.model.draft import Draft
from offramp.model.parts import Case
from offramp.model.targets import Target

__all__ = ["read_target"]

WANTED: tuple[Kind, ...] = ("option", "condition", "setting")
HALF = 0.5
"""The share of the time that is enough where a target states neither an outcome nor a level."""


def read_target(draft: Draft, id_: str, shape: shapes.TargetShape, case: Case) -> Target:
    """Read one target; `case` holds what it may name."""
    path: Path = ("targets", id_)
    draft.check_name(id_, path, "a target")
    that = draft.expression(
        shape.that, (*path, "that"), WANTED, "in a target, which speaks of states", yes_no=True
    )  # fmt: skip
    user, mend = f"the target `{id_}`", f"take the target out: targets: {{{id_}: null}}"
    if shape.by is not None and shape.by not in case.players:
        draft.missing((*path, "by"), "player", shape.by, case.players, user, mend=mend)
    if shape.strategy is not None and shape.strategy not in case.strategies:
        draft.missing((*path, "strategy"), "strategy", shape.strategy, case.strategies, user, mend=mend)
    if shape.outcome is not None and shape.outcome not in case.outcomes:
        draft.missing((*path, "outcome"), "outcome", shape.outcome, case.outcomes, user, mend=mend)
    _check_minds(draft, id_, shape, case)
    level = _enough(draft, shape, case, path)
    return Target(id_, shape.name or id_, that, shape.outcome, level, shape.at_most is not None, shape.in_, shape.by,
                  shape.strategy, tuple(shape.minds), shape.why, path)  # fmt: skip


def _enough(draft: Draft, shape: shapes.TargetShape, case: Case, path: Path) -> float:
    """Return the level of the outcome from which on the target is reached."""
    least, most = shape.at_least, shape.at_most
    if draft.lost.within(path):
        return HALF
    if least is not None and most is not None:
        draft.fault((*path, "at-most"), "both `at-least` and `at-most`", "keep one of them", at_key=True)
    elif shape.outcome is None:
        if most is not None:
            draft.fault((*path, "at-most"), "`at-most` of what is wanted", "write `at-least:`, or negate `that`",
                        at_key=True)  # fmt: skip
        elif least is not None and not 0 <= least <= 1:
            draft.fault((*path, "at-least"), f"the share of the time {least:g} is not between 0 and 1",
                        "write a share such as 0.5", code="range")  # fmt: skip
    elif shape.outcome in case.outcomes:
        better = case.outcomes[shape.outcome].better
        if least is None and most is None:
            key = "at-most" if better == "low" else "at-least"
            draft.fault(
                path,
                f"it is not said how much of `{shape.outcome}` is enough",
                f"add `{key}:` and a number",
                at_key=True,
            )
        elif least is not None and better == "low":
            draft.fault((*path, "at-least"), f"of `{shape.outcome}` less is better", "write `at-most:`", at_key=True)
        elif most is not None and better == "high":
            draft.fault((*path, "at-most"), f"of `{shape.outcome}` more is better", "write `at-least:`", at_key=True)
    return next((level for level in (least, most) if level is not None), HALF)


def _check_minds(draft: Draft, id_: str, shape: shapes.TargetShape, case: Case) -> None:
    for at, name in enumerate(shape.minds):
        path: Path = ("targets", id_, "minds", at)
        if name not in case.outcomes:
            without = [other for other in shape.minds if other != name]
            mend = f"write targets: {{{id_}: {{minds: [{', '.join(without)}]}}}}"
            user = f"the list `minds` of the target `{id_}`"
            draft.missing(path, "outcome", name, case.outcomes, user, mend=mend)
        elif name in shape.minds[:at]:
            draft.fault(path, f"`{name}` stands twice", "keep one of the two")
        elif case.outcomes[name].better is None and not draft.lost.within(("outcomes", name)):
            draft.fault(path, f"`{name}` does not say what is better",
                        f"add it: outcomes: {{{name}: {{better: high}}}}, or low")  # fmt: skip
