"""A .gmcr file -> its model, with every fault at its line and column."""

from __future__ import annotations

from pathlib import Path as FilePath

from offramp.interop.gmcr.choice import Ranking, count_rankings
from offramp.interop.gmcr.conditions import read_conditions
from offramp.interop.gmcr.fields import Fields
from offramp.interop.gmcr.json_nodes import JsonNode, kind_of
from offramp.interop.gmcr.json_reading import read_json
from offramp.interop.gmcr.keys import MANUAL, RANKING, check_keys, either, under
from offramp.interop.gmcr.parts import DecisionMaker, Direction, Gmcr, GmcrCondition, GmcrOption
from offramp.interop.gmcr.rankings import read_ranking
from offramp.interop.gmcr.states import feasible
from offramp.interop.sizes import power
from offramp.interop.source_text import Faults, SourceText, read_text, shorten

__all__ = ["MOST_OPTIONS", "parse_gmcr", "read_source"]

MOST_BYTES = 8_000_000
MOST_OPTIONS = 20
"""A million combinations: as many as the stability lens goes through."""

_OPTIONS = 'write "options": [{"name": "...", "permittedDirection": "both"}]'
_MAKERS = 'write "decisionMakers": [{"name": "...", "options": [0], "preferences": []}]'
_DIRECTIONS: dict[str, Direction] = {"both": "both", "fwd": "fwd", "back": "back"}


def read_source(path: FilePath) -> SourceText:
    """Read the text of a .gmcr file.

    Raises
    ------
    UsageError
        If the file cannot be read.
    CaseErrors
        If it is too large, or no text.
    """
    return read_text(path, MOST_BYTES)


def parse_gmcr(source: SourceText) -> Gmcr:
    """Read a model.

    Raises
    ------
    CaseErrors
        With every fault.
    """
    faults = Faults(source.file)
    root = read_json(source, faults)
    fields = Fields(source, faults)
    if not isinstance(root.value, dict):
        fields.fault(root.at, f"the file is {kind_of(root)}, not the one object of a model", "write {...}")
    faults.stop()
    reader = _Reader(fields, root)
    faults.stop()  # without options and decision makers nothing else means anything
    model = reader.model()
    faults.stop()
    return model


