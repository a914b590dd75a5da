"""Where claims flip in the synthetic findings: looked for for real, over worlds with regions that are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from offramp.casefile import parse_case
from offramp.findings.common.draws import Draws
from offramp.findings.discovery import values as f
from offramp.findings.discovery.clauses import DrawsBehind
from offramp.findings.discovery.regions import look, told

WORLDS = 256
CASE = """\
offramp: 1
name: flips
unknowns:
  stake: {range: [0, 1], origin: guess}
  crackdown: {choice: [0, 1], origin: guess}
  mood: {range: [-1, 1], origin: guess}
  other: {range: [0, 1], origin: guess}
players:
  us: {options: {push: {}}, wants: [{that: us.push, worth: stake * crackdown + mood + other}]}
outcomes:
  pushed: {of: us.push, measure: average}
strategies:
  free: {}
"""


def sample_flips(strategies: Sequence[str], outcomes: Sequence[str]) -> f.Flips:
    """One claim fails where the stake is high under a crackdown, one where the mood is low or high; others do not."""
    rng = np.random.default_rng(3)
    stake, mood, other, noise = rng.random((4, WORLDS))
    columns = {"stake": stake, "crackdown": rng.integers(2, size=WORLDS) * 1.0, "mood": 2 * mood - 1, "other": other}
    labels = {"stake": "partners' trade stake", "crackdown": "crackdown", "mood": "the mood", "other": "other"}
    case = parse_case(CASE).case
    draws = DrawsBehind(case, Draws(columns, labels, WORLDS), frozenset(columns), np.ones(WORLDS, dtype=np.bool_))
    high = (stake > 0.6) & (columns["crackdown"] == 1)
    fails = np.where(high, noise < 0.9, noise < 0.15)
    middle = np.where(abs(columns["mood"]) < 0.5, noise < 0.05, noise < 0.75)
    claims = {"offer-alone": fails, "stalling": middle, "guarantee-matters": noise < 0.3}
    searches = {claim: look(draws, bad, ("fails", "holds"), 1, tree=True) for claim, bad in claims.items()}
    where = {claim: told(search, 0.01) for claim, search in searches.items()}
    one, two, three = strategies[:3]
    worse = told(look(draws, ~fails, ("does worse", "keeps up"), 1), 0.01)
    none = told(look(draws, noise < 0.4, ("does worse", "keeps up"), 1), 0.01)
    contests = (
        f.Contest(one, two, outcomes[0], 0.7, worse),
        f.Contest(one, three, outcomes[0], 0.4, none),
        f.Contest(two, None, outcomes[0], 0.7, worse),
        f.Contest(one, None, outcomes[1], 1.0, None),
    )
    return f.Flips(64, 8, 5, 0.01, {**where, "offramp": None}, contests)


def hostile_flips(base: f.Flips, h: str) -> f.Flips:
    """Every text of the case is an attempt to break out of the page."""

    def clauses(told: Sequence[f.RegionClause]) -> tuple[f.RegionClause, ...]:
        return tuple(replace(c, unknown=h, label=h, words=(h,) * len(c.words), twins=(h,)) for c in told)

    def where(found: f.Where | None) -> f.Where | None:
        if found is None:
            return None
        regions = tuple(replace(each, clauses=clauses(each.clauses)) for each in found.regions)
        tree = found.tree
        if tree is not None:
            tree = replace(tree, leaves=tuple(replace(leaf, clauses=clauses(leaf.clauses)) for leaf in tree.leaves))
        return replace(found, regions=regions, tree=tree)

    contests = tuple(
        replace(c, strategy=c.strategy + h, rival=None if c.rival is None else c.rival + h, outcome=c.outcome + h,
                where=where(c.where)) for c in base.contests
    )  # fmt: skip
    return replace(base, claims={claim + h: where(found) for claim, found in base.claims.items()}, contests=contests)
