"""What the sentences carry, in words: the same for page, terminal and Markdown. Plain text."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.charts.numbers import finite, signed
from offramp.findings.outcomes.values import MARGIN
from offramp.findings.results import Findings
from offramp.findings.sentences.weight_values import OutcomeEffect, Weight
from offramp.report.words import count, listed

__all__ = [
    "HOW",
    "NOTHING",
    "carrying",
    "effect_words",
    "idle",
    "idle_words",
    "moves",
    "outcome_name",
    "same_words",
    "trace_command",
    "weight_line",
    "weights_by_id",
    "worlds_words",
]

HOW = (
    "Each mechanism is switched off in turn over the same worlds. Its weight is how far that moves the main outcome "
    "that it moves most, whichever way, as a share of that outcome's range."
)
NOTHING = f"move no main outcome by more than {MARGIN:g} of its range"


def trace_command(findings: Findings) -> str:
    """Return the command that tells the whole story of one sentence, by the example of the heaviest."""
    example = findings.weights[0].mechanism if findings.weights else "ID"
    return f"offramp trace {findings.case} {example}"


def carrying(findings: Findings) -> list[Weight]:
    """Return the sentences that move a main outcome, the heaviest first."""
    return [w for w in findings.weights if w.carries]


def idle(findings: Findings) -> list[Weight]:
    """Return those that carry nothing under the focal strategy."""
    return [w for w in findings.weights if not w.carries]


def weights_by_id(findings: Findings) -> dict[str, Weight]:
    """Return the weights by mechanism."""
    return {w.mechanism: w for w in findings.weights}


def worlds_words(weights: Sequence[Weight]) -> str:
    """Say in how many worlds: ``8 worlds``, ``6 to 8 worlds`` where some could not be computed."""
    low, high = min(w.worlds for w in weights), max(w.worlds for w in weights)
    return count(high, "world") if low == high else f"{low} to {high} worlds"


def effect_words(findings: Findings, weight: Weight) -> tuple[str, str]:
    """Return the signed effect on the outcome that it moves most, and its interval (empty for a single world).

    ``±`` stands behind an effect that goes up in some worlds and down in others, so that the mean hides its size.
    """
    largest = _largest(weight)
    info = findings.outcomes.get(largest.outcome)
    low, high = (info.low, info.high) if info is not None else (0.0, 1.0)
    effect = signed(largest.effect, low, high) + (" ±" if largest.mixed else "")
    if finite(largest.low) is None or finite(largest.high) is None:
        return effect, ""
    return effect, f"{signed(largest.low, low, high)} to {signed(largest.high, low, high)}"


def _largest(weight: Weight) -> OutcomeEffect:
    assert weight.largest is not None, "a run keeps those of which some world could be computed"
    return weight.largest


def outcome_name(findings: Findings, weight: Weight) -> str:
    """Return the name of the outcome that a sentence moves most."""
    outcome = _largest(weight).outcome
    info = findings.outcomes.get(outcome)
    return info.name if info is not None else outcome


def moves(findings: Findings, weight: Weight) -> str:
    """Say what a sentence does: ``moves “Earnest talks” by +0.17``."""
    if not weight.carries:
        return "moves no main outcome"
    effect, _ = effect_words(findings, weight)
    return f"moves “{_brief(findings, weight)}” by {effect}"


def _brief(findings: Findings, weight: Weight) -> str:
    """Leave out what stands in brackets behind an outcome's name, unless another is called the same."""
    name = outcome_name(findings, weight)
    brief = name.partition(" (")[0]
    same = [info for info in findings.outcomes.values() if info.name.partition(" (")[0] == brief]
    return brief if len(same) == 1 else name


def idle_words(weight: Weight) -> str:
    """Say why a sentence carries nothing, where that can be told and is more than the heading says."""
    return weight.note.removesuffix(" under this strategy")


def weight_line(findings: Findings) -> str:
    """Name the three heaviest sentences, and say how many carry nothing; empty where none was weighed."""
    heavy, rest = carrying(findings), idle(findings)
    if not heavy:
        return f"None of {count(len(rest), 'sentence')} carries anything: they {NOTHING}." if rest else ""
    told = "; ".join(f"{w.mechanism} {moves(findings, w)}" for w in heavy[:3])
    line = f"The heaviest: {told}." if len(heavy) > 1 else f"{told}."
    line += " ±: up in some worlds, down in others." if "±" in told else ""
    return f"{line} {len(rest)} of {len(findings.weights)} {NOTHING}." if rest else line


def same_words(weight: Weight) -> str:
    """Say with which others it shares its elements; empty where with none."""
    return f"the same elements carry {listed(weight.same_as)}" if weight.same_as else ""