class _Reader:
    """Reads the sections; the numbers of options and of decision makers are known from the start."""

    def __init__(self, fields: Fields, root: JsonNode) -> None:
        self.fields = fields
        self.root = root
        check_keys(fields, root, "a model")
        options = fields.list_of(root, "options", _OPTIONS, needed=True)
        makers = fields.list_of(root, "decisionMakers", _MAKERS, needed=True)
        self.options = fields.objects(options, "an option", _OPTIONS)
        self.makers = fields.objects(makers, "a decision maker", _MAKERS)
        for key, found, hint in (("options", options, _OPTIONS), ("decisionMakers", makers, _MAKERS)):
            given = under(root, key)
            if given is not None and isinstance(given.value, list) and not found:
                fields.fault(given.at, f"`{key}` is empty", hint)
        if len(options) > MOST_OPTIONS:
            fields.fault(
                options[MOST_OPTIONS].at,
                f"the model has {len(options)} options, which make {power(2, len(options))} states; the most is "
                f"{MOST_OPTIONS} options ({power(2, MOST_OPTIONS)} states)",
                "split the model, or leave out what is never in doubt",
            )

    def model(self) -> Gmcr:
        options = tuple(self.option(node, n) for n, node in enumerate(self.options))
        noted = len(self.fields.faults)
        infeasible = self.conditions(self.root, "infeasibles")
        sound = len(self.fields.faults) == noted  # else the feasible states are not known, nor their numbers
        states = feasible(infeasible, len(options)).bit_count() if sound else None
        if states == 0:
            self.fields.fault(self.at(self.root, "infeasibles"), "everything is infeasible",
                              "remove a condition, or narrow one")  # fmt: skip
        for node in self.makers:
            check_keys(self.fields, node, "a decision maker")
        rankings = [either(self.fields, node, RANKING) for node in self.makers]
        by_ranking = count_rankings(self.fields, self.root, self.makers, rankings)
        owners: dict[int, str] = {}
        names: dict[str, int] = {}
        makers = []
        for n, (node, ranking) in enumerate(zip(self.makers, rankings, strict=True)):
            name = self.fields.name(node, f"decision maker {n}") or f"decision maker {n}"
            if names.setdefault(name, node.at) != node.at:
                self.fields.fault(node.at, f"two decision makers are named {shorten(name)}", "rename one of them")
            owned = self.owned(node, name, owners)
            self.check_names([options[k] for k in owned], name)
            makers.append(
                self.by_rank(node, name, owned, ranking, states)
                if by_ranking
                else self.by_statements(node, name, owned)
            )
        for k, option in enumerate(options):
            if k not in owners:
                named = f"option {k}, {shorten(option.name)}," if option.name else f"option {k}"
                self.fields.fault(option.at, f"{named} is owned by no decision maker",
                                  "put its number into the options of one of them")  # fmt: skip
        stated = any((found := under(node, "preferences")) is not None and bool(found.value) for node in self.makers)
        both = stated and any(each is not None and bool(each[1].value) for each in rankings)
        ignored = tuple(self.fields.ignored)
        return Gmcr(options, tuple(makers), infeasible, by_ranking, both, self.coalitions(), ignored)

    def at(self, node: JsonNode, key: str) -> int:
        found = under(node, key)
        return found.at if found is not None else node.at

    def conditions(self, node: JsonNode, key: str) -> tuple[GmcrCondition, ...]:
        listed = self.fields.list_of(node, key, "write a list of conditions")
        return read_conditions(self.fields, listed, len(self.options))

    def option(self, node: JsonNode, k: int) -> GmcrOption:
        check_keys(self.fields, node, "an option")
        given = under(node, "permittedDirection")
        direction = _DIRECTIONS.get(given.value) if given is not None and isinstance(given.value, str) else None
        if given is not None and direction is None:
            self.fields.fault(given.at, f"a direction is wanted, not {kind_of(given)}",
                              'write "both", "fwd" (no to yes only) or "back" (yes to no only)')  # fmt: skip
        return GmcrOption(self.fields.name(node, f"option {k}"), direction or "both", node.at)

    def owned(self, node: JsonNode, name: str, owners: dict[int, str]) -> tuple[int, ...]:
        found = []
        for each in self.fields.list_of(node, "options", "list the numbers of its options", needed=True):
            k = self.fields.number(each, "option", len(self.options) - 1)
            if k is None:
                continue
            if k in owners:
                whose = "twice here" if owners[k] == name else f"by {shorten(owners[k])} too"
                self.fields.fault(each.at, f"option {k} is owned {whose}", "leave it to one decision maker, once")
            else:
                owners[k] = name
                found.append(k)
        return tuple(found)

    def check_names(self, options: list[GmcrOption], owner: str) -> None:
        """Fault options of one decision maker that its players could not tell apart."""
        first: dict[str, GmcrOption] = {}
        for option in options:
            if option.name and first.setdefault(option.name, option) is not option:
                self.fields.fault(option.at, f"two options of {shorten(owner)} are named {shorten(option.name)}",
                                  "rename one of them")  # fmt: skip

    def by_statements(self, node: JsonNode, name: str, options: tuple[int, ...]) -> DecisionMaker:
        unseen, statements = self.conditions(node, "misperceptions"), self.conditions(node, "preferences")
        return DecisionMaker(name, options, statements, (), unseen, node.at, self.at(node, "preferences"))

    def by_rank(
        self, node: JsonNode, name: str, options: tuple[int, ...], given: Ranking, states: int | None
    ) -> DecisionMaker:
        unseen = self.conditions(node, "misperceptions")
        if given is None:
            if not any((node.at, key) in self.fields.missed for key in RANKING):
                self.fields.fault(node.at, f"{shorten(name)} has no `{RANKING[0]}`, and the model takes the rankings",
                                  f"add it, or set `{MANUAL[0]}` to false")  # fmt: skip
            return DecisionMaker(name, options, (), (), unseen, node.at, node.at)
        ranking = read_ranking(self.fields, given[1], shorten(name), states) if states else ()
        return DecisionMaker(name, options, (), ranking, unseen, node.at, given[1].at)

    def coalitions(self) -> tuple[tuple[int, ...], ...]:
        found = []
        for node in self.fields.list_of(self.root, "coalitions", "write a list such as [[0, 1], 2]"):
            parts = node.value if isinstance(node.value, list) else [node]
            members: list[int] = []
            for each in parts:
                number = self.fields.number(each, "decision maker", len(self.makers) - 1)
                if number in members:
                    self.fields.fault(each.at, f"decision maker {number} stands twice in a coalition",
                                      "name each member once")  # fmt: skip
                elif number is not None:
                    members.append(number)
            found.append(tuple(members))
        return tuple(found) if any(len(each) > 1 for each in found) else ()
