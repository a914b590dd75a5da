"""Tokens to a tree: recursive descent over binding powers, limited in depth, never ``eval``."""

from __future__ import annotations

from difflib import get_close_matches
from math import isfinite

from offramp.expressions.brackets import REACH, Brackets
from offramp.expressions.faults import ExpressionError
from offramp.expressions.lexer import Token, tokens_of
from offramp.expressions.syntax import (
    Arithmetic,
    Call,
    Choose,
    Compare,
    Constant,
    Logic,
    Measured,
    Name,
    Negate,
    Node,
    Not,
)
from offramp.expressions.trees import NAMING, children

__all__ = ["FUNCTIONS", "MAX_DEPTH", "parse"]

MAX_DEPTH = 100
"""How deep brackets, and operations upon operations, may go."""

FUNCTIONS = {"min": (2, None), "max": (2, None), "abs": (1, 1), "clip": (3, 3)}
"""Least and largest number of arguments."""

_ENSEMBLE: dict[str, tuple[int, int | None]] = {
    "share": (1, 1),
    "mean": (1, 1),
    "variance": (2, None),
    "effect": (2, 2),
    "highest": (2, None),
    "lowest": (2, None),
}
_USAGE = {
    "min": "min(a, b)",
    "max": "max(a, b)",
    "abs": "abs(x)",
    "clip": "clip(x, low, high)",
    "share": "share(test)",
    "mean": "mean(x)",
    "variance": "variance(outcome[strategy], name)",
    "effect": "effect(outcome[strategy], name)",
    "highest": "highest(outcome[strategy], name, name)",
    "lowest": "lowest(outcome[strategy], name, name)",
}

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_BINDS = {
    "if": 0,
    "or": 1,
    "and": 2,
    **dict.fromkeys(_COMPARISONS, 4),
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
}
_NOT, _COMPARE, _SUM, _MINUS = 3, 4, 5, 7


def parse(text: str, *, claim: bool = False, reach: bool = False) -> Node:
    """Read an expression.

    Parameters
    ----------
    text : str
        The expression.
    claim : bool
        Whether ``outcome[strategy; change, ...]`` and the functions ``share``, ``mean``, ``variance`` and
        ``effect`` may be used.
    reach : bool
        Whether ``reach(target, lever == level, ...; change, ...)`` may be used.

    Raises
    ------
    ExpressionError
        The text is not an expression; the first fault, with its position and what to write instead.

    Examples
    --------
    >>> parse("2 * cost")
    Arithmetic(op='*', left=Constant(value=2.0, at=0), right=Name(name='cost', at=4), at=2)
    """
    return _Parser(tokens_of(text), claim=claim, reach=reach).whole()


