"""The part of the page on where claims flip and where strategies fail."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.charts import percent
from offramp.findings.discovery.values import Contest, Flips, Where
from offramp.findings.results import Findings
from offramp.report.figures import details, rest, table
from offramp.report.flip_words import claim_lines, contest_lines, how_words, tree_words, unclear_lines, worth_telling
from offramp.report.markup import Child, Html, join, tag
from offramp.report.words import count, verdict_anchor

__all__ = ["flips"]

FIRST = 6
"""Sentences shown before the others unfold."""


def flips(findings: Findings) -> Html | None:
    """Write in which regions claims flip, and strategies do worse than others."""
    found = findings.flips
    if found is None:
        return None
    pairs = [contest for contest in found.contests if contest.rival is not None]
    focal = findings.strategies.get(findings.focal, findings.focal)
    return tag(
        "section",
        tag("h2", "Where it flips", id="flips"),
        tag("p", how_words(found), class_="how"),
        _claims(findings, found),
        _contests(findings, pairs, f"“{focal}” beside each other strategy"),
        _contests(findings, [c for c in found.contests if c.rival is None], "Each strategy beside the best"),
    )


def _claims(findings: Findings, found: Flips) -> Html | None:
    if not found.claims:
        return None
    items = [
        _claim(findings, claim, where)
        for claim, where in found.claims.items()
        if where and (where.regions or where.tree)
    ]
    unclear = (tag("p", line, class_="how") for line in unclear_lines(found))
    return join([tag("h3", "Claims"), tag("ul", *items, class_="plain") if items else None, *unclear])


def _claim(findings: Findings, claim: str, where: Where) -> Html:
    verdict = findings.verdicts.get(claim)
    name: Child = claim if verdict is None else tag("a", claim, href=f"#{verdict_anchor(findings, claim)}")
    says = verdict.says if verdict is not None else ""
    parts: list[Child] = [name, " ", tag("span", says, class_="dim")]
    parts += [tag("p", line, class_="flip") for line in claim_lines(where)]
    if where.tree is not None:
        beside = f", by the regions found on the other half {percent(max(where.tree.regions_skill, 0.0))}"
        skills = (
            "Forecasting worlds held out by such parts takes "
            f"{percent(where.tree.skill)} off the mean squared error{beside}."
        )
        parts.append(details("In parts", tag("p", tree_words(where, where.tree)), tag("p", skills, class_="how")))
    return tag("li", *parts)


def _contests(findings: Findings, contests: Sequence[Contest], title: str) -> Html | None:
    if not contests:
        return None
    items = [tag("li", *_sentences(findings, contest)) for contest in worth_telling(findings, contests)]
    shown: list[Child] = [tag("ul", *items[:FIRST], class_="plain")] if items else [tag("p", "No region stands out.")]
    if more := items[FIRST:]:
        shown.append(rest(f"{count(len(more), 'more comparison')}", tag("ul", *more, class_="plain")))
    return join(
        [tag("h3", title), *shown, details("In which share of the worlds it does worse", _shares(findings, contests))]
    )


def _sentences(findings: Findings, contest: Contest) -> list[Child]:
    lines = contest_lines(findings, contest, named=contest.rival is None)
    return [tag("p", line, class_="flip") for line in lines]


def _shares(findings: Findings, contests: Sequence[Contest]) -> Html:
    outcomes = list(dict.fromkeys(contest.outcome for contest in contests))
    by: dict[str, list[Child]] = {}
    for contest in contests:
        name = contest.strategy if contest.rival is None else contest.rival
        where = contest.where
        mark = "*" if where is not None and where.regions else ""
        by.setdefault(name, [findings.strategies.get(name, name)]).append(f"{percent(contest.worse)}{mark}")
    head = ["Beside" if contests[0].rival is not None else "Strategy", *(findings.outcomes[o].name for o in outcomes)]
    under = tag("p", "By more than the margin. With a * a region stands out.", class_="under")
    return join([table(head, by.values(), "Shares of the worlds", class_="small"), under])
