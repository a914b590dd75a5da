"""Robustness metrics against exact fractions; ranks, ties and where metrics disagree; what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from offramp.measures import aggregates, metrics, scheme
from offramp.measures.metrics import named_metrics
from offramp.measures.robustness import robustness, winners_stay

GOLDEN = Path(__file__).parents[1] / "golden/uncertainty/robustness.json"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "uncertainty" / "robustness.json"
TABLE = json.loads(GOLDEN.read_text())
PAYOFF = np.array(TABLE["payoff"], dtype=float).T  # [world, strategy]
WEIGHTS = np.array([float(Fraction(weight)) for weight in TABLE["weights"]])
ALL = named_metrics(level=4)


def made(subset, aggregate, transform=scheme.outcome):
    """A metric that the page does not show, from the same parts."""
    return replace(metrics.LAPLACE, id="made", transform=transform, subset=subset, aggregate=aggregate)


def variance(sample):
    return aggregates.deviation(sample) ** 2


MEAN_REGRET = replace(metrics.MINIMAX_REGRET, id="mean-regret", subset=scheme.every)
ORACLE = {
    "maximin": metrics.MAXIMIN,
    "maximax": metrics.MAXIMAX,
    "hurwicz_half": metrics.hurwicz(),
    "hurwicz_optimism_0_3": metrics.hurwicz(0.3),
    "laplace_mean": metrics.LAPLACE,
    "max_regret": metrics.MINIMAX_REGRET,
    "mean_regret": MEAN_REGRET,
    "regret_p90": metrics.regret_percentile(0.9),
    "regret_p75": metrics.regret_percentile(0.75),
    "variance_population": replace(made(scheme.every, variance), kind="spread", better="low"),
    "variance_sample": replace(
        made(scheme.every, lambda sample: variance(sample) * 6 / 5), kind="spread", better="low"
    ),
    # a sum in the published form, which no two sizes of ensemble would share
    "undesirable_deviations_from_median": replace(
        metrics.UNDESIRABLE_DEVIATIONS, aggregate=lambda sample: 6 * aggregates.mean(sample)
    ),
    "p10": metrics.percentile(0.1),
    "p50": metrics.percentile(0.5),
    "p90": metrics.percentile(0.9),
    "skewness_p10_p90": metrics.SKEWNESS,
    "peakedness": metrics.PEAKEDNESS,
    "satisficing_share_ge_4": metrics.satisficing(4),
    "satisficing_share_ge_5": metrics.satisficing(5),
    "expected_shortfall_worst_third": metrics.mean_of_worst(1 / 3),
}
WEIGHED = {
    "weighted_mean": made(scheme.every, aggregates.mean),
    "weighted_share_ge_4": metrics.satisficing(4),
    "weighted_mean_regret": MEAN_REGRET,
}


def judged(payoffs, metric, **given):
    """One metric's values and ranks."""
    found = robustness(np.asarray(payoffs, dtype=float), [metric], **given)
    return found.values[0], found.ranks[0]


def exact(name):
    cells = [TABLE["metrics"][policy][name] for policy in TABLE["policies"]]
    return [
        np.nan if cell is None else float(Fraction(cell["exact"])) if isinstance(cell, dict) else cell for cell in cells
    ]


@pytest.mark.parametrize("name", [*ORACLE, *WEIGHED])
def test_exact_fractions(name) -> None:
    weights = WEIGHTS if name in WEIGHED else None
    found, ranks = judged(PAYOFF, {**ORACLE, **WEIGHED}[name], weights=weights)
    np.testing.assert_allclose(found, exact(name), rtol=1e-14, atol=1e-14)
    if name in TABLE["winners"]:
        assert [TABLE["policies"][n] for n in np.flatnonzero(ranks == 1)] == TABLE["winners"][name]
    assert (np.isnan(ranks) == np.isnan(exact(name))).all()


def test_every_number_and_every_winner_of_the_oracle_is_used() -> None:
    assert {"regret_by_world", *ORACLE, *WEIGHED} == set(TABLE["metrics"]["status quo"])
    assert set(TABLE["winners"]) <= {*ORACLE, *WEIGHED}
    sample = scheme.Sample(PAYOFF, np.full(PAYOFF.shape, 1 / 6), "high")
    by_world = [[cell["value"] for cell in TABLE["metrics"][policy]["regret_by_world"]] for policy in TABLE["policies"]]
    np.testing.assert_array_equal(scheme.regrets(sample).values.T, by_world)


def test_the_golden_copy_is_the_oracle() -> None:
    if not SHARED.is_file():
        pytest.skip("../shared/oracles is not here")
    assert json.loads(SHARED.read_text()) == TABLE


def test_ties_share_a_rank_and_nan_has_none() -> None:
    table = [[1, 2, 3], [3, 2, 1], [0, 0, 0], [2, 2, 2]]
    found = robustness(np.array(table, dtype=float).T, [metrics.LAPLACE, metrics.SKEWNESS, metrics.MAXIMIN])
    np.testing.assert_array_equal(found.ranks, [[1, 1, 4, 1], [1, 1, np.nan, np.nan], [2, 2, 4, 1]])
    assert found.winners == ((0, 1, 3), (0, 1), (3,))
    assert found.disagree.tolist() == [[False, False, False], [False, False, True], [False, True, False]]


