"""Why a name may not stand somewhere."""

from __future__ import annotations

from offramp.expressions.advice import listed, nearest, short, split_at_minus
from offramp.expressions.faults import ExpressionError
from offramp.expressions.scope import Levelled, Scope
from offramp.expressions.syntax import Name

__all__ = ["no_level", "refusal"]


def refusal(name: Name, scope: Scope) -> ExpressionError | None:
    """Say why a name may not stand in the place of a scope as a value; None where it may."""
    word, symbol = name.name, scope.symbols.get(name.name)
    only = f"Only {scope.allowed_kinds()} may stand {scope.place}"
    if symbol is not None:
        if symbol.kind in scope.allowed:
            return None
        if symbol.kind == "time":
            message = f"time cannot stand {scope.place}"
        else:
            message = f"{word} is {'an' if symbol.kind[0] in 'aeiou' else 'a'} {symbol.kind}"
        return ExpressionError(message, only, name.at, code="not-here")
    if owners := scope.owners(word):
        message = f"{word} is a level, which means something only in a comparison with what has it"
        hint = f"Write {listed([f'{owner} == {word}' for owner in owners[:3]])}"
        return ExpressionError(message, hint, name.at, code="level")
    if word in scope.outcomes:
        hint = f"Write {word}[strategy]" if scope.strategies else "Outcomes stand only in the tests of claims"
        return ExpressionError(f"{word} is an outcome", hint, name.at, code="not-here")
    if word in scope.players:
        own = [other for other in scope.allowed_names() if other.startswith(f"{word}.")]
        hint = f"Write {listed(own, most=4)}" if own else only
        return ExpressionError(f"{word} is a player", hint, name.at, code="not-here")
    for what, words in (("strategy", scope.strategies), ("mechanism", scope.mechanisms)):
        if word in words:
            hint = "In a claim, it stands inside the brackets of an outcome"
            return ExpressionError(f"{word} is a {what}", hint, name.at, code="not-here")
    hint = split_at_minus(word, scope.symbols) or nearest(word, scope.allowed_names()) or only
    return ExpressionError(f"Nothing is called '{short(word)}'", hint, name.at, code="unknown-name")


def no_level(owner: Levelled, name: Name, others: tuple[str, ...] = ()) -> ExpressionError:
    """Say that what is compared has no such level; ``others`` are names that may have been meant too."""
    asked = nearest(name.name, (*owner.levels, *others))
    levels = f"Its levels are {listed(owner.levels, 'and')}"
    return ExpressionError(
        f"{owner.name} has no level '{short(name.name)}'",
        f"{asked} {levels}" if asked else levels,
        name.at,
        code="level",
    )
