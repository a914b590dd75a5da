"""Conditions: sets of states, written as options that must be taken or not."""

from __future__ import annotations

from offramp.interop.gmcr.fields import Fields
from offramp.interop.gmcr.json_nodes import JsonNode, kind_of
from offramp.interop.gmcr.keys import check_keys
from offramp.interop.gmcr.parts import Conjunction, GmcrCondition

__all__ = ["read_conditions"]

_MOST = 2_000

_EITHER = 'for either of two write {"compound": true, "members": [...]}'
_HINT = 'write [[0, "Y"], [1, "N"]], or {"compound": true, "members": [...]} for any of several'


def read_conditions(fields: Fields, nodes: list[JsonNode], options: int) -> tuple[GmcrCondition, ...]:
    """Read a list of conditions; of equal ones the first is kept.

    Parameters
    ----------
    fields
    nodes
    options
        How many options there are.
    """
    if len(nodes) > _MOST:
        fields.fault(nodes[_MOST].at, f"the list has {len(nodes):,} conditions; the most is {_MOST:,}",
                     "put those together that differ in one option")  # fmt: skip
        return ()
    found: dict[frozenset[Conjunction], GmcrCondition] = {}
    for node in nodes:
        any_of = _any_of(fields, node, options)
        if any_of:
            found.setdefault(frozenset(any_of), GmcrCondition(any_of, node.at))
    return tuple(found.values())


def _any_of(fields: Fields, node: JsonNode, options: int) -> tuple[Conjunction, ...]:
    if isinstance(node.value, list):
        conjunction = _all_of(fields, node, options)
        return (conjunction,) if conjunction else ()
    if not isinstance(node.value, dict):
        fields.fault(node.at, f"a condition is wanted, not {kind_of(node)}", _HINT)
        return ()
    check_keys(fields, node, "a condition")
    compound = node.value.get("compound")
    if compound is None or compound.value is not True:
        fields.fault(node.at, 'a condition that is an object needs "compound": true', _HINT)
        return ()
    members = fields.list_of(node, "members", _HINT, needed=True)
    if not members and isinstance(node.value.get("members", node).value, list):
        fields.fault(node.at, "a compound condition without members never holds", "name its members, or remove it")
    parts = [each for member in members for each in _any_of(fields, member, options)]
    return tuple(dict.fromkeys(parts))


def _all_of(fields: Fields, node: JsonNode, options: int) -> Conjunction:
    """Read options with Y or N, in ascending order, each pair once."""
    assert isinstance(node.value, list)
    if not node.value:
        fields.fault(node.at, "a condition without options holds everywhere", "name an option in it, or remove it")
    found: dict[tuple[int, bool], None] = {}
    for pair in node.value:
        if not isinstance(pair.value, list) or len(pair.value) != 2:
            fields.fault(pair.at, f"an option and Y or N are wanted, not {kind_of(pair)}", 'write [0, "Y"]')
            continue
        option = fields.number(pair.value[0], "option", options - 1)
        taken = _taken(fields, pair.value[1])
        if option is not None and taken is not None:
            found[option, taken] = None
    for option, taken in found:
        if taken and (option, False) in found:
            fields.fault(node.at, f"the condition wants option {option} both taken and not, and never holds",
                         f"keep one of the two, or remove it; {_EITHER}")  # fmt: skip
    return tuple(sorted(found))


def _taken(fields: Fields, node: JsonNode) -> bool | None:
    if isinstance(node.value, str) and node.value.upper() in ("Y", "N"):
        return node.value.upper() == "Y"
    fields.fault(node.at, f'"Y" or "N" is wanted, not {kind_of(node)}', 'write "Y" for taken, "N" for not')
    return None
