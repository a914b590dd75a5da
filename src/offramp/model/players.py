"""Players, their options, factions and wants."""

from __future__ import annotations

from typing import Any

from offramp.errors import Path
from offramp.expressions import Constant, Kind, Name, Node, constant
from offramp.model import shape as shapes
from offramp.model.draft import Draft, nearest
from offramp.model.parts import Faction, Option, Order, Origin, Perception, Player, Range, Unknown, Want

__all__ = ["owner_of", "read_levels", "read_options", "read_perceptions", "read_player", "worth_name"]

THAT: tuple[Kind, ...] = ("option", "condition", "setting", "unknown")
INFLUENCE: tuple[Kind, ...] = ("condition", "setting", "unknown")


def read_levels(draft: Draft, shape: Any, path: Path) -> tuple[tuple[str, ...], int]:
    """Return the levels of an option, condition or setting and the position of the one it starts at."""
    levels = tuple(shape.levels)
    for at, level in enumerate(levels):
        if level in levels[:at]:
            draft.fault((*path, "levels", at), f"the level `{level}` stands twice", "give each level its own name")
        draft.check_level(level, (*path, "levels", at))
    start = shape.start if shape.start is not None else levels[0]
    if start in levels:
        return levels, levels.index(start)
    if not draft.lost.within((*path, "levels")):
        draft.fault((*path, "start"), f"there is no level `{start}`", nearest(start, levels), code="unknown-name")
    return levels, 0


def read_options(draft: Draft, shape: shapes.PlayerShape, path: Path) -> tuple[Option, ...]:
    """Read a player's options."""
    options = []
    for id_, given in shape.options.items():
        here = (*path, "options", id_)
        option = given if given is not None else shapes.OptionShape()
        switching = option.switching
        if isinstance(switching, shapes.SwitchingShape):
            up = draft.quantity(switching.raise_, (*here, "switching", "raise"), low=0)
            down = draft.quantity(switching.lower, (*here, "switching", "lower"), low=0)
        else:
            up = down = draft.quantity(switching, (*here, "switching"), low=0)
        levels, start = read_levels(draft, option, here)
        options.append(Option(id_, levels, start, up, down, option.name, here))
    return tuple(options)


def _wants(draft: Draft, given: list[shapes.WantShape], path: Path, *, at_end: bool) -> list[Want]:
    wants: list[Want] = []
    for at, shape in enumerate(given):
        here = (*path, at)
        origin = draft.origin(shape, here)
        mechanism, off = draft.mechanism(shape), draft.off(shape, here, ("unknown", "setting"))
        worth = draft.quantity(shape.worth, (*here, "worth"), origin=origin)
        that = draft.expression(shape.that, (*here, "that"), THAT, "in a want")
        id_ = shape.id or str(at)
        if any(want.id == id_ for want in wants):
            draft.fault((*here, "id"), f"the want `{id_}` stands twice", "give each want its own id", code="clash")
        wants.append(Want(id_, that, worth, origin, at_end, mechanism, off, here))
    return wants


def _ordered(draft: Draft, given: list[Any], path: Path) -> tuple[list[Want], Order]:
    """Turn ordered statements into wants whose worths are drawn together."""
    wants: list[Want] = []
    names_: list[str] = []
    for at, item in enumerate(given):
        here = (*path, at)
        shape = item if isinstance(item, shapes.StatementShape) else shapes.StatementShape(that=item)
        origin = draft.origin(shape, here)
        text_path = (*here, "that") if isinstance(item, shapes.StatementShape) else here
        that = draft.expression(shape.that, text_path, THAT, "in a statement")
        name = f"{draft.label(path)}.{at}"
        names_.append(name)
        mechanism = draft.mechanism(shape)
        draft.unknowns[name] = Unknown(name, Range(0.0, 1.0), origin, mechanism, None, here, inline=True)
        id_ = shape.id or str(at)
        if any(want.id == id_ for want in wants):
            draft.fault((*here, "id"), f"the statement `{id_}` stands twice", "give each its own id", code="clash")
        wants.append(Want(id_, that, Name(name), origin, False, mechanism, None, here))
    return wants, Order(tuple(names_), path)


def _cares(draft: Draft, shape: Any, path: Path, orders: list[Order]) -> tuple[Want, ...]:
    wants: list[Want] = []
    if shape.wants is not None and shape.prefers is not None:
        draft.fault((*path, "prefers"), "both wants and prefers", "keep one of them", at_key=True)
    elif shape.prefers is not None:
        wants, order = _ordered(draft, shape.prefers, (*path, "prefers"))
        if order.names:
            orders.append(order)
    elif shape.wants is not None:
        wants = _wants(draft, shape.wants, (*path, "wants"), at_end=False)
    return (*wants, *_wants(draft, shape.at_end, (*path, "at_end"), at_end=True))


