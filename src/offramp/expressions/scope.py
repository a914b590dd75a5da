"""What the names of an expression may stand for, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from offramp.expressions.advice import listed

__all__ = ["ANYWHERE", "Clock", "Kind", "Levelled", "Number", "Scope", "Symbol"]

Kind = Literal["option", "condition", "setting", "unknown", "time"]

ANYWHERE: frozenset[Kind] = frozenset({"option", "condition", "setting", "unknown"})
"""All kinds of names but ``time``."""

_PLURAL: dict[Kind, str] = {
    "option": "options",
    "condition": "conditions",
    "setting": "settings",
    "unknown": "unknowns",
    "time": "time",
}


@dataclass(frozen=True, slots=True)
class Levelled:
    """An option, condition or setting."""

    name: str
    levels: tuple[str, ...]
    kind: Literal["option", "condition", "setting"]


@dataclass(frozen=True, slots=True)
class Number:
    """An unknown."""

    name: str
    kind: Literal["unknown"] = "unknown"


@dataclass(frozen=True, slots=True)
class Clock:
    """``time``."""

    name: str = "time"
    kind: Literal["time"] = "time"


Symbol = Levelled | Number | Clock


@dataclass(frozen=True, slots=True)
class Scope:
    """What names stand for, and which kinds may stand in one place.

    ``time`` is always known; it is usable where ``allowed`` has it.

    Examples
    --------
    >>> scope = Scope.of([Levelled("us.pressure", ("none", "targeted", "broad"), "option"), Number("cost")])
    >>> in_rule = scope.at("in a rule", ANYWHERE | {"time"})
    """

    symbols: Mapping[str, Symbol]
    allowed: frozenset[Kind] = ANYWHERE
    place: str = "here"
    """Where the expression stands, in words that end a sentence: ``in a want``."""
    outcomes: Collection[str] = ()
    strategies: Collection[str] = ()
    players: Collection[str] = ()
    mechanisms: Collection[str] = ()
    targets: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Target -> the levers that move it -> their levels."""
    _owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        symbols: Iterable[Symbol],
        *,
        allowed: Iterable[Kind] = ANYWHERE,
        place: str = "here",
        outcomes: Collection[str] = (),
        strategies: Collection[str] = (),
        players: Collection[str] = (),
        mechanisms: Collection[str] = (),
        targets: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    ) -> Scope:
        """Gather symbols under their names."""
        known: dict[str, Symbol] = {"time": Clock()}
        known |= {symbol.name: symbol for symbol in symbols}
        owners: dict[str, tuple[str, ...]] = {}
        for symbol in known.values():
            for level in symbol.levels if isinstance(symbol, Levelled) else ():
                owners[level] = (*owners.get(level, ()), symbol.name)
        return cls(known, frozenset(allowed), place, outcomes, strategies, players, mechanisms, targets or {}, owners)

    def at(self, place: str, allowed: Iterable[Kind]) -> Scope:
        """Give the scope of another place in the same case."""
        return replace(self, place=place, allowed=frozenset(allowed))

    def levelled(self, name: str) -> Levelled | None:
        """Give the option, condition or setting of that name, if there is one."""
        symbol = self.symbols.get(name)
        return symbol if isinstance(symbol, Levelled) else None

    def allowed_names(self) -> list[str]:
        """Give the names that may stand in this place."""
        return [name for name, symbol in self.symbols.items() if symbol.kind in self.allowed]

    def allowed_kinds(self) -> str:
        """Give the kinds of names that may stand in this place, in words."""
        kinds = [plural for kind, plural in _PLURAL.items() if kind in self.allowed]
        return listed(kinds, "and") if kinds else "numbers"

    def owners(self, level: str) -> tuple[str, ...]:
        """Give the options, conditions and settings that have a level of that name and may stand here."""
        return tuple(name for name in self._owners.get(level, ()) if self.symbols[name].kind in self.allowed)
