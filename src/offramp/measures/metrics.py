"""The named robustness metrics: each asks another question of the same table of worlds by strategies.

They are the eleven of McPhail et al. (2018, see scheme.py), the mean of the worst worlds, a percentile, and the share
of worlds in which a strategy is best; no two of them always rank alike. Mean regret ranks as the mean does, and the
variance as the standard deviation; both would be counted twice. In place of McPhail's mean divided by the standard
deviation, whose ranking changes with the outcome's unit and zero, stands the mean less the standard deviation.
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
    "LAPLACE",
    "MAXIMAX",
    "MAXIMIN",
    "MINIMAX_REGRET",
    "PEAKEDNESS",
    "SKEWNESS",
    "UNDESIRABLE_DEVIATIONS",
    "best_share",
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
_HURWICZ = "Hurwicz (1951), Optimality criteria for decision making under ignorance, Cowles Commission 370"
_BAUMOL = "Baumol (1963), An expected gain-confidence limit criterion for portfolio selection, Management Science 10"
_STARR = "Starr (1963), Product Design and Decision Theory; Schneller and Sphicas (1983), Theory and Decision 15"
_UNDESIRABLE = "Takriti and Ahmed (2004), On robust optimization of two-stage systems, Mathematical Programming 99"
_TAIL = "Rockafellar and Uryasev (2000), Optimization of conditional value-at-risk, J. Risk 2"
_SHAPE = "Voudouris et al. (2014), Exploring the production of natural gas, Energy Policy 64"
_HERMAN = "Herman et al. (2015), How should robustness be defined, J. Water Resources Planning and Management 141"
_QUANTILE = "Hyndman and Fan (1996), Sample quantiles in statistical packages, American Statistician 50"
_MCPHAIL = "McPhail et al. (2018), Robustness metrics, Earth's Future 6"

_WORST, _ALL, _BEST = "the worst worlds", "all worlds together", "the best world"
_BEHIND, _OFTEN, _ENOUGH = "regret", "how often it is best", "how often it is good enough"
_SHAPES = "how its own outcomes lie"


def _level(
    id_: str, name: str, asks: str, looks_at: str, source: str, subset: Step, aggregate: Aggregate = of.mean
) -> Metric:
    return Metric(id_, name, asks, looks_at, source, "level", "high", by.outcome, subset, aggregate, power=1)


def _regret(id_: str, name: str, asks: str, source: str, subset: Step) -> Metric:
    return Metric(id_, name, asks, _BEHIND, source, "regret", "low", by.regrets, subset, of.mean, power=1)


def _share(id_: str, name: str, asks: str, looks_at: str, source: str, transform: Step) -> Metric:
    return Metric(id_, name, asks, looks_at, source, "share", "high", transform, by.every, of.mean, power=0)


def _spread(id_: str, name: str, asks: str, source: str, subset: Step, aggregate: Aggregate) -> Metric:
    return Metric(id_, name, asks, _SHAPES, source, "spread", "low", by.outcome, subset, aggregate, power=0)


MAXIMIN = _level("maximin", "Worst world (maximin)", "What it gives in its own worst world.", _WORST, _WALD, by.worst)
MAXIMAX = _level("maximax", "Best world (maximax)", "What it gives in its own best world.", _BEST, _WALD, by.best)
LAPLACE = _level("laplace", "Mean (Laplace, insufficient reason)",
                 "The mean over the worlds, each counting the same.", _ALL, _LAPLACE, by.equally)  # fmt: skip
MINIMAX_REGRET = _regret("minimax-regret", "Largest regret (minimax regret)",
                         "The farthest it falls, in any world, behind the strategy that is best in that world.",
                         _SAVAGE, by.worst)  # fmt: skip
UNDESIRABLE_DEVIATIONS = replace(
    _spread("undesirable-deviations", "Shortfall behind its own median (undesirable deviations)",
            "How far it falls, on average over the worlds, short of what it gives in its own middle world.",
            _UNDESIRABLE, by.every, of.mean), transform=by.shortfalls, power=1)  # fmt: skip
SKEWNESS = _spread("skewness", "Skewness by percentiles",
                   "Whether most worlds lie near its good end (negative), the rest trailing off to the bad.",
                   _SHAPE, by.quantiles(0.1, 0.5, 0.9), of.skew)  # fmt: skip
PEAKEDNESS = replace(
    _spread("peakedness", "Peakedness by percentiles (kurtosis)",
            "How closely its middle half of the worlds lies together, against its middle four fifths.",
            _SHAPE, by.quantiles(0.1, 0.25, 0.75, 0.9), of.peak), better="high")  # fmt: skip


def hurwicz(optimism: float = 0.5) -> Metric:
    """The worst world and the best, mixed: `optimism` runs from 0 (maximin) to 1 (maximax)."""
    _inside(optimism, "optimism", ends=True)
    asks = f"What it gives in its worst and best world, the best counting {100 * optimism:g} %."
    looks_at, mixed = "the worst and the best world", of.mix(1.0 - optimism, optimism)
    name = "Worst and best world (Hurwicz)"
    return _level(f"hurwicz-{optimism:g}", name, asks, looks_at, _HURWICZ, by.worst_and_best, mixed)


def percentile(share: float = 0.1) -> Metric:
    """What a strategy gives or betters in all but the worst `share` of the worlds, between 0 and 1."""
    _inside(share, "share")
    asks = f"What it gives or betters in {100 * (1 - share):g} % of the worlds."
    name = f"Worst {100 * share:g} % left out (percentile)"
    return _level(f"percentile-{share:g}", name, asks, _WORST, _QUANTILE, by.quantiles(share))


def mean_of_worst(share: float = 0.1) -> Metric:
    """The expected shortfall (conditional value-at-risk) over the worst `share` of the worlds, above 0, at most 1."""
    _inside(share, "share", ends=share != 0)
    asks = f"The mean over its worst {100 * share:g} % of the worlds."
    name = f"Mean of the worst {100 * share:g} % (expected shortfall)"
    return _level(f"worst-{share:g}", name, asks, _WORST, _TAIL, by.worst_share(share))


def mean_variance(times: float = 1.0) -> Metric:
    """The mean, made worse by so many standard deviations (0 or more); its ranking knows no unit and no zero."""
    if not 0.0 <= times < np.inf:
        raise ValueError(f"times must be 0 or more, not {times}")
    asks = f"The mean over the worlds, made worse by the standard deviation times {times:g}."
    name = "Mean and standard deviation (mean-variance)"
    return _level(f"mean-variance-{times:g}", name, asks, _ALL, _BAUMOL, by.every, of.mean_and_deviation(times))


def regret_percentile(share: float = 0.9) -> Metric:
    """The regret that a strategy stays within in `share` of the worlds, between 0 and 1."""
    _inside(share, "share")
    asks = (
        f"How far it falls, at most, behind the strategy that is best in a world, in {100 * share:g} % of the worlds."
    )
    name = f"Regret in {100 * share:g} % of the worlds (percentile regret)"
    return _regret(f"regret-{share:g}", name, asks, _HERMAN, by.quantiles(1.0 - share))


def best_share(within: float = 0.0) -> Metric:
    """The share of the worlds in which no other strategy does better by more than `within`, in the outcome's unit."""
    if not 0.0 <= within < np.inf:
        raise ValueError(f"within must be 0 or more, not {within}")
    asks = "The share of the worlds in which no other strategy does better."
    return _share("best-share", "Share of worlds in which it is best", asks, _OFTEN, _MCPHAIL, by.regret_within(within))


