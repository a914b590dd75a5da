"""Drawing worlds, redrawing some of their axes, and setting unknowns by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from offramp.errors import UsageError
from offramp.model.parts import Case, View
from offramp.shapes import Floats
from offramp.worlds.plan import Plan, plan_of
from offramp.worlds.points import columns
from offramp.worlds.table import Worlds, axes_of, no_such

__all__ = ["draw", "redraw", "replace", "stretch"]


def draw(case: Case, worlds: int, seed: int, *, view: View | None = None) -> Worlds:
    """Draw worlds.

    The draws depend on the case's unknowns and orders and on the seed, on nothing else of the case; the
    worlds of a longer draw begin with those of a shorter one. Under a view the same points go through its
    restricted distributions, so world w of the view and world w of the case differ by the restriction alone.

    Parameters
    ----------
    case : Case
    worlds : int
        Number of draws N, the best guess apart; 0 gives the best guess alone. Powers of two are the most
        even.
    seed : int
        Not negative.
    view : View, optional

    Raises
    ------
    CaseError
        See `plan_of`.
    UsageError
        The number of worlds or the seed is negative.
    """
    if worlds < 0:
        raise UsageError(f"cannot draw {worlds} worlds", code="worlds")
    plan = plan_of(case, view)
    return _built(plan, _coordinates(plan, worlds, seed, second=False), seed, {})


def redraw(worlds: Worlds, keep: Iterable[str], seed: int | None = None, *, shuffled: bool = False) -> Worlds:
    """Keep some axes and draw all the others afresh: the frozen half of a pick-freeze pair.

    Parameters
    ----------
    worlds : Worlds
    keep : iterable of str
        Axes, or unknowns: an ordered worth keeps its whole order, a derived unknown all that it comes from.
    seed : int, optional
        The seed of the fresh points; by default that of `worlds`. The fresh points are independent of the
        first ones under any seed.
    shuffled : bool, optional
        Deal the fresh points out in another order (the same for all that is kept). Few points of some columns pair
        badly with those of some others; shuffled, they pair as independent draws do.

    Returns
    -------
    Worlds
        Unknowns set by hand stay set; the best guess is unchanged.
    """
    kept = axes_of(worlds, keep)
    fresh = _coordinates(worlds.plan, worlds.count, worlds.seed if seed is None else seed, second=True)
    if shuffled:
        fresh = fresh[np.random.default_rng((worlds.seed, 4)).permutation(len(fresh))]
    held = np.array([axis in kept for axis in worlds.axes], dtype=np.bool_)
    return _built(worlds.plan, np.where(held, worlds.points, fresh), worlds.seed, worlds.fixed)


def replace(worlds: Worlds, changes: Mapping[str, npt.ArrayLike]) -> Worlds:
    """Set unknowns by hand, best guess included; what is derived from them is computed again.

    Parameters
    ----------
    worlds : Worlds
    changes : Mapping of str to float or array
        One number, or one for every world: ``[1 + N]``. A derived unknown may be set too; an ordered worth is
        set alone, without regard to its order.

    Raises
    ------
    UsageError
        There is no such unknown, or the array has another length.
    """
    rows = worlds.count + 1
    fixed = dict(worlds.fixed)
    for name, value in changes.items():
        if name not in worlds.names:
            raise no_such(name, worlds.names)
        array = np.asarray(value, dtype=np.float64)
        if array.shape not in ((), (rows,)):
            raise UsageError(
                f"'{name}' needs one number or {rows}, one for every world with the best guess first; "
                f"it got an array of shape {array.shape}",
                code="shape",
            )
        fixed[name] = np.broadcast_to(array, (rows,)).copy()
    return _built(worlds.plan, worlds.points, worlds.seed, fixed)


def stretch(worlds: Worlds, first: int, last: int) -> Worlds:
    """Take the worlds from one to another, both included, behind the best guess.

    World w of the result is world ``first + w - 1``, number for number.

    Parameters
    ----------
    worlds : Worlds
    first, last : int
        From 1 to the number of draws; a last before the first leaves the best guess alone.
    """
    if first < 1 or last > worlds.count:
        raise UsageError(f"there are no worlds {first} to {last}; they run from 1 to {worlds.count}", code="no-world")
    rows = np.concatenate(([0], np.arange(first, last + 1)))
    values, points = worlds.values[rows], worlds.points[rows[1:] - 1]
    values.setflags(write=False)
    points.setflags(write=False)
    return Worlds(values, points, worlds.seed, worlds.plan, {name: held[rows] for name, held in worlds.fixed.items()})


def _coordinates(plan: Plan, worlds: int, seed: int, *, second: bool) -> Floats:
    """Points, first or second half. Each part has columns that no other part uses, see points.py."""
    if seed < 0:
        raise UsageError(f"the seed must not be negative; it is {seed}", code="seed")
    extra = plan.extra
    own = len(plan.axes) - extra
    half = int(second)
    base = columns(worlds, half * own, (half + 1) * own, (seed, 1) if second else (seed,))
    start = 2 * own + half * extra
    return np.hstack((base, columns(worlds, start, start + extra, (seed, 2 + half))))


def _built(plan: Plan, points: Floats, seed: int, fixed: Mapping[str, Floats]) -> Worlds:
    values = plan.values(points, fixed)
    values.setflags(write=False)
    points.setflags(write=False)
    return Worlds(values, points, seed, plan, fixed)
