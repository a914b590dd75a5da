"""Where claims flip and strategies fail, in words: the same for page, terminal and Markdown. Plain text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from offramp.charts.numbers import percent
from offramp.findings.claims.values import Verdict
from offramp.findings.discovery.values import Contest, Flips, Region, RegionClause, Side, Tree, Where
from offramp.findings.results import Findings
from offramp.report.words import count, listed, moving_along, ordered_outcomes, sentence_case

__all__ = [
    "card_lines",
    "claim_lines",
    "clauses_words",
    "contest_lines",
    "failing_lines",
    "few_lines",
    "how_words",
    "tree_words",
    "unclear_lines",
    "worth_telling",
]

_ENDS: dict[Side, str] = {"fails": "it fails", "holds": "it holds", "does worse": "it does", "keeps up": "it is"}


def clauses_words(clauses: Iterable[RegionClause]) -> str:
    """Say what a region asks: ``stake is above 0.6 and crackdown is 1``."""
    return listed(map(_clause, clauses))


def _clause(clause: RegionClause) -> str:
    low, high = (_value(limit, clause.width) for limit in (clause.low, clause.high))
    limits = {
        "above": low,
        "below": high,
        "between": " and ".join(clause.words or (low, high)),
        "one of": " or ".join(clause.words),
    }
    said = limits.get(clause.relation, "".join(clause.words[:1]))
    relation = "is" if clause.relation in ("is", "one of") else f"is {clause.relation.removeprefix('is ')}"
    return f"{clause.label} {relation} {said}"


def _value(value: float | None, width: float) -> str:
    if value is None:
        return ""
    digits = max(0, 2 - math.floor(math.log10(width))) if width > 0 else 6
    return f"{round(value, digits) + 0.0:.10g}".replace("-", "−")


def failing_lines(where: Where | None) -> list[str]:
    """Say where worlds cannot be computed; nothing where most cannot, or where no region stands out."""
    if where is None or where.side != "fails":
        return []
    return [
        f"{percent(region.density)} of the worlds where {clauses_words(region.clauses)} fail (against "
        f"{percent(where.share)} of all); these are {percent(region.coverage)} of those that fail."
        for region in where.regions
    ]


def claim_lines(where: Where) -> list[str]:
    """Say where a claim fails (or holds): one sentence for each region, and how it does on worlds held out."""
    return list(_regions(where, where.side))


def contest_lines(findings: Findings, contest: Contest, *, named: bool = True) -> list[str]:
    """Say where a strategy does worse than another, or does not; its name may be left to a heading."""
    where = contest.where
    if where is None:
        return []
    name = f"“{findings.strategies.get(contest.strategy, contest.strategy)}” " if named else ""
    rival = "the best strategy"
    if contest.rival is not None:
        rival = f"“{findings.strategies.get(contest.rival, contest.rival)}”"
    good = "is as good as" if contest.rival is None else "is at least as good as"
    beside = f"{'does worse than' if where.side == 'does worse' else good} {rival}"
    return list(_regions(where, f"{name}{beside} on “{findings.outcomes[contest.outcome].name}”"))


def _regions(where: Where, said: str) -> Iterator[str]:
    for n, region in enumerate(where.regions):
        start = sentence_case(said) if n == 0 else f"Elsewhere {_ENDS[where.side]}"
        yield " ".join(filter(None, (_region(where, region, start), *map(_moving, region.clauses))))


def _region(where: Where, region: Region, start: str) -> str:
    return (
        f"{start} in {percent(region.density)} of the worlds where {clauses_words(region.clauses)} "
        f"(against {percent(where.share)} of all); these are {percent(region.coverage)} of the worlds where "
        f"{_ENDS[where.side]}. On worlds held out: {percent(region.held_out)}."
    )


def _moving(clause: RegionClause) -> str:
    return moving_along(clause.label, clause.twins)


def tree_words(where: Where, tree: Tree) -> str:
    """Say in one sentence in which share of each part of the worlds a claim fails (or holds)."""
    parts = (
        f"in {percent(leaf.share)} where {clauses_words(leaf.clauses)} ({count(leaf.worlds, 'world')})"
        for leaf in tree.leaves
    )
    return f"{sentence_case(where.side)} {'; '.join(parts)}."


def card_lines(findings: Findings, verdict: Verdict) -> list[str]:
    """Say where a claim flips beside its verdict, where that says more than the threshold named there."""
    where = findings.flips.claims.get(verdict.claim) if findings.flips is not None else None
    if where is None or not where.regions:
        return []
    named = {clause.unknown for region in where.regions for clause in region.clauses}
    known = verdict.threshold is not None and named == {verdict.threshold.unknown}
    return [] if known else claim_lines(where)


def how_words(flips: Flips) -> str:
    """Say how regions are looked for, and how far they are to be trusted."""
    if not flips.searches:
        return _too_few(flips)
    return (
        "A region sets limits to at most three of the unknowns that can matter. It is looked for where at least "
        f"{flips.fewest_worlds} worlds tell and {flips.fewest_on_a_side} are on the smaller side, and always on that "
        "side. The search is made on half of the worlds and checked on the other half, the worlds held out; then its "
        "limits are set anew on all worlds. So the shares of a region lean upwards, and the one on worlds held out "
        f"does not. Of {count(flips.searches, 'search', 'searches')} only those are told whose checks pass together: "
        "at most one in twenty of them is expected to be due to chance; and only where the share is at least 10 points "
        "above that of all worlds."
    )


def _too_few(flips: Flips) -> str:
    return (
        f"Not looked for: that takes at least {flips.fewest_worlds} worlds that tell, and {flips.fewest_on_a_side} on "
        "the smaller side."
    )


def worth_telling(findings: Findings, contests: Iterable[Contest]) -> list[Contest]:
    """Return the contests with a region that stands out: by outcome, those first that chance would hardly make."""
    order = ordered_outcomes(findings)
    found = [(order.index(c.outcome), c.where.regions[0].p_value, c) for c in contests if c.where and c.where.regions]
    return [contest for _, _, contest in sorted(found, key=lambda item: item[:2])]


def unclear_lines(flips: Flips) -> list[str]:
    """Name the claims without a region: those in which none stands out, and those on which too few worlds tell."""
    none = [claim for claim, where in flips.claims.items() if where is not None and not (where.regions or where.tree)]
    few = [claim for claim, where in flips.claims.items() if where is None]
    lines = [f"No region stands out: {', '.join(none)}."] if none else []
    return [*lines, f"Too few worlds, or too few on one side, to look: {', '.join(few)}."] if few else lines


def few_lines(findings: Findings, flips: Flips, most: int) -> list[str]:
    """Say the most telling in few lines: of the claims, and of the focal strategy beside each other one."""
    if not flips.searches:
        return [_too_few(flips)]
    claims = {claim: where for claim, where in flips.claims.items() if where is not None and where.regions}
    ordered = sorted(claims, key=lambda claim: claims[claim].regions[0].p_value)
    contests = worth_telling(findings, flips.contests)
    beside = [contest for contest in contests if contest.rival is not None] or contests
    lines = [f"{claim}: {claim_lines(claims[claim])[0]}" for claim in ordered[:most]]
    lines += [contest_lines(findings, contest)[0] for contest in beside[:most]]
    if not lines:
        return ["No region stands out."]
    first = flips.contests[0].outcome if flips.contests else ""
    silent = [f"On “{findings.outcomes[first].name}” no region stands out."] if first else []
    silent = [] if any(contest.outcome == first for contest in contests) else silent
    told = sum(len(where.regions) for where in claims.values())
    left = told + sum(len(c.where.regions) for c in contests if c.where is not None) - len(lines)
    return [*lines, *silent, *([f"{count(left, 'more region')} in report.html."] if left else [])]
