"""How much of its documents a case accounts for: mechanisms, claims, tensions."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.model import Case, elements_of

__all__ = ["Coverage", "coverage"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of the sentences that a case lists. Ids throughout."""

    carried: tuple[str, ...]
    """Mechanisms of the documents that an element carries."""
    left_out: tuple[str, ...]
    """Mechanisms of the documents that none carries; the case says why."""
    counters: tuple[str, ...]
    """Mechanisms that were given room against them."""
    tested: tuple[str, ...]
    """Claims with a test."""
    factual: tuple[str, ...]
    untestable: tuple[str, ...]
    elsewhere: dict[str, str]
    """Claim -> the case that tests it, or `BY_SEARCH`."""
    tensions: dict[str, bool]
    """Tension -> at least two of the mechanisms and claims it is between live in the model."""


def coverage(case: Case) -> Coverage:
    """Tell what became of each mechanism, claim and tension of a case."""
    carried = {id_ for element in elements_of(case) for id_ in element.mechanism}
    live = carried | {claim.id for claim in case.claims.values() if claim.test or claim.reach or claim.factual}
    claims = case.claims.values()
    return Coverage(
        carried=tuple(m.id for m in case.mechanisms.values() if m.id in carried and not m.counters),
        left_out=tuple(m.id for m in case.mechanisms.values() if m.left_out is not None),
        counters=tuple(m.id for m in case.mechanisms.values() if m.counters),
        tested=tuple(c.id for c in claims if c.test is not None),
        factual=tuple(c.id for c in claims if c.factual),
        untestable=tuple(c.id for c in claims if c.untestable is not None),
        elsewhere={c.id: c.elsewhere for c in claims if c.elsewhere is not None},
        tensions={t.id: len(live.intersection(t.between)) >= 2 for t in case.tensions.values()},
    )
