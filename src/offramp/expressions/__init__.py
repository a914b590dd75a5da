"""The expression language: parse, check, evaluate on arrays. Never ``eval``.

Reading an expression loads no numpy; it comes with the first use of what evaluates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from offramp.expressions.faults import ExpressionError
from offramp.expressions.lexer import RESERVED, is_name
from offramp.expressions.parser import parse
from offramp.expressions.ranges import Interval, bounds, constant
from offramp.expressions.resolution import is_truth, resolve
from offramp.expressions.scope import ANYWHERE, Clock, Kind, Levelled, Number, Scope, Symbol
from offramp.expressions.syntax import (
    Arithmetic,
    Call,
    Change,
    Choose,
    Compare,
    Constant,
    Kept,
    Level,
    Logic,
    Measured,
    Name,
    Negate,
    Node,
    Not,
    Reached,
)
from offramp.expressions.text import text_of
from offramp.expressions.trees import dates, expand, measured, names, placeless, reached, substitute, walk

if TYPE_CHECKING:
    from offramp.expressions.evaluation import Environment, Rungs, evaluate, settle, truth
    from offramp.expressions.partial import Open

__all__ = [
    "ANYWHERE",
    "RESERVED",
    "Arithmetic",
    "Call",
    "Change",
    "Choose",
    "Clock",
    "Compare",
    "Constant",
    "Environment",
    "ExpressionError",
    "Interval",
    "Kept",
    "Kind",
    "Level",
    "Levelled",
    "Logic",
    "Measured",
    "Name",
    "Negate",
    "Node",
    "Not",
    "Number",
    "Open",
    "Reached",
    "Rungs",
    "Scope",
    "Symbol",
    "bounds",
    "constant",
    "dates",
    "evaluate",
    "expand",
    "is_name",
    "is_truth",
    "measured",
    "names",
    "parse",
    "placeless",
    "reached",
    "resolve",
    "settle",
    "substitute",
    "text_of",
    "truth",
    "walk",
]

_LATE = frozenset({"Environment", "Open", "Rungs", "evaluate", "settle", "truth"})


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from offramp.expressions import evaluation, partial

    found = globals()[name] = getattr(partial if name == "Open" else evaluation, name)
    return found
