"""Weighing sentences: each mechanism switched off in turn over the same worlds, as many as the precision needs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from offramp.ensemble import Progress
from offramp.errors import WorldError
from offramp.findings.claims.plan import Ask, plan_claims
from offramp.findings.claims.testing import redrawn_name
from offramp.findings.sentences.carriers import carriers_of, same_elements, sentences_of
from offramp.findings.sentences.common_worlds import Bench
from offramp.findings.sentences.effects import outcome_effect, sample_name, verdict_effect
from offramp.findings.sentences.values import Carrier
from offramp.findings.sentences.weight_values import OutcomeEffect, VerdictEffect, Weight
from offramp.model import Case, Claim, Mechanism
from offramp.model.variants import Variant
from offramp.worlds import Worlds, axes_of, redraw

__all__ = ["FIRST", "bench_for", "weigh"]

FIRST = 16
"""Worlds to begin with; doubled while the interval is too wide. Verdicts and further strategies get these alone."""
NOTHING = 1e-6
"""Of an outcome's range: below it a switch that might have done something did nothing in any world."""


def bench_for(
    case: Case,
    worlds: Worlds,
    claims: Iterable[Claim],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Bench:
    """Return a bench over some worlds, with the redrawn ones that the tests of claims ask for."""
    samples = {"main": worlds}
    for keep in plan_claims(case, claims).kept():
        samples[redrawn_name("main", keep)] = redraw(worlds, axes_of(worlds, keep))
    return Bench(case, samples, workers=workers, progress=progress)


def weigh(
    bench: Bench,
    ids: Sequence[str],
    strategies: Sequence[str],
    outcomes: Sequence[str],
    *,
    ranked: Sequence[str] | None = None,
    claims: Sequence[Claim] = (),
    precision: float | None = None,
    most: int,
    seed: int = 0,
) -> tuple[Weight, ...]:
    """Weigh some mechanisms on a bench.

    Parameters
    ----------
    strategies
        Those under which effects are measured; weights are taken under the first, and it alone gets more worlds than
        the first ones.
    outcomes
        Those that effects are measured of.
    ranked
        Those of them that weights are taken over; by default all.
    claims
        Those whose verdicts are read with and without each mechanism.
    precision
        Stop a sentence's doubling of worlds where the 95 % interval of its largest effect is this narrow to either
        side, as a share of the outcome's range; by default all `most` are used for every sentence.
    most
        How many worlds at most.

    Returns
    -------
    tuple of Weight
        The heaviest first, then those that the case leaves out.

    Raises
    ------
    WorldError
        If no world could be computed under the first strategy.
    """
    return _Weighing(bench, ids, strategies, outcomes, ranked or outcomes, claims, precision, most, seed).weights()


class _Weighing:
    def __init__(
        self,
        bench: Bench,
        ids: Sequence[str],
        strategies: Sequence[str],
        outcomes: Sequence[str],
        ranked: Sequence[str],
        claims: Sequence[Claim],
        precision: float | None,
        most: int,
        seed: int,
    ) -> None:
        self.bench, self.case, self.seed = bench, bench.case, seed
        self.sentences = sentences_of(self.case)
        self.ids = [id_ for id_ in ids if self.sentences[id_].left_out is None]
        self.aside = [id_ for id_ in ids if self.sentences[id_].left_out is not None]
        self.strategies, self.outcomes, self.ranked = strategies, outcomes, ranked
        self.claims = {claim.id: claim for claim in claims if claim.test is not None}
        self.asks: Mapping[str, list[Ask]] = plan_claims(self.case, self.claims.values()).asks
        self.precision, self.most = precision, most
        self.first = most if precision is None else min(FIRST, most)
        self.twins, self.carriers = same_elements(self.case), carriers_of(self.case)

    def weights(self) -> tuple[Weight, ...]:
        self._compute()
        found = [self._weight(id_) for id_ in self.ids]
        reached = [weight for weight in found if weight.worlds or weight.verdicts or not self.bench.interrupted]
        order = sorted(reached, key=lambda w: -w.weight if math.isfinite(w.weight) else math.inf)
        return (*order, *(_weight_of(self.sentences[id_], ()) for id_ in self.aside))

    def _compute(self) -> None:
        """Compute outcomes and verdicts; more worlds where the interval of a weight is still too wide."""
        bench = self.bench
        variants = [Variant(s) for s in self.strategies]
        wanted = {
            id_: [key for v in variants[:1] for key in bench.want(v, self.outcomes, off=(id_,))] for id_ in self.ids
        }
        once = [key for variant in variants[1:] for key in bench.want(variant, self.outcomes, off=self.ids)]
        once += [
            key
            for asks in self.asks.values()
            for ask in asks
            for key in bench.want(ask.variant, (ask.outcome,), sample_name(ask), off=self.ids)
        ]
        active, worlds = list(self.ids), self.first
        bench.extend([key for id_ in active for key in wanted[id_]] + once, worlds, self._later(wanted, active, worlds))
        self._check()
        while worlds < self.most and not bench.interrupted:
            active = [id_ for id_ in active if not self._settled(id_)]
            if not active:
                return
            worlds = min(2 * worlds, self.most)
            bench.extend([key for id_ in active for key in wanted[id_]], worlds, self._later(wanted, active, worlds))

    def _later(self, wanted: Mapping[str, Sequence[object]], active: Iterable[str], worlds: int) -> int:
        return len({key for id_ in active for key in wanted[id_]}) * (self.most - worlds)

    def _check(self) -> None:
        """Without a single world there is nothing to say: tell what went wrong in the first."""
        variant = Variant(self.strategies[0]) if self.strategies else None
        if variant is None or not self.outcomes or not self.ids or self.bench.failure is None:
            return
        column = self.bench.column(variant, self.outcomes[0])[1:]
        if column.size and not (column == column).any():
            raise WorldError(f"no world could be computed under {variant}: {self.bench.failure}")

    def _effects(self, id_: str, strategies: Sequence[str]) -> list[OutcomeEffect]:
        return [outcome_effect(self.bench, s, o, id_, self._rows(id_, s)) for s in strategies for o in self.outcomes]

    def _rows(self, id_: str, strategy: str) -> int:
        """Count the worlds reached with a mechanism and without it."""
        variant = Variant(strategy)
        on = self.bench.rows(variant)
        if not self.bench.touched(variant, id_).intersection(self.outcomes):
            return max(on - 1, 0)
        return max(min(on, self.bench.rows(self.bench.without(variant, id_))) - 1, 0)

    def _largest(self, effects: Iterable[OutcomeEffect]) -> OutcomeEffect | None:
        """Return the largest effect on what is ranked, under the first strategy."""
        counted = [e for e in effects if e.strategy == self.strategies[0] and e.outcome in self.ranked and e.worlds]
        return max(counted, key=lambda e: e.absolute, default=None)

    def _settled(self, id_: str) -> bool:
        largest = self._largest(self._effects(id_, self.strategies[:1])) if self.strategies else None
        if largest is None or self.precision is None:
            return largest is None
        return (largest.high - largest.low) / 2 <= self.precision * largest.width

    def _weight(self, id_: str) -> Weight:
        effects = self._effects(id_, self.strategies)
        largest = self._largest(effects)
        verdicts = [
            verdict_effect(self.bench, claim, self.asks[claim.id], id_, self.first, self.seed)
            for claim in self.claims.values()
        ]
        return _weight_of(
            self.sentences[id_],
            self.carriers.get(id_, ()),
            effects=tuple(e for e in effects if e.worlds),
            largest=largest,
            verdicts=tuple(v for v in verdicts if v.worlds),
            failed=max((self._rows(id_, e.strategy) - e.worlds for e in effects), default=0),
            same_as=self.twins.get(id_, ()),
            note=self._note(id_, largest),
        )

    def _note(self, id_: str, largest: OutcomeEffect | None) -> str:
        """Say where a mechanism can do something at all, where that is not among what is ranked."""
        if not self.strategies:
            return ""
        if largest is not None and largest.touched and largest.absolute < NOTHING:
            return "it never comes into play under this strategy"
        reached = self.bench.touched(Variant(self.strategies[0]), id_)
        if reached.intersection(self.ranked):
            return ""
        named = [f"“{self.case.outcomes[o].name}”" for o in self.case.outcomes if o in reached]
        return f"it can touch {', '.join(named)} alone" if named else "nothing under this strategy depends on it"


def _weight_of(
    sentence: Mechanism,
    carriers: tuple[Carrier, ...],
    *,
    effects: tuple[OutcomeEffect, ...] = (),
    largest: OutcomeEffect | None = None,
    verdicts: tuple[VerdictEffect, ...] = (),
    failed: int = 0,
    same_as: tuple[str, ...] = (),
    note: str = "",
) -> Weight:
    """Return a sentence with what it became, and with what was measured of it."""
    nan = math.nan
    return Weight(
        mechanism=sentence.id,
        says=sentence.says,
        why=sentence.origin.why,
        quote=sentence.origin.quote,
        source=sentence.origin.source,
        passage=sentence.origin.passage,
        origin=sentence.origin.kind,
        carriers=carriers,
        weight=largest.absolute if largest else nan,
        low=largest.absolute_low if largest else nan,
        high=largest.absolute_high if largest else nan,
        largest=largest,
        effects=effects,
        verdicts=verdicts,
        worlds=largest.worlds if largest else 0,
        failed=failed,
        same_as=same_as,
        left_out=sentence.left_out,
        note=note,
    )
