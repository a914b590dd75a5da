"""What would last with the settings of a package, and what would have to be wanted for it to."""

from __future__ import annotations

from dataclasses import replace

from offramp.errors import CaseErrors, WorldError
from offramp.findings.common.views import as_seen
from offramp.findings.reach.question import Question
from offramp.findings.reach.values import Reach
from offramp.findings.reach.wants import other_wants
from offramp.inverse.mediation import Mediation, mediate
from offramp.model.variants import apply_variant
from offramp.worlds import stretch

__all__ = ["lasting"]

JUDGED = 64
"""Worlds in which stability is judged, at most."""


def lasting(question: Question, found: Reach) -> Reach:
    """Add to an answer what would last. The present is where options start without any package."""
    packages, case, target = question.packages, question.case, question.target
    few = stretch(question.worlds, 1, min(JUDGED, question.worlds.count))
    held: dict[str, Mediation] = {}
    starts = {name: n for name, n in packages.variant(found.now.number).levels if name not in case.settings}
    concept, levels = question.concept, starts
    try:
        for name, package in (("now", found.now), ("best", found.best)):
            levels = {**starts, **apply_variant(case, packages.variant(package.number)).strategy.settings}
            held[name] = mediate(case, target.that, few, question.movers, concept, levels)
        if not held["best"].wanted:
            return replace(found, no_held="with the settings of the best package no wanted state is possible")
        wants = other_wants(as_seen(case, question.view), target, question.worlds, concept, levels)
    except (CaseErrors, WorldError) as e:
        return replace(found, no_held=str(e))
    return replace(found, held=held, other_wants=wants)
