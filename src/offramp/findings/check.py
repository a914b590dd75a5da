"""Everything that can be told of a case without running it: sizes, claims, and numbers in a few worlds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offramp.errors import CaseError, CaseErrors, WorldError
from offramp.findings.check_levers import check_levers
from offramp.findings.claims.plan import plan_claims
from offramp.graph import build_graph, pose
from offramp.model import Case, Strategy
from offramp.model.variants import Variant, apply_variant
from offramp.worlds import draw

__all__ = ["Checked", "check_case"]

_WORLDS = 16


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found of a case without faults."""

    states: dict[str, int]
    """States by strategy."""
    unquoted: tuple[str, ...]
    """Paths of numbers without any stated origin."""


def check_case(case: Case) -> Checked:
    """Build the graph of every strategy, and of every level of a lever, and pose it in the best guess and a few worlds.

    Raises
    ------
    CaseErrors
        With every fault, each at its path: a case too large, a claim that cannot be tested as written, a rate that
        turns negative, a share of influence above 1, a number that is not finite, a level that cannot be the start, a
        target that no state meets.
    """
    faults: dict[tuple[object, ...], CaseError] = {}

    def note(*found: CaseError) -> None:
        for fault in found:
            faults.setdefault((fault.path, fault.code), fault)

    variants: set[Variant] = set()
    try:
        variants |= set(plan_claims(case, case.claims.values()).variants(None))
    except CaseErrors as e:
        note(*e.faults)
    states = {}
    worlds = draw(case, _WORLDS, seed=0)
    for strategy in case.strategies.values():
        try:
            graph = build_graph(case, strategy)
        except CaseErrors as e:
            note(*e.faults)
            continue
        states[strategy.id] = graph.states
        for w in range(worlds.count + 1):
            try:
                pose(graph, worlds.world(w), tuple(case.outcomes.values()))
            except WorldError as e:
                note(_in_world(e, w, strategy))
                break
    if not faults:
        note(*_misplaced(case, variants), *check_levers(case, worlds))
    if faults:
        raise CaseErrors(faults.values())
    return Checked(states, _unstated(case))


def _in_world(error: WorldError, w: int, strategy: Strategy) -> CaseError:
    where = "the best guess" if w == 0 else f"world {w} of seed 0"
    said = f"{error.message} (in {where}, strategy {strategy.id})"
    return CaseError(said, code=error.code, hint=error.hint, path=error.path)


def _misplaced(case: Case, variants: Iterable[Variant]) -> Iterator[CaseError]:
    """Give the claims that let options start where they cannot."""
    for variant in variants:
        applied = apply_variant(case, variant).case
        if applied.players == case.players:
            continue
        try:
            build_graph(applied, case.strategies[variant.strategy])
        except CaseErrors as e:
            for claim in case.claims.values():
                if claim.test is not None and variant in {
                    ask.variant for ask in plan_claims(case, [claim]).asks[claim.id]
                }:
                    yield CaseError(f"{e.faults[0].message}", code=e.faults[0].code, hint=e.faults[0].hint,
                                    path=(*claim.path, "test"))  # fmt: skip


def _unstated(case: Case) -> tuple[str, ...]:
    """List worths, rates and unknowns that say neither a source nor that they are a guess."""
    found = []
    for player in case.players.values():
        for faction in player.factions:
            found += [".".join(map(str, want.path)) for want in faction.wants if want.origin.kind == "default"]
    for condition in case.conditions.values():
        terms = (*condition.rises, *condition.falls)
        found += [".".join(map(str, term.path)) for term in terms if term.origin.kind == "default"]
    found += [u.name for u in case.unknowns.values() if not u.inline and u.origin.kind == "default"]
    return tuple(dict.fromkeys(found))
