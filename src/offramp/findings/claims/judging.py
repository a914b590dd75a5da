"""Claims -> verdicts: how often a test holds, under which views, and what decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from offramp.expressions import text_of
from offramp.findings.claims.testing import Sample, TestResult, margin_of, run_test, speaks_of_all
from offramp.findings.claims.values import Answer, Threshold, Verdict, VerdictWord
from offramp.findings.common.labels import label_of
from offramp.measures import find_split, share_of, word_for
from offramp.measures.twins import twins_of
from offramp.model import Claim, Derived
from offramp.shapes import Floats

__all__ = ["judge"]

_SAY_NOTHING = ("depends", "no difference", "cannot be tested here")
"""Verdicts that random movers may share without giving the claim away."""


def judge(
    claim: Claim, main: Sample, random: Sample | None, myopic: Sample | None, views: Mapping[str, Sample], *, seed: int
) -> Verdict:
    """Judge one claim.

    Parameters
    ----------
    main
        The full model over the case's own worlds.
    random, myopic
        The same under players who move at random, or who do not look ahead, over fewer worlds.
    views
        The full model under each view.
    seed
        Of the bootstrap and the permutations.
    """
    if claim.test is None:
        return _untested(claim)
    verdict, result = _verdict(claim, main, seed)
    by_random = _verdict(claim, random, seed)[0].verdict if random is not None else None
    by_myopic = _verdict(claim, myopic, seed)[0].verdict if myopic is not None else None
    return replace(
        verdict,
        random=by_random,
        myopic=by_myopic,
        by_construction=by_random == verdict.verdict and verdict.verdict not in _SAY_NOTHING,
        views={name: _verdict(claim, view, seed)[0] for name, view in views.items()},
        threshold=None if result.collective else _threshold(result.by_world, main, seed),
    )


def _untested(claim: Claim) -> Verdict:
    nan = float("nan")
    return Verdict(
        claim=claim.id,
        says=claim.says,
        quote=claim.origin.quote,
        source=claim.origin.source,
        test=None,
        verdict="cannot be tested here",
        share=nan,
        low=nan,
        high=nan,
        reversed=nan,
        no_difference=nan,
        best_guess=None,
        margin=nan,
        by_construction=False,
        random=None,
        myopic=None,
        views={},
        threshold=None,
        worlds=0,
        note=claim.untestable or "",
    )


def _verdict(claim: Claim, sample: Sample, seed: int) -> tuple[Verdict, TestResult]:
    assert claim.test is not None
    result = run_test(claim, sample, seed=seed)
    share, note = share_of(result.by_world), ""
    word: VerdictWord = word_for(share)
    low, high = share.low, share.high
    worlds = share.worlds
    if result.collective:
        note = "It speaks of all worlds together, so it is tried on resamples of them."
        low = high = share.holds
        worlds = result.worlds
    verdict = Verdict(
        claim=claim.id,
        says=claim.says,
        quote=claim.origin.quote,
        source=claim.origin.source,
        test=text_of(claim.test),
        verdict=word,
        share=share.holds,
        low=low,
        high=high,
        reversed=share.reversed,
        no_difference=share.no_difference,
        best_guess=_best_guess(claim, sample, seed),
        margin=margin_of(sample.case, claim.test, claim.margin),
        by_construction=False,
        random=None,
        myopic=None,
        views={},
        threshold=None,
        worlds=worlds,
        note=note,
        collective=result.collective,
    )
    return verdict, result


def _best_guess(claim: Claim, sample: Sample, seed: int) -> Answer | None:
    assert claim.test is not None
    if speaks_of_all(claim.test):
        return None
    first = replace(sample, rows=np.array([0]))
    value = run_test(claim, first, seed=seed).by_world[0]
    answers: dict[float, Answer] = {1.0: "holds", -1.0: "reversed", 0.0: "no difference"}
    return answers.get(float(value))


def _threshold(by_world: Floats, main: Sample, seed: int) -> Threshold | None:
    """Find the unknown and value that best separate the worlds where a test holds from the others."""
    case = main.case
    known = ~np.isnan(by_world)
    names = [name for name in main.worlds.names if not isinstance(case.unknowns[name].law, Derived)]
    if not names or not known.any():
        return None
    draws = np.stack([main.worlds.column(name)[main.rows] for name in names], axis=1)[known]
    split = find_split(by_world[known] > 0, draws, seed=seed)
    if split is None:
        return None
    name = names[split.column]
    return Threshold(
        unknown=name,
        label=label_of(case, name),
        value=split.value,
        holds_where="above" if split.holds_above else "below",
        accuracy=split.accuracy,
        share_above=split.share_above,
        share_below=split.share_below,
        twins=tuple(label_of(case, names[n]) for n in twins_of(draws, split.column)),
    )
