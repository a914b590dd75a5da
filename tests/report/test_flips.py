"""Where claims flip and strategies fail, on the page, on a terminal, in Markdown and in results.json."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest

from offramp.findings.claims.values import Threshold
from offramp.findings.discovery.values import Contest, Flips, RegionClause, Where
from offramp.findings.results import Findings
from offramp.report import render_html, render_markdown, results_schema, to_json
from offramp.report.flip_words import card_lines, claim_lines, clauses_words, contest_lines, tree_words, unclear_lines
from offramp.report.part_flips import flips

from .test_argument import words
from .test_terminal import printed


def told(findings: Findings) -> Flips:
    assert findings.flips is not None
    return findings.flips


def where_of(findings: Findings, claim: str = "offer-alone") -> Where:
    where = told(findings).claims[claim]
    assert where is not None
    return where


def test_one_sentence_for_a_region(findings: Findings) -> None:
    where = where_of(findings)
    (line,) = claim_lines(where)
    assert line.replace("\u00a0", " ") == (
        "Fails in 94 % of the worlds where partners' trade stake is above 0.624 and crackdown is 1 (against 28 % of "
        "all); these are 62 % of the worlds where it fails. On worlds held out: 88 %."
    )
    twice = replace(where, side="holds", regions=where.regions * 2)
    assert claim_lines(twice)[0].startswith("Holds in 94")
    assert claim_lines(twice)[1].startswith("Elsewhere it holds in 94")
    assert "likely" not in line


@pytest.mark.parametrize(
    ("relation", "low", "high", "said", "expected"),
    [
        ("above", 0.123456, None, (), "x is above 0.12"),
        ("below", None, -0.00001, (), "x is below 0"),
        ("between", -0.5, 0.25, (), "x is between −0.5 and 0.25"),
        ("between", 1.0, 3.0, ("one", "three"), "x is between one and three"),
        ("at least", 2.0, None, ("2",), "x is at least 2"),
        ("is", None, None, ("2",), "x is 2"),
        ("is not", None, None, ("2",), "x is not 2"),
        ("one of", None, None, ("1", "2"), "x is 1 or 2"),
    ],
)
def test_clauses(relation, low, high, said, expected) -> None:
    assert clauses_words([RegionClause("x", "x", relation, low, high, said, 1.0, 0.01)]) == expected


def test_unknowns_that_move_along_are_named(findings: Findings) -> None:
    where = where_of(findings)
    first = where.regions[0].clauses[0]
    along = replace(where.regions[0], clauses=(replace(first, twins=("the weather",)),))
    (line,) = claim_lines(replace(where, regions=(along,)))
    assert line.endswith(f"In these draws {first.label} moves along with the weather: it may be one of them.")


def test_contests(findings: Findings) -> None:
    one, two = (f"“{name}”" for name in list(findings.strategies.values())[:2])
    outcome = f"on “{findings.outcomes['earnest-talks'].name}” in"
    pair, _, best, _ = told(findings).contests
    assert contest_lines(findings, pair)[0].startswith(f"{one} is at least as good as {two} {outcome}")
    assert contest_lines(findings, best)[0].startswith(f"{two} is as good as the best strategy {outcome}")
    assert pair.where is not None
    worse = replace(pair, where=replace(pair.where, side="does worse"))
    (line,) = contest_lines(findings, worse)
    assert line.startswith(f"{one} does worse than {two} {outcome}")
    assert "of the worlds where it does. On" in line
    assert contest_lines(findings, worse, named=False)[0].startswith(f"Does worse than {two} {outcome}")
    assert contest_lines(findings, replace(pair, where=None)) == []


def test_a_tree_in_one_sentence(findings: Findings) -> None:
    where = where_of(findings, "stalling")
    assert where.tree is not None
    said = tree_words(where, where.tree)
    assert said.startswith("Fails in 9")
    assert said.count(" worlds)") == len(where.tree.leaves) == said.count(";") + 1


def test_what_is_unclear_is_named(findings: Findings) -> None:
    assert unclear_lines(told(findings)) == [
        "No region stands out: guarantee-matters.",
        "Too few worlds, or too few on one side, to look: offramp.",
    ]


def test_the_card_says_what_its_threshold_does_not(findings: Findings) -> None:
    verdict = findings.verdicts["offer-alone"]
    assert card_lines(findings, verdict) == claim_lines(where_of(findings))
    stake = Threshold("stake", "partners' trade stake", 0.6, "below", 0.8, 0.4, 0.9)
    assert card_lines(findings, replace(verdict, threshold=stake))
    where = where_of(findings)
    only = replace(where.regions[0], clauses=tuple(c for c in where.regions[0].clauses if c.unknown == "stake"))
    same = replace(told(findings), claims={"offer-alone": replace(where, regions=(only,))})
    assert not card_lines(replace(findings, flips=same), replace(verdict, threshold=stake))
    assert not card_lines(findings, findings.verdicts["stalling"])
    assert not card_lines(replace(findings, flips=None), verdict)


def test_the_part_of_the_page(findings: Findings) -> None:
    part = flips(findings)
    assert part is not None
    page = words(part).replace("\u00a0", " ")
    for said in (
        "Fails in 94 %", "No region stands out: guarantee-matters.", "In parts", "Each strategy beside the best",
        "beside each other strategy", "70 %*",
    ):  # fmt: skip
        assert said in page
    nothing = replace(told(findings), claims={}, contests=(Contest("free-play", None, "earnest-talks", 0.1, None),))
    assert "No region stands out." in words(flips(replace(findings, flips=nothing)))


def test_everywhere_or_nowhere(findings: Findings, minimal: Findings) -> None:
    for text in (render_html(minimal), render_markdown(minimal), printed(minimal)):
        assert "where it flips" not in text.lower()
    page = render_html(findings)
    assert page.count("Fails in 94\u00a0% of the worlds where partners&#x27; trade stake is above 0.624") == 2
    text = printed(findings)
    part = text[text.index("WHERE IT FLIPS") : text.index("WHAT HOLDS")]
    assert "offer-alone: Fails in 94 % of the worlds where" in part
    assert "1 more region in report.html." in part
    assert 5 <= len(part.strip().splitlines()) <= 24
    markdown = render_markdown(findings).replace("\u00a0", " ")
    assert "## Where it flips" in markdown
    assert "- offer-alone: Fails in 94 % of the worlds where partners' trade stake is above 0.624" in markdown
    none = replace(told(findings), claims={}, contests=())
    assert "No region stands out." in printed(replace(findings, flips=none))


def test_json_has_it(findings: Findings, minimal: Findings, hostile: Findings) -> None:
    for each in (findings, minimal, hostile):
        jsonschema.validate(to_json(each), results_schema())
    assert to_json(minimal)["flips"] is None
    content = to_json(findings)["flips"]
    assert content["claims"]["offramp"] is None
    (region,) = content["claims"]["offer-alone"]["regions"]
    assert {clause["unknown"] for clause in region["clauses"]} == {"stake", "crackdown"}
    assert content["claims"]["stalling"]["tree"]["leaves"][0]["clauses"][0]["quasi_p"] is None
    assert content["contests"][2]["rival"] is None
