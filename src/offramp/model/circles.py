"""Unknowns that are computed from themselves."""

from __future__ import annotations

from collections.abc import Mapping

from offramp.expressions import names
from offramp.model.parts import Choice, Derived, Range

__all__ = ["find_circles"]


def find_circles(laws: Mapping[str, Range | Choice | Derived]) -> list[list[str]]:
    """Return the circles among derived unknowns, each as a chain that ends where it began."""
    needs = {
        name: sorted(other for other in names(law.expression) if isinstance(laws.get(other), Derived))
        for name, law in laws.items()
        if isinstance(law, Derived)
    }
    circles: list[list[str]] = []
    done: set[str] = set()
    for first in needs:
        chain = {first: iter(needs[first])} if first not in done else {}
        while chain:
            at = next(reversed(chain))
            following = next(chain[at], None)
            if following is None:
                done.add(at)
                del chain[at]
            elif following in chain:
                steps = list(chain)
                circles.append([*steps[steps.index(following) :], following])
            elif following not in done:
                chain[following] = iter(needs[following])
    return circles
