"""From a sentence to what it does, and from an outcome back to the sentences that carry it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from offramp import __version__
from offramp.ensemble import Progress
from offramp.errors import UsageError
from offramp.expressions import Measured, text_of, walk
from offramp.findings.choice.focal import focal
from offramp.findings.claims.plan import check_strategies, plan_claims
from offramp.findings.claims.values import VerdictWord
from offramp.findings.common.labels import source_line
from offramp.findings.outcomes.ranges import outcome_info
from offramp.findings.outcomes.values import MARGIN
from offramp.findings.sentences.carriers import sentences_of
from offramp.findings.sentences.common_worlds import Bench
from offramp.findings.sentences.documents import fate_of
from offramp.findings.sentences.effects import sample_name, verdict_of
from offramp.findings.sentences.finding import find
from offramp.findings.sentences.trace_values import ClaimFound, Match, Trace, TraceKind
from offramp.findings.sentences.weighing import FIRST, bench_for, weigh
from offramp.findings.sentences.weight_values import Weight
from offramp.model import Case, Claim
from offramp.worlds import draw

__all__ = ["DEFAULT_PRECISION", "DEFAULT_WORLDS", "trace"]

DEFAULT_WORLDS = 64
DEFAULT_PRECISION = 0.01


def trace(
    case: Case,
    asked: str = "",
    *,
    worlds: int = DEFAULT_WORLDS,
    seed: int = 0,
    strategies: Sequence[str] = (),
    precision: float = DEFAULT_PRECISION,
    verdicts: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Trace:
    """Tell what a sentence of a case does, or which sentences carry what.

    Every mechanism is switched off in turn over the same worlds, so that world by world nothing else differs. The
    first 16 worlds are computed, then twice as many, until the 95 % interval of the largest effect is narrow enough.

    Parameters
    ----------
    case
    asked
        A mechanism, claim, tension or outcome by its id, or words of a sentence; empty for the whole ranking.
    worlds
        How many worlds at most, the best guess apart.
    seed
        Of the draws.
    strategies
        Those to look at; sentences are ranked under the first. By default the first that commits somebody, and for
        one mechanism all that do.
    precision
        How narrow to either side, as a share of the outcome's range.
    verdicts
        Read the verdicts too where many sentences are ranked; for one sentence they always are.
    workers
        Threads; the numbers do not depend on it.
    progress
        Called with (units done, units in all); the total shrinks where fewer worlds turn out to be enough.

    Returns
    -------
    Trace

    Raises
    ------
    UsageError
        If nothing fits what was asked, or there is no such strategy.
    CaseErrors
        If the case is too large, or a test asks for what cannot be computed.
    WorldError
        If no world could be computed.
    KeyboardInterrupt
        If the reader stopped it before the first worlds were done. Later, what was done is returned.
    """
    if not 0 < precision <= 1:
        raise UsageError(f"a precision of {precision} cannot be reached", code="precision",
                         hint="ask for a share of an outcome's range above 0, such as 0.01")  # fmt: skip
    if worlds < 1:
        raise UsageError(f"{worlds} worlds are too few", code="worlds", hint="ask for at least 1")
    check_strategies(case, strategies)
    if not sentences_of(case):
        raise UsageError(
            f"no element of {case.name} says which sentence it stands for",
            code="no-mechanism",
            hint="give wants, rates, unknowns and settings a `mechanism: [id]`, then trace that id",
        )
    matches = find(case, asked) if asked.strip() else ()
    return _Tracing(case, asked, worlds, seed, tuple(strategies), precision, verdicts, workers, progress).trace(matches)


class _Tracing:
    def __init__(
        self,
        case: Case,
        asked: str,
        worlds: int,
        seed: int,
        strategies: tuple[str, ...],
        precision: float,
        verdicts: bool,
        workers: int | None,
        progress: Progress | None,
    ) -> None:
        self.case, self.asked, self.seed = case, asked, seed
        self.strategies, self.precision, self.verdicts = strategies, precision, verdicts
        self.workers, self.progress = workers, progress
        self.worlds = draw(case, worlds, seed)
        self.most = worlds
        self.sentences = sentences_of(case)
        self.main = tuple(id_ for id_, outcome in case.outcomes.items() if outcome.main)

    def trace(self, matches: Sequence[Match]) -> Trace:
        if not matches:
            return self._ranking()
        first, also = matches[0], tuple(matches[1:])
        by_kind = {"mechanism": self._mechanism, "claim": self._claim, "tension": self._tension, "outcome": self._back}
        return by_kind[first.kind](first.id, also)

    def _weigh(
        self,
        bench: Bench,
        ids: Iterable[str],
        strategies: Sequence[str],
        outcomes: Sequence[str],
        claims: Sequence[Claim] = (),
        ranked: Sequence[str] | None = None,
    ) -> tuple[Weight, ...]:
        return weigh(
            bench,
            list(ids),
            strategies,
            outcomes,
            ranked=ranked,
            claims=claims,
            precision=self.precision,
            most=self.most,
            seed=self.seed,
        )

    def _bench(self, claims: Sequence[Claim]) -> Bench:
        return bench_for(self.case, self.worlds, claims, workers=self.workers, progress=self.progress)

    def _tested(self) -> list[Claim]:
        return [claim for claim in self.case.claims.values() if claim.test is not None]

    def _ranking(self) -> Trace:
        claims = self._tested() if self.verdicts else []
        bench, strategies = self._bench(claims), self.strategies or (focal(self.case),)
        weights = self._weigh(bench, self.sentences, strategies, self.main, claims)
        return self._told("ranking", None, bench, strategies, self.main, weights)

    def _mechanism(self, id_: str, also: tuple[Match, ...]) -> Trace:
        claims = self._tested()
        bench = self._bench(claims)
        first = focal(self.case)
        committed = [s.id for s in self.case.strategies.values() if s.committed and s.id != first]
        strategies = self.strategies or (first, *committed)
        outcomes = tuple(self.case.outcomes)
        weights = self._weigh(bench, [id_], strategies, outcomes, claims, self.main or outcomes)
        return self._told("mechanism", id_, bench, strategies, outcomes, weights, also=also)

    def _back(self, id_: str, also: tuple[Match, ...]) -> Trace:
        bench, strategies = self._bench(()), self.strategies or (focal(self.case),)
        weights = self._weigh(bench, self.sentences, strategies, (id_,))
        return self._told("outcome", id_, bench, strategies, (id_,), weights, also=also)

    def _tension(self, id_: str, also: tuple[Match, ...]) -> Trace:
        tension = self.case.tensions[id_]
        named = dict.fromkeys((*tension.between, *tension.claims))
        claims = [claim for claim in self._tested() if claim.id in named]
        bench, strategies = self._bench(claims), self.strategies or (focal(self.case),)
        outcomes = tension.outcomes or self.main
        ids = [name for name in tension.between if name in self.sentences]
        weights = self._weigh(bench, ids, strategies, outcomes, claims)
        return self._told("tension", id_, bench, strategies, outcomes, weights, also=also, says=tension.says)

    def _claim(self, id_: str, also: tuple[Match, ...]) -> Trace:
        claim = self.case.claims[id_]
        tested = [claim] if claim.test is not None else []
        bench = self._bench(tested)
        parts = walk(claim.test) if claim.test is not None else ()
        switched = [c.name for p in parts if isinstance(p, Measured) for c in p.changes if c.kind == "without"]
        ids = [name for name in dict.fromkeys((*claim.mechanism, *switched)) if name in self.sentences]
        weights = self._weigh(bench, ids, (), (), tested)
        found = self._found(bench, claim)
        return self._told("claim", id_, bench, (), (), weights, also=also, claim=found)

    def _found(self, bench: Bench, claim: Claim) -> ClaimFound:
        """Return the verdict on a claim as it stands, or what became of one without a test."""
        word: VerdictWord | None = None
        share = low = high = float("nan")
        worlds = 0
        if claim.test is not None:
            asks = plan_claims(self.case, [claim]).asks[claim.id]
            first = min(FIRST, self.most)
            bench.extend([k for a in asks for k in bench.want(a.variant, (a.outcome,), sample_name(a))], first)
            word, share, low, high, worlds = verdict_of(bench, claim, asks, first, self.seed)
        test = text_of(claim.test) if claim.test is not None else None
        origin = claim.origin
        return ClaimFound(claim.id, claim.says, origin.quote, origin.source, origin.passage, test,
                          fate_of(claim, (claim.id,)), claim.elsewhere, claim.untestable, word, share, low, high,
                          worlds)  # fmt: skip

    def _told(
        self,
        kind: TraceKind,
        id_: str | None,
        bench: Bench,
        strategies: Sequence[str],
        outcomes: Sequence[str],
        weights: Sequence[Weight],
        *,
        also: tuple[Match, ...] = (),
        claim: ClaimFound | None = None,
        says: str | None = None,
    ) -> Trace:
        done = [weight for weight in weights if weight.left_out is None]
        if bench.interrupted and not any(weight.worlds or weight.verdicts for weight in done):
            raise KeyboardInterrupt  # before the first worlds were done
        case = self.case
        return Trace(
            kind=kind,
            id=id_,
            asked=self.asked,
            case=case.name,
            title=case.title,
            version=__version__,
            digest=case.digest,
            seed=self.seed,
            strategies={s: case.strategies[s].name for s in strategies},
            outcomes={o: outcome_info(self.case, o) for o in outcomes},
            unit=case.time.unit,
            horizon=case.time.horizon,
            sources={s: source_line(case, s) for s in case.sources},
            margin=MARGIN,
            precision=self.precision,
            most=self.most,
            weights=tuple(done),
            left_out=tuple(weight for weight in weights if weight.left_out is not None),
            claim=claim,
            says=says,
            also=also,
            failure=bench.failure,
            interrupted=bench.interrupted,
        )
