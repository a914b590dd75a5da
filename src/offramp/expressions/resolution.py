"""Check every name of an expression and find the levels, reporting all faults at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from offramp.expressions.advice import listed, nearest, short
from offramp.expressions.faults import ExpressionError
from offramp.expressions.ranges import constant, is_yes_no
from offramp.expressions.refusal import no_level, refusal
from offramp.expressions.scope import Levelled, Scope
from offramp.expressions.syntax import Call, Change, Choose, Compare, Kept, Level, Measured, Name, Node, Reached
from offramp.expressions.trees import ENSEMBLE_FUNCTIONS, SEARCHES, children, expand, rebuild, walk

__all__ = ["is_truth", "resolve"]

_GRADUAL = "Write time >= 6; for something that changes gradually use a ladder"


def is_truth(node: Node, scope: Scope | None = None) -> bool:
    """Is the value a yes or no?

    True for comparisons, and/or/not, ``true``, ``false``, an if whose two branches are, and an option,
    condition or setting alone. Without a scope any name counts, as it may be one.
    """
    match node:
        case Name(name):
            return scope is None or scope.levelled(name) is not None
        case Choose(_, then, otherwise):
            return is_truth(then, scope) and is_truth(otherwise, scope)
    return is_yes_no(node)


def resolve(node: Node, scope: Scope) -> tuple[Node, list[ExpressionError]]:
    """Check the names and find the levels.

    Parameters
    ----------
    node : Node
        What `parse` returned.
    scope : Scope
        What the names may stand for in this place.

    Returns
    -------
    node : Node
        The same with bare names turned into levels where they are compared with what has them. What is at
        fault stays as it was.
    faults : list of ExpressionError
        All of them, in the order of the text; empty where the node can be evaluated.

    Examples
    --------
    >>> from offramp.expressions import Levelled, parse
    >>> scope = Scope.of([Levelled("us.pressure", ("none", "targeted", "broad"), "option")])
    >>> resolve(parse("us.pressure >= targeted"), scope)[0].right
    Level(of='us.pressure', level='targeted', index=1, at=15)
    >>> [fault] = resolve(parse("us.pressure == brod"), scope)[1]
    >>> print(fault)
    us.pressure has no level 'brod'. Did you mean broad? Its levels are none, targeted and broad
    """
    resolver = _Resolver(scope)
    resolved = resolver.visit(node)
    return resolved, sorted(resolver.faults, key=lambda fault: fault.at)


class _Resolver:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.faults: list[ExpressionError] = []
        self.inside = ""

    def fault(self, message: str, hint: str, at: int, code: str) -> None:
        self.faults.append(ExpressionError(message, hint, at, code=code))

    def visit(self, node: Node) -> Node:
        match node:
            case Name(at=at):
                if self.is_time(node):
                    self.fault("time may only be compared with a number", _GRADUAL, at, "time")
                else:
                    self.check(node)
                return node
            case Compare():
                return self.compare(node)
            case Measured():
                return self.measured(node)
            case Reached():
                return self.reached(node)
            case Call(function) if function in ENSEMBLE_FUNCTIONS:
                return self.over_worlds(node)
        return rebuild(node, tuple(self.visit(child) for child in children(node)))

    def check(self, name: Name) -> None:
        if fault := refusal(name, self.scope):
            self.faults.append(fault)

    def is_time(self, node: Node) -> bool:
        return isinstance(node, Name) and node.name == "time" and "time" in self.scope.allowed

    # Comparisons

    def compare(self, node: Compare) -> Node:
        left, right = node.left, self.beside(node.left, node.right)
        if not isinstance(right, Level):
            left = self.beside(node.right, node.left)
        known = len(self.faults)
        left, right = self.one_side(left, right), self.one_side(right, left)
        if len(self.faults) == known:
            for this, other in ((left, right), (right, left)):
                self.check_sides(node, this, other)
                if len(self.faults) > known:
                    break
        return replace(node, left=left, right=right)

    def beside(self, owner: Node, node: Node) -> Node:
        """Turn a bare name into a level of what it is compared with, if it is one."""
        symbol = self.scope.levelled(owner.name) if isinstance(owner, Name) else None
        if symbol and isinstance(node, Name) and node.name in symbol.levels:
            return Level(symbol.name, node.name, symbol.levels.index(node.name), node.at)
        return node

    def one_side(self, this: Node, other: Node) -> Node:
        if isinstance(this, Level) or self.is_time(this):
            return this
        owner = self.scope.levelled(other.name) if isinstance(other, Name) else None
        if isinstance(this, Name) and owner and self.is_stray(this.name):
            self.faults.append(no_level(owner, this, tuple(self.scope.allowed_names())))
            return this
        return self.visit(this)

    def is_stray(self, word: str) -> bool:
        """Is this neither a name nor something else that has a message of its own?"""
        scope = self.scope
        elsewhere = (scope.symbols, scope.outcomes, scope.players, scope.strategies, scope.mechanisms)
        return not any(word in known for known in elsewhere)

    def check_sides(self, node: Compare, this: Node, other: Node) -> None:
        if self.is_time(this):
            if is_yes_no(other) or any(self.moves(part) for part in walk(other)):
                self.fault("time may only be compared with a number", _GRADUAL, this.at, "time")
            elif node.op in ("==", "!="):
                self.fault("time is equal to a date for no more than an instant", "Write >= or <", node.at, "time")
        elif is_yes_no(this):
            if node.op not in ("==", "!="):
                self.fault("A yes or no is neither more nor less than something", "Write == or !=", node.at, "type")
            elif not is_truth(other, self.scope):
                hint = "Compare it with another yes or no, or leave the comparison out"
                self.fault("A yes or no cannot be equal to a number", hint, node.at, "type")
        elif isinstance(this, Name) and (owner := self.scope.levelled(this.name)):
            if isinstance(other, Level | Name) or is_yes_no(other):
                return
            value = constant(other)
            if value is not None and not 0 <= value <= 1:
                hint = f"Write one of its levels: {listed(owner.levels)}"
                self.fault(f"As a number, {owner.name} lies between 0 and 1", hint, other.at, "level")

    def moves(self, node: Node) -> bool:
        """Does this change along a path?"""
        symbol = self.scope.symbols.get(node.name) if isinstance(node, Name) else None
        return symbol is not None and symbol.kind in ("option", "condition", "time")

    # Claims

    def measured(self, node: Measured) -> Node:
        if self.inside == "brackets":
            self.fault(
                "An outcome cannot stand inside the brackets of another",
                "Write a number",
                node.at,
                "not-here",
            )
            return node
        inside, self.inside = self.inside, "brackets"
        self.among(node.outcome, self.scope.outcomes, "outcome", node.at)
        self.among(node.strategy, self.scope.strategies, "strategy", node.at)
        changes = self.changes(node.changes)
        self.inside = inside
        return replace(node, changes=changes)

    def changes(self, given: Collection[Change]) -> tuple[Change, ...]:
        changes: list[Change] = []
        seen: set[tuple[str, str]] = set()
        for change in given:
            changes.append(self.change(change))
            if (key := (change.kind, change.name)) in seen:
                self.fault(f"{short(change.name)} is changed twice", "Leave one out", change.at, "twice")
            seen.add(key)
        return tuple(changes)

    def reached(self, node: Reached) -> Node:
        if self.inside:
            self.fault("reach cannot stand inside the brackets of another", "Write a number", node.at, "not-here")
            return node
        self.among(node.target, self.scope.targets, "target", node.at)
        levers = self.scope.targets.get(node.target)
        if levers is not None:
            self.conditions(node.kept, levers)
        for change in node.changes:
            if change.kind in ("player", "delay"):
                hint = "Leave it out: name = value, a start and without(mechanism) may stand here"
                self.fault("The package says who does what, and when", hint, change.at, "not-here")
        outside, self.scope = self.scope, self.scope.at("inside the brackets of reach", ("unknown",))
        self.inside = "brackets"
        changes = self.changes([change for change in node.changes if change.kind not in ("player", "delay")])
        self.inside, self.scope = "", outside
        return replace(node, changes=changes)

    def conditions(self, kept: Collection[Kept], levers: Mapping[str, tuple[str, ...]]) -> None:
        """Check the levers and levels of the packages, and that there are some."""
        left = {lever: set(levels) for lever, levels in levers.items()}
        for each in kept:
            if each.lever not in levers:
                self.among(each.lever, levers, "lever that moves this target", each.at)
            elif each.level not in levers[each.lever]:
                owner = Levelled(each.lever, levers[each.lever], "setting")
                self.faults.append(no_level(owner, Name(each.level, each.level_at)))
            else:
                same = {each.level}
                left[each.lever] &= same if each.op == "==" else set(levers[each.lever]) - same
                if not left[each.lever]:
                    self.fault(f"No level of {each.lever} is left", "Leave one condition out", each.at, "twice")

    def change(self, change: Change) -> Change:
        value = change.value
        if change.kind == "without":
            self.among(change.name, self.scope.mechanisms, "mechanism", change.at)
        elif change.kind == "player":
            self.among(change.name, self.scope.players, "player", change.at)
            if isinstance(value, Name):
                self.among(value.name, self.scope.strategies, "strategy", value.at)
        elif value is not None:
            symbol = self.scope.symbols.get(change.name)
            if isinstance(symbol, Levelled):
                return replace(change, value=self.level(symbol, value))
            if change.kind == "set" and (symbol is None or symbol.kind == "time"):
                known = [name for name in self.scope.symbols if name != "time"]
                self.among(change.name, known, "unknown, setting, option or condition", change.at)
            return replace(change, value=self.visit(value))
        return change

    def level(self, owner: Levelled, value: Node) -> Node:
        if isinstance(value, Name) and value.name in owner.levels:
            return Level(owner.name, value.name, owner.levels.index(value.name), value.at)
        if isinstance(value, Name):
            self.faults.append(no_level(owner, value))
        else:
            hint = f"Write one of them: {listed(owner.levels)}"
            self.fault(f"{owner.name} is set to one of its levels", hint, value.at, "level")
        return value

    def over_worlds(self, node: Call) -> Node:
        first, *rest = node.arguments
        if self.inside and (node.function not in SEARCHES or self.inside == "brackets"):
            where = "the brackets of an outcome" if self.inside == "brackets" else self.inside
            self.fault(
                f"{node.function} is taken over all worlds and cannot stand inside {where}",
                "Write a value of each world",
                node.at,
                "not-here",
            )
        inside, self.inside = self.inside, self.inside or node.function
        first = self.visit(first)
        self.inside = inside
        if node.function == "share" and not is_truth(first, self.scope):
            self.fault("share takes a yes or no", "Write share(a > b)", first.at, "type")
        unknowns = [name for name, symbol in self.scope.symbols.items() if symbol.kind == "unknown"]
        for group in rest:
            if isinstance(group, Name):
                self.named(node.function, group, unknowns)
        return replace(node, arguments=(first, *rest))

    def named(self, function: str, name: Name, unknowns: Collection[str]) -> None:
        """Check a name after the outcome in a function that takes names."""
        levelled = [s.name for s in self.scope.symbols.values() if isinstance(s, Levelled)]
        if function == "variance":
            if not expand(name.name, unknowns):
                self.among(name.name, unknowns, "unknown", name.at)
        elif function == "effect":
            if name.name not in levelled:
                self.among(name.name, unknowns, "unknown", name.at)
        else:
            self.among(name.name, levelled, "setting, option or condition", name.at)

    def among(self, word: str, known: Collection[str], what: str, at: int) -> None:
        if word in known:
            return
        article = "an" if what[0] in "aeiou" else "a"
        hint = nearest(word, known) or (f"There are {listed(known)}" if known else f"The case has no {what}")
        self.fault(f"'{short(word)}' is not {article} {what}", hint, at, "unknown-name")
