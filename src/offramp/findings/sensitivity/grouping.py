"""Groups of unknowns: by player, by origin, by mechanism, or each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offramp.expressions import Name, Node
from offramp.findings.common.labels import shortened
from offramp.findings.common.mentions import names_in
from offramp.findings.sensitivity.drivers import numbers_of
from offramp.findings.sensitivity.guesses import unknowns_by_kind
from offramp.findings.sensitivity.matters_values import By
from offramp.findings.sensitivity.owners import CONDITIONS, NOTHING, OUTCOMES, RULES, SEVERAL, owners_of
from offramp.model import Case, elements_of
from offramp.model.parts import Condition, Faction, Perception, RateTerm, Unknown, Want
from offramp.worlds import Worlds, axes_of

__all__ = ["MOST", "OTHERS", "Group", "groups_by", "ranked_groups"]

MOST = 12
"""Mechanisms or single unknowns, at most; all others are one more group."""
OTHERS = "others"
_KINDS = {"quoted": "quoted numbers", "literature": "numbers from the literature", "guess": "guesses"}


@dataclass(frozen=True, slots=True)
class Group:
    """Axes of the draws that are looked at together."""

    id: str
    label: str
    axes: tuple[str, ...]


def groups_by(case: Case, worlds: Worlds, by: By) -> tuple[Group, ...]:
    """Return every group that holds an unknown; an order's worths are never parted."""
    axes = tuple(dict.fromkeys(worlds.axes))
    if by == "player":
        return tuple(_by_player(case, worlds))
    if by == "origin":
        kinds = unknowns_by_kind(case).items()
        found = ((kind, axes_of(worlds, (n for names in each for n in names))) for kind, each in kinds)
        return tuple(Group(kind, _KINDS[kind], _sorted(axes, held)) for kind, held in found if held)
    if by == "mechanism":
        return tuple(_by_mechanism(case, worlds))
    numbers = numbers_of(case, worlds)
    return tuple(Group(axis, numbers[axis].label, (axis,)) for axis in axes)


def ranked_groups(groups: Sequence[Group], shares: Mapping[str, float], axes: Sequence[str]) -> tuple[Group, ...]:
    """Keep the groups whose unknowns are the most telling, and put all others into one.

    Parameters
    ----------
    shares
        Axis -> the share that it seems to explain.
    axes
        All there are.
    """
    known = {axis: share for axis, share in shares.items() if share > 0.0}
    weigh = {group.id: sum(known.get(axis, 0.0) for axis in group.axes) for group in groups}
    kept = sorted(groups, key=lambda group: -weigh[group.id])[:MOST]
    held = {axis for group in kept for axis in group.axes}
    rest = tuple(axis for axis in axes if axis not in held)
    return (*kept, Group(OTHERS, "all others together", rest)) if rest else tuple(kept)


def _by_player(case: Case, worlds: Worlds) -> Iterator[Group]:
    owners = owners_of(case, worlds)
    labels = {owner.id: owner.label for owner in owners.values()}
    order = [*case.players, *(owner.id for owner in (SEVERAL, CONDITIONS, RULES, OUTCOMES, NOTHING))]
    for id_ in order:
        if axes := tuple(axis for axis, owner in owners.items() if owner.id == id_):
            yield Group(id_, labels[id_], axes)


def _by_mechanism(case: Case, worlds: Worlds) -> Iterator[Group]:
    """Give the mechanisms with the unknowns of the elements that carry them; those with the same ones together."""
    held: dict[str, set[str]] = {}
    for element in elements_of(case):
        numbers = names_in(_numbers(element.part)) if element.mechanism else ()
        axes = axes_of(worlds, (name for name in numbers if name in worlds.names))
        for mechanism in element.mechanism:
            held.setdefault(mechanism, set()).update(axes)
    alike: dict[tuple[str, ...], list[str]] = {}
    for mechanism, names in held.items():
        if names:
            alike.setdefault(_sorted(dict.fromkeys(worlds.axes), names), []).append(mechanism)
    for together, ids in alike.items():
        said = case.mechanisms[ids[0]].says if ids[0] in case.mechanisms else ""
        named = ", ".join(ids)
        yield Group(named, f"{named}: {shortened(said, 80)}" if said else named, together)


def _numbers(part: object) -> list[Node | None]:
    match part:
        case Unknown():
            return [Name(part.name)]
        case Want():
            return [part.worth]
        case RateTerm():
            return [part.rate]
        case Faction():
            return [part.influence]
        case Perception():
            return [part.believed]
        case Condition():
            return [term.rate for term in (*part.rises, *part.falls)]
    return []


def _sorted(axes: Iterable[str], held: Iterable[str]) -> tuple[str, ...]:
    wanted = set(held)
    return tuple(axis for axis in axes if axis in wanted)
