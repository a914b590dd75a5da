"""The order in which a decision maker ranks the states -> statements or wants of a case.

Whatever the form, every world of the case must rank the states exactly so, ties included. Drawn worths of `prefers`
come closer to one another with each statement; from about 20 on some fall, in some worlds, below what the stability
lens can tell apart (1e-9 of a player's largest payoff). So long lists become wants whose worths keep a fixed
proportion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from offramp.interop.formulas import Literals, any_of, rank_formulas, within
from offramp.interop.gmcr.parts import DecisionMaker, Gmcr, GmcrCondition
from offramp.interop.gmcr.states import holds, ranks
from offramp.interop.yaml_text import flow, folded, scalar
from offramp.shapes import Ints

__all__ = ["Cares", "cares"]

MOST_STATEMENTS = 12
"""Statements of `prefers`: with 12, one world in some 20,000 draws worths too close to be told apart."""

MOST_STEPS = 12
"""Levels of a ranking of which each becomes a want of its own."""

MOST_STEPPED = 4096
"""States over which these are written out."""

MOST_RANKED = 20_000
"""States of a ranking; each takes some 50 characters, and a case file has at most 1 MB."""

LARGEST = 1e8
"""Total of fixed proportions: one part in it is still told apart."""

MOST_CHARACTERS = 9_000
"""Of one expression; the language takes 10,000."""

MOST_WIDE = 150
"""Characters of a want on one line."""

_ORDER = "only the order is given"


@dataclass(frozen=True, slots=True)
class Cares:
    """What a player cares about, as lines of a case."""

    lines: list[str] = field(default_factory=list)
    """Of the player, from the key `prefers` or `wants` on."""
    unknowns: list[str] = field(default_factory=list)
    """Of the case."""
    note: str = ""
    """What a reader should know of the form."""
    refused: str = ""
    """Why it cannot be written."""


def cares(model: Gmcr, maker: int, id_: str, unknown: str, states: Ints, literals: Literals) -> Cares:
    """Write down the preferences of a decision maker.

    Parameters
    ----------
    model
    maker
        Its position.
    id_
        The player's id.
    unknown
        A name that no other element of the case has.
    states
        The feasible states, ascending.
    literals
    """
    dm = model.makers[maker]
    texts = [_statement(each, states, literals) for each in dm.statements]
    if not model.by_ranking and max(map(len, texts), default=0) <= MOST_CHARACTERS:
        if len(texts) <= MOST_STATEMENTS:
            return Cares(_stated(texts))
        if weights := _weights(dm, states):
            note = f"{id_}: {len(texts)} statements are too many for `prefers`; their weights are fixed instead"
            return Cares(_weighted(texts, weights, unknown), [_step(unknown)], note)
    if len(states) > MOST_RANKED:
        return Cares(refused=f"a ranking of {len(states):,} states does not fit into a case file; the most is "
                             f"{MOST_RANKED:,}")  # fmt: skip
    ranked = ranks(model, maker, states)
    lost = "" if model.by_ranking else f"{id_}: the {len(dm.statements)} statements became a ranking of the states"
    levels = int(ranked.max()) + 1
    if levels == 1:
        return Cares(note=lost)
    if levels <= MOST_STEPS and len(states) <= MOST_STEPPED:
        steps = _steps(states, ranked, literals)
        if max(map(len, steps)) <= MOST_CHARACTERS:
            return Cares(_stepped(steps), note=lost)
    return Cares(_ranked(rank_formulas(states, ranked, literals, MOST_CHARACTERS), unknown), [_step(unknown)], lost)


def _statement(condition: GmcrCondition, states: Ints, literals: Literals) -> str:
    """Write a statement as it stands, or where that would be too long, as what it says of the feasible states."""
    text = any_of(condition.any_of, literals)
    if len(text) <= MOST_CHARACTERS:
        return text
    return within(_together(states[holds(condition, states) == 1]), _together(states), literals)


def _stated(texts: Sequence[str]) -> list[str]:
    listed = [f"  - {flow({'that': scalar(text), 'source': 'gmcr'})}" for text in texts]
    return ["prefers:", *listed] if listed else []


def _weights(dm: DecisionMaker, states: Ints) -> list[int]:
    """Give each statement more than all later ones could make up for; nothing where the total would be too large."""
    found: list[int] = []
    later = np.zeros(len(states), dtype=np.int64)
    for statement in reversed(dm.statements):
        here = holds(statement, states)
        most, least = later[here == 0].max(initial=0), later[here == 1].min(initial=int(later.max()))
        found.append(max(1, 1 + int(most) - int(least)))
        later += found[-1] * here
        if later.max() > LARGEST:
            return []
    return found[::-1]


def _step(unknown: str) -> str:
    return f"{unknown}: " + flow({"range": "[0.1, 1]", "origin": "guess", "why": scalar(_ORDER)})


def _weighted(texts: Sequence[str], weights: Sequence[int], unknown: str) -> list[str]:
    lines = ["wants:"]
    for text, weight in zip(texts, weights, strict=True):
        worth = unknown if weight == 1 else f"{weight} * {unknown}"
        lines += _want({}, text, {"worth": scalar(worth), "source": "gmcr"})
    return lines


def _steps(states: Ints, ranked: Ints, literals: Literals) -> list[str]:
    """Say of each step up the ranking in which states a player is at least so high, the highest first."""
    possible = _together(states)
    return [within(_together(states[ranked >= level]), possible, literals) for level in range(int(ranked.max()), 0, -1)]


def _together(states: Ints) -> int:
    """Return states as one number."""
    bits = np.zeros(int(states.max(initial=0)) + 1, dtype=np.uint8)
    bits[states] = 1
    return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")


def _stepped(texts: Sequence[str]) -> list[str]:
    lines = ["wants:"]
    for n, text in enumerate(texts):
        basis = {"worth": "[0.1, 1]", "origin": "guess", "why": scalar(_ORDER)}
        lines += _want({"id": f"step-{len(texts) - n}"}, text, basis)
    return lines


def _ranked(texts: Sequence[str], unknown: str) -> list[str]:
    lines = ["wants:"]
    for text in texts:
        lines += _want({}, text, {"worth": unknown, "source": "gmcr"})
    return lines


def _want(named: dict[str, str], that: str, basis: dict[str, str]) -> list[str]:
    """Return the lines of a want: on one where it fits."""
    line = f"  - {flow({**named, 'that': scalar(that), **basis})}"
    if len(line) <= MOST_WIDE:
        return [line]
    lines = [f"    {key}: {value}" for key, value in named.items()] + folded("that", that, 4)
    lines += [f"    {key}: {value}" for key, value in basis.items()]
    return [f"  - {lines[0].strip()}", *lines[1:]]
