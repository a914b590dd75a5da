"""The sentences of a case, and the elements that each of them became, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offramp.expressions import Node, text_of
from offramp.findings.labels import label_of, names_of
from offramp.findings.ranges import number_range
from offramp.findings.weights import Became
from offramp.model import Case, Choice, Element, Mechanism, Range, elements_of
from offramp.model.parts import Condition, Faction, Origin, Perception, RateTerm, Setting, Unknown, Want

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
    """Return the elements that carry a mechanism, in words; the same element of several owners stands once."""
    names = names_of(case)
    groups: dict[tuple[str, str], list[Element]] = {}
    for n, element in enumerate(elements_of(case)):
        if mechanism in element.mechanism:
            groups.setdefault((element.kind, _alike(element, n)), []).append(element)
    return tuple(_describe(case, group, names) for group in groups.values())


def _alike(element: Element, n: int) -> str:
    """Return what groups the same want of several factions; other elements stand alone."""
    if isinstance(element.part, Want):
        return f"{element.path[1]} {_want(element.part)}"
    return str(n)


def _want(want: Want) -> str:
    return f"`{text_of(want.that)}`" if want.id.isdigit() else f"“{_words(want.id)}”"


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    numbers: tuple[Node, ...] = ()


def _describe(case: Case, group: Sequence[Element], names: dict[str, str]) -> Became:
    first = group[0]
    said = _say(case, group, names)
    low, high = _ends(case, first.part) if isinstance(first.part, Unknown) else _span(case, said.numbers)
    return Became(
        kind=first.kind,
        text=said.text,
        origin=_weakest(e.origin for e in group) if first.kind != "condition" else "default",
        low=low,
        high=high,
        paths=tuple(".".join(map(str, e.path)) for e in group),
    )


def _say(case: Case, group: Sequence[Element], names: dict[str, str]) -> _Said:
    first = group[0]
    match first.part:
        case Want() as want:
            owners = _owners([e.owner or "" for e in group], names)
            when = " at the foresight date" if want.at_end else f" a {case.time.unit}"
            worths = tuple(e.part.worth for e in group if isinstance(e.part, Want))
            return _Said(f"want {_want(want)} of {owners}, worth{when}", worths)
        case Faction() as faction:
            owner = _owner(first.owner or "", names)
            return _Said(f"influence of {owner}, share", () if faction.influence is None else (faction.influence,))
        case Perception() as perception:
            who = names.get(first.owner or "", first.owner or "")
            return _Said(f"what {who} believes of {perception.target}", (perception.believed,))
        case RateTerm() as term:
            condition, side = str(first.path[1]), str(first.path[2])
            verb = {"rises": "rise", "falls": "fall"}.get(side, side)
            when = "" if (of := text_of(term.of)) == "1" else f" with `{of}`"
            name = names.get(condition, condition)
            return _Said(f"“{name}” {verb}s{when}, rate a {case.time.unit}", (term.rate,))
        case Condition() as condition_:
            name = names.get(condition_.id, condition_.id)
            return _Said(f"drift of “{name}”; switched off, it stays where it starts")
        case Setting() as setting:
            levels = " or ".join(setting.levels)
            name = names.get(setting.id, setting.id)
            return _Said(f"setting “{name}”: {levels}; switched off, {setting.levels[setting.off or 0]}")
        case Unknown() as unknown:
            why = f" ({unknown.origin.why})" if unknown.origin.why else ""
            return _Said(f"number “{label_of(case, unknown.name, names)}”{why}")


def _owner(owner: str, names: dict[str, str]) -> str:
    player, _, faction = owner.partition(".")
    who = names.get(player, player)
    return f"{names.get(owner, faction)} ({who})" if faction else who


def _owners(owners: Sequence[str], names: dict[str, str]) -> str:
    """Name players and factions, the factions of one player together."""
    by_player: dict[str, list[str]] = {}
    for owner in dict.fromkeys(owners):
        player, _, faction = owner.partition(".")
        by_player.setdefault(player, []).append(names.get(owner, faction) if faction else "")
    said = [
        f"{_listed(factions)} ({names.get(player, player)})" if any(factions) else names.get(player, player)
        for player, factions in by_player.items()
    ]
    return _listed(said)


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


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


def _listed(parts: Iterable[str]) -> str:
    *first, last = list(dict.fromkeys(parts))
    return f"{', '.join(first)} and {last}" if first else last
