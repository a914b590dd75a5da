"""Looking through a tree and replacing parts of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from offramp.expressions.syntax import (
    Arithmetic,
    Call,
    Change,
    Choose,
    Compare,
    Constant,
    Level,
    Logic,
    Measured,
    Name,
    Negate,
    Node,
    Not,
    Reached,
)

__all__ = [
    "ENSEMBLE_FUNCTIONS",
    "NAMING",
    "SEARCHES",
    "children",
    "dates",
    "expand",
    "measured",
    "names",
    "placeless",
    "reached",
    "rebuild",
    "substitute",
    "walk",
]

SEARCHES = frozenset({"effect", "highest", "lowest"})
"""Functions that compare an outcome with itself under other levels or values, world by world; in claims only."""

ENSEMBLE_FUNCTIONS = frozenset({"share", "mean", "variance"}) | SEARCHES
"""Functions that stand in claims only."""

NAMING = frozenset({"variance"}) | SEARCHES
"""Functions of an outcome and of names, which stand for no value."""


def children(node: Node) -> tuple[Node, ...]:
    """Give the nodes directly below, from left to right.

    The names after an outcome, as in ``effect``, and the strategies of other players are no values and are left
    out.
    """
    match node:
        case Constant() | Name() | Level():
            return ()
        case Negate(of) | Not(of):
            return (of,)
        case Choose(test, then, otherwise):
            return (then, test, otherwise)
        case Call(function, arguments):
            return arguments[:1] if function in NAMING else arguments
        case Measured() | Reached():
            return tuple(c.value for c in node.changes if c.value is not None and c.kind != "player")
        case Arithmetic() | Compare() | Logic():
            return (node.left, node.right)


def walk(node: Node) -> Iterator[Node]:
    """Go through a node and everything below it, parents first, from left to right."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(children(top)))


def names(node: Node) -> frozenset[str]:
    """Give the names whose values the node depends on.

    Levels, outcomes, strategies, what brackets change, and the names after an outcome, as in ``effect``, are not
    among them.

    Examples
    --------
    >>> from offramp.expressions import parse
    >>> sorted(names(parse("2 * cost + target.concede")))
    ['cost', 'target.concede']
    """
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))


def measured(node: Node) -> tuple[Measured, ...]:
    """Give every ``outcome[strategy; ...]`` below a node, each once, from left to right."""
    found = (placeless(part) for part in walk(node) if isinstance(part, Measured))
    return tuple(dict.fromkeys(part for part in found if isinstance(part, Measured)))


def reached(node: Node) -> tuple[Reached, ...]:
    """Give every ``reach(target, ...)`` below a node, each once, from left to right."""
    found = (placeless(part) for part in walk(node) if isinstance(part, Reached))
    return tuple(dict.fromkeys(part for part in found if isinstance(part, Reached)))


def dates(node: Node) -> tuple[Node, ...]:
    """Give what ``time`` is compared with, each once: the values at which the node may change over time."""
    found: list[Node] = []
    for part in walk(node):
        if isinstance(part, Compare):
            if isinstance(part.left, Name) and part.left.name == "time":
                found.append(part.right)
            elif isinstance(part.right, Name) and part.right.name == "time":
                found.append(part.left)
    return tuple(dict.fromkeys(placeless(part) for part in found))


def expand(prefix: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give the names that a name, or its first parts, stand for.

    Examples
    --------
    >>> expand("players.us", ["cost", "players.us.pace", "players.usa.pace"])
    ('players.us.pace',)
    """
    return tuple(name for name in known if name == prefix or name.startswith(prefix + "."))


def substitute(node: Node, mapping: Mapping[str, Node]) -> Node:
    """Put nodes in the place of names.

    What is put in place is not looked through again, so names may be swapped.
    """
    if isinstance(node, Name):
        return mapping.get(node.name, node)
    return rebuild(node, tuple(substitute(child, mapping) for child in children(node)))


def rebuild(node: Node, below: tuple[Node, ...]) -> Node:
    """Copy a node with other children, in the order of `children`."""
    match node:
        case Constant() | Name() | Level():
            return node
        case Negate() | Not():
            return replace(node, of=below[0])
        case Choose():
            return replace(node, then=below[0], test=below[1], otherwise=below[2])
        case Call(_, arguments):
            return replace(node, arguments=below + arguments[len(below) :])
        case Measured() | Reached():
            values = iter(below)
            changes = tuple(
                replace(c, value=next(values)) if c.value is not None and c.kind != "player" else c
                for c in node.changes
            )
            return replace(node, changes=changes)
        case Arithmetic() | Compare() | Logic():
            return replace(node, left=below[0], right=below[1])


def placeless(node: Node) -> Node:
    """Copy a node without positions, so that what reads the same is the same."""
    bare = replace(rebuild(node, tuple(placeless(child) for child in children(node))), at=0)
    match bare:
        case Call(_, arguments):
            return replace(bare, arguments=tuple(replace(argument, at=0) for argument in arguments))
        case Measured(changes=changes) | Reached(changes=changes):
            bare = replace(bare, changes=tuple(map(_without_place, changes)))
    if isinstance(bare, Reached):
        return replace(bare, kept=tuple(replace(each, at=0, level_at=0) for each in bare.kept))
    return bare


def _without_place(change: Change) -> Change:
    return replace(change, at=0, value=None if change.value is None else replace(change.value, at=0))
