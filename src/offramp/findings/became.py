"""The sentences of a case, and the elements that each of them became."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from offramp.expressions import Node
from offramp.findings.elements import grouped, say
from offramp.findings.labels import names_of
from offramp.findings.ranges import number_range
from offramp.findings.weights import Became
from offramp.model import Case, Choice, Element, Mechanism, Range, elements_of
from offramp.model.parts import Origin, Unknown

__all__ = ["became", "same_elements", "sentences_of"]


def sentences_of(case: Case) -> dict[str, Mechanism]:
    """Return the mechanisms of a case in its order; where it lists none, those that its elements carry."""
    if case.mechanisms:
        return dict(case.mechanisms)
    carried: dict[str, list[Element]] = {}
    for element in elements_of(case):
        for id_ in element.mechanism:
            carried.setdefault(id_, []).append(element)
    return {id_: _unlisted(case, id_, carried[id_]) for id_ in sorted(carried, key=_natural)}


def _natural(id_: str) -> tuple[str, int, str]:
    """Sort D2 before D10."""
    letters = id_.rstrip("0123456789")
    return letters, int(id_[len(letters) :] or 0), id_


def _unlisted(case: Case, id_: str, elements: Sequence[Element]) -> Mechanism:
    best = next((e.origin for e in elements if e.origin.quote), elements[0].origin)
    says = next((e.origin.why for e in elements if e.origin.why), None)
    return Mechanism(id_, says or _describe(case, [elements[0]], names_of(case)).text, best)


def same_elements(case: Case) -> dict[str, tuple[str, ...]]:
    """Return for each mechanism the others that the very same elements carry."""
    carried: dict[str, list[int]] = {}
    for n, element in enumerate(elements_of(case)):
        for id_ in element.mechanism:
            carried.setdefault(id_, []).append(n)
    return {
        id_: tuple(other for other, theirs in carried.items() if other != id_ and theirs == places)
        for id_, places in carried.items()
    }


def became(case: Case, mechanism: str) -> tuple[Became, ...]:
    """Return the elements that carry a mechanism, in words; the same want of several factions stands once."""
    names = names_of(case)
    groups = grouped(element for element in elements_of(case) if mechanism in element.mechanism)
    return tuple(_describe(case, group, names) for group in groups)


def _describe(case: Case, group: Sequence[Element], names: dict[str, str]) -> Became:
    first = group[0]
    said = say(case, group, names)
    low, high = _ends(case, first.part) if isinstance(first.part, Unknown) else _span(case, said.numbers)
    return Became(
        kind=first.kind,
        text=said.text + said.more,
        origin=_weakest(e.origin for e in group) if first.kind != "condition" else "default",
        low=low,
        high=high,
        paths=tuple(".".join(map(str, e.path)) for e in group),
    )


def _ends(case: Case, unknown: Unknown) -> tuple[float | None, float | None]:
    match unknown.law:
        case Range(low, high):
            return low, high
        case Choice(values):
            return min(values), max(values)
    return _span(case, (unknown.law.expression,))


def _span(case: Case, numbers: Iterable[Node]) -> tuple[float | None, float | None]:
    """Return the ends between which numbers lie, None where they have none or it cannot be told."""
    ends = [number_range(case, number) for number in numbers]
    if not ends:
        return None, None
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return (low, high) if math.isfinite(low) and math.isfinite(high) else (None, None)


def _weakest(origins: Iterable[Origin]) -> str:
    kinds = {origin.kind for origin in origins}
    return next(kind for kind in ("default", "guess", "literature", "quoted") if kind in kinds)
