"""What a run computes: samples of worlds, and a job for each variant over each of them."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.ensemble import Job, Movers
from offramp.findings.claims.plan import Plan, check_strategies, plan_claims
from offramp.findings.claims.testing import redrawn_name
from offramp.model import Case, Claim
from offramp.model.variants import Variant
from offramp.worlds import Worlds, axes_of, draw, redraw

__all__ = ["BASELINES", "Agenda"]

FEW = 16
"""Worlds for baselines and views: these, or an eighth of the worlds where that is more."""
PAIRED = 32
"""Worlds for strategies with changes, which only claims ask for: these, or a quarter where that is more."""
BASE = 8
"""Worlds for the same in the baselines: these, or a sixteenth."""
BASELINES: tuple[Movers, ...] = ("random", "myopic")
"""Players who do not look ahead."""


class Agenda:
    """The strategies and claims that a run is about, over which worlds, and the jobs that follow.

    Parameters
    ----------
    worlds
        How many draws of the unknowns, the best guess apart.
    strategies
        By default all; claims about others are left out.
    every
        Compute what only claims ask for in every world.

    Attributes
    ----------
    strategies : tuple of str
    claims : tuple of Claim
    few : int
        Worlds for baselines and views.
    samples : dict
        Draws by name.
    views : dict
        View -> its sample.

    Raises
    ------
    CaseErrors
        If a test asks for what cannot be computed.
    UsageError
        If there is no such strategy.
    """

    def __init__(
        self, case: Case, worlds: int, seed: int, strategies: Sequence[str] | None, *, every: bool = False
    ) -> None:
        self._case, self._worlds = case, worlds
        self.strategies, self.claims = _choose(case, strategies)
        self._plan: Plan = plan_claims(case, self.claims)
        self.few = few = min(worlds, max(FEW, worlds // 8))
        self._paired = worlds if every else max(PAIRED, worlds // 4)
        self.samples: dict[str, Worlds] = {"main": draw(case, worlds, seed), "few": draw(case, few, seed)}
        # A view that restricts nothing is the case itself.
        self.views = {id_: _view(id_) if view.unknowns else "main" for id_, view in case.views.items()}
        self._restricted = tuple(name for name in self.views.values() if name != "main")
        for id_, view in case.views.items():
            if view.unknowns:
                self.samples[_view(id_)] = draw(case, few, seed, view=view)
        for name, sample in list(self.samples.items()):
            for keep in self._plan.kept():
                self.samples[redrawn_name(name, keep)] = redraw(sample, axes_of(sample, keep))

    @property
    def plain(self) -> set[Variant]:
        """The strategies as they are."""
        return {Variant(s) for s in self.strategies}

    def jobs(self) -> list[Job]:
        """Return what to compute, in the order in which it is."""
        everything, plain = tuple(self._case.outcomes), self.plain
        wanted: dict[Variant, tuple[str, ...]] = {Variant(s): everything for s in self.strategies}
        for variant, outcomes in self._plan.variants(None).items():
            wanted.setdefault(variant, tuple(o for o in everything if o in outcomes))
        jobs = []
        for sample in ("main", *self._restricted):
            jobs += [
                Job(variant, sample, outcomes, most=None if variant in plain else self._paired)
                for variant, outcomes in wanted.items()
            ]
        for movers in BASELINES:
            jobs += [
                Job(variant, "few", outcomes, movers, most=None if variant in plain else max(BASE, self._worlds // 16))
                for variant, outcomes in wanted.items()
            ]
        for keep in self._plan.kept():
            for variant, asked in self._plan.variants(keep).items():
                ordered = tuple(o for o in everything if o in asked)
                jobs += [
                    Job(variant, redrawn_name(s, keep), ordered, most=self._paired) for s in ("main", *self._restricted)
                ]
                jobs += [Job(variant, redrawn_name("few", keep), ordered, movers) for movers in BASELINES]
        return jobs


def _choose(case: Case, wanted: Sequence[str] | None) -> tuple[tuple[str, ...], tuple[Claim, ...]]:
    """Return the strategies to run, and the claims that speak of no other."""
    check_strategies(case, wanted or ())
    chosen = tuple(s for s in case.strategies if wanted is None or s in wanted)
    plan = plan_claims(case, case.claims.values())
    claims = tuple(
        claim
        for claim in case.claims.values()
        if wanted is None or all(ask.variant.strategy in chosen for ask in plan.asks.get(claim.id, ()))
    )
    return chosen, claims


def _view(id_: str) -> str:
    return f"view {id_}"
