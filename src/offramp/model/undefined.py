"""Yes/no expressions over options that divide by zero in some configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod

import numpy as np

from offramp.errors import Path
from offramp.expressions import Arithmetic, Node, Rungs, names, truth, walk
from offramp.expressions.doubt import doubtful
from offramp.model.draft import Draft
from offramp.model.parts import Case, Option
from offramp.shapes import Bools

__all__ = ["check_defined"]

_MOST = 1 << 18
"""Configurations of the options that count; where there are more, nothing is said."""


def check_defined(draft: Draft, case: Case) -> None:
    """Fault expressions in which a yes or no turns on a number that is not finite where that is possible.

    Only those over options alone, or over nothing: for the others it depends on the world.
    """
    options = {f"{player.id}.{option.id}": option for player in case.players.values() for option in player.options}
    for path, node in _stated(case):
        if _divides(node) and names(node) <= options.keys():
            _check(draft, path, node, case.impossible, options)


def _stated(case: Case) -> Iterator[tuple[Path, Node]]:
    for n, node in enumerate(case.impossible):
        yield ("impossible", n), node
    for player in case.players.values():
        for n, node in enumerate(player.unseen):
            yield ("unseen", player.id, n), node
        for faction in player.factions:
            for want in faction.wants:
                yield (*want.path, "that"), want.that
    for outcome in case.outcomes.values():
        stated = {"of": outcome.of, "unless": outcome.unless}
        yield from (((*outcome.path, key), each) for key, each in stated.items() if each is not None)
    for target in case.targets.values():
        yield (*target.path, "that"), target.that


def _divides(node: Node) -> bool:
    return any(isinstance(part, Arithmetic) and part.op == "/" for part in walk(node))


def _check(draft: Draft, path: Path, node: Node, impossible: Iterable[Node], options: dict[str, Option]) -> None:
    over_options = [each for each in impossible if names(each) <= options.keys()]
    used = sorted(names(node).union(*map(names, over_options)))
    sizes = [len(options[name].levels) for name in used]
    if (count := prod(sizes)) > _MOST:
        return
    rungs = np.indices(sizes).reshape(len(sizes), count)
    env = {name: Rungs(rungs[k], sizes[k] - 1) for k, name in enumerate(used)}
    possible: Bools = np.ones(count, dtype=np.bool_)
    for each in over_options:
        possible &= ~truth(each, env) | doubtful(each, env)
    found = np.flatnonzero(possible & doubtful(node, env))
    if len(found):
        where = [f"{name} == {options[name].levels[rungs[k, found[0]]]}" for k, name in enumerate(used)
                 if name in names(node)]  # fmt: skip
        said = f"a number in it is not finite{' where ' if where else ''}{' and '.join(where)}"
        draft.fault(path, said, "look for a division by 0; `x / y > 1 if y else false` asks only where y is not 0",
                    code="non-finite")  # fmt: skip