class _Parser(Brackets):
    def __init__(self, tokens: list[Token], *, claim: bool, reach: bool) -> None:
        super().__init__(tokens)
        self.claim, self.reach = claim, reach
        self.depth = 0

    def whole(self) -> Node:
        if self.here.kind == "end":
            raise ExpressionError(
                "The expression is empty", "Write one, such as a > b, or drop the key", 0, code="syntax"
            )
        node = self.expression(0)
        if self.here.kind != "end":
            raise self.unexpected()
        self.check_depth(node)
        return node

    def sum(self) -> Node:
        return self.expression(_SUM)

    def expression(self, power: int) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _too_deep(self.here.at)
        left = self.prefix(power)
        while (token := self.here).kind in _BINDS and (binds := _BINDS[token.kind]) >= power:
            if token.kind == "-" and not token.loose:
                raise self.tight_minus(token)
            self.next()
            if token.kind == "if":
                left = self.choose(left, token)
                break
            right = self.expression(binds + 1)
            if token.kind in _COMPARISONS:
                if self.here.kind in _COMPARISONS:
                    raise ExpressionError(
                        "Comparisons cannot be chained", "Write a < b and b < c", self.here.at, code="syntax"
                    )
                left = Compare(token.kind, left, right, token.at)
            elif token.kind in ("and", "or"):
                left = Logic(token.kind, left, right, token.at)
            else:
                left = Arithmetic(token.kind, left, right, token.at)
        self.depth -= 1
        return left

    def choose(self, then: Node, token: Token) -> Node:
        test = self.expression(1)
        if self.here.kind != "else":
            raise ExpressionError(
                "An if needs an else", "Write x if test else y", min(token.at, self.here.at), code="syntax"
            )
        self.next()
        return Choose(test, then, self.expression(0), token.at)

    def prefix(self, power: int) -> Node:
        start, token = self.index, self.next()
        match token.kind:
            case "number":
                return _number(token)
            case "true" | "false":
                return Constant(token.kind == "true", token.at)
            case "name":
                if self.here.kind == "(":
                    return self.call(token)
                if self.here.kind == "[":
                    if not self.claim:
                        raise ExpressionError(
                            "Square brackets stand only in the test of a claim",
                            f"Here, write {REACH}"
                            if self.reach
                            else "There, outcome[strategy] is an outcome under a strategy",
                            self.here.at,
                            code="syntax",
                        )
                    return self.measured(token)
                return Name(token.text, token.at)
            case "(":
                inner = self.expression(0)
                self.close(token, ")")
                return inner
            case "-":
                if self.here.kind == "number":
                    return Constant(-_number(self.next()).value, token.at)
                return Negate(self.expression(_MINUS), token.at)
            case "not":
                if power > _NOT:
                    raise ExpressionError("'not' needs brackets here", "Write (not x)", token.at, code="syntax")
                return Not(self.expression(_NOT), token.at)
        self.index = start
        raise self.unexpected()

    def call(self, name: Token) -> Node:
        if self.reach and name.text == "reach":
            return self.reached(name)
        known = {**FUNCTIONS, **_ENSEMBLE} if self.claim else FUNCTIONS
        if self.reach:
            known = {**known, "reach": (1, None)}
        if name.text not in known:
            raise _no_function(name, known)
        opening = self.next()
        arguments: list[Node] = []
        while self.here.kind != ")" or arguments:
            arguments.append(self.expression(0))
            if self.here.kind != ",":
                break
            self.next()
        self.close(opening, ")")
        least, most = known[name.text]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise ExpressionError(
                f"{name.text} does not take {len(arguments)} value{'' if len(arguments) == 1 else 's'}",
                f"Write {_USAGE[name.text]}",
                name.at,
                code="syntax",
            )
        if name.text in NAMING:
            if not isinstance(arguments[0], Measured):
                raise ExpressionError(
                    f"The first value of {name.text} is an outcome under a strategy",
                    f"Write {_USAGE[name.text]}",
                    arguments[0].at,
                    code="syntax",
                )
            for argument in arguments[1:]:
                if not isinstance(argument, Name):
                    raise ExpressionError(
                        f"After the outcome, {name.text} takes names only",
                        f"Write {_USAGE[name.text]}",
                        argument.at,
                        code="syntax",
                    )
        return Call(name.text, tuple(arguments), name.at)

    def check_depth(self, node: Node) -> None:
        layer = [node]
        for _ in range(MAX_DEPTH):
            layer = [child for parent in layer for child in children(parent)]
            if not layer:
                return
        raise _too_deep(layer[0].at)


def _number(token: Token) -> Constant:
    value = float(token.text)
    if not isfinite(value):
        raise ExpressionError(f"The number {token} is too large", "Write a smaller one", token.at, code="syntax")
    return Constant(value, token.at)


def _too_deep(at: int) -> ExpressionError:
    return ExpressionError(
        f"The expression goes more than {MAX_DEPTH} operations deep", "Split it up", at, code="too-deep"
    )


def _no_function(name: Token, known: dict[str, tuple[int, int | None]]) -> ExpressionError:
    if name.text in _ENSEMBLE:
        hint = f"{name.text} stands only in the test of a claim"
    elif name.text == "reach":
        hint = "reach stands only under `reach:` of a claim"
    elif name.text == "without":
        hint = "In a claim, it stands inside the brackets: outcome[strategy; without(mechanism)]"
    else:
        near = get_close_matches(name.text[:60], known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}; to multiply, write *"
    return ExpressionError(f"There is no function {name} here", hint, name.at, code="unknown-name")
