"""Text to tokens, with advice for what other languages write differently."""

from __future__ import annotations

import re
from dataclasses import dataclass

from offramp.expressions.faults import ExpressionError

__all__ = ["KEYWORDS", "MAX_LENGTH", "RESERVED", "Token", "is_name", "tokens_of"]

MAX_LENGTH = 10_000
"""Characters an expression may have."""

KEYWORDS = frozenset({"and", "or", "not", "if", "else", "true", "false"})

RESERVED = KEYWORDS | {"time", "delay"}
"""Words that a case may not use as a name of its own."""

_SEGMENT = r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*"
_FIRST = r"[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*"

_NAME = re.compile(rf"{_FIRST}(?:\.{_SEGMENT})*")
_PLAIN = re.compile(_FIRST)

_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>{_FIRST}(?:\.{_SEGMENT})*)
  | (?P<foreign>\*\*|//|&&|\|\||<>|=>|=<|===|:=|!(?!=)|[&|^%'"`?@\#$~\\{{}}.])
  | (?P<mark>==|!=|<=|>=|[-+*/()<>=\[\];:,])
    """,
    re.VERBOSE,
)

_FOREIGN = {
    "**": "There is no power: write x * x",
    "^": "There is no power: write x * x",
    "//": "Write / to divide",
    "&&": "Write and",
    "&": "Write and",
    "||": "Write or",
    "|": "Write or",
    "!": "Write not",
    "~": "Write not",
    "<>": "Write !=",
    "=>": "Write >=",
    "=<": "Write <=",
    "===": "Write ==",
    ":=": "Write ==",
    "%": "Write a share as a number from 0 to 1: 10 % is 0.1",
    ".": "A dot stands between the parts of a name, without spaces: player.option",
    "\u2212": "Write the minus as -, with a space on both sides",
    "\u2013": "Write the minus as -, with a space on both sides",
    "\u2014": "Write the minus as -, with a space on both sides",
    "\u2010": "Write the hyphen as -",
    "\u2011": "Write the hyphen as -",
    "\u2264": "Write <=",
    "\u2265": "Write >=",
    "\u2260": "Write !=",
    "\u00d7": "Write *",
    "\u00b7": "Write *",
    "\u22c5": "Write *",
    "\u00f7": "Write /",
    "\u00ac": "Write not",
    "\u2227": "Write and",
    "\u2228": "Write or",
}
_QUOTES = "'\"`\u2018\u2019\u201c\u201d\u00ab\u00bb"
_HOW_NAMES_LOOK = "A name is made of the letters a to z, digits, _ and hyphens, with dots between its parts"


@dataclass(frozen=True, slots=True)
class Token:
    """A number, name, keyword, mark or the end."""

    kind: str
    text: str
    at: int
    loose: bool = True
    """A space, or the end of the text, stands on both sides."""

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else f"'{_short(self.text)}'"


def is_name(text: str, *, dots: bool = False) -> bool:
    """Can this be written as a name in an expression?

    Parameters
    ----------
    text : str
        What a case wants to use as an id or as the name of a level.
    dots : bool
        Whether it may have several parts, as in ``target.concede``.

    Examples
    --------
    >>> is_name("always-punish"), is_name("2009-plan"), is_name("not")
    (True, False, False)
    """
    pattern = _NAME if dots else _PLAIN
    return len(text) <= MAX_LENGTH and bool(pattern.fullmatch(text)) and text.lower() not in KEYWORDS


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens; the last is of kind ``end``."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"The expression has {len(text)} characters; at most {MAX_LENGTH} are read",
            "Split it up",
            MAX_LENGTH,
            code="too-long",
        )
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup == "foreign":
            raise _foreign(match.group() if match else text[position], position)
        position, start = match.end(), position
        kind, piece = str(match.lastgroup), match.group()
        if kind == "space":
            continue
        if kind == "number" and position < len(text) and (text[position].isalpha() or text[position] == "_"):
            rest = _NAME.match(text, position)
            whole = piece + (rest.group() if rest else text[position])
            raise ExpressionError(
                f"'{_short(whole)}' is neither a number nor a name",
                "A name begins with a letter; to multiply, write *",
                start,
                code="syntax",
            )
        if kind == "name" and piece.lower() in KEYWORDS:
            if piece not in KEYWORDS:
                raise ExpressionError(
                    f"'{piece}' is not a word of the language", f"Write {piece.lower()}", start, code="syntax"
                )
            kind = piece
        before = start == 0 or text[start - 1].isspace()
        after = position == len(text) or text[position].isspace()
        found.append(Token(piece if kind == "mark" else kind, piece, start, before and after))
    found.append(Token("end", "", len(text)))
    return found


def _foreign(piece: str, at: int) -> ExpressionError:
    if piece in _QUOTES:
        return ExpressionError(
            "Quotes have no place here",
            "Names of levels are written bare: player.option == level",
            at,
            code="syntax",
        )
    hint = _FOREIGN.get(piece, _HOW_NAMES_LOOK)
    shown = piece if piece.isprintable() else f"U+{ord(piece[0]):04X}"
    return ExpressionError(f"'{shown}' is not part of the language", hint, at, code="syntax")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
