"""The keys of a .gmcr file: which there are, what they were called before, and what is none of them."""

from __future__ import annotations

from difflib import get_close_matches

from offramp.interop.gmcr.fields import Fields
from offramp.interop.gmcr.json_nodes import JsonNode
from offramp.interop.source_text import shorten

__all__ = ["MANUAL", "RANKING", "check_keys", "either", "under"]

MANUAL = ("useManualPreferenceRanking", "useManualPreferenceVectors")
"""Whether rankings count: the key, and its older name."""
RANKING = ("preferenceRanking", "preferenceVector")

_KNOWN = {
    "a model": ("options", "decisionMakers", "infeasibles", "coalitions", *MANUAL),
    "an option": ("name", "permittedDirection"),
    "a decision maker": ("name", "options", "preferences", "misperceptions", *RANKING),
    "a condition": ("compound", "members"),
}
_UNREAD = {"a model": ("coalitionsFull", "program", "version"), "a decision maker": ("payoffs",)}
"""What GMCR+ writes, and nothing here turns on."""

_ALIKE = 0.75
_LONGEST = 80


def check_keys(fields: Fields, node: JsonNode, what: str) -> None:
    """Fault keys that seem misspelt, and take down others that are not known.

    Parameters
    ----------
    fields
    node
    what
        The kind of object, as in ``a decision maker``.
    """
    if not isinstance(node.value, dict):
        return
    for key, found in node.value.items():
        if key in _KNOWN[what] or key in _UNREAD.get(what, ()):
            continue
        if meant := _meant(key, _KNOWN[what]):
            fields.missed.add((node.at, meant))
            fields.fault(found.at, f"the key `{shorten(key)}` is not known in {what}", f"did you mean `{meant}`?")
        else:
            fields.ignored[shorten(key)] = None


def _meant(key: str, known: tuple[str, ...]) -> str:
    """Return the key most like one; nothing where none is like it."""
    alike = {each.lower(): each for each in known}
    found = get_close_matches(key.lower(), alike, n=1, cutoff=_ALIKE) if len(key) <= _LONGEST else []
    return alike[found[0]] if found else ""


def under(node: JsonNode, key: str) -> JsonNode | None:
    """Return what stands under a key of an object."""
    return node.value.get(key) if isinstance(node.value, dict) else None


def either(fields: Fields, node: JsonNode, keys: tuple[str, str]) -> tuple[str, JsonNode] | None:
    """Return what stands under a key or its older name, with the one that is there; fault two that differ."""
    there = [(key, found) for key in keys if (found := under(node, key)) is not None]
    if len(there) == 2 and not _same(there[0][1], there[1][1]):
        new, old = keys
        fields.fault(there[1][1].at, f"`{old}` and `{new}` differ", f"keep one of them; `{old}` is the older name")
    return there[0] if there else None


def _same(one: JsonNode, other: JsonNode) -> bool:
    """Tell whether two values are alike, wherever they stand."""
    match one.value, other.value:
        case dict() as a, dict() as b:
            return a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
        case list() as a, list() as b:
            return len(a) == len(b) and all(map(_same, a, b))
        case a, b:
            return type(a) is type(b) and a == b
