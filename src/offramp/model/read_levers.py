"""Levers: read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from offramp.errors import Path
from offramp.model import shape as shapes
from offramp.model.draft import Draft, nearest
from offramp.model.laws import check_floor, least, read_law
from offramp.model.lever_parts import Lever, LeverLevel, Price
from offramp.model.parts import Case, Choice, Option, Range, Rule
from offramp.model.strategies import read_rules

__all__ = ["read_levers"]

STEP = Price(1.0, 1.0, stated=False)
"""What a level costs of which nothing is said."""


def read_levers(draft: Draft, given: Mapping[str, shapes.LeverShape], case: Case) -> dict[str, Lever]:
    """Read all levers; `case` holds what they may name."""
    levers = {}
    for id_, shape in given.items():
        lever = _Reader(draft, id_, shape, case).lever()
        if lever is not None:
            levers[id_] = lever
    _check_apart(draft, levers)
    return levers


class _Reader:
    """Reads one lever."""

    def __init__(self, draft: Draft, id_: str, shape: shapes.LeverShape, case: Case) -> None:
        self.draft, self.id, self.shape, self.case = draft, id_, shape, case
        self.path: Path = ("levers", id_)
        self.by = shape.by or ""

    def lever(self) -> Lever | None:
        draft, shape, path = self.draft, self.shape, self.path
        before = len(draft.faults)
        draft.check_name(self.id, path, "a lever")
        origin = draft.origin(shape, path)
        known = self._mover()
        if (shape.sets is None) == (shape.levels is None):
            if not draft.lost.within(path):
                said = "both `sets` and `levels`" if shape.sets is not None else "a lever that moves nothing"
                hint = "keep one of them" if shape.sets is not None else (
                    "add `sets:` and a setting, or `levels:` with what each of them changes")  # fmt: skip
                draft.fault(path, said, hint, at_key=True)
            return None
        levels, start = self._of_a_setting() if shape.levels is None else self._stated(shape.levels, known)
        if levels is None:
            return None
        if len(levels) < 2 and not draft.lost.within((*path, "levels")):
            draft.fault((*path, "levels"), f"a lever of {len(levels)} level{'s' * (len(levels) != 1)}",
                        "add another: the level at present, `{}`, and one to move to", at_key=True)  # fmt: skip
        if not levels:
            return None
        for key, named in (("cost", shape.cost), ("names", shape.names)):
            for name in named:
                if name not in levels:
                    draft.no_such((*path, key, name), f"there is no level `{name}`", name, levels, at_key=True)
        now = self._now(tuple(levels), start)
        read = tuple(self._level(level, at == now) for at, level in enumerate(levels.values()))
        if len(draft.faults) == before and not draft.lost.within(path):
            self._check_distinct(read)
        if not known:
            return None
        return Lever(self.id, shape.name or self.id, self.by, read, now, origin, tuple(shape.mechanism), path)

    def _mover(self) -> bool:
        """Check whose lever it is."""
        draft, path, players = self.draft, self.path, self.case.players
        if self.shape.by is None:
            if not draft.lost.within(path):
                hint = f"add `by: {next(iter(players), 'us')}`, the player who moves it"
                draft.fault(path, "a lever of nobody", hint, at_key=True)
            return False
        if self.by not in players:
            draft.missing((*path, "by"), "player", self.by, players, f"the lever `{self.id}`", mend=self._out())
        return self.by in players

    def _out(self) -> str:
        """Say how a case that extends another takes the lever out."""
        return f"take the lever out: levers: {{{self.id}: null}}"

    def _of_a_setting(self) -> tuple[dict[str, LeverLevel] | None, int]:
        """Make a level of each level of a setting or option."""
        name = self.shape.sets or ""
        part = self._part(name, (*self.path, "sets"))
        if part is None:
            return None, 0
        levels, start = part
        return {
            level: LeverLevel(level, ((name, at),), None, STEP, path=self.path) for at, level in enumerate(levels)
        }, start

    def _part(self, name: str, path: Path, *, at_key: bool = False) -> tuple[tuple[str, ...], int] | None:
        """Return the levels and the start of a setting, or of an option of the lever's player."""
        draft, case = self.draft, self.case
        options = {f"{player.id}.{o.id}": o for player in case.players.values() for o in player.options}
        part: Any = case.settings.get(name, options.get(name))
        if draft.lost.has(name):
            return None
        if part is None and name in case.conditions:
            draft.fault(path, f"`{name}` is a condition, which nobody sets", "name a setting, or an option as "
                        "player.option: the level at which it starts", at_key=at_key)  # fmt: skip
        elif part is None and f"{self.by}.{name}" in options:
            hint = f"for the option write `{self.by}.{name}`"
            draft.fault(path, f"there is no setting `{name}`", hint, at_key=at_key, code="unknown-name")
        elif part is None:
            what = "option" if "." in name else "setting"
            own = [option for option in options if option.startswith(f"{self.by}.")]
            known = [*case.settings, *(own or options)]
            if what == "setting":
                draft.missing(path, what, name, known, f"the lever `{self.id}`", at_key=at_key, mend=self._out())
            else:
                draft.no_such(path, f"there is no {what} `{name}`", name, known, at_key=at_key)
        elif isinstance(part, Option) and name.partition(".")[0] != self.by and self.by in case.players:
            owner = name.partition(".")[0]
            draft.fault(path, f"`{name}` is for `{owner}` to move, not for `{self.by}`",
                        f"make it a lever of its own, `by: {owner}`", at_key=at_key, code="foreign-option")  # fmt: skip
        else:
            return part.levels, part.start
        return None

    def _stated(
        self, given: Mapping[str, shapes.LeverLevelShape | None], known: bool
    ) -> tuple[dict[str, LeverLevel], int]:
        """Read levels in the long form, without their prices."""
        levels = {}
        for id_, shape in given.items():
            shape = shape or shapes.LeverLevelShape()
            here = (*self.path, "levels", id_)
            self.draft.check_level(id_, here, at_key=True)
            changes = tuple(self._changes(shape.set, (*here, "set")))
            follows = self._follows(id_, shape, here) if known else None
            rules = self._rules(shape, here) if known else ()
            levels[id_] = LeverLevel(id_, changes, follows, STEP, rules, shape.name, shape.why, here)
        return levels, 0

    def _changes(self, given: Mapping[str, str], path: Path) -> Iterator[tuple[str, int]]:
        for name, level in given.items():
            part = self._part(name, (*path, name), at_key=True)
            if part is None:
                continue
            if level in part[0]:
                yield name, part[0].index(level)
            else:
                self.draft.fault((*path, name), f"`{name}` has no level `{level}`", nearest(level, part[0]),
                                 code="unknown-name")  # fmt: skip

    def _follows(self, id_: str, shape: shapes.LeverLevelShape, here: Path) -> str | None:
        name, path, strategies = shape.follows, (*here, "follows"), self.case.strategies
        if name is None:
            return None
        if shape.does is not None:
            self.draft.fault((*here, "does"), "both `follows` and `does`", "keep one of them", at_key=True)
        usable = [s.id for s in strategies.values() if self._usable(s.id)]
        if name not in strategies:
            mend = f"take the level out: levers: {{{self.id}: {{levels: {{{id_}: null}}}}}}"
            user = f"the level `{id_}` of the lever `{self.id}`"
            self.draft.missing(path, "strategy", name, usable, user, mend=mend)
            return None
        if not self._usable(name) and not self.draft.lost.has(name):
            said = f"the strategy `{name}` has no rules for `{self.by}`"
            hint = f"name one that has, or free play: {', '.join(usable)}" if usable else (
                "write rules here instead: does: [{otherwise: {option: level}}]")  # fmt: skip
            self.draft.fault(path, said, hint)
        return name

    def _usable(self, strategy: str) -> bool:
        committed = self.case.strategies[strategy].committed
        return not committed or any(rules.player == self.by for rules in committed)

    def _rules(self, shape: shapes.LeverLevelShape, here: Path) -> tuple[Rule, ...]:
        """Read rules; their chances add no unknown to the case."""
        path = (*here, "does")
        if shape.does is None:
            return ()
        if not shape.does and not self.draft.lost.within(path):
            self.draft.fault(path, "a list without rules", "write `- {otherwise: {}}` to stay as it is; for what is "
                             "played beneath drop `does:`", at_key=True)  # fmt: skip
        plain = []
        for at, rule in enumerate(shape.does):
            if isinstance(rule.chance, (int, float, str)):
                plain.append(rule)
                continue
            self.draft.fault((*path, at, "chance"), "a lever adds no unknown: here stands a number or an expression",
                             "give the range a name under `unknowns:`, and write that name here")  # fmt: skip
            plain.append(rule.model_copy(update={"chance": 1}))
        return read_rules(self.draft, plain, self.case.players[self.by], path)

    def _now(self, levels: tuple[str, ...], start: int) -> int:
        """Return the position of the level at present."""
        if self.shape.now is None:
            return start
        if self.shape.now in levels:
            return levels.index(self.shape.now)
        if not self.draft.lost.within((*self.path, "levels")):
            self.draft.fault((*self.path, "now"), f"there is no level `{self.shape.now}`",
                             nearest(self.shape.now, levels), code="unknown-name")  # fmt: skip
        return start

    def _level(self, level: LeverLevel, now: bool) -> LeverLevel:
        """Add name and price to a level."""
        above, inside = self.shape.cost.get(level.id), None
        shape = (self.shape.levels or {}).get(level.id)
        if shape is not None:
            inside = shape.cost
        name = self.shape.names.get(level.id)
        if name is not None and level.name is not None:
            self.draft.fault((*self.path, "names", level.id), f"two names for the level `{level.id}`",
                             "keep one of them", at_key=True)  # fmt: skip
        if above is not None and inside is not None:
            self.draft.fault((*self.path, "cost", level.id), f"two prices for the level `{level.id}`",
                             "keep one of them", at_key=True)  # fmt: skip
        price = STEP
        if inside is not None:
            price = self._price(inside, (*self.path, "levels", level.id, "cost"))
        elif above is not None:
            price = self._price(above, (*self.path, "cost", level.id))
        return replace(level, price=Price(0.0, 0.0) if now else price, name=level.name or name)

    def _price(self, given: Any, path: Path) -> Price:
        law = read_law(self.draft, given, path)
        if law is not None:
            check_floor(self.draft, least(law), 0, path)
        if isinstance(law, Range):
            return Price(law.low, law.high)
        return Price(law.values[0], law.values[0]) if isinstance(law, Choice) else STEP

    def _check_distinct(self, levels: tuple[LeverLevel, ...]) -> None:
        seen: dict[object, str] = {}
        for level in levels:
            rules = tuple((rule.when, rule.chance, tuple(sorted(rule.set.items()))) for rule in level.rules)
            what = (tuple(sorted(level.changes)), level.follows, rules)
            if what in seen:
                self.draft.fault(level.path, f"the levels `{seen[what]}` and `{level.id}` are the same",
                                 "let them differ, or drop one", at_key=True)  # fmt: skip
            seen.setdefault(what, level.id)


def _check_apart(draft: Draft, levers: Mapping[str, Lever]) -> None:
    """Two levers may neither set the same setting nor commit the same player: their levels could not be combined."""
    sets: dict[str, str] = {}
    commits: dict[str, str] = {}
    for lever in levers.values():
        for level in lever.levels:
            for name, _ in level.changes:
                if sets.setdefault(name, lever.id) != lever.id:
                    path = (*lever.path, "sets") if level.path == lever.path else (*level.path, "set", name)
                    draft.fault(path, f"the lever `{sets[name]}` sets `{name}` too",
                                "leave it to one of them: make their levels levels of one lever",
                                at_key=level.path != lever.path, code="clash")  # fmt: skip
            if level.commits and commits.setdefault(lever.by, lever.id) != lever.id:
                key = "follows" if level.follows is not None else "does"
                draft.fault((*level.path, key), f"the lever `{commits[lever.by]}` says what `{lever.by}` does, too",
                            "leave it to one of them: make their levels levels of one lever", at_key=True,
                            code="clash")  # fmt: skip