def satisficing(level: float) -> Metric:
    """The share of the worlds in which the outcome, in its own unit, is `level` or better."""
    if not np.isfinite(level):
        raise ValueError(f"level must be a number, not {level}")
    asks = f"The share of the worlds in which it gives {level:g} or better."
    name = "Good enough (satisficing, Starr's domain)"
    return _share(f"satisficing-{level:g}", name, asks, _ENOUGH, _STARR, by.reached(level))


def named_metrics(*, level: float | None = None, tie: float = 0.0) -> tuple[Metric, ...]:
    """Return the metrics to compare strategies by, the tellingest of each kind first.

    Parameters
    ----------
    level : float, optional
        What is good enough, in the outcome's unit; without it there is no satisficing share.
    tie : float, optional
        How far apart outcomes may lie and still count as equally good in a world.
    """
    levels = (mean_of_worst(), percentile(), mean_variance(), LAPLACE, MAXIMIN, hurwicz(), MAXIMAX)
    enough = () if level is None else (satisficing(level),)
    shapes = (UNDESIRABLE_DEVIATIONS, SKEWNESS, PEAKEDNESS)
    return (*levels, regret_percentile(), MINIMAX_REGRET, best_share(tie), *enough, *shapes)


def _inside(number: float, name: str, *, ends: bool = False) -> None:
    if not (0.0 < number < 1.0 or (ends and number in (0.0, 1.0))):
        raise ValueError(f"{name} must lie between 0 and 1, not {number}")