def read_player(
    draft: Draft, id_: str, shape: shapes.PlayerShape, options: tuple[Option, ...], orders: list[Order]
) -> Player:
    """Read one player whose options are known."""
    path: Path = ("players", id_)
    factions: list[Faction] = []
    if shape.factions:
        if shape.wants or shape.prefers or shape.at_end:
            draft.fault(path, f"`{id_}` has factions and wants of its own", "move the wants into its factions",
                        at_key=True)  # fmt: skip
        for name, faction in shape.factions.items():
            here = (*path, "factions", name)
            draft.check_name(name, here, "a faction")
            origin = draft.origin(faction, here)
            influence = _influence(draft, faction, here, origin)
            mechanism, off = draft.mechanism(faction), draft.off(faction, here, INFLUENCE)
            factions.append(
                Faction(name, _cares(draft, faction, here, orders), influence, origin, faction.consent, faction.name,
                        mechanism, off, here)
            )  # fmt: skip
        _check_shares(draft, factions, (*path, "factions"))
    else:
        factions.append(Faction(id_, _cares(draft, shape, path, orders), Constant(1.0), Origin(), path=path))
    return Player(
        id_,
        shape.name or id_,
        options,
        tuple(factions),
        draft.quantity(shape.pace, (*path, "pace"), low=0),
        draft.quantity(shape.lam, (*path, "lam"), low=0),
        draft.quantity(shape.discount, (*path, "discount"), low=0),
        path=path,
    )


def _influence(draft: Draft, faction: shapes.FactionShape, here: Path, origin: Origin) -> Node | None:
    if faction.influence == "rest":
        return None
    return draft.quantity(
        faction.influence,
        (*here, "influence"),
        origin=origin,
        allowed=INFLUENCE,
        where="in an influence, which may depend on conditions, settings and unknowns, never on options",
        low=0,
    )


def _check_shares(draft: Draft, factions: list[Faction], path: Path) -> None:
    if draft.lost.within(path):
        return
    rest = [f for f in factions if f.influence is None]
    if len(rest) > 1:
        draft.fault((*rest[1].path, "influence"), "two factions take the rest", "give one of them a share")
    shares = [constant(f.influence) for f in factions if f.influence is not None]
    known = [share for share in shares if share is not None]
    total = sum(known)
    for faction in () if rest else factions:
        if faction.mechanism:
            draft.fault((*faction.path, "mechanism"), "with this mechanism off the shares do not add up to 1",
                        "write `influence: rest` for another faction", at_key=True)  # fmt: skip
    if rest and total > 1 + 1e-9:
        draft.fault(
            path, f"the shares of influence add up to {total:g} before the rest", "make them smaller", at_key=True
        )
    elif not rest and (len(known) < len(shares) or abs(total - 1) > 1e-9):
        said = f"add up to {total:g}" if len(known) == len(shares) else "are uncertain and need not add up to 1"
        draft.fault(path, f"the shares of influence {said}", "write `influence: rest` for one of them", at_key=True)


def read_perceptions(
    draft: Draft, given: dict[str, dict[str, Any]], players: dict[str, Player]
) -> dict[str, tuple[Perception, ...]]:
    """Read what players believe about each other, by the player who believes it."""
    found: dict[str, tuple[Perception, ...]] = {}
    for perceiver, beliefs in given.items():
        path: Path = ("perceives", perceiver)
        if perceiver not in players:
            draft.no_such(path, f"there is no player `{perceiver}`", perceiver, players, at_key=True)
            continue
        perceptions: list[Perception] = []
        for target, value in beliefs.items():
            here = (*path, target)
            canonical = _target(draft, target, perceiver, players, here)
            if canonical is None:
                continue
            believed = draft.quantity(value, here)
            stated = Origin()
            mechanism: tuple[str, ...] = ()
            off: Node | None = None
            if isinstance(value, shapes.QuantityShape):
                inline = draft.unknowns.get(draft.label(here))
                mechanism = tuple(value.mechanism)
                stated, off = (inline.origin, inline.off) if inline is not None else (stated, off)
            perceptions.append(Perception(canonical, believed, stated, mechanism, off, here))
        found[perceiver] = tuple(perceptions)
    return found


def _target(draft: Draft, target: str, perceiver: str, players: dict[str, Player], here: Path) -> str | None:
    """Return the canonical path of the worth, influence or precision that a belief is about."""
    known = perceivable(players)
    name = target.removeprefix("players.")
    if name not in known:
        lost = draft.lost.has(target) or draft.lost.has(f"players.{name}")
        if not lost:
            others = [other for other in known if other.split(".")[0] != perceiver]
            draft.no_such(here, f"there is no number `{target[:60]}` to perceive", name, others, at_key=True)
        return None
    if name.split(".")[0] == perceiver:
        draft.fault(here, f"`{perceiver}` cannot misperceive itself", "name another player's want", at_key=True)
        return None
    return name


def perceivable(players: dict[str, Player]) -> list[str]:
    """List what can be perceived: every worth, share of influence and precision of every player."""
    known = []
    for player in players.values():
        known.append(f"{player.id}.lam")
        for faction in player.factions:
            if faction.id != player.id and faction.influence is not None:
                known.append(f"{owner_of(player, faction)}.influence")
            known += [worth_name(player, faction, want) for want in faction.wants]
    return known


def owner_of(player: Player, faction: Faction) -> str:
    """Return how a faction is named in perceptions: a player's only faction by the player alone."""
    return player.id if faction.id == player.id else f"{player.id}.factions.{faction.id}"


def worth_name(player: Player, faction: Faction, want: Want) -> str:
    """Return how the worth of a want is named in perceptions, e.g. ``sender.wants.relief.worth``."""
    return f"{owner_of(player, faction)}.{want.path[-2] if want.path else 'wants'}.{want.id}.worth"
