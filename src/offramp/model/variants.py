"""A strategy with changes: what a claim puts into brackets, applied to the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from offramp.errors import CaseError, Path
from offramp.expressions import Change, Constant, Level, Measured, Node, constant, placeless, text_of
from offramp.model.parts import Case, Condition, Faction, Perception, Player, RateTerm, RuleSet, Strategy, Want

__all__ = ["Applied", "Variant", "apply_variant", "changed", "start_at", "variant_of"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A strategy and what is changed about the case while it plays; without changes the strategy itself."""

    strategy: str
    levels: tuple[tuple[str, int], ...] = ()
    """Settings, or the levels at which options and conditions start."""
    numbers: tuple[tuple[str, Node], ...] = ()
    """Unknowns that take another value."""
    without: tuple[str, ...] = ()
    """Mechanisms switched off."""
    also: tuple[tuple[str, str], ...] = ()
    """(player, strategy): that player follows that strategy's rules too, or none where it has none for that player.
    In place of a strategy, ``lever.level``: the rules of that level of a lever."""
    delay: float = 0.0

    def __str__(self) -> str:
        changes = [f"{name} = level {level}" for name, level in self.levels]
        changes += [f"{name} = {text_of(value)}" for name, value in self.numbers]
        changes += [f"without({', '.join(self.without)})"] if self.without else []
        changes += [f"{player}: {strategy}" for player, strategy in self.also]
        changes += [f"delay = {self.delay:g}"] if self.delay else []
        return self.strategy + (f"; {', '.join(changes)}" if changes else "")


@dataclass(frozen=True, slots=True)
class Applied:
    """A case and a strategy with the changes made."""

    case: Case
    strategy: Strategy
    delay: float
    numbers: Mapping[str, Node]
    """Unknowns that take another value, in terms of the unknowns as drawn."""


def variant_of(measured: Measured, case: Case, path: Path = ()) -> Variant:
    """Return the variant that ``outcome[strategy; changes]`` asks for.

    Raises
    ------
    CaseError
        If a change cannot be made: a delay that is not a number, a player whom the other strategy says nothing of.
    """
    levels: dict[str, int] = {}
    numbers: dict[str, Node] = {}
    without: set[str] = set()
    also: dict[str, str] = {}
    delay = 0.0
    for change in measured.changes:
        if change.kind == "without":
            without.add(change.name)
        elif change.kind == "player":
            also[change.name] = _other(change, case, path)
        elif change.kind == "delay":
            delay = _delay(change.value, case, path)
        elif isinstance(change.value, Level):
            levels[change.name] = change.value.index
        else:
            assert change.value is not None
            numbers[change.name] = placeless(change.value)
    return Variant(
        measured.strategy,
        tuple(sorted(levels.items())),
        tuple(sorted(numbers.items(), key=lambda item: item[0])),
        tuple(sorted(without)),
        tuple(sorted(also.items())),
        delay,
    )


def changed(case: Case, variant: Variant, changes: Sequence[Change]) -> Variant:
    """Return a variant with further changes on top; what they set, or switch off, it sets no more."""
    more = variant_of(Measured("", variant.strategy, tuple(changes)), case)
    off = frozenset(more.without)
    kept = {
        name: level
        for name, level in variant.levels
        if name not in case.settings or not off.intersection(case.settings[name].mechanism)
    }
    return replace(
        variant,
        levels=tuple(sorted((kept | dict(more.levels)).items())),
        numbers=tuple(sorted((dict(variant.numbers) | dict(more.numbers)).items(), key=lambda item: item[0])),
        without=tuple(sorted({*variant.without, *more.without})),
    )


def _delay(value: Node | None, case: Case, path: Path) -> float:
    delay = constant(value) if value is not None else None
    if delay is None or not 0 <= delay <= case.time.horizon:
        raise CaseError(
            "a delay is a plain number of time units within the horizon",
            code="claim", hint=f"write e.g. delay = {case.time.horizon / 4:g}", path=path,
        )  # fmt: skip
    return delay


def _other(change: object, case: Case, path: Path) -> str:
    name = getattr(change, "name", "")
    value = getattr(change, "value", None)
    strategy = getattr(value, "name", "")
    if not any(rules.player == name for rules in case.strategies[strategy].committed):
        known = [s.id for s in case.strategies.values() if any(r.player == name for r in s.committed)]
        raise CaseError(
            f"the strategy `{strategy}` has no rules for `{name}`", code="claim",
            hint=f"there is {', '.join(known)}" if known else f"no strategy commits `{name}`", path=path,
        )  # fmt: skip
    return strategy


