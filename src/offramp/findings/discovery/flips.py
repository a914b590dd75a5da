"""Where claims flip and where strategies fail: regions of unknowns, checked on worlds held out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from offramp.expressions import names
from offramp.findings.choice.advice import values_of
from offramp.findings.choice.focal import focal_strategy
from offramp.findings.choice.values import Robust
from offramp.findings.claims.plan import asking, asks_of
from offramp.findings.claims.testing import Sample, run_test
from offramp.findings.common.dependence import unknowns_behind, unknowns_within
from offramp.findings.common.draws import Draws, draws_of
from offramp.findings.discovery.clauses import DrawsBehind
from offramp.findings.discovery.regions import FEWEST_ON_A_SIDE, FEWEST_WORLDS, Search, look, told
from offramp.findings.discovery.values import Contest, Flips
from offramp.findings.outcomes.bands import whole_worlds
from offramp.measures.false_discovery import discovery_level
from offramp.model import Case, Claim
from offramp.model.variants import Variant

__all__ = ["flips_of"]

MANY = 8
"""Strategies: of more, the focal one is not set beside each other."""


def flips_of(
    sample: Sample, strategies: Sequence[str], claims: Iterable[Claim], robust: Robust | None, seed: int
) -> Flips | None:
    """Find where claims flip and where strategies fail.

    Regions are looked for among the unknowns that can matter, on the side on which fewer worlds are, and named where
    their checks on worlds held out pass together: at most one in twenty of those named is expected to be a fluke.

    Parameters
    ----------
    sample
        The full model over the case's own worlds.
    claims
        Those that are tested in this run.
    robust
        The outcomes on which strategies are compared, and their margins.
    seed
        Of the halves.

    Returns
    -------
    Flips or None
        None where nothing varies, or there is neither a claim nor a contest.
    """
    draws = draws_of(sample.case, sample.worlds, sample.rows)
    tested = dict(_claims(sample, draws, claims, seed))
    contests = list(_contests(sample, draws, strategies, robust, seed))
    if not draws.values or not (tested or contests):
        return None
    searches = [each for each in (*tested.values(), *(search for _, search in contests)) if each is not None]
    level = discovery_level(np.array([p for each in searches for p in each.checks]))
    return Flips(
        fewest_worlds=FEWEST_WORLDS,
        fewest_on_a_side=FEWEST_ON_A_SIDE,
        searches=len(searches),
        level=level,
        claims={id_: told(search, level) for id_, search in tested.items()},
        contests=tuple(replace(contest, where=told(search, level)) for contest, search in contests),
    )


def _claims(sample: Sample, draws: Draws, claims: Iterable[Claim], seed: int) -> Iterator[tuple[str, Search | None]]:
    """Look where each claim that is tested world by world flips."""
    for claim in claims:
        if claim.test is None or claim.factual or claim.elsewhere is not None:
            continue
        result = run_test(claim, sample, seed=seed)
        if not result.collective:
            known = ~np.isnan(result.by_world)
            behind = DrawsBehind(sample.case, draws, _behind_test(sample.case, claim), known)
            yield claim.id, look(behind, result.by_world[known] <= 0, ("fails", "holds"), seed, tree=True)


def _behind_test(case: Case, claim: Claim) -> frozenset[str]:
    assert claim.test is not None
    asked = [ask for part in asking(claim.test) for ask in asks_of(case, part)]
    found = [unknowns_behind(case, ask.variant, [ask.outcome]) for ask in asked]
    return unknowns_within(case, names(claim.test)).union(*found)


def _contests(
    sample: Sample, draws: Draws, strategies: Sequence[str], robust: Robust | None, seed: int
) -> Iterator[tuple[Contest, Search | None]]:
    """Look where the focal strategy is worse than each other one, and where each is worse than the best."""
    if robust is None:
        return
    case, focal = sample.case, focal_strategy(sample.case, strategies)
    others = [s for s in strategies if s != focal] if len(strategies) <= MANY else []
    pairs: list[tuple[str, str | None]] = [(focal, rival) for rival in others]
    if len(strategies) > 2:
        pairs += [(s, None) for s in strategies]
    known = whole_worlds(sample.table, strategies)[1:]
    for outcome in robust.compared:
        judged = robust.outcomes[outcome]
        values = values_of(sample.table, strategies, outcome)
        good = dict(zip(strategies, values.T if judged.better == "high" else -values.T, strict=True))
        best = np.max(list(good.values()), axis=0)
        behind = {s: unknowns_behind(case, Variant(s), [outcome]) for s in strategies}
        for one, rival in pairs:
            worse = (best if rival is None else good[rival]) - good[one] > judged.margin
            matter = frozenset().union(*(behind.values() if rival is None else (behind[one], behind[rival])))
            search = look(DrawsBehind(case, draws, matter, known), worse, ("does worse", "keeps up"), seed)
            yield Contest(one, rival, outcome, float(worse.mean()), None), search
