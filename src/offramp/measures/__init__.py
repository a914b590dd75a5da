"""What the worlds say: shares, bands, regret, thresholds and shares of variance. Pure functions on arrays.

The best guess (world 0) counts in none of them: give them the drawn worlds only.

* shares.py      in how many worlds a claim holds, with its interval, and the word for it
* bands.py       mean and 5 to 95 % over the worlds
* regret.py      shortfall behind the best strategy of a world
* bootstrap.py   an interval for any statistic over worlds
* twins.py       unknowns whose draws happen to move together
* threshold.py   the one unknown and value that best separate two kinds of worlds
* variance.py    the share of the variance that a group of unknowns explains (pick-freeze)
* sobol.py       that share, and the total one, for many groups of unknowns (pick-freeze)
* first_order.py the same for each unknown alone, from the draws at hand
* screening.py   which unknowns stand out, from the draws at hand
* group_share.py the same for a few unknowns together, from the draws at hand
* paired.py      the mean difference of two strategies over the same worlds
* paired_shares.py the difference between two shares of the same worlds
* robustness.py  which strategy each robustness metric prefers (scheme.py, aggregates.py: the steps they are made of;
  metric.py, metrics.py: the metrics)
* information.py how much regret falls if one unknown were known
* discovery.py   boxes in which most worlds are of interest, each checked on worlds held out (boxes.py, region.py,
  peeling.py, prim.py, pruning.py, narrowing.py, chance.py: what they are made of; statements.py: what they say)
* tree.py        all worlds in parts; tree_check.py: where that says more than boxes do
* false_discovery.py how small a p-value has to be among many
"""

from __future__ import annotations

from offramp.measures.bands import Spread, spread
from offramp.measures.bootstrap import bootstrap
from offramp.measures.first_order import FirstOrder, first_order
from offramp.measures.group_share import GroupShare, group_share
from offramp.measures.information import Information, groups_of, information_floor, value_of_information
from offramp.measures.metric import Kind, Metric
from offramp.measures.metrics import named_metrics
from offramp.measures.paired import Paired, paired
from offramp.measures.paired_shares import share_difference
from offramp.measures.regret import mean_regret, regret, robust_regret
from offramp.measures.robustness import Robustness, robustness, winners_stay
from offramp.measures.scheme import Better
from offramp.measures.screening import Screened, screen
from offramp.measures.shares import Share, Word, share_of, wilson, word_for
from offramp.measures.sobol import SobolIndices, sobol_indices
from offramp.measures.threshold import Split, find_split
from offramp.measures.variance import closed_share

__all__ = [
    "Better",
    "FirstOrder",
    "GroupShare",
    "Information",
    "Kind",
    "Metric",
    "Paired",
    "Robustness",
    "Screened",
    "Share",
    "SobolIndices",
    "Split",
    "Spread",
    "Word",
    "bootstrap",
    "closed_share",
    "find_split",
    "first_order",
    "group_share",
    "groups_of",
    "information_floor",
    "mean_regret",
    "named_metrics",
    "paired",
    "regret",
    "robust_regret",
    "robustness",
    "screen",
    "share_difference",
    "share_of",
    "sobol_indices",
    "spread",
    "value_of_information",
    "wilson",
    "winners_stay",
    "word_for",
]
