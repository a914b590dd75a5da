"""How an unknown is distributed: a range, a choice, or computed from others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from offramp.errors import Path
from offramp.model.parts import Choice, Derived, Range

if TYPE_CHECKING:
    from offramp.model.draft import Draft

__all__ = ["check_floor", "effort_of", "least", "read_law"]


def least(law: Range | Choice | Derived) -> float | None:
    """Return the least value that can be drawn; None where it is computed."""
    if isinstance(law, Range):
        return law.low
    return min(law.values) if isinstance(law, Choice) else None


def check_floor(draft: Draft, least: float | None, low: float | None, path: Path) -> None:
    """Fault a number that can lie below the lowest sensible one."""
    if low is not None and least is not None and least < low:
        draft.fault(
            path,
            f"`{path[-1]}` can be {least:g}, and must not be below {low:g}",
            f"write {low:g} or more",
            code="range",
        )


def read_law(draft: Draft, value: Any, path: Path) -> Range | Choice | Derived | None:
    """Read how an unknown is distributed; None, with a fault, where that cannot be told."""
    if isinstance(value, (int, float)):
        return Choice((float(value),))
    if isinstance(value, str):
        return Derived(draft.expression(value, path, ("unknown",), "in an unknown"))
    if isinstance(value, list):
        return _range(draft, value, None, path)
    given = [key for key in ("range", "choice", "is_") if getattr(value, key) is not None]
    if len(given) != 1:
        if not draft.lost.within(path):
            said = "one of range, choice and is" if not given else "only one of range, choice and is"
            draft.fault(path, f"an unknown needs {said}", "write e.g. range: [0.1, 0.5]")
        return None
    if value.mode is not None and value.range is None:
        draft.fault((*path, "mode"), "a mode without a range", "add range: [low, high]", at_key=True)
        return None
    if value.effort is not None and value.range is None:
        draft.fault((*path, "effort"), "an effort without a range, which is what it moves through",
                    "add range: [low, high], or leave it out", at_key=True)  # fmt: skip
        return None
    if value.choice is not None:
        if not value.choice:
            draft.fault((*path, "choice"), "a choice among nothing", "list the values, the best guess first")
            return None
        return Choice(tuple(value.choice))
    if value.range is not None:
        return _range(draft, value.range, value.mode, (*path, "range"))
    return Derived(draft.expression(value.is_, (*path, "is"), ("unknown",), "in an unknown"))


def effort_of(value: Any) -> float:
    """Return what it costs to move an unknown through its whole range; 1 where nothing is said."""
    return getattr(value, "effort", None) or 1.0


def _range(draft: Draft, ends: list[float], mode: float | None, path: Path) -> Range | None:
    low, high = ends
    if low > high:
        draft.fault(path, f"the range [{low:g}, {high:g}] is upside down", f"write [{high:g}, {low:g}]", code="range")
        return None
    if low == high:
        draft.fault(path, f"the range [{low:g}, {high:g}] has no width", f"write the number {low:g}", code="range")
        return None
    if not math.isfinite(high - low):
        draft.fault(path, f"the range [{low:g}, {high:g}] is too wide", "write numbers below 1e300", code="range")
        return None
    if mode is not None and not low <= mode <= high:
        draft.fault(path, f"the mode {mode:g} lies outside [{low:g}, {high:g}]", "move it inside", code="range")
        return None
    return Range(low, high, mode)
