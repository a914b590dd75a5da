"""What stands in the brackets of an outcome or of ``reach`` in a claim, and the cursor the parser is built on."""

from __future__ import annotations

from offramp.expressions.faults import ExpressionError
from offramp.expressions.lexer import Token
from offramp.expressions.syntax import Change, Kept, Measured, Name, Node, Reached

__all__ = ["REACH", "Brackets"]

REACH = "reach(target, lever == level; change)"
_CHANGES = "A change is name = value, without(mechanism), player: strategy or delay = n"
_ENDS = frozenset({"name", "number", "true", "false", ")", "]"})
_BEGINS = frozenset({"name", "number", "true", "false", "(", "not"})


class Brackets:
    """A cursor over tokens that can read ``[strategy; change, ...]`` and ``(target, lever == level; change, ...)``."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0

    @property
    def here(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.index]

    def next(self) -> Token:
        """Take the token that comes next; the end can be taken again and again."""
        token = self.tokens[self.index]
        if token.kind != "end":
            self.index += 1
        return token

    def sum(self) -> Node:
        """Read a value that is no comparison."""
        raise NotImplementedError

    def measured(self, outcome: Token) -> Measured:
        """Read the brackets after the name of an outcome."""
        opening = self.next()
        strategy = self.name("The brackets begin with a strategy", "Write outcome[strategy]")
        changes: list[Change] = []
        if self.here.kind == ",":
            raise ExpressionError(
                "After the strategy comes a semicolon",
                "Write outcome[strategy; change, change]",
                self.here.at,
                code="syntax",
            )
        while self.here.kind == (";" if not changes else ","):
            self.next()
            changes.extend(self.change())
        self.close(opening, "]")
        return Measured(outcome.text, strategy.text, tuple(changes), outcome.at)

    def reached(self, function: Token) -> Reached:
        """Read the brackets after ``reach``."""
        opening = self.next()
        target = self.name("reach begins with a target", f"Write {REACH}")
        kept: list[Kept] = []
        while self.here.kind == ",":
            self.next()
            kept.append(self.kept())
        changes: list[Change] = []
        while self.here.kind == (";" if not changes else ","):
            self.next()
            changes.extend(self.change())
        self.close(opening, ")")
        return Reached(target.text, tuple(kept), tuple(changes), function.at)

    def kept(self) -> Kept:
        """Read one condition on packages."""
        lever = self.name("A condition is missing", f"Write {REACH}")
        if self.here.kind == "=":
            raise ExpressionError(
                "A lever is compared with a level; what is set stands after a semicolon",
                f"Write {lever.text} == level, or reach(target; {lever.text} = value)",
                self.here.at,
                code="syntax",
            )
        if self.here.kind not in ("==", "!="):
            raise ExpressionError(
                f"A condition compares a lever with a level, by == or !=, and {lever} does not",
                f"Write {lever.text} == level; changes stand after a semicolon",
                self.here.at,
                code="syntax",
            )
        op = self.next()
        level = self.name("A level is missing", f"Write {lever.text} {op.text} level")
        return Kept(lever.text, op.text, level.text, lever.at, level.at)

    def change(self) -> list[Change]:
        """Read one change; ``without`` may name several mechanisms."""
        name = self.name("A change is missing", _CHANGES)
        match self.here.kind:
            case "=":
                self.next()
                kind = "delay" if name.text == "delay" else "set"
                return [Change(kind, name.text, self.sum(), name.at)]
            case ":":
                self.next()
                strategy = self.name("A strategy is missing", "Write player: strategy")
                return [Change("player", name.text, Name(strategy.text, strategy.at), name.at)]
            case "(" if name.text == "without":
                return self.without()
            case "==":
                raise ExpressionError(
                    "Inside the brackets something is set, not compared",
                    "Write a single =",
                    self.here.at,
                    code="syntax",
                )
        raise ExpressionError(f"{name} is not a change", _CHANGES, name.at, code="syntax")

    def without(self) -> list[Change]:
        """Read the mechanisms to switch off."""
        opening = self.next()
        found: list[Change] = []
        while not found or self.here.kind == ",":
            if found:
                self.next()
            token = self.name("A mechanism is missing", "Write without(mechanism)")
            found.append(Change("without", token.text, None, token.at))
        self.close(opening, ")")
        return found

    def name(self, message: str, hint: str) -> Token:
        """Take a name or say what is missing."""
        if self.here.kind != "name":
            raise ExpressionError(message, hint, self.here.at, code="syntax")
        return self.next()

    def close(self, opening: Token, mark: str) -> None:
        """Take the closing bracket."""
        if self.here.kind == "end":
            raise ExpressionError(f"The bracket {opening} is never closed", f"Add {mark}", opening.at, code="syntax")
        if self.here.kind != mark:
            raise self.unexpected(mark)
        self.next()

    def unexpected(self, wanted: str = "") -> ExpressionError:
        """Say what is wrong with the token that comes next."""
        token = self.here
        before = self.tokens[self.index - 1] if self.index else Token("start", "", 0)
        message, hint = f"Unexpected {token}", f"Expected {wanted}" if wanted else ""
        if token.kind == "end":
            message, hint = "The expression breaks off", f"Something is missing after {before}"
        elif token.kind == "=":
            message, hint = "A single = compares nothing", "Write =="
        elif token.kind in ("[", "]", ";", ":"):
            hint = "Outside the brackets of an outcome in a claim it means nothing"
        elif token.kind == "if":
            hint = "Write x if test else y"
        elif token.kind == "+":
            hint = "Leave the + out"
        elif token.text in ("is", "in", "then"):
            hint = {"is": "Write ==", "in": "Write a == x or a == y", "then": "Write x if test else y"}[token.text]
        elif token.kind in _BEGINS and before.kind in _ENDS:
            hint = "An operator is missing before it; a name has no spaces"
        elif token.kind == ")":
            hint = "It closes no bracket" if before.kind in _ENDS else f"Something is missing after {before}"
        elif token.kind == ",":
            hint = "A comma stands only between the values of a function"
        elif before.kind not in _ENDS and not hint:
            hint = f"A value is missing after {before}" if before.kind != "start" else "Begin with a value"
        return ExpressionError(message, hint, token.at, code="syntax")

    def tight_minus(self, token: Token) -> ExpressionError:
        """Say that minus needs spaces."""
        before, after = self.tokens[self.index - 1], self.tokens[self.index + 1]
        shown = f"{before.text} - {after.text}" if len(before.text + after.text) < 60 and after.text else "a - b"
        return ExpressionError("Minus needs a space on both sides", f"Write {shown}", token.at, code="syntax")
