"""The states of a small model as a table, as conflict analysts print them."""

from __future__ import annotations

from offramp.interop.gmcr.parts import Gmcr
from offramp.interop.gmcr.states import ranks
from offramp.shapes import Ints

__all__ = ["state_table"]

_MOST_STATES = 24
_MOST_NAME = 30


def state_table(model: Gmcr, states: Ints) -> list[str]:
    """Return the lines of a table of states, and each ranking of them; none where there are too many.

    Parameters
    ----------
    model
    states
        The feasible states, ascending; they are numbered from 1.
    """
    if len(states) > _MOST_STATES:
        return []
    wide = [_short(dm.name) for dm in model.makers]
    margin = max(map(len, wide))
    named = max(len(_short(option.name)) for option in model.options)
    lines = [" " * (margin + 2 + named) + "".join(f"{n:>4}" for n in range(1, len(states) + 1))]
    for maker, dm in zip(wide, model.makers, strict=True):
        for row, k in enumerate(dm.options):
            cells = "".join("   Y" if state >> k & 1 else "   N" for state in states.tolist())
            lines.append(f"{'' if row else maker:<{margin}}  {_short(model.options[k].name):<{named}}{cells}")
    lines.append("")
    lines += [f"{maker:<{margin}}  {_order(ranks(model, n, states))}" for n, maker in enumerate(wide)]
    return lines


def _order(ranked: Ints) -> str:
    levels = [[n + 1 for n in range(len(ranked)) if ranked[n] == rank] for rank in range(int(ranked.max()), -1, -1)]
    return " > ".join(" = ".join(map(str, level)) for level in levels)


def _short(name: str) -> str:
    return name if len(name) <= _MOST_NAME else name[: _MOST_NAME - 3] + "..."
