"""The named robustness metrics: each asks another question of the same table of strategies by worlds.

They are the eleven of McPhail et al. (2018, see scheme.py), the mean of the worst worlds, a percentile, and the share
of worlds in which a strategy is best. Four more are not among `named_metrics`: `MEAN_REGRET`, `VARIANCE` and
`SAMPLE_VARIANCE` rank as a mean and a standard deviation do, and would be counted twice; the ranking by
`MEAN_VARIANCE_RATIO`, which is McPhail's form, changes with the outcome's unit and zero.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from offramp.measures import aggregates as of
from offramp.measures import scheme as by
from offramp.measures.aggregates import Aggregate
from offramp.measures.metric import Metric
from offramp.measures.scheme import Step

__all__ = [
    "BEST_SHARE",
    "LAPLACE",
    "MAXIMAX",
    "MAXIMIN",
    "MEAN_REGRET",
    "MEAN_VARIANCE_RATIO",
    "MINIMAX_REGRET",
    "PEAKEDNESS",
    "SAMPLE_VARIANCE",
    "SKEWNESS",
    "UNDESIRABLE_DEVIATIONS",
    "VARIANCE",
    "WEIGHTED_MEAN",
    "hurwicz",
    "mean_of_worst",
    "mean_variance",
    "named_metrics",
    "percentile",
    "regret_percentile",
    "satisficing",
]

_WALD = "Wald (1950), Statistical Decision Functions"
_LAPLACE = "Laplace (1814), Essai philosophique sur les probabilités"
_SAVAGE = "Savage (1951), The theory of statistical decision, J. American Statistical Association 46"
_SAVAGE_1954 = "Savage (1954), The Foundations of Statistics"
_HURWICZ = "Hurwicz (1951), Optimality criteria for decision making under ignorance, Cowles Commission 370"
_MARKOWITZ = "Markowitz (1952), Portfolio selection, J. Finance 7"
_BAUMOL = "Baumol (1963), An expected gain-confidence limit criterion for portfolio selection, Management Science 10"
_STARR = "Starr (1963), Product Design and Decision Theory; Schneller and Sphicas (1983), Theory and Decision 15"
_UNDESIRABLE = "Takriti and Ahmed (2004), On robust optimization of two-stage systems, Mathematical Programming 99"
_TAIL = "Rockafellar and Uryasev (2000), Optimization of conditional value-at-risk, J. Risk 2"
_SHAPE = "Voudouris et al. (2014), Exploring the production of natural gas, Energy Policy 64"
_HERMAN = "Herman et al. (2015), How should robustness be defined, J. Water Resources Planning and Management 141"
_QUANTILE = "Hyndman and Fan (1996), Sample quantiles in statistical packages, American Statistician 50"
_MCPHAIL = "McPhail et al. (2018), Robustness metrics, Earth's Future 6"


def _level(id_: str, name: str, asks: str, source: str, subset: Step, aggregate: Aggregate = of.mean) -> Metric:
    return Metric(id_, name, asks, source, "level", "high", by.outcome, subset, aggregate, power=1)


def _regret(id_: str, name: str, asks: str, source: str, subset: Step) -> Metric:
    return Metric(id_, name, asks, source, "regret", "low", by.regrets, subset, of.mean, power=1)


def _share(id_: str, name: str, asks: str, source: str, transform: Step) -> Metric:
    return Metric(id_, name, asks, source, "share", "high", transform, by.every, of.mean, power=0)


def _spread(id_: str, name: str, asks: str, source: str, subset: Step, aggregate: Aggregate, power: int = 0) -> Metric:
    return Metric(id_, name, asks, source, "spread", "low", by.outcome, subset, aggregate, power)


MAXIMIN = _level("maximin", "Worst world (maximin)", "What it gives in its own worst world.", _WALD, by.worst)
MAXIMAX = _level("maximax", "Best world (maximax)", "What it gives in its own best world.", _WALD, by.best)
LAPLACE = _level("laplace", "Mean (Laplace, insufficient reason)",
                 "The mean over the worlds, each counting the same.", _LAPLACE, by.equally)  # fmt: skip
WEIGHTED_MEAN = _level("weighted-mean", "Weighted mean",
                       "The mean over the worlds, each counting by its weight.", _SAVAGE_1954, by.every)  # fmt: skip
MEAN_VARIANCE_RATIO = replace(
    _level("mean-variance-ratio", "Mean against standard deviation",
           "The mean plus one, divided by the standard deviation plus one (multiplied, where low is better).",
           _MCPHAIL, by.every, of.ratio), power=0)  # fmt: skip
MINIMAX_REGRET = _regret("minimax-regret", "Largest regret (minimax regret)",
                         "The farthest it falls, in any world, behind the strategy that is best in that world.",
                         _SAVAGE, by.worst)  # fmt: skip
MEAN_REGRET = _regret("mean-regret", "Mean regret",
                      "How far it falls, on average over the worlds, behind the strategy that is best in each.",
                      _SAVAGE, by.every)  # fmt: skip
BEST_SHARE = _share("best-share", "Share of worlds in which it is best",
                    "The share of the worlds in which no other strategy does better.",
                    _MCPHAIL, by.regret_within(0.0))  # fmt: skip
UNDESIRABLE_DEVIATIONS = replace(
    _spread("undesirable-deviations", "Shortfall behind its own median (undesirable deviations)",
            "How far it falls, on average over the worlds, short of what it gives in its own middle world.",
            _UNDESIRABLE, by.every, of.mean, power=1), transform=by.shortfalls)  # fmt: skip
SKEWNESS = _spread("skewness", "Skewness by percentiles",
                   "Whether most worlds lie near its good end (negative), the rest trailing off to the bad.",
                   _SHAPE, by.quantiles(0.1, 0.5, 0.9), of.skew)  # fmt: skip
PEAKEDNESS = replace(
    _spread("peakedness", "Peakedness by percentiles (kurtosis)",
            "How closely its middle half of the worlds lies together, against its middle four fifths.",
            _SHAPE, by.quantiles(0.1, 0.25, 0.75, 0.9), of.peak), better="high")  # fmt: skip
VARIANCE = _spread("variance", "Variance", "How widely it varies over the worlds, squared.",
                   _MARKOWITZ, by.every, of.variance(), power=2)  # fmt: skip
SAMPLE_VARIANCE = _spread("sample-variance", "Variance, corrected for the estimated mean",
                          "How widely it varies over all worlds of which these are a sample, squared.",
                          _MARKOWITZ, by.every, of.variance(corrected=True), power=2)  # fmt: skip


def hurwicz(optimism: float = 0.5) -> Metric:
    """The worst world and the best, mixed: `optimism` runs from 0 (maximin) to 1 (maximax)."""
    _inside(optimism, "optimism", ends=True)
    asks = f"What it gives in its worst and best world, the best counting {100 * optimism:g} %."
    aggregate = of.mix(1.0 - optimism, optimism)
    return _level(
        f"hurwicz-{optimism:g}", "Worst and best world (Hurwicz)", asks, _HURWICZ, by.worst_and_best, aggregate
    )


def percentile(share: float = 0.1) -> Metric:
    """What a strategy gives or betters in all but the worst `share` of the worlds, between 0 and 1."""
    _inside(share, "share")
    asks = f"What it gives or betters in {100 * (1 - share):g} % of the worlds."
    name = f"Worst {100 * share:g} % left out (percentile)"
    return _level(f"percentile-{share:g}", name, asks, _QUANTILE, by.quantiles(share))


def mean_of_worst(share: float = 0.1) -> Metric:
    """The expected shortfall (conditional value-at-risk) over the worst `share` of the worlds, above 0, at most 1."""
    _inside(share, "share", ends=share != 0)
    asks = f"The mean over the worst {100 * share:g} % of the worlds."
    name = f"Mean of the worst {100 * share:g} % (expected shortfall)"
    return _level(f"worst-{share:g}", name, asks, _TAIL, by.worst_share(share))


def mean_variance(times: float = 1.0) -> Metric:
    """The mean, made worse by so many standard deviations (0 or more); its ranking knows no unit and no zero."""
    if not 0.0 <= times < np.inf:
        raise ValueError(f"times must be 0 or more, not {times}")
    asks = f"The mean over the worlds, made worse by the standard deviation times {times:g}."
    name = "Mean and standard deviation (mean-variance)"
    return _level(f"mean-variance-{times:g}", name, asks, _BAUMOL, by.every, of.mean_and_deviation(times))


def regret_percentile(share: float = 0.9) -> Metric:
    """The regret that a strategy stays within in `share` of the worlds, between 0 and 1."""
    _inside(share, "share")
    asks = (
        f"How far it falls, at most, behind the strategy that is best in a world, in {100 * share:g} % of the worlds."
    )
    name = f"Regret in {100 * share:g} % of the worlds (percentile regret)"
    return _regret(f"regret-{share:g}", name, asks, _HERMAN, by.quantiles(1.0 - share))


def satisficing(level: float) -> Metric:
    """The share of the worlds in which the outcome, in its own unit, is `level` or better."""
    if not np.isfinite(level):
        raise ValueError(f"level must be a number, not {level}")
    asks = f"The share of the worlds in which it gives {level:g} or better."
    return _share(
        f"satisficing-{level:g}", "Good enough (satisficing, Starr's domain)", asks, _STARR, by.reached(level)
    )


def named_metrics(*, level: float | None = None, weighted: bool = False) -> tuple[Metric, ...]:
    """Return the metrics to compare strategies by, no two of which always rank alike.

    Parameters
    ----------
    level : float, optional
        What is good enough, in the outcome's unit; without it there is no satisficing share.
    weighted : bool, optional
        The worlds have weights: the weighted mean comes beside the mean.
    """
    mean = (LAPLACE, WEIGHTED_MEAN) if weighted else (LAPLACE,)
    enough = () if level is None else (satisficing(level),)
    worst_first = (MAXIMIN, mean_of_worst(), percentile(), hurwicz(), mean_variance(), *mean, MAXIMAX)
    return (*worst_first, MINIMAX_REGRET, regret_percentile(), BEST_SHARE, *enough,
            UNDESIRABLE_DEVIATIONS, SKEWNESS, PEAKEDNESS)  # fmt: skip


def _inside(number: float, name: str, *, ends: bool = False) -> None:
    if not (0.0 < number < 1.0 or (ends and number in (0.0, 1.0))):
        raise ValueError(f"{name} must lie between 0 and 1, not {number}")
