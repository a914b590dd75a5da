"""Views: named restrictions of the unknowns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from offramp.errors import Path
from offramp.expressions import Levelled
from offramp.model import shape as shapes
from offramp.model.circles import find_circles
from offramp.model.draft import Draft
from offramp.model.laws import read_law
from offramp.model.parts import Choice, Derived, Range, Unknown, View

__all__ = ["read_view"]


def read_view(draft: Draft, id_: str, given: Mapping[str, Any], ordered: Collection[str]) -> View:
    """Read one view.

    Parameters
    ----------
    ordered
        The worths of ordered statements, which are drawn together and cannot be restricted alone.
    """
    path: Path = ("views", id_)
    called = given.get("name", id_)
    restricted: dict[str, Range | Choice | Derived] = {}
    for name, value in given.items():
        if name == "name":
            continue
        here = (*path, name)
        if name in ordered:
            draft.fault(here, "an ordered worth cannot be restricted alone", "change the order itself", at_key=True)
            continue
        if isinstance(value, shapes.QuantityShape) and value.effort is not None:
            draft.fault((*here, "effort"), "a view does not say what a change costs",
                        f"write `effort` where `{name}` is stated", at_key=True)  # fmt: skip
            value = value.model_copy(update={"effort": None})
        law = read_law(draft, value, here)
        if isinstance(value, shapes.QuantityShape):
            draft.origin(value, here)
        if name not in draft.symbols:
            draft.no_such(here, f"there is no unknown `{name}`", name, draft.unknowns, at_key=True)
        elif isinstance(draft.symbols[name], Levelled):
            draft.fault(here, f"`{name}` is not an unknown", "a view restricts unknowns only", at_key=True)
        elif law is not None and name in draft.unknowns:
            restricted[name] = law
            _inside(draft, draft.unknowns[name], law, here)
    changed = {name: unknown.law for name, unknown in draft.unknowns.items()} | restricted
    before = {name for circle in find_circles({n: u.law for n, u in draft.unknowns.items()}) for name in circle}
    for circle in find_circles(changed):
        if not before.intersection(circle):
            at = next(name for name in circle if name in restricted)
            draft.fault((*path, at), f"under this view `{at}` is computed from itself: {' -> '.join(circle)}",
                        "break the circle", code="cycle")  # fmt: skip
    return View(id_, called if isinstance(called, str) else id_, restricted, path)


def _inside(draft: Draft, unknown: Unknown, law: Range | Choice | Derived, path: Path) -> None:
    """A view may narrow an unknown, never reach past it."""
    outer, inner = _ends(unknown.law), _ends(law)
    if outer is None or inner is None:
        return
    slack = 1e-12 * max(1.0, *map(abs, outer))
    if inner[0] < outer[0] - slack or inner[1] > outer[1] + slack:
        draft.fault(
            path,
            f"the view reaches outside the range [{outer[0]:g}, {outer[1]:g}] of `{unknown.name}`",
            "narrow it, or widen the unknown",
            code="range",
        )


def _ends(law: Range | Choice | Derived) -> tuple[float, float] | None:
    if isinstance(law, Range):
        return law.low, law.high
    if isinstance(law, Choice):
        return min(law.values), max(law.values)
    return None
