"""Rankings of the feasible states, and what may be wrong with one."""

from __future__ import annotations

from collections.abc import Iterable

from offramp.interop.gmcr.fields import Fields
from offramp.interop.gmcr.json_nodes import JsonNode

__all__ = ["read_ranking"]

_HINT = "list the numbers of all feasible states, the most preferred first, states that tie in an inner list"
_MOST_NAMED = 10


def read_ranking(fields: Fields, node: JsonNode, name: str, states: int) -> tuple[tuple[int, ...], ...]:
    """Read a ranking, and note where it is none of all feasible states.

    Parameters
    ----------
    fields
    node
        The list.
    name
        Of the decision maker, for messages.
    states
        How many feasible states there are.

    Returns
    -------
    tuple
        Most preferred first; states that tie stand together.
    """
    ranking, first = [], dict[int, int]()
    whole = True
    for item in fields.list_in(node, f"the ranking of {name}", _HINT):
        tied = item.value if isinstance(item.value, list) else [item]
        if not tied:
            fields.fault(item.at, "a tie without states", "remove it, or name the states that tie")
        level = []
        for each in tied:
            number = fields.number(each, "feasible state", states, first=1)
            if number is None:
                whole = False
            elif number in first:
                place = fields.source.place(first[number])
                hint = f"keep one of the two; the first is at line {place.line}, column {place.column}"
                fields.fault(each.at, f"the ranking of {name} names state {number} twice", hint)
            else:
                first[number] = each.at
                level.append(number)
        ranking.append(tuple(level))
    missed = [number for number in range(1, states + 1) if number not in first]
    if missed and whole and isinstance(node.value, list):
        fields.fault(node.at, f"the ranking of {name} misses {_states(missed)} of {states}", _HINT)
    return tuple(ranking)


def _states(numbers: Iterable[int]) -> str:
    listed = list(numbers)
    shown = ", ".join(map(str, listed[:_MOST_NAMED]))
    more = f" and {len(listed) - _MOST_NAMED} more" if len(listed) > _MOST_NAMED else ""
    return f"{'state' if len(listed) == 1 else 'states'} {shown}{more}"
