"""The sentences of a case, and the elements that each of them became."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from offramp.expressions import Node
from offramp.findings.common.labels import names_of
from offramp.findings.outcomes.ranges import number_range
from offramp.findings.sentences.elements import formula_of, grouped, say
from offramp.findings.sentences.values import Carrier
from offramp.model import Case, Choice, Element, Mechanism, OriginKind, Range, elements_of
from offramp.model.natural_order import natural_order
from offramp.model.parts import Origin, Unknown

__all__ = ["carriers_of", "same_elements", "sentences_of"]


def sentences_of(case: Case) -> dict[str, Mechanism]:
    """Return the mechanisms of a case in its order; where it lists none, those that its elements carry."""
    if case.mechanisms:
        return dict(case.mechanisms)
    carried = _carried(case)
    return {id_: _unlisted(case, id_, carried[id_]) for id_ in sorted(carried, key=natural_order)}


def carriers_of(case: Case) -> dict[str, tuple[Carrier, ...]]:
    """Return the elements that carry each mechanism, in words; the same want of several factions stands once."""
    known = names_of(case)
    return {
        id_: tuple(_carrier(case, group, known) for group in grouped(elements))
        for id_, elements in _carried(case).items()
    }


def same_elements(case: Case) -> dict[str, tuple[str, ...]]:
    """Return for each mechanism the others that the very same elements carry."""
    carried = _carried(case)
    return {
        id_: tuple(other for other, theirs in carried.items() if other != id_ and theirs == own)
        for id_, own in carried.items()
    }


def _carried(case: Case) -> dict[str, list[Element]]:
    carried: dict[str, list[Element]] = {}
    for element in elements_of(case):
        for id_ in element.mechanism:
            carried.setdefault(id_, []).append(element)
    return carried


def _unlisted(case: Case, id_: str, elements: Sequence[Element]) -> Mechanism:
    best = next((e.origin for e in elements if e.origin.quote), elements[0].origin)
    says = next((e.origin.why for e in elements if e.origin.why), None)
    if says is None:
        said = say(case, elements[:1], names_of(case))
        says = said.text + said.more
    return Mechanism(id_, says, best)


def _carrier(case: Case, group: Sequence[Element], known: Mapping[str, str]) -> Carrier:
    first = group[0]
    said = say(case, group, known)
    low, high = _ends(case, first.part) if isinstance(first.part, Unknown) else _span(case, said.numbers)
    return Carrier(
        kind=first.kind,
        words=said.text,
        detail=said.more,
        formula=formula_of(first),
        owners=tuple(known.get(e.owner, e.owner) for e in group if e.owner is not None),
        paths=tuple(".".join(map(str, e.path)) for e in group),
        origin=_weakest(e.origin for e in group) if first.kind != "condition" else "default",
        low=low,
        high=high,
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


def _weakest(origins: Iterable[Origin]) -> OriginKind:
    kinds = {origin.kind for origin in origins}
    order: tuple[OriginKind, ...] = ("default", "guess", "literature", "quoted")
    return next(kind for kind in order if kind in kinds)
