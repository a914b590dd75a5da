"""Plain data -> Case. Every name, level, expression and reference is checked here, and every fault reported."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from offramp.errors import CaseError, CaseErrors, Path
from offramp.expressions import (
    Constant,
    Kind,
    Levelled,
    Name,
    Node,
    Number,
    Rungs,
    names,
    truth,
)
from offramp.model import shape as shapes
from offramp.model.check_shape import check_shape
from offramp.model.claims import read_claim
from offramp.model.draft import Draft, nearest
from offramp.model.parts import (
    Case,
    Condition,
    Derived,
    Option,
    Order,
    Origin,
    Outcome,
    Player,
    RateTerm,
    Setting,
    Source,
    Time,
    Unknown,
    View,
)
from offramp.model.players import read_levels, read_options, read_perceptions, read_player
from offramp.model.strategies import read_strategy

__all__ = ["build_case"]

RATE: tuple[Kind, ...] = ("option", "condition", "setting", "unknown", "time")


def build_case(data: Mapping[str, Any], name: str = "case") -> Case:
    """Build a case from plain mappings and lists.

    Parameters
    ----------
    data
        What a case file holds, `extends` already resolved.
    name
        The case's name where the data give none.

    Returns
    -------
    Case

    Raises
    ------
    CaseErrors
        With every fault, each at its path.
    """
    shape, plain, faults, lost = check_shape({k: v for k, v in data.items() if k != "extends"})
    if shape is None:
        raise CaseErrors(faults)
    draft = Draft(plain, lost)
    case = _Builder(draft, shape, name).case()
    faults += draft.faults
    if faults:
        raise CaseErrors(faults)
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
        draft.sources = frozenset(shape.sources)
        sources = {
            id_: Source(id_, given.title, given.author, given.date, given.kind, given.url)
            for id_, given in shape.sources.items()
        }
        self._claim_names()
        settings = self._settings()
        conditions = self._condition_ladders()
        for id_ in shape.unknowns:
            draft.symbols[id_] = Number(id_)
        options = {id_: self._options(id_, player) for id_, player in shape.players.items()}
        self._unknowns()
        players = {
            id_: read_player(draft, id_, player, options[id_], self.orders) for id_, player in shape.players.items()
        }
        perceptions = read_perceptions(draft, shape.perceives, players)
        players = {
            id_: replace(player, perceives=perceptions.get(id_, ())) for id_, player in players.items()
        }
        conditions = {id_: self._rates(condition) for id_, condition in conditions.items()}
        time = self._time()
        impossible = self._impossible(players)
        outcomes = {id_: self._outcome(id_, given, players, time) for id_, given in shape.outcomes.items()}
        strategies = {
            id_: read_strategy(draft, id_, given, players, settings) for id_, given in shape.strategies.items()
        }
        if not shape.players:
            draft.fault(("players",), "a case needs a player", "add one", at_key=True)
        if not strategies:
            strategies = {"free-play": _free_play()}
        self._cycles()
        views = {id_: self._view(id_, given) for id_, given in shape.views.items()}
        case = Case(
            name=self.name,
            title=shape.title or self.name,
            time=time,
            sources=sources,
            unknowns=dict(draft.unknowns),
            orders=tuple(self.orders),
            settings=settings,
            players=players,
            conditions=conditions,
            impossible=impossible,
            irreversible=self._irreversible(players),
            outcomes=outcomes,
            strategies=strategies,
            views=views,
            claims={},
            about=shape.about,
        )
        claims = {id_: read_claim(draft, id_, given, case) for id_, given in shape.claims.items()}
        return replace(case, claims=claims, unknowns=dict(draft.unknowns))

    def _claim_names(self) -> None:
        """Players, conditions, settings, unknowns and outcomes share one namespace."""
        sections: dict[str, tuple[str, Mapping[str, Any]]] = {
            "players": ("a player", self.shape.players),
            "conditions": ("a condition", self.shape.conditions),
            "settings": ("a setting", self.shape.settings),
            "unknowns": ("an unknown", self.shape.unknowns),
            "outcomes": ("an outcome", self.shape.outcomes),
        }
        taken: dict[str, str] = {}
        for section, (what, members) in sections.items():
            for id_ in members:
                path = (section, id_)
                self.draft.check_name(id_, path, what)
                if id_ in taken:
                    self.draft.fault(
                        path, f"`{id_}` is already the name of {taken[id_]}", "rename one of them", at_key=True, code="clash"
                    )
                taken.setdefault(id_, what)
        for id_ in self.shape.strategies:
            self.draft.check_name(id_, ("strategies", id_), "a strategy")
        for player, given in self.shape.players.items():
            for faction in given.factions:
                if faction == player:
                    self.draft.fault(("players", player, "factions", faction), "a faction has its player's name",
                                     "rename it", at_key=True, code="clash")  # fmt: skip

    def _settings(self) -> dict[str, Setting]:
        settings = {}
        for id_, given in self.shape.settings.items():
            path: Path = ("settings", id_)
            levels, start = read_levels(self.draft, given, path)
            settings[id_] = Setting(id_, levels, start, given.name, path)
            self.draft.symbols[id_] = Levelled(id_, levels, "setting")
        return settings

    def _condition_ladders(self) -> dict[str, Condition]:
        conditions = {}
        for id_, given in self.shape.conditions.items():
            path: Path = ("conditions", id_)
            levels, start = read_levels(self.draft, given, path)
            conditions[id_] = Condition(id_, levels, start, (), (), given.name, tuple(given.mechanism), path)
            self.draft.mechanisms.update(given.mechanism)
            self.draft.symbols[id_] = Levelled(id_, levels, "condition")
        return conditions

    def _options(self, id_: str, player: shapes.PlayerShape) -> tuple[Option, ...]:
        options = read_options(self.draft, player, ("players", id_))
        for option in options:
            self.draft.check_name(option.id, option.path, "an option")
            full = f"{id_}.{option.id}"
            self.draft.symbols[full] = Levelled(full, option.levels, "option")
        return options

    def _unknowns(self) -> None:
        draft = self.draft
        for id_, given in self.shape.unknowns.items():
            path: Path = ("unknowns", id_)
            law = draft.law(given, path)
            if law is None:
                continue
            if isinstance(given, shapes.QuantityShape):
                off = draft.quantity(given.off, (*path, "off")) if given.off is not None else None
                unknown = Unknown(id_, law, draft.origin(given, path), tuple(given.mechanism), off, path)
            else:
                unknown = Unknown(id_, law, Origin(), path=path)
            draft.unknowns[id_] = unknown

    def _rates(self, condition: Condition) -> Condition:
        given = self.shape.conditions[condition.id]
        return replace(
            condition,
            rises=self._rate(given.rises, (*condition.path, "rises")),
            falls=self._rate(given.falls, (*condition.path, "falls")),
        )

    def _rate(self, given: Any, path: Path) -> tuple[RateTerm, ...]:
        draft = self.draft
        if given == 0:
            return ()
        if isinstance(given, str):
            of = draft.expression(given, path, RATE, "in a rate")
            return (RateTerm(of, Constant(1.0), Origin(), path=path),)
        if not isinstance(given, list) or all(isinstance(x, (int, float)) for x in given):
            rate = draft.quantity(given, path)
            return (RateTerm(Constant(1.0), rate, Origin(), path=path),)
        terms = []
        for at, term in enumerate(given):
            here = (*path, at)
            origin = draft.origin(term, here)
            of = draft.expression(term.of, (*here, "of"), RATE, "in a rate")
            rate = draft.quantity(term.rate, (*here, "rate"), origin=origin)
            off = draft.quantity(term.off, (*here, "off")) if term.off is not None else None
            terms.append(RateTerm(of, rate, origin, tuple(term.mechanism), off, here))
        return tuple(terms)

    def _time(self) -> Time:
        given = self.shape.time
        foresight = given.foresight if given.foresight is not None else 2 * given.horizon
        if foresight < given.horizon:
            self.draft.fault(
                ("time", "foresight"),
                f"the foresight {foresight:g} ends before the horizon {given.horizon:g}",
                f"write {given.horizon:g} or more",
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
            node = self.draft.expression(
                text, path, ("option",), "in what is impossible, which speaks of options only", yes_no=True
            )
            nodes.append(node)
            if bool(truth(node, start)):
                self.draft.fault(
                    path, "the start is impossible: this holds there", "change the `start:` of an option it names",
                    code="infeasible-start",
                )  # fmt: skip
        return tuple(nodes)

    def _irreversible(self, players: Mapping[str, Player]) -> tuple[tuple[str, str], ...]:
        known = {f"{p.id}.{o.id}": (p.id, o.id) for p in players.values() for o in p.options}
        found = []
        for at, name in enumerate(self.shape.irreversible):
            if name in known:
                found.append(known[name])
            elif name not in self.draft.lost:
                self.draft.fault(("irreversible", at), f"there is no option `{name}`", nearest(name, known),
                                 code="unknown-name")  # fmt: skip
        return tuple(found)

    def _outcome(self, id_: str, given: shapes.OutcomeShape, players: Mapping[str, Player], time: Time) -> Outcome:
        draft, path = self.draft, ("outcomes", id_)
        state: tuple[Kind, ...] = ("option", "condition", "setting", "unknown")
        measure = given.measure or ("total" if given.payoff is not None else "average")
        of = None
        if given.of is not None:
            of = draft.expression(
                given.of, (*path, "of"), state, "in an outcome", yes_no=measure in ("ever", "first")
            )
        payoff = self._payoff(given.payoff, (*path, "payoff"), players) if given.payoff is not None else None
        if (given.of is None) == (given.payoff is None):
            draft.fault(path, "an outcome needs either `of` or `payoff`", "add `of:` and an expression", at_key=True)
        if given.payoff is not None and measure not in ("total", "average"):
            draft.fault((*path, "measure"), f"a payoff has no `{measure}`", "write total or average")
        unless = None
        if given.unless is not None:
            unless = draft.expression(given.unless, (*path, "unless"), state, "in an outcome", yes_no=True)
            if measure not in ("ever", "first"):
                draft.fault((*path, "unless"), f"`unless` does not go with `{measure}`", "use it with ever or first", at_key=True)
        start, end = given.from_ or 0.0, given.to
        if start >= (end if end is not None else time.horizon):
            draft.fault((*path, "from"), "the window is empty: from is not before its end", "write an earlier date")
        if end is not None and end > time.horizon:
            draft.fault((*path, "to"), f"{end:g} lies after the horizon {time.horizon:g}", "write an earlier date")
        if measure == "final" and given.from_ is not None:
            draft.fault((*path, "from"), "`final` has no `from`", "use `to`", at_key=True)
        return Outcome(id_, given.name or id_, measure, of, payoff, given.better, given.for_, start, end, unless,
                       given.main, path)  # fmt: skip

    def _payoff(self, text: str, path: Path, players: Mapping[str, Player]) -> tuple[str, str | None] | None:
        player, _, faction = text.partition(".")
        if player not in players:
            self.draft.fault(path, f"there is no player `{player}`", nearest(player, players), code="unknown-name")
            return None
        known = [f.id for f in players[player].factions if f.id != player]
        if faction and faction not in known:
            self.draft.fault(path, f"`{player}` has no faction `{faction}`", nearest(faction, known), code="unknown-name")
            return None
        return player, faction or None

    def _cycles(self) -> None:
        """Refuse unknowns that are computed from themselves."""
        needs = {
            name: names(unknown.law.expression) & self.draft.unknowns.keys()
            for name, unknown in self.draft.unknowns.items()
            if isinstance(unknown.law, Derived)
        }
        done: set[str] = set()
        for name in needs:
            chain: list[str] = []
            self._follow(name, needs, chain, done)

    def _follow(self, name: str, needs: Mapping[str, Any], chain: list[str], done: set[str]) -> None:
        stack: list[tuple[str, list[str]]] = [(name, sorted(needs.get(name, ())))]
        chain.append(name)
        while stack:
            at, left = stack[-1]
            if not left or at in done:
                done.add(at)
                stack.pop()
                chain.pop()
                continue
            following = left.pop()
            if following in chain:
                loop = " -> ".join([*chain[chain.index(following) :], following])
                self.draft.fault(self.draft.unknowns[at].path, f"the unknown `{at}` is computed from itself: {loop}",
                                 "break the circle", code="cycle")  # fmt: skip
                continue
            if following not in done:
                chain.append(following)
                stack.append((following, sorted(needs.get(following, ()))))

    def _view(self, id_: str, given: Mapping[str, Any]) -> View:
        draft = self.draft
        path: Path = ("views", id_)
        called = given.get("name", id_)
        restricted = {}
        for name, value in given.items():
            if name == "name":
                continue
            here = (*path, name)
            known = draft.unknowns.get(name)
            if known is None:
                if name not in draft.lost:
                    draft.fault(here, f"there is no unknown `{name}`", nearest(name, draft.unknowns), at_key=True,
                                code="unknown-name")  # fmt: skip
                continue
            if any(name in order.names for order in self.orders):
                draft.fault(here, "an ordered worth cannot be restricted alone", "change the order itself", at_key=True)
                continue
            law = draft.law(value, here)
            if law is not None:
                restricted[name] = law
                self._inside(known, law, here)
        return View(id_, called if isinstance(called, str) else id_, restricted, path)

    def _inside(self, unknown: Unknown, law: Any, path: Path) -> None:
        """A view may narrow an unknown, never reach past it."""
        outer, inner = _ends(unknown.law), _ends(law)
        if outer is None or inner is None:
            return
        slack = 1e-12 * max(1.0, *map(abs, outer))
        if inner[0] < outer[0] - slack or inner[1] > outer[1] + slack:
            self.draft.fault(
                path,
                f"the view reaches outside the range [{outer[0]:g}, {outer[1]:g}] of `{unknown.name}`",
                "narrow it, or widen the unknown",
                code="range",
            )


def _ends(law: Any) -> tuple[float, float] | None:
    if hasattr(law, "low"):
        return law.low, law.high
    if hasattr(law, "values"):
        return min(law.values), max(law.values)
    return None


def _free_play() -> Any:
    from offramp.model.parts import Strategy  # noqa: PLC0415

    return Strategy("free-play", "free play", {}, ())
