"""What is good enough on an outcome, because a claim says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from offramp.expressions import Compare, Constant, Logic, Measured, Node
from offramp.findings.choice.values import Level
from offramp.model import Case, Claim

__all__ = ["level_of"]

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def level_of(case: Case, claims: Iterable[Claim], outcome: str) -> Level | None:
    """Return the one number that claims hold an outcome against, on its good side.

    A test such as ``talks[offer] > 0.5`` states one where high is better; ``talks[offer] < 0.5`` does not. None where
    no claim states one, or claims state several.
    """
    good = (">", ">=") if case.outcomes[outcome].better != "low" else ("<", "<=")
    found = [
        Level(level, claim.id)
        for claim in claims
        if claim.test is not None
        for name, op, level in _held_against(claim.test)
        if name == outcome and op in good
    ]
    return found[0] if len({level.value for level in found}) == 1 else None


def _held_against(test: Node) -> Iterator[tuple[str, str, float]]:
    match test:
        case Logic(_, left, right):
            yield from _held_against(left)
            yield from _held_against(right)
        case Compare(op, Measured(outcome), Constant(level)):
            yield outcome, op, float(level)
        case Compare(op, Constant(level), Measured(outcome)):
            yield outcome, _TURNED.get(op, op), float(level)
