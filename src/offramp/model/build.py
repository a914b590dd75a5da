"""Plain data -> Case. Every name, level, expression and reference is checked here, and every fault reported."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from offramp.errors import CaseErrors, Path
from offramp.expressions import Levelled, Node, Number, Rungs, truth
from offramp.model import shape as shapes
from offramp.model.check_shape import check_shape
from offramp.model.circles import find_circles
from offramp.model.claims import read_claim, with_reach
from offramp.model.conditions import read_ladder, read_rates
from offramp.model.draft import MOST_FAULTS, Draft, Enough, nearest
from offramp.model.inline import inline_numbers
from offramp.model.laws import effort_of, read_law
from offramp.model.mechanisms import check_mechanisms, read_mechanisms, read_tension
from offramp.model.outcomes import read_outcome
from offramp.model.parts import Case, Order, Origin, Player, Setting, Source, Strategy, Time, Unknown
from offramp.model.players import read_levels, read_options, read_perceptions, read_player
from offramp.model.read_levers import read_levers
from offramp.model.read_targets import read_target
from offramp.model.strategies import read_strategy
from offramp.model.undefined import check_defined
from offramp.model.views import read_view

__all__ = ["build_case"]

MOST_NAMES = 2_000
"""Options, conditions, settings and unknowns, those included that stand where they are used."""


def build_case(
    data: Mapping[str, Any],
    name: str = "case",
    *,
    broken: Collection[Path] = (),
    deleted: Collection[Path] = frozenset(),
) -> Case:
    """Build a case from plain mappings and lists.

    Parameters
    ----------
    data
        What a case file holds, `extends` already resolved.
    name
        The case's name where the data give none.
    broken
        Elements that whoever read the data has faulted already: nothing is said of them again.
    deleted
        Elements of a case that this one extends, which it takes out.

    Returns
    -------
    Case

    Raises
    ------
    CaseErrors
        With every fault, each at its path.
    """
    shape, plain, faults, lost = check_shape({k: v for k, v in data.items() if k != "extends"}, broken)
    faults = faults[:MOST_FAULTS]
    draft = Draft(plain, lost, deleted)
    try:
        case = _Builder(draft, shape, name).case()
    except Enough:
        raise CaseErrors([*faults, *draft.faults]) from None
    if faults or draft.faults:
        raise CaseErrors([*faults, *draft.faults])
    canonical = json.dumps(plain, ensure_ascii=True, separators=(",", ":"), default=str)
    return replace(case, digest=hashlib.sha256(canonical.encode()).hexdigest())


class _Builder:
    """Reads the sections in the order in which they depend on one another."""

    def __init__(self, draft: Draft, shape: shapes.CaseShape, name: str) -> None:
        self.draft = draft
        self.shape = shape
        self.name = shape.name or name
        self.orders: list[Order] = []

    def case(self) -> Case:
        draft, shape = self.draft, self.shape
        if shape.offramp != 1:
            draft.fault(("offramp",), f"format {shape.offramp} is not known", "write `offramp: 1`")
        if shape.name is not None:
            draft.check_name(shape.name, ("name",), "a case")
        draft.sources = frozenset(shape.sources)
        sources = {
            id_: Source(id_, given.title, given.author, given.date, given.kind, given.url)
            for id_, given in shape.sources.items()
        }
        self._take_names()
        settings = self._settings()
        ladders = {id_: read_ladder(draft, id_, given) for id_, given in shape.conditions.items()}
        self._unknowns()
        players = self._players()
        conditions = {id_: read_rates(draft, ladder, shape.conditions[id_]) for id_, ladder in ladders.items()}
        time = self._time()
        case = Case(
            name=self.name,
            title=shape.title or self.name,
            time=time,
            sources=sources,
            unknowns={},
            orders=tuple(self.orders),
            settings=settings,
            players=players,
            conditions=conditions,
            impossible=self._impossible(players),
            irreversible=self._irreversible(players),
            outcomes={id_: read_outcome(draft, id_, given, players, time) for id_, given in shape.outcomes.items()},
            strategies={
                id_: read_strategy(draft, id_, given, players, settings) for id_, given in shape.strategies.items()
            } or {"free-play": Strategy("free-play", "free play", {}, ())},
            views={},
            claims={},
            mechanisms=read_mechanisms(draft, shape.mechanisms, shape.left_out),
            about=shape.about,
        )  # fmt: skip
        self._circles()
        ordered = {name for order in self.orders for name in order.names}
        views = {id_: read_view(draft, id_, given, ordered) for id_, given in shape.views.items()}
        claims = {id_: read_claim(draft, id_, given, case) for id_, given in shape.claims.items()}
        tensions = {id_: read_tension(draft, id_, given, case, claims) for id_, given in shape.tensions.items()}
        mechanisms = frozenset(draft.mechanisms)  # a lever alone carries none that could be switched off
        levers = read_levers(draft, shape.levers, case)
        targets = {id_: read_target(draft, id_, given, case) for id_, given in shape.targets.items()}
        case = replace(
            case, unknowns=dict(draft.unknowns), views=views, tensions=tensions, levers=levers, targets=targets
        )
        whole = len(levers) == len(shape.levers) and not any(map(draft.lost.within, (("levers",), ("targets",))))
        claims = {
            id_: with_reach(draft, claim, shape.claims[id_], case, mechanisms, whole) for id_, claim in claims.items()
        }
        case = replace(case, claims=claims)
        check_mechanisms(draft, case)
        check_defined(draft, case)
        return case

    def _take_names(self) -> None:
        """Check the names that share one namespace, and make everything known that expressions can name."""
        draft, shape = self.draft, self.shape
        sections: dict[str, tuple[str, Mapping[str, Any]]] = {
            "players": ("a player", shape.players),
            "conditions": ("a condition", shape.conditions),
            "settings": ("a setting", shape.settings),
            "unknowns": ("an unknown", shape.unknowns),
            "outcomes": ("an outcome", shape.outcomes),
        }
        taken: dict[str, str] = {}
        for section, (what, members) in sections.items():
            for id_ in members:
                path = (section, id_)
                draft.check_name(id_, path, what)
                if id_ in taken:
                    draft.fault(
                        path,
                        f"`{id_}` is already the name of {taken[id_]}",
                        "rename one of them",
                        at_key=True,
                        code="clash",
                    )
                taken.setdefault(id_, what)
        for id_ in shape.strategies:
            draft.check_name(id_, ("strategies", id_), "a strategy")
        if not shape.players and not draft.lost.within(("players",)):
            draft.fault(
                ("players",), "a case needs a player", "add one, e.g. us: {options: {pressure: {}}}", at_key=True
            )
            draft.lost.any_name = True
        draft.players, draft.outcomes = frozenset(shape.players), frozenset(shape.outcomes)
        for name in inline_numbers(shape):
            draft.symbols[draft.label(name)] = Number(draft.label(name))
        for id_ in shape.unknowns:
            draft.symbols[id_] = Number(id_)
        for id_, setting in shape.settings.items():
            draft.symbols[id_] = Levelled(id_, tuple(setting.levels), "setting")
        for id_, condition in shape.conditions.items():
            draft.symbols[id_] = Levelled(id_, tuple(condition.levels), "condition")
        for id_, player in shape.players.items():
            self._take_player(id_, player)
        if len(draft.symbols) > MOST_NAMES:
            self._too_many_names()

    def _too_many_names(self) -> None:
        self.draft.fault(
            ("unknowns",),
            f"the case has {len(self.draft.symbols):,} options, conditions, settings and uncertain numbers; "
            f"the most is {MOST_NAMES:,}",
            "leave out what the argument can do without",
            at_key=True,
            code="too-large",
        )
        raise Enough

    def _take_player(self, id_: str, player: shapes.PlayerShape) -> None:
        for option, given in player.options.items():
            self.draft.check_name(option, ("players", id_, "options", option), "an option")
            name = f"{id_}.{option}"
            self.draft.symbols[name] = Levelled(name, tuple((given or shapes.OptionShape()).levels), "option")
        for faction in player.factions:
            here = ("players", id_, "factions", faction)
            self.draft.check_name(faction, here, "a faction")
            if faction == id_:
                self.draft.fault(here, "a faction has its player's name", "rename it", at_key=True, code="clash")

    def _settings(self) -> dict[str, Setting]:
        settings = {}
        for id_, given in self.shape.settings.items():
            path: Path = ("settings", id_)
            levels, start = read_levels(self.draft, given, path)
            off = None
            if given.off is not None and given.off in levels:
                off = levels.index(given.off)
            elif given.off is not None and not self.draft.lost.within((*path, "levels")):
                self.draft.fault((*path, "off"), f"there is no level `{given.off}`", nearest(given.off, levels),
                                 code="unknown-name")  # fmt: skip
            settings[id_] = Setting(id_, levels, start, given.name, self.draft.origin(given, path),
                                    self.draft.mechanism(given), off, path)  # fmt: skip
        return settings

    def _unknowns(self) -> None:
        draft = self.draft
        for id_, given in self.shape.unknowns.items():
            path: Path = ("unknowns", id_)
            law = read_law(draft, given, path)
            origin = Origin()
            mechanism: tuple[str, ...] = ()
            off: Node | None = None
            if isinstance(given, shapes.QuantityShape):
                origin, mechanism, off = draft.origin(given, path), draft.mechanism(given), draft.off(given, path)
            if law is not None:
                draft.unknowns[id_] = Unknown(id_, law, origin, mechanism, off, path, effort=effort_of(given))

    def _players(self) -> dict[str, Player]:
        draft = self.draft
        players = {}
        for id_, given in self.shape.players.items():
            options = read_options(draft, given, ("players", id_))
            players[id_] = read_player(draft, id_, given, options, self.orders)
        perceptions = read_perceptions(draft, self.shape.perceives, players)
        unseen = self._unseen(players)
        return {
            id_: replace(player, perceives=perceptions.get(id_, ()), unseen=unseen.get(id_, ()))
            for id_, player in players.items()
        }

    def _time(self) -> Time:
        given = self.shape.time
        foresight = given.foresight if given.foresight is not None else 2 * given.horizon
        if foresight < given.horizon:
            if not self.draft.lost.within(("time",)):
                self.draft.fault(
                    ("time", "foresight"),
                    f"the foresight {foresight:g} ends before the horizon {given.horizon:g}",
                    f"write {given.horizon:g} or more",
                    code="range",
                )
            foresight = given.horizon
        return Time(given.unit, given.horizon, foresight)

    def _impossible(self, players: Mapping[str, Player]) -> tuple[Node, ...]:
        nodes = []
        start: dict[str, Any] = {
            f"{player.id}.{option.id}": Rungs(option.start, len(option.levels) - 1)
            for player in players.values()
            for option in player.options
        }
        for at, text in enumerate(self.shape.impossible):
            path: Path = ("impossible", at)
            node = self._over_options(text, path, "in what is impossible, which speaks of options only")
            nodes.append(node)
            if bool(truth(node, start)):
                self.draft.fault(
                    path, "the start is impossible: this holds there", "change the `start:` of an option it names",
                    code="infeasible-start",
                )  # fmt: skip
        return tuple(nodes)

    def _unseen(self, players: Mapping[str, Player]) -> dict[str, tuple[Node, ...]]:
        found = {}
        for id_, texts in (self.shape.unseen or {}).items():
            if id_ not in players:
                self.draft.no_such(("unseen", id_), f"there is no player `{id_}`", id_, players, at_key=True)
                continue
            where = "in what is unseen, which speaks of options only"
            found[id_] = tuple(
                self._over_options(text, ("unseen", id_, at), where) for at, text in enumerate(texts or ())
            )
        return found

    def _over_options(self, text: Any, path: Path, where: str) -> Node:
        return self.draft.expression(text, path, ("option",), where, yes_no=True)

    def _irreversible(self, players: Mapping[str, Player]) -> tuple[tuple[str, str], ...]:
        known = {f"{p.id}.{o.id}": (p.id, o.id) for p in players.values() for o in p.options}
        found = []
        for at, name in enumerate(self.shape.irreversible):
            path: Path = ("irreversible", at)
            if name in known:
                found.append(known[name])
            elif not self.draft.lost.within(path):
                self.draft.no_such(path, f"there is no option `{name}`", name, known)
        return tuple(found)

    def _circles(self) -> None:
        """Refuse unknowns that are computed from themselves."""
        unknowns = self.draft.unknowns
        for circle in find_circles({name: unknown.law for name, unknown in unknowns.items()}):
            self.draft.fault(unknowns[circle[0]].path, f"`{circle[0]}` is computed from itself: {' -> '.join(circle)}",
                             "give one of them a range of its own", code="cycle")  # fmt: skip
