"""Views by name, and cases as they are seen."""

from __future__ import annotations

from dataclasses import replace

from offramp.errors import UsageError
from offramp.expressions.advice import short
from offramp.model import Case, View

__all__ = ["as_seen", "view_named"]


def view_named(case: Case, name: str | None) -> View | None:
    """Return a view of a case; None where no name is given.

    Raises
    ------
    UsageError
        If there is no such view.
    """
    if name is not None and name not in case.views:
        known = f"take one of {', '.join(case.views)}" if case.views else "the case has no views"
        raise UsageError(f"there is no view `{short(name)}`", code="no-view", hint=known)
    return None if name is None else case.views[name]


def as_seen(case: Case, view: View | None) -> Case:
    """Return a case whose unknowns are as a view states them; itself without a view."""
    if view is None:
        return case
    unknowns = {name: replace(each, law=view.unknowns.get(name, each.law)) for name, each in case.unknowns.items()}
    return replace(case, unknowns=unknowns)
