"""Views by name."""

from __future__ import annotations

from offramp.errors import UsageError
from offramp.expressions.advice import short
from offramp.model import Case, View

__all__ = ["view_named"]


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
