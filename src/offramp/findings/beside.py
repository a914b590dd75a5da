"""What a run tells beside its outcomes and verdicts: accuracy, courses, the weight of sentences, and what holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from offramp.errors import CaseErrors, WorldError
from offramp.findings.equilibria.lenses import lenses
from offramp.findings.equilibria.values import Lenses
from offramp.findings.jobs import Agenda
from offramp.findings.outcomes.course_values import Paths, StateMap, Story
from offramp.findings.outcomes.courses import courses
from offramp.findings.outcomes.numerics import measure_numerics
from offramp.findings.outcomes.values import Numerics
from offramp.findings.sentences.light_ranking import Carrying
from offramp.findings.sentences.weight_values import Weight
from offramp.model import Case
from offramp.shapes import ENSEMBLE_TOLERANCE

__all__ = ["Beside", "beside"]

_Courses = tuple[dict[str, Paths], dict[str, StateMap], dict[str, tuple[Story, ...]]]


@dataclass(slots=True)
class Beside:
    """What stands beside the numbers; empty what the reader did not wait for."""

    interrupted: bool
    numerics: Numerics = field(default_factory=lambda: Numerics(ENSEMBLE_TOLERANCE, {}, {}, {}, {}, 0.0))
    courses: _Courses = field(default_factory=lambda: ({}, {}, {}))
    weights: tuple[Weight, ...] = ()
    lenses: Lenses | None = None
    no_lenses: str = ""


def beside(
    case: Case, agenda: Agenda, carrying: Carrying, seed: int, workers: int | None, *, interrupted: bool
) -> Beside:
    """Return what stands beside the numbers; nothing more of it once the reader has stopped the run."""
    found = Beside(interrupted)
    if not interrupted:
        samples = agenda.samples
        try:
            found.numerics = measure_numerics(case, agenda.strategies, samples["main"], workers)
            found.courses = courses(case, agenda.strategies, samples["few"], seed, workers)
            found.weights = carrying.weights()
            found.lenses, found.no_lenses = _lenses(case, samples["main"].count, seed, workers)
        except KeyboardInterrupt:
            found.interrupted = True
    return found


def _lenses(case: Case, worlds: int, seed: int, workers: int | None) -> tuple[Lenses | None, str]:
    """Return what holds beside where play goes, or why that cannot be told."""
    try:
        return lenses(case, worlds, seed, workers), ""
    except (CaseErrors, WorldError) as e:
        return None, str(e)
