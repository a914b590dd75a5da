"""Levers and targets: every level alone, posed as a search would pose it, and whether a target can be met at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from offramp.errors import CaseError, CaseErrors, WorldError
from offramp.expressions import Constant, names
from offramp.graph import build_graph, pose
from offramp.inverse.attainable import holds, lowest
from offramp.model import Case, Lever, LeverLevel, Target
from offramp.model.levers import can_start, levers_of, packaged
from offramp.model.variants import Variant, apply_variant
from offramp.worlds import Worlds

__all__ = ["check_levers"]

MOST = 4096
"""Packages that are looked through for one in which a level can be the start."""


def check_levers(case: Case, worlds: Worlds) -> Iterator[CaseError]:
    """Give the faults of levers and targets of a case whose strategies have none."""
    at = lowest(case, case.levers.values())
    for target in case.targets.values():
        found = holds(case, target.that, at)
        if found is not None and not found.any():
            yield CaseError(f"no state that can come about is what `{target.id}` wants", code="no-state",
                            hint="look into `impossible` and `irreversible`", path=(*target.path, "that"))  # fmt: skip
    built = {Variant(strategy) for strategy in case.strategies}
    for target in _targets(case):
        if not can_start(case, packaged(case, target, {})):
            yield _misplaced(case, target)
            continue
        for lever in levers_of(case, target):
            for n, level in enumerate(lever.levels):
                variant = packaged(case, target, {lever.id: n})
                if variant in built:
                    continue
                built.add(variant)
                if can_start(case, variant):
                    yield from _posed(case, variant, worlds, lever, level)
                elif not _starts_with_others(case, target, lever, n):
                    said = f"with the level `{level.id}` the start is impossible, wherever the other levers are"
                    yield CaseError(said, code="infeasible-start", path=level.path, at_key=True,
                                    hint="let it start elsewhere, or change what is impossible")  # fmt: skip


def _targets(case: Case) -> Iterator[Target]:
    """Give the stated targets, and one for each mover whom none of them names."""
    yield from case.targets.values()
    named = {target.by for target in case.targets.values()}
    for by in dict.fromkeys(lever.by for lever in case.levers.values()):
        if by not in named:
            yield Target(by, by, Constant(True), by=by)


def _posed(case: Case, variant: Variant, worlds: Worlds, lever: Lever, level: LeverLevel) -> Iterator[CaseError]:
    applied, what = apply_variant(case, variant), f"the level `{level.id}` of the lever `{lever.id}`"
    changing = [each for each in case.outcomes.values() if each.of is not None and names(each.of) & set(case.settings)]
    try:
        graph = build_graph(applied.case, applied.strategy)
    except CaseErrors as e:
        for fault in e.faults:
            path = level.path if fault.path == applied.strategy.path else fault.path
            yield CaseError(f"{fault.message} (with {what})", code=fault.code, hint=fault.hint, path=path,
                            at_key=fault.at_key)  # fmt: skip
        return
    for w in range(worlds.count + 1):
        try:
            pose(graph, worlds.world(w), changing)
        except WorldError as e:
            where = "the best guess" if w == 0 else f"world {w} of seed 0"
            yield CaseError(f"{e.message} (in {where}, with {what})", code=e.code, hint=e.hint, path=e.path)
            return


def _starts_with_others(case: Case, target: Target, lever: Lever, n: int) -> bool:
    """Tell whether some package with a level can be the start."""
    others = [other for other in levers_of(case, target) if other is not lever and _starts(case, other.levels)]
    packages = product(*(range(len(other.levels)) for other in others))
    for tried, levels in enumerate(islice(packages, MOST + 1)):
        chosen = {other.id: at for other, at in zip(others, levels, strict=True)} | {lever.id: n}
        if tried == MOST or can_start(case, packaged(case, target, chosen)):
            return True
    return False


def _starts(case: Case, levels: Sequence[LeverLevel]) -> bool:
    """Tell whether some level says where an option starts."""
    return any(name not in case.settings for level in levels for name, _ in level.changes)


def _misplaced(case: Case, target: Target) -> CaseError:
    """Say that the levers as they stand at present start where the case cannot be."""
    start = {f"{player.id}.{o.id}": o.start for player in case.players.values() for o in player.options}
    levers = [
        lever
        for lever in levers_of(case, target)
        if any(level != start.get(name, level) for name, level in lever.levels[lever.now].changes)
    ]
    said = ", ".join(f"`{lever.id}` at `{lever.levels[lever.now].id}`" for lever in levers)
    return CaseError(f"the start is impossible as the levers stand at present: {said}", code="infeasible-start",
                     hint="let `now` be another level, or change what is impossible",
                     path=(*levers[-1].path, "now"))  # fmt: skip