def test_a_tie_may_be_as_wide_as_the_numbers_are_uncertain() -> None:
    table = [[1.0, 1.04, 1.08, 1.2]]
    assert judged(table, metrics.LAPLACE)[1].tolist() == [4, 3, 2, 1]
    assert judged(table, metrics.LAPLACE, tie=0.05)[1].tolist() == [2, 2, 2, 1]
    assert judged(table, metrics.satisficing(1.04), tie=5.0)[1].tolist() == [4, 1, 1, 1]
    assert judged([[1e12, 1e12], [0.0, 1e12]], metrics.satisficing(1e12))[1].tolist() == [2, 1]
    nearly = [[0.1 + 0.2, 0.3]]
    assert judged(nearly, metrics.LAPLACE)[1].tolist() == [1, 1]


def test_where_metrics_disagree() -> None:
    found = robustness(PAYOFF, ALL)
    for a in range(len(ALL)):
        for b in range(len(ALL)):
            assert found.disagree[a, b] == (not set(found.winners[a]) & set(found.winners[b]))
    ids = [metric.id for metric in found.metrics]
    assert found.disagree[ids.index("maximin"), ids.index("maximax")]
    assert not found.disagree[ids.index("laplace"), ids.index("minimax-regret")]


@given(arrays(np.float64, (9, 3), elements=st.integers(-9, 9)))
def test_mean_and_mean_regret_rank_alike(table) -> None:
    found = robustness(table, [metrics.LAPLACE, MEAN_REGRET])
    np.testing.assert_array_equal(found.ranks[0], found.ranks[1])


def test_one_world() -> None:
    found = robustness(np.array([[1.0, 3.0]]), ALL)
    for metric, values, ranks in zip(ALL, found.values, found.ranks, strict=True):
        if metric.kind == "level":
            assert (values.tolist(), ranks.tolist()) == ([1, 3], [2, 1])
        elif metric.kind == "regret":
            assert (values.tolist(), ranks.tolist()) == ([2, 0], [2, 1])
        elif metric.kind == "share":
            assert set(values) <= {0.0, 1.0}
        else:
            assert np.isnan(values).all() or (values.tolist(), ranks.tolist()) == ([0, 0], [1, 1])


def test_one_strategy() -> None:
    found = robustness(PAYOFF[:, 1:2], ALL)
    assert (found.ranks == 1).all()
    assert (found.values[[metric.kind == "regret" for metric in ALL]] == 0).all()
    assert not found.disagree.any()


@pytest.mark.parametrize(
    ("payoffs", "given", "says"),
    [
        ([[1, 1], [np.nan, 2], [2, np.inf]], {}, "every strategy, 2 of 3 worlds"),
        (np.zeros((0, 3)), {}, "at least one"),
        (np.zeros((2, 0)), {}, "at least one"),
        (np.zeros(3), {}, r"\[world, strategy\]"),
        ([[1], [2]], {"weights": [1]}, "2 worlds"),
        ([[1], [2]], {"weights": [0, 0]}, "all 0"),
        ([[1], [2]], {"weights": [-1, 2]}, "0 or more"),
        ([[1], [2]], {"weights": [1, np.nan]}, "finite"),
        ([[1], [2]], {"better": "more"}, "high or low"),
        ([[1], [2]], {"tie": np.nan}, "tie"),
    ],
)
def test_unfit_tables_are_refused(payoffs, given, says) -> None:
    with pytest.raises(ValueError, match=says):
        robustness(np.asarray(payoffs, dtype=float), [metrics.MAXIMIN], **given)
    with pytest.raises(ValueError, match="same id"):
        robustness(PAYOFF, [metrics.MAXIMIN, metrics.MAXIMIN])


def test_a_clear_winner_stays_and_a_narrow_one_does_not() -> None:
    rng = np.random.default_rng(3)
    clear = np.stack((np.zeros(60), 1 + 0.1 * rng.random(60)), axis=1)
    narrow = rng.normal(size=(60, 2))
    metric = [metrics.LAPLACE, metrics.SKEWNESS]
    for better, sign in (("high", 1), ("low", -1)):
        found = robustness(sign * clear, metric, better=better)
        stays = winners_stay(sign * clear, found, better=better, seed=1)
        assert stays[0] == 1
        assert np.isnan(stays[1])
        found = robustness(sign * narrow, metric, better=better)
        stays = winners_stay(sign * narrow, found, better=better, seed=1, resamples=400)
        drawn = np.random.default_rng(1).integers(60, size=(60, 400))
        means = narrow[drawn].mean(axis=0)
        assert stays[0] == (means.argmax(axis=1) == narrow.mean(axis=0).argmax()).mean()
        assert 0.4 < stays[0] < 1
    tied = np.zeros((9, 2))
    assert winners_stay(tied, robustness(tied, metric), seed=1)[0] == 1
