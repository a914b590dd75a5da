"""Everything that can be told of a case without running it: sizes, claims, and numbers in a few worlds."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.errors import CaseError, CaseErrors, WorldError
from offramp.findings.plan import plan_claims
from offramp.graph import build_graph, pose
from offramp.model import Case
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
    """Build every strategy's graph and pose it in the best guess and a few worlds.

    Raises
    ------
    CaseErrors
        With every fault, each at its path: a case too large, a claim that cannot be tested as written, a rate that
        turns negative, a share of influence above 1, a number that is not finite.
    """
    faults: dict[tuple[object, ...], CaseError] = {}

    def note(fault: CaseError) -> None:
        faults.setdefault((fault.path, fault.code), fault)

    try:
        plan_claims(case, case.claims.values())
    except CaseErrors as e:
        for fault in e.faults:
            note(fault)
    states = {}
    worlds = draw(case, _WORLDS, seed=0)
    for strategy in case.strategies.values():
        try:
            graph = build_graph(case, strategy)
        except CaseErrors as e:
            for fault in e.faults:
                note(fault)
            break
        except CaseError as e:
            note(e)
            break
        states[strategy.id] = graph.states
        for w in range(worlds.count + 1):
            world = worlds.world(w)
            try:
                pose(graph, world, tuple(case.outcomes.values()))
            except WorldError as e:
                where = "the best guess" if w == 0 else f"world {w} of seed 0"
                note(CaseError(f"{e.message} (in {where}, strategy {strategy.id})", code=e.code, hint=e.hint, path=e.path))
                break
    if faults:
        raise CaseErrors(faults.values())
    return Checked(states, _unstated(case))


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
