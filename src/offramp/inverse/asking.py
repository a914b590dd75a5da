"""What is asked for: a target of the case by name, one of its outcomes, or states described on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from offramp.errors import UsageError
from offramp.expressions import ExpressionError, Levelled, Scope, Symbol, is_truth, parse, resolve
from offramp.expressions.advice import nearest, short
from offramp.model import Case, Outcome, Target

__all__ = ["measured", "target_of"]


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
        If it is none of these.
    """
    found = _found(case, text.strip())
    found = found if least is None else replace(found, least=least)
    return found if share is None else replace(found, share=share)


def _found(case: Case, text: str) -> Target:
    if text in case.targets:
        return case.targets[text]
    if text in case.outcomes:
        return _by_outcome(case.outcomes[text])
    scope = Scope.of(_symbols(case), allowed=("option", "condition", "setting"), place="in a target")
    try:
        node, faults = resolve(parse(text), scope)
    except ExpressionError as e:
        raise _no_target(case, text, str(e), e.hint) from None
    if faults:
        raise _no_target(case, text, str(faults[0]), faults[0].hint)
    if not is_truth(node, scope):
        raise _no_target(case, text, "it is a number", "compare it: us.pressure == none")
    return Target(id=text, name=text, that=node)


def _by_outcome(outcome: Outcome) -> Target:
    if outcome.of is None or outcome.measure not in ("average", "ever", "final") or not is_truth(outcome.of):
        raise UsageError(f"`{outcome.id}` does not say of states whether they are wanted", code="no-target",
                         hint='write a condition, such as "us.pressure == none"')  # fmt: skip
    return Target(id=outcome.id, name=outcome.name, that=outcome.of, outcome=outcome.id, most=outcome.better == "low")


def _symbols(case: Case) -> Iterator[Symbol]:
    for player in case.players.values():
        for option in player.options:
            yield Levelled(f"{player.id}.{option.id}", option.levels, "option")
    for condition in case.conditions.values():
        yield Levelled(condition.id, condition.levels, "condition")
    for setting in case.settings.values():
        yield Levelled(setting.id, setting.levels, "setting")


def _no_target(case: Case, text: str, why: str, hint: str) -> UsageError:
    known = [*case.targets, *case.outcomes]
    if " " not in text and "." not in text:
        told = f"targets: {', '.join(case.targets)}" if case.targets else "it declares no targets"
        meant = nearest(text, known) or f'{told}; or write a condition, such as "us.pressure == none"'
        return UsageError(f"{case.name} has no target `{short(text)}`", code="no-target", hint=meant)
    return UsageError(f"`{short(text)}` is no target: {why}", code="no-target", hint=hint)


def measured(case: Case, target: Target) -> tuple[Case, Target]:
    """Return the case with an outcome that measures the target, where it has none of its own."""
    if target.outcome is not None:
        return case, target
    id_ = "reached"
    while id_ in case.outcomes:
        id_ += "-"
    outcome = Outcome(id=id_, name=target.name, measure="average", of=target.that, payoff=None)
    return replace(case, outcomes={**case.outcomes, id_: outcome}), replace(target, outcome=id_)