def apply_variant(case: Case, variant: Variant) -> Applied:
    """Make the changes of a variant."""
    strategy = case.strategies[variant.strategy]
    committed: dict[str, RuleSet] = {rules.player: rules for rules in strategy.committed}
    for player, other in variant.also:
        committed.pop(player, None)
        if (own := _rules_of(case, player, other)) is not None:
            committed[player] = own
    off = frozenset(variant.without)
    settings = dict(strategy.settings)
    settings |= {s.id: s.off or 0 for s in case.settings.values() if off.intersection(s.mechanism)}
    for name, level in variant.levels:
        if name in case.settings:
            settings[name] = level
        else:
            case = start_at(case, name, level)
    numbers: dict[str, Node] = {}
    if off:
        numbers |= {u.name: u.off or Constant(0.0) for u in case.unknowns.values() if off.intersection(u.mechanism)}
        case = switch_off(case, off)
    numbers |= dict(variant.numbers)
    strategy = replace(strategy, settings=settings, committed=tuple(committed.values()))
    return Applied(case, strategy, variant.delay, numbers)


def _rules_of(case: Case, player: str, other: str) -> RuleSet | None:
    """Return the rules of a player under another strategy, or at a level of a lever; None where there are none."""
    id_, _, wanted = other.partition(".")
    if wanted:
        return RuleSet(player, next(level.rules for level in case.levers[id_].levels if level.id == wanted))
    return next((rules for rules in case.strategies[other].committed if rules.player == player), None)


def start_at(case: Case, name: str, level: int) -> Case:
    """Return the case with a condition, or an option (``player.option``), that starts at another level."""
    if name in case.conditions:
        changed = replace(case.conditions[name], start=level)
        return replace(case, conditions={**case.conditions, name: changed})
    id_, _, wanted = name.partition(".")
    player = case.players[id_]
    options = tuple(replace(o, start=level) if o.id == wanted else o for o in player.options)
    return replace(case, players={**case.players, id_: replace(player, options=options)})


def switch_off(case: Case, mechanisms: frozenset[str]) -> Case:
    """Return the case with mechanisms off: each element that carries one becomes what its ``off`` says.

    The default is 0 for worths, rates and influence, the truth for a perception, and for a condition to stay where
    it starts. Unknowns and settings are not touched here: their draws and levels are replaced.
    """
    return replace(
        case,
        players={id_: _quiet_player(player, mechanisms) for id_, player in case.players.items()},
        conditions={id_: _quiet_condition(condition, mechanisms) for id_, condition in case.conditions.items()},
    )


def _off(node: Node | None) -> Node:
    return node if node is not None else Constant(0.0)


def _quiet_player(player: Player, mechanisms: frozenset[str]) -> Player:
    def quiet_want(want: Want) -> Want:
        return replace(want, worth=_off(want.off)) if mechanisms.intersection(want.mechanism) else want

    def quiet_faction(faction: Faction) -> Faction:
        wants = tuple(map(quiet_want, faction.wants))
        if faction.influence is not None and mechanisms.intersection(faction.mechanism):
            return replace(faction, wants=wants, influence=_off(faction.off))
        return replace(faction, wants=wants)

    perceives: list[Perception] = []
    for perception in player.perceives:
        if not mechanisms.intersection(perception.mechanism):
            perceives.append(perception)
        elif perception.off is not None:
            perceives.append(replace(perception, believed=perception.off))
    return replace(player, factions=tuple(map(quiet_faction, player.factions)), perceives=tuple(perceives))


def _quiet_condition(condition: Condition, mechanisms: frozenset[str]) -> Condition:
    if mechanisms.intersection(condition.mechanism):
        return replace(condition, rises=(), falls=())

    def quiet(terms: tuple[RateTerm, ...]) -> tuple[RateTerm, ...]:
        return tuple(
            replace(term, rate=_off(term.off)) if mechanisms.intersection(term.mechanism) else term for term in terms
        )

    return replace(condition, rises=quiet(condition.rises), falls=quiet(condition.falls))
