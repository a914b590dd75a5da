"""What only others can change: the value of each of their unknowns at which a package would reach the target."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np

from offramp.findings.common.labels import label_of, names_of
from offramp.findings.reach.values import Theirs, Turning
from offramp.findings.sensitivity.crossings import crossings_of, points_of
from offramp.findings.sensitivity.owners import CONDITIONS, Owner, owners_of
from offramp.inverse.packages import Packages
from offramp.inverse.trial import Trial
from offramp.model import Case
from offramp.shapes import Floats
from offramp.worlds import Single, Worlds, one_at_a_time, singles_of

__all__ = ["turning_points"]


def turning_points(
    packages: Packages,
    package: int,
    worlds: Worlds,
    by: Collection[str],
    *,
    workers: int | None = None,
    watch: Callable[[int], None] = lambda _: None,
) -> Theirs:
    """Move each unknown of the other players, and of what drifts, through its range, all else at the best guess.

    Parameters
    ----------
    packages : Packages
    package : int
    worlds : Worlds
        Of the case.
    by : collection of str
        The players whose own unknowns are left out.
    workers : int, optional
        Threads.
    watch : callable
        Called with how many solves were done, time and again.
    """
    target = packages.target
    outcome, sign = target.outcome or "", -1.0 if target.most else 1.0
    owners, names = owners_of(packages.case, worlds), names_of(packages.case)
    singles = list(_theirs(packages.case, worlds, owners, by))

    def beyond(moves: Sequence[tuple[Single, float]]) -> Floats:
        found = []
        for start in range(0, len(moves), worlds.count):  # as many at once as there are draws to put them in
            some = moves[start : start + worlds.count]
            trial = Trial(packages, [outcome], one_at_a_time(worlds, some), workers)
            found.append(trial([(package, w) for w in range(1, len(some) + 1)])[:, 0])
            watch(len(some))
        return np.asarray(sign * (np.concatenate(found) - target.least))

    value = float(Trial(packages, [outcome], worlds, workers)([(package, 0)])[0, 0])
    here = sign * (value - target.least)
    points = [(single, at) for single in singles for at in points_of(single) if at != single.best]
    moved = dict(zip(points, beyond(points).tolist(), strict=True)) if points else {}
    leads = [np.array([moved.get((single, at), here) for at in points_of(single)]) for single in singles]
    found = crossings_of(singles, leads, beyond)
    turning = [
        Turning(single.name, label_of(packages.case, single.name, names), owners[single.axis].label, single.best,
                single.low, single.high, *min(roots, key=lambda root: abs(root[0] - single.best)))
        for single, roots in zip(singles, found, strict=True) if roots
    ]  # fmt: skip
    turning.sort(key=lambda each: (each.distance, each.unknown))
    none = sum(roots == () for roots in found)
    return Theirs(value, here >= 0.0, tuple(turning), none, len(singles) - none - len(turning))


def _theirs(case: Case, worlds: Worlds, owners: Mapping[str, Owner], by: Collection[str]) -> Iterator[Single]:
    for single in singles_of(worlds):
        owner = owners[single.axis].id
        if owner not in by and (owner in case.players or owner == CONDITIONS.id):
            yield single
