"""The elements of a case that rest on something and may carry mechanisms, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from offramp.errors import Path
from offramp.model.parts import Case, Condition, Faction, Perception, RateTerm, Setting, Unknown, Want
from offramp.model.uncertain import Origin

__all__ = ["Element", "ElementKind", "elements_of"]

ElementKind = Literal["setting", "unknown", "want", "influence", "perception", "condition", "rate"]


@dataclass(frozen=True, slots=True)
class Element:
    """One element, where it stands, what it rests on and which mechanisms it carries."""

    kind: ElementKind
    path: Path
    origin: Origin
    mechanism: tuple[str, ...]
    part: Setting | Unknown | Want | Faction | Perception | Condition | RateTerm

    @property
    def owner(self) -> str | None:
        """The player, or player.faction, that it belongs to."""
        match self.path:
            case ("players", str(player), "factions", str(faction), *_):
                return f"{player}.{faction}"
            case ("players" | "perceives", str(player), *_):
                return player
            case _:
                return None


def elements_of(case: Case) -> Iterator[Element]:
    """Go through the elements of a case; a condition comes before the terms of its rates."""
    for unknown in case.unknowns.values():
        yield Element("unknown", unknown.path, unknown.origin, unknown.mechanism, unknown)
    for setting in case.settings.values():
        yield Element("setting", setting.path, setting.origin, setting.mechanism, setting)
    for player in case.players.values():
        for faction in player.factions:
            if faction.id != player.id:
                yield Element("influence", faction.path, faction.origin, faction.mechanism, faction)
            for want in faction.wants:
                yield Element("want", want.path, want.origin, want.mechanism, want)
        for perception in player.perceives:
            yield Element("perception", perception.path, perception.origin, perception.mechanism, perception)
    for condition in case.conditions.values():
        yield Element("condition", condition.path, Origin(), condition.mechanism, condition)
        for term in (*condition.rises, *condition.falls):
            yield Element("rate", term.path, term.origin, term.mechanism, term)
