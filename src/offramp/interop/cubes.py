"""Sets of configurations of yes/no options, written as few conjunctions.

A set over n options is a whole number: bit s stands for the configuration s, in which option k is taken if bit k of s
is set. See offramp.interop.gmcr.states.

References
----------
Minato, S. (1992). Fast generation of irredundant sum-of-products forms from binary decision diagrams. SASIMI.
"""

from __future__ import annotations

__all__ = ["Cube", "cover"]

Cube = tuple[tuple[int, bool], ...]
"""Options that are taken (True) or not (False); the others may be either."""


def cover(needed: int, allowed: int, options: int) -> list[Cube]:
    """Cover a set by conjunctions, none of which could be left out.

    Parameters
    ----------
    needed : int
        What must be covered.
    allowed : int
        What may be covered; contains what must.
    options : int
        How many options there are.

    Examples
    --------
    >>> cover(0b1010, 0b1011, 2)
    [((0, True),)]
    """
    return _cover(needed, allowed, options)[0]


def _cover(needed: int, allowed: int, options: int) -> tuple[list[Cube], int]:
    """Return the conjunctions and what they cover."""
    if not needed:
        return [], 0
    everything = (1 << (1 << options)) - 1
    if allowed == everything:
        return [()], everything
    k = options - 1
    half = 1 << k
    low = (1 << half) - 1
    needed_no, needed_yes, allowed_no, allowed_yes = needed & low, needed >> half, allowed & low, allowed >> half
    without, covered_no = _cover(needed_no & ~allowed_yes, allowed_no, k)
    with_it, covered_yes = _cover(needed_yes & ~allowed_no, allowed_yes, k)
    either, covered_both = _cover((needed_no & ~covered_no) | (needed_yes & ~covered_yes), allowed_no & allowed_yes, k)
    cubes = either + [(*cube, (k, True)) for cube in with_it] + [(*cube, (k, False)) for cube in without]
    return cubes, (covered_no | covered_both) | (covered_yes | covered_both) << half
