"""The one error of this package."""

from __future__ import annotations

from offramp.errors import OfframpError

__all__ = ["ExpressionError"]


class ExpressionError(OfframpError):
    """One fault of an expression.

    Attributes
    ----------
    at : int
        The character at fault, counted from 0.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "", at: int = 0, *, code: str = "expression") -> None:
        super().__init__(message, code=code, hint=hint)
        self.at = at
