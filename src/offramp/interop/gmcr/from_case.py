"""A case -> the text of a .gmcr file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from offramp.errors import CaseError, CaseErrors
from offramp.expressions import Node, Rungs, names, truth
from offramp.graph import Graph
from offramp.interop.converted import Converted
from offramp.interop.cubes import Cube, cover
from offramp.interop.gmcr.losses import losses
from offramp.interop.gmcr.names import told_apart
from offramp.interop.gmcr.reading import MOST_OPTIONS
from offramp.interop.sizes import power
from offramp.model import Case, Option, Player
from offramp.shapes import Floats, Ints
from offramp.stability import free_graph, perceived, ranked
from offramp.stability.statements import by_statements
from offramp.worlds import draw

__all__ = ["gmcr_of"]

MOST_STATES = 1 << 16
"""States that are ranked one by one."""


def gmcr_of(case: Case) -> Converted:
    """Write a case as a model of GMCR+, with the preferences that its players have in the best guess.

    Raises
    ------
    CaseErrors
        If an option has more than two levels, or the case is too large.
    WorldError
        If the best guess cannot be judged.
    """
    if faults := [*_no_yes_or_no(case), *_too_large(case)]:
        raise CaseErrors(faults)
    graph = free_graph(case)
    if len(graph.codes) > MOST_STATES:
        raise CaseErrors([_states(case, len(graph.codes))])
    return _Writer(graph).converted()


def _no_yes_or_no(case: Case) -> Iterator[CaseError]:
    for player in case.players.values():
        for option in player.options:
            if len(option.levels) != 2:
                yield CaseError(
                    f"`{player.id}.{option.id}` has {len(option.levels)} levels, and a .gmcr file knows options of two",
                    code="levels", hint="leave two levels, or make it several options with two each",
                    path=(*option.path, "levels"),
                )  # fmt: skip


def _too_large(case: Case) -> Iterator[CaseError]:
    count = sum(len(player.options) for player in case.players.values())
    if count > MOST_OPTIONS:
        said = f"the case has {count} options, which make {power(2, count)} states; the most is {MOST_OPTIONS}"
        yield CaseError(said, code="too-large", hint="leave out options", path=("players",), at_key=True)  # fmt: skip
    if count == 0:
        yield CaseError("the case has no options", code="empty", hint="give a player an option", path=("players",),
                        at_key=True)  # fmt: skip


def _states(case: Case, count: int) -> CaseError:
    return CaseError(f"{case.name} has {count:,} possible configurations, and a .gmcr file ranks them one by one; "
                     f"the most is {MOST_STATES:,}", code="too-large", hint="leave out options", path=("players",),
                     at_key=True)  # fmt: skip


def is_reversed(option: Option) -> bool:
    """Whether the first of the two levels is the yes, as with what may be given up and not taken up again."""
    return option.levels == ("yes", "no")


class _Writer:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.case = graph.case
        self.owners = [(p, o) for p in self.case.players.values() for o in p.options]
        self.number = {f"{p.id}.{o.id}": k for k, (p, o) in enumerate(self.owners)}
        rungs = graph.space.rungs(graph.codes)
        yes = np.array([[is_reversed(o)] for _, o in self.owners]) ^ rungs.astype(np.bool_)
        states = (yes.astype(np.int64) << np.arange(len(self.owners))[:, None]).sum(axis=0)
        self.order = np.argsort(states)
        """The configurations, by rising number of the state."""

    def converted(self) -> Converted:
        world = draw(self.case, 0, 0).world(0)
        payoffs: dict[int, Floats] = {}
        for game in perceived(self.graph, world):
            payoffs |= {i: game.payoffs[i] for i in game.players}
        players = list(self.case.players.values())
        stated = [self.statements(player) for player in players]
        names = told_apart(players)
        makers = [self.maker(player, names[i], stated[i], payoffs[i]) for i, player in enumerate(players)]
        options = [
            self.option(player, option, name)
            for player in players
            for option, name in zip(player.options, told_apart(player.options), strict=True)
        ]
        parts = {
            "options": _rows(options),
            "decisionMakers": _rows(makers),
            "infeasibles": _rows(self.any_of(self.case.impossible)),
            "useManualPreferenceRanking": json.dumps(not self.case.orders or None in stated),
            "program": json.dumps("offramp"),
        }
        body = ",\n".join(f" {json.dumps(key)}: {value}" for key, value in parts.items())
        return Converted(f"{{\n{body}\n}}\n", losses(self.case))

    def option(self, player: Player, option: Option, name: str) -> dict[str, Any]:
        direction = "both"
        if (player.id, option.id) in self.case.irreversible:
            direction = "back" if is_reversed(option) else "fwd"
        return {"name": name, "permittedDirection": direction}

    def maker(self, player: Player, name: str, statements: list[Any] | None, payoffs: Floats) -> dict[str, Any]:
        ranks = ranked(payoffs)[self.order]
        return {
            "name": name,
            "options": [self.number[f"{player.id}.{option.id}"] for option in player.options],
            "preferences": statements or [],
            "preferenceRanking": _ranking(ranks),
            "misperceptions": self.any_of(player.unseen),
        }

    def statements(self, player: Player) -> list[Any] | None:
        """Return the prioritised statements of a player whom the stability lens judges by their order alone.

        None where the ranking counts; nothing for a player who cares about nothing.
        """
        wants = [want for faction in player.factions for want in faction.wants if not want.at_end]
        over_options = all(names(want.that) <= set(self.number) for want in wants)
        if wants and not (over_options and by_statements(self.graph, player) is not None):
            return None
        found = []
        for want in wants:
            parts = self.conditions(want.that)
            if parts and [] not in parts:  # what holds nowhere, or everywhere, prefers nothing
                found.append(parts[0] if len(parts) == 1 else {"compound": True, "members": parts})
        return found

    def any_of(self, nodes: Sequence[Node]) -> list[Any]:
        """Return the conjunctions of which one holds where any of some expressions does, none twice."""
        listed = [each for node in nodes for each in self.stated(node)]
        return list({json.dumps(each): each for each in listed}.values())

    def stated(self, node: Node) -> list[Any]:
        """Return the same of one expression; each names an option."""
        parts = self.conditions(node)
        return [[[0, "N"]], [[0, "Y"]]] if [] in parts else parts

    def conditions(self, node: Node) -> list[Any]:
        """Return conjunctions of options of which one holds where an expression over options does."""
        used = sorted(self.number[name] for name in names(node))
        states = np.arange(1 << len(used))
        env = {}
        for bit, k in enumerate(used):
            (player, option), taken = self.owners[k], states >> bit & 1
            env[f"{player.id}.{option.id}"] = Rungs(1 - taken if is_reversed(option) else taken, 1)
        holds = np.broadcast_to(truth(node, env), states.shape)
        together = int.from_bytes(np.packbits(holds, bitorder="little").tobytes(), "little")
        return [_condition(cube, used) for cube in cover(together, together, len(used))]


def _condition(cube: Cube, used: Sequence[int]) -> list[list[Any]]:
    return [[used[bit], "Y" if yes else "N"] for bit, yes in cube]


def _ranking(ranks: Ints) -> list[Any]:
    """Return the numbers of the states from 1, the highest ranked first, states that tie in a list."""
    order = np.argsort(-ranks, kind="stable")
    levels = np.split(order + 1, np.flatnonzero(np.diff(ranks[order])) + 1)
    return [int(level[0]) if len(level) == 1 else level.tolist() for level in levels]


def _rows(items: Sequence[Any]) -> str:
    """Return a list with each item on a line."""
    inside = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in items)
    return f"[\n{inside}\n ]" if items else "[]"
