"""A model of GMCR+ -> the text of a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath

from offramp.errors import Path, Place
from offramp.expressions.advice import listed
from offramp.interop.converted import Converted
from offramp.interop.formulas import Literals, any_of
from offramp.interop.gmcr.parts import DecisionMaker, Gmcr, GmcrCondition
from offramp.interop.gmcr.preferences import Cares, cares
from offramp.interop.gmcr.states import feasible, members
from offramp.interop.gmcr.table import state_table
from offramp.interop.ids import Ids
from offramp.interop.source_text import Faults, SourceText, plain
from offramp.interop.yaml_text import comment, flow, scalar

__all__ = ["case_of"]

_MOST_TOGETHER = 5
"""Conjunctions in one expression, which may have 10,000 characters."""


def case_of(model: Gmcr, source: SourceText) -> Converted:
    """Write a model as a case.

    Parameters
    ----------
    model
    source
        The text that it was read from.

    Raises
    ------
    CaseErrors
        If a ranking has too many states for a case file.
    """
    return _Writer(model, source).converted()


class _Writer:
    def __init__(self, model: Gmcr, source: SourceText) -> None:
        self.model = model
        self.source = source
        self.file = FilePath(plain(source.file))
        self.states = members(feasible(model.infeasible, len(model.options)))
        """The feasible, ascending."""
        self.start = int(self.states[0])
        self.ids = Ids()
        self.players = [self.ids.take(dm.name, "player") for dm in model.makers]
        self.options = self._options()
        """By option, the player's id and its own."""
        self.literals = self._literals()
        self.places: dict[Path, Place] = {(): source.place(0)}

    def _options(self) -> list[tuple[str, str]]:
        found = [("", "")] * len(self.model.options)
        for player, dm in zip(self.players, self.model.makers, strict=True):
            ids = Ids()
            for k in dm.options:
                found[k] = player, ids.take(self.model.options[k].name, "option")
        return found

    def _literals(self) -> Literals:
        names = [".".join(option) for option in self.options]
        falls = [option.direction == "back" for option in self.model.options]
        return Literals(
            tuple(f"{name} == yes" if back else name for name, back in zip(names, falls, strict=True)),
            tuple(f"{name} == no" if back else f"not {name}" for name, back in zip(names, falls, strict=True)),
        )

    def converted(self) -> Converted:
        players, model = self.players, self.model
        cared = [
            cares(model, n, id_, self.ids.take(f"{id_}-step", "step"), self.states, self.literals)
            for n, id_ in enumerate(players)
        ]
        faults = Faults(self.source.file)
        for dm, each in zip(model.makers, cared, strict=True):
            if each.refused:
                faults.add(self.source.place(dm.preferences_at), each.refused,
                           "leave out options, or state what is preferred as prioritised statements")  # fmt: skip
        faults.stop()
        notes = [self._start(), *(each.note for each in cared if each.note), *self._unused()]
        lines = [comment(f"{self.file.stem}, converted from {self.file.name} by `offramp convert`."),
                 *(comment(note, item=True) for note in notes), *self._table(), *self._head()]  # fmt: skip
        if unknowns := [line for each in cared for line in each.unknowns]:
            lines += ["", "unknowns:", *(f"  {line}" for line in unknowns)]
        lines += ["", "players:"]
        for id_, dm, each in zip(players, model.makers, cared, strict=True):
            lines += self._player(id_, dm, each)
        lines += [*self._rules(), *self._outcomes()]
        return Converted("\n".join(lines) + "\n", tuple(notes), self.places)

    def _table(self) -> list[str]:
        table = state_table(self.model, self.states)
        told = [*table, "", "Y taken, N not; the most preferred first."] if table else []
        return ["#", *(f"#     {line}".rstrip() for line in told)] if told else []

    def _head(self) -> list[str]:
        title, stem = scalar(self.file.name), self.file.stem
        return ["offramp: 1", f"name: {Ids().take(stem, 'model')}", f"title: {scalar(stem)}", "",
                "sources:", f"  gmcr: {flow({'title': title, 'kind': 'model of GMCR+'})}"]  # fmt: skip

    def _start(self) -> str:
        said = "The format has no status quo. The case starts where no option is taken"
        if not self.start:
            return f"{said}."
        taken = [".".join(self.options[k]) for k in range(len(self.options)) if self.start >> k & 1]
        return (f"The format has no status quo. No option taken is infeasible, so that the case starts in the first "
                f"feasible state, {self.start}, with {' and '.join(taken)}.")  # fmt: skip

    def _unused(self) -> Iterator[str]:
        if self.model.unused:
            kinds = ("prioritised statements", "rankings") if self.model.by_ranking else ("rankings", "statements")
            yield f"The file also has {kinds[0]}, which it does not use; the {kinds[1]} count."
        indifferent = [id_ for id_, dm in zip(self.players, self.model.makers, strict=True)
                       if dm.options and not dm.statements and not self.model.by_ranking]  # fmt: skip
        if indifferent:
            yield f"No preference is stated of {listed(indifferent, 'and')}: to them all states are alike."
        if self.model.ignored:
            yield f"Keys that are not known are ignored: {listed(self.model.ignored, 'and')}."
        if self.model.coalitions:
            told = "; ".join(" with ".join(self.players[n] for n in each) for each in self.model.coalitions)
            yield f"The file also names coalitions, for which a case has no place: {told}."

    def _player(self, id_: str, dm: DecisionMaker, cared: Cares) -> Iterator[str]:
        self._at(("players", id_), dm.at)
        self._at(("players", id_, "prefers"), dm.preferences_at)
        self._at(("players", id_, "wants"), dm.preferences_at)
        for n, statement in enumerate(dm.statements):
            self._at(("players", id_, "prefers", n), statement.at)
        yield f"  {id_}:"
        yield f"    name: {scalar(dm.name)}"
        if dm.options:
            yield "    options:"
        for k in dm.options:
            option, own = self.model.options[k], self.options[k][1]
            self._at(("players", id_, "options", own), option.at)
            entries = {"name": scalar(option.name)}
            if option.direction == "back":
                entries["levels"] = "[yes, no]"
            start = "yes" if self.start >> k & 1 else "no"
            if start != ("yes" if option.direction == "back" else "no"):
                entries["start"] = start
            yield f"      {own}: {flow(entries)}"
        yield from (f"    {line}" for line in cared.lines)

    def _rules(self) -> Iterator[str]:
        fixed = [".".join(self.options[k]) for k, o in enumerate(self.model.options) if o.direction != "both"]
        if fixed:
            yield f"\nirreversible: [{', '.join(fixed)}]"
        if self.model.infeasible:
            yield "\nimpossible:"
            yield from self._conditions(self.model.infeasible, ("impossible",), "  ")
        if any(dm.unseen for dm in self.model.makers):
            yield "\nunseen:"
        for id_, dm in zip(self.players, self.model.makers, strict=True):
            if dm.unseen:
                yield f"  {id_}:"
                yield from self._conditions(dm.unseen, ("unseen", id_), "    ")

    def _outcomes(self) -> Iterator[str]:
        """Ask how often each option is taken, for whoever plays the case."""
        yield "\noutcomes:"
        for k, option in enumerate(self.model.options):
            player, own = self.options[k]
            maker = self.model.makers[self.players.index(player)].name
            entries = {"name": scalar(f"{maker}: {option.name} (share of the time)"),
                       "of": scalar(self.literals.taken[k]), "measure": "average"}  # fmt: skip
            yield f"  {self.ids.take(own, 'option')}: {flow(entries)}"

    def _conditions(self, conditions: tuple[GmcrCondition, ...], path: Path, margin: str) -> Iterator[str]:
        parts = [
            (condition.at, condition.any_of[first : first + _MOST_TOGETHER])
            for condition in conditions
            for first in range(0, len(condition.any_of), _MOST_TOGETHER)
        ]
        for n, (at, any_) in enumerate(parts):
            self._at((*path, n), at)
            yield f"{margin}- {scalar(any_of(any_, self.literals))}"

    def _at(self, path: Path, at: int) -> None:
        self.places[path] = self.source.place(at)
