"""What is asked for: a target of the case by name, one of its outcomes, or states described on the spot."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from math import isfinite

from offramp.errors import UsageError
from offramp.expressions import ExpressionError, Levelled, Not, Scope, Symbol, is_truth, parse, resolve
from offramp.expressions.advice import nearest, short
from offramp.model import Case, Outcome, Target

__all__ = ["measured", "target_of", "unused"]


def target_of(case: Case, text: str, *, least: float | None = None, share: float | None = None) -> Target:
    """Find a target.

    Parameters
    ----------
    case : Case
    text : str
        A target's or an outcome's name, or yes or no over options, conditions and settings.
    least, share : float, optional
        What the outcome has to come to in a world, and in which share of them, in place of what the target states.

    Raises
    ------
    UsageError
        If it is none of these, or the outcome can never come to so much.
    """
    found = _found(case, text.strip())
    if least is not None:
        shares = found.outcome is None or _is_share(case.outcomes[found.outcome])
        if not (0.0 <= least <= 1.0 if shares else isfinite(least)):
            raise UsageError(f"`{short(found.name)}` cannot come to {least:g}", code="level",
                             hint="name a level between 0 and 1" if shares else "name a number")  # fmt: skip
        found = replace(found, least=least)
    if share is not None:
        if not 0.0 < share <= 1.0:
            raise UsageError(f"{share:g} is no share of the worlds to ask for", code="share",
                             hint="name one above 0, and at most 1")  # fmt: skip
        found = replace(found, share=share)
    return found


def _found(case: Case, text: str) -> Target:
    if text in case.targets:
        return case.targets[text]
    if text in case.outcomes:
        return _by_outcome(case.outcomes[text])
    scope = Scope.of(_symbols(case), allowed=("option", "condition", "setting"), place="in a target")
    try:
        node, faults = resolve(parse(text), scope)
    except ExpressionError as e:
        raise _no_target(case, text, e) from None
    if faults:
        raise _no_target(case, text, faults[0])
    if not is_truth(node, scope):
        raise _no_target(case, text, ExpressionError("it is a number", "compare it: us.pressure == none"))
    return Target(id=text, name=text, that=node)


def _by_outcome(outcome: Outcome) -> Target:
    if outcome.of is None or not _is_share(outcome):
        raise UsageError(f"`{outcome.id}` does not say of states whether they are wanted", code="no-target",
                         hint='write a condition, such as "us.pressure == none"')  # fmt: skip
    avoided = outcome.better == "low"
    that = Not(outcome.of) if avoided else outcome.of
    return Target(id=outcome.id, name=outcome.name, that=that, outcome=outcome.id, most=avoided)


def _is_share(outcome: Outcome) -> bool:
    """Tell whether an outcome is a share of the time, or a chance, that something holds."""
    return outcome.measure in ("average", "ever", "final") and outcome.of is not None and is_truth(outcome.of)


def _symbols(case: Case) -> Iterator[Symbol]:
    for player in case.players.values():
        for option in player.options:
            yield Levelled(f"{player.id}.{option.id}", option.levels, "option")
    for condition in case.conditions.values():
        yield Levelled(condition.id, condition.levels, "condition")
    for setting in case.settings.values():
        yield Levelled(setting.id, setting.levels, "setting")


def _no_target(case: Case, text: str, why: ExpressionError) -> UsageError:
    known = [*case.targets, *case.outcomes]
    if " " not in text and "." not in text:
        told = f"targets: {', '.join(case.targets)}" if case.targets else "it declares no targets"
        meant = nearest(text, known) or f'{told}; or write a condition, such as "us.pressure == none"'
        return UsageError(f"{case.name} has no target `{short(text)}`", code="no-target", hint=meant)
    return UsageError(f"`{short(text)}` is no target: {why.message}", code="no-target", hint=why.hint)


def measured(case: Case, target: Target) -> tuple[Case, Target]:
    """Return the case with an outcome that measures the target, where it has none of its own."""
    if target.outcome is not None:
        return case, target
    id_ = unused(case.outcomes, "reached")
    outcome = Outcome(id=id_, name=target.name, measure="average", of=target.that, payoff=None)
    return replace(case, outcomes={**case.outcomes, id_: outcome}), replace(target, outcome=id_)


def unused(outcomes: Collection[str], id_: str) -> str:
    """Return an id that no outcome has, nor could have in a file."""
    while id_ in outcomes:
        id_ += "-"
    return id_
