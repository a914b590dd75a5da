"""Elements of a case in words: a want, a rate, a number, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offramp.expressions import Constant, Node, names, text_of
from offramp.findings.common.labels import label_of, words_of
from offramp.findings.common.mentions import names_in, names_in_costs, names_in_rules
from offramp.model import Case, Derived, Element, elements_of
from offramp.model.parts import Condition, Faction, Perception, RateTerm, Setting, Unknown, Want

__all__ = ["Said", "formula_of", "grouped", "say"]

USES = 2
"""Of a number: the elements that use it, shown by name."""


@dataclass(frozen=True, slots=True)
class Said:
    """An element in words."""

    text: str
    """What it is and whose: ``want “pride” of Them``."""
    more: str = ""
    """What its number counts, what it goes with, or what switching it off does: ``, worth a month``."""
    numbers: tuple[Node, ...] = ()


def grouped(elements: Iterable[Element]) -> list[list[Element]]:
    """Bring together the same want of several factions of one player; other elements stand alone.

    A number inside an element that is there too is left out: it is that element's number.
    """
    found = list(elements)
    groups: dict[tuple[str, str], list[Element]] = {}
    for n, element in enumerate(found):
        if element.kind != "unknown" or not any(_inside(element, other) for other in found):
            groups.setdefault((element.kind, _alike(element, n)), []).append(element)
    return list(groups.values())


def _inside(number: Element, other: Element) -> bool:
    return other.kind not in ("unknown", "condition") and number.path[: len(other.path)] == other.path


def _alike(element: Element, n: int) -> str:
    if isinstance(element.part, Want):
        return f"{element.path[1]} {_want(element.part)}"
    return str(n)


def say(case: Case, group: Sequence[Element], known: Mapping[str, str]) -> Said:
    """Put an element, or the same want of several factions, into words.

    Parameters
    ----------
    known
        Readable names, as `names_of` gives them.
    """
    first = group[0]
    match first.part:
        case Want() as want:
            when = " at the foresight date" if want.at_end else f" a {case.time.unit}"
            worths = tuple(e.part.worth for e in group if isinstance(e.part, Want))
            owners = _owners([e.owner or "" for e in group], known)
            return Said(f"want {_want(want)} of {owners}", f", worth{when}", worths)
        case Faction() as faction:
            numbers = () if faction.influence is None else (faction.influence,)
            return Said(f"influence of {_owners([first.owner or ''], known)}", ", share", numbers)
        case Perception(target=target, believed=believed):
            who = known.get(first.owner or "", first.owner or "")
            return Said(f"what {who} believes of the {label_of(case, f'players.{target}', known)}", "", (believed,))
        case RateTerm() as term:
            condition, side = str(first.path[1]), str(first.path[2])
            formula = formula_of(first)
            when = f" with `{formula}`" if formula else ""
            said = f"rate at which “{known.get(condition, condition)}” {side}"
            return Said(said, f"{when}, a {case.time.unit}", (term.rate,))
        case Condition(id=id_):
            return Said(f"drift of “{known.get(id_, id_)}”", "; switched off, it stays where it starts")
        case Setting() as setting:
            off = setting.levels[setting.off or 0]
            said = f"setting “{known.get(setting.id, setting.id)}”: {' or '.join(setting.levels)}"
            return Said(said, f"; switched off, {off}")
        case Unknown() as unknown:
            why = f" ({unknown.origin.why})" if unknown.origin.why else ""
            said = label_of(case, unknown.name, known)
            return Said(said if unknown.inline else f"number “{said}”{_used(case, unknown.name, known)}", why)


def formula_of(element: Element) -> str | None:
    """Return what a want is about, or what a rate is multiplied with, as written; None where it says nothing more."""
    match element.part:
        case Want(that=that):
            return text_of(that)
        case RateTerm(of=of) if not isinstance(of, Constant):
            return text_of(of)
        case _:
            return None


def _want(want: Want) -> str:
    return f"`{text_of(want.that)}`" if want.id.isdigit() else f"“{words_of(want.id)}”"


def _owners(owners: Sequence[str], known: Mapping[str, str]) -> str:
    """Name players and factions, the factions of one player together: ``hawks and doves (Them)``."""
    by_player: dict[str, list[str]] = {}
    for owner in dict.fromkeys(owners):
        player, _, faction = owner.partition(".")
        by_player.setdefault(player, []).append(known.get(owner, faction) if faction else "")
    said = [
        f"{_listed(factions)} ({known.get(player, player)})" if any(factions) else known.get(player, player)
        for player, factions in by_player.items()
    ]
    return _listed(said)


# What a number is used in


def _used(case: Case, unknown: str, known: Mapping[str, str]) -> str:
    """Name what uses a number, by itself or through numbers computed from it: ``, in want “pride” of Them``."""
    uses = list(dict.fromkeys(_uses(case, {unknown, *_computed(case, unknown)}, known)))
    if not uses:
        return ""
    shown = uses if len(uses) <= USES else [*uses[:USES], f"{len(uses) - USES} more"]
    return f", in {_listed(shown)}"


def _computed(case: Case, unknown: str) -> set[str]:
    """Return the numbers that are computed from a number."""
    reads = {id_: names(u.law.expression) for id_, u in case.unknowns.items() if isinstance(u.law, Derived)}
    found: set[str] = set()
    new = {unknown}
    while new:
        new = {id_ for id_, read in reads.items() if read & new} - found
        found |= new
    return found


def _uses(case: Case, unknowns: set[str], known: Mapping[str, str]) -> Iterator[str]:
    """Give, in words, the elements that read one of some numbers, then rules, outcomes and the rest."""
    for group in grouped(e for e in elements_of(case) if unknowns & _read(e)):
        if group[0].kind != "unknown":
            yield say(case, group, known).text
    for strategy in case.strategies.values():
        if any(unknowns & names_in_rules(rules) for rules in strategy.committed):
            yield f"the rules of “{strategy.name}”"
    for outcome in case.outcomes.values():
        if unknowns & names_in((outcome.of, outcome.unless)):
            yield f"outcome “{outcome.name}”"
    for player in case.players.values():
        for said, node in (("precision", player.lam), ("pace", player.pace), ("discount", player.discount)):
            if unknowns & names(node):
                yield f"{said} of {player.name}"
        for option in player.options:
            if unknowns & names_in_costs((option,)):
                yield f"cost of changing {known.get(f'{player.id}.{option.id}', option.id)}"


def _read(element: Element) -> frozenset[str]:
    match element.part:
        case Want(that=one, worth=two) | RateTerm(of=one, rate=two):
            return names_in((one, two))
        case Faction(influence=node) | Perception(believed=node):
            return names_in((node,))
        case _:
            return frozenset()


def _listed(parts: Iterable[str]) -> str:
    *first, last = list(dict.fromkeys(parts))
    return f"{', '.join(first)} and {last}" if first else last
