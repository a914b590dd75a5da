"""What a number depends on: names for it, so that whatever else of a case is edited, numbers are found again.

The play of a case is what every number rests on: its clock, players, conditions, settings, and what is impossible. A
job rests on its strategy, its changes, its draws and its outcomes besides. Titles, sources, quotes, claims and the
strategies that it does not play are in neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from offramp.ensemble.jobs import Job
from offramp.model import Case, Outcome
from offramp.model.variants import Variant, apply_variant
from offramp.worlds import Worlds

__all__ = ["Keyed", "Keys", "play_digest"]

_TOLD = frozenset({"title", "about", "sources", "claims", "mechanisms", "tensions", "digest", "name"})
"""Parts of a case that are only told."""
_OF_JOBS = frozenset({"unknowns", "strategies", "levers", "targets", "views", "outcomes"})
"""Parts of a case of which each job rests on some."""
_OF_STRATEGIES = frozenset({"strategies", "levers", "targets"})
"""Parts in which numbers stand that only some jobs use."""
_SAID = frozenset({"origin", "why", "at"})
"""Fields that say where something comes from, or where it stands in a text."""
_OUTCOME_TOLD = frozenset({"name", "better", "for_whom", "main"})


@dataclass(frozen=True, slots=True)
class Keyed:
    """A job, and a name for all that its numbers depend on beside the play of the case and the seed."""

    job: Job
    key: str


def play_digest(case: Case) -> str:
    """Name what every number of a case depends on, whatever the job."""
    return _digest(_play(case))


class Keys:
    """Names of the jobs of one case.

    The outcomes of one job are solved together, over the same steps, and have other last digits beside other outcomes:
    so a job rests on all that are asked of it.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._outcomes = {id_: _digest(_defined(outcome)) for id_, outcome in case.outcomes.items()}
        self._of_strategies = {n for n, each in case.unknowns.items() if each.path and each.path[0] in _OF_STRATEGIES}
        self._in_play = self._mentioned(_play(case)) if self._of_strategies else frozenset[str]()
        self._played: dict[Variant, tuple[str, frozenset[str]]] = {}
        self._drawn: dict[tuple[int, frozenset[str]], tuple[Worlds, str]] = {}

    def of(self, job: Job, sample: Worlds) -> str:
        """Name a job, whatever the number of its worlds.

        Parameters
        ----------
        sample
            Its worlds as drawn.
        """
        if job.variant not in self._played:
            self._played[job.variant] = self._play_of(job.variant)
        played, used = self._played[job.variant]
        if (id(sample), used) not in self._drawn:
            self._drawn[id(sample), used] = sample, _digest(_draws(sample, self._of_strategies, used))
        draws = self._drawn[id(sample), used][1]
        outcomes = [(name, self._outcomes[name]) for name in job.outcomes]
        return _digest(repr((played, draws, job.sample, job.movers, outcomes)))

    def _play_of(self, variant: Variant) -> tuple[str, frozenset[str]]:
        """Name what is played, and give the unknowns of strategies that it uses."""
        applied = apply_variant(self._case, variant)
        text = repr((_plain(variant), _plain(applied.strategy), _plain(applied.numbers)))
        return _digest(text), self._mentioned(text) | self._in_play

    def _mentioned(self, text: str) -> frozenset[str]:
        return frozenset(name for name in self._of_strategies if repr(name) in text)


def _play(case: Case) -> str:
    return repr([(f.name, _plain(getattr(case, f.name))) for f in fields(case) if f.name not in _TOLD | _OF_JOBS])


def _defined(outcome: Outcome) -> str:
    return repr([(f.name, _plain(getattr(outcome, f.name))) for f in fields(outcome) if f.name not in _OUTCOME_TOLD])


def _draws(worlds: Worlds, of_strategies: Set[str], used: frozenset[str]) -> str:
    """Write down how the unknowns of a sample are drawn, and the points of its first world.

    World w is the same however many are drawn. A coordinate depends on the seed, on its place among the coordinates
    and on how many there are; so the unknowns of a strategy that is not played only take up room.

    Parameters
    ----------
    of_strategies
        Unknowns that stand where a strategy uses them.
    used
        Those of them that matter.
    """
    plan = worlds.plan
    seen, left = set[str](), [name for name in plan.names if name in used or name not in of_strategies]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left += plan.parents.get(name, ())
    laws = [(name, _plain(law), str(plan.spans.get(name))) for name, law in plan.laws.items() if name in seen]
    orders = [order.names for order in plan.orders]
    own = [n for n, axis in enumerate(plan.axes) if axis in seen or axis not in of_strategies]
    return repr((laws, orders, len(plan.axes), worlds.points[:1, own].tobytes()))


def _plain(value: Any) -> Any:
    """Write parts of a case as plain data, without what is only said of them."""
    if is_dataclass(value):
        # A part with an id may have a name besides, for people; the name of an expression is what it is about.
        told = {*_SAID, "name"} if hasattr(value, "id") else _SAID
        return type(value).__name__, [(f.name, _plain(getattr(value, f.name))) for f in fields(value)
                                      if f.name not in told]  # fmt: skip
    if isinstance(value, Mapping):
        return [(name, _plain(part)) for name, part in value.items()]
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    return value


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
