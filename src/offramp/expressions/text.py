"""A tree back to text, with no more brackets than are needed."""

from __future__ import annotations

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

__all__ = ["text_of"]

_CHOOSE, _NOT, _COMPARE, _NEGATE, _WHOLE = 0, 3, 4, 7, 8
_BINDS = {"or": 1, "and": 2, "+": 5, "-": 5, "*": 6, "/": 6}


def text_of(node: Node) -> str:
    """Write a node as text that `parse` reads back as the same node, positions apart.

    Examples
    --------
    >>> from offramp.expressions import parse
    >>> text_of(parse("((a+b)) * (c)  if not (us.pressure>=none) else .50"))
    '(a + b) * c if not us.pressure >= none else 0.5'
    """
    return _text(node, _CHOOSE)


def _text(node: Node, needed: int) -> str:
    text, binds = _written(node)
    return text if binds >= needed else f"({text})"


def _written(node: Node) -> tuple[str, int]:
    match node:
        case Constant(value):
            return _number(value), _NEGATE if value < 0 else _WHOLE
        case Name(name):
            return name, _WHOLE
        case Level(_, level):
            return level, _WHOLE
        case Negate(of):
            inner = f"({_text(of, _CHOOSE)})" if isinstance(of, Constant) else _text(of, _WHOLE)
            return f"-{inner}", _NEGATE
        case Not(of):
            return f"not {_text(of, _NOT)}", _NOT
        case Arithmetic(op, left, right) | Logic(op, left, right):
            binds = _BINDS[op]
            return f"{_text(left, binds)} {op} {_text(right, binds + 1)}", binds
        case Compare(op, left, right):
            return f"{_text(left, _COMPARE + 1)} {op} {_text(right, _COMPARE + 1)}", _COMPARE
        case Choose(test, then, otherwise):
            return f"{_text(then, 1)} if {_text(test, 1)} else {_text(otherwise, _CHOOSE)}", _CHOOSE
        case Call(function, arguments):
            return f"{function}({', '.join(_text(argument, _CHOOSE) for argument in arguments)})", _WHOLE
        case Measured(outcome, strategy, changes):
            inside = "; ".join([strategy, ", ".join(map(_change, changes))] if changes else [strategy])
            return f"{outcome}[{inside}]", _WHOLE
        case Reached(target, kept, changes):
            among = ", ".join([target, *(f"{each.lever} {each.op} {each.level}" for each in kept)])
            return f"reach({'; '.join([among, ', '.join(map(_change, changes))] if changes else [among])})", _WHOLE


def _change(change: Change) -> str:
    if change.kind == "without" or change.value is None:
        return f"without({change.name})"
    if change.kind == "player":
        return f"{change.name}: {_text(change.value, _CHOOSE)}"
    return f"{change.name} = {_text(change.value, _BINDS['+'])}"


def _number(value: float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(float(value)).removesuffix(".0")
