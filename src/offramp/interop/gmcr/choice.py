"""Which preferences of a model count: rankings, or prioritised statements."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.interop.gmcr.fields import Fields
from offramp.interop.gmcr.json_nodes import JsonNode, kind_of
from offramp.interop.gmcr.keys import MANUAL, either, under

__all__ = ["Ranking", "count_rankings"]

Ranking = tuple[str, JsonNode] | None
"""A decision maker's ranking, with the key that it stands under."""

_CHOOSE = "true takes the rankings, false the prioritised statements"


def count_rankings(fields: Fields, root: JsonNode, makers: Sequence[JsonNode], rankings: Sequence[Ranking]) -> bool:
    """Tell whether rankings count; where the file does not say, the preferences that there are do.

    Parameters
    ----------
    fields
    root
    makers
        The decision makers.
    rankings
        Theirs.
    """
    ranked = any(each is not None and bool(each[1].value) for each in rankings)
    stated = any((found := under(maker, "preferences")) is not None and bool(found.value) for maker in makers)
    given = either(fields, root, MANUAL)
    if given is None:
        if ranked and stated:
            fields.fault(root.at, f"there are rankings and statements, and no `{MANUAL[0]}` to choose",
                         f"set it: {_CHOOSE}")  # fmt: skip
        return ranked
    key, node = given
    if not isinstance(node.value, bool):
        fields.fault(node.at, f"`{key}` must be true or false, not {kind_of(node)}", _CHOOSE)
    elif not node.value and not stated and any(map(_prefers, rankings)):
        fields.fault(node.at, f"`{key}` is false, and there are rankings but no prioritised statements",
                     "set it to true, so that the rankings count; else all states would be ranked alike")  # fmt: skip
    return node.value is True


def _prefers(ranking: Ranking) -> bool:
    """Tell whether a ranking ranks anything above another; GMCR+ writes one of ties where nothing is stated."""
    return ranking is not None and isinstance(ranking[1].value, list) and len(ranking[1].value) > 1
