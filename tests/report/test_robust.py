"""Which strategy is safe, on the page, on a terminal, in Markdown and in results.json."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import jsonschema
import vl_convert

from offramp.charts.robust import regret_worlds, trade_off, unbeaten
from offramp.findings.choice.values import Preferred, Robust, RobustOutcome
from offramp.findings.results import Findings
from offramp.report import render_html, render_markdown, results_schema, to_json
from offramp.report.figures import Drawing
from offramp.report.part_robust import robust
from offramp.report.robust_words import chosen_words, knowing_lines, leading, vote_lines

from .test_argument import words
from .test_terminal import printed


def told(findings: Findings) -> Robust:
    assert findings.robust is not None
    return findings.robust


def first(findings: Findings) -> RobustOutcome:
    return leading(told(findings))


def test_sentences_come_first(findings: Findings) -> None:
    page = words(robust(findings, Drawing()))
    assert page.startswith("Which strategy is safe In the worst tenth of the worlds “")
    assert re.search(r"(All|\w+ of) \w+ metrics that tell strategies apart \(they overlap\) prefer “", page)
    assert "likely" not in page
    assert "nan" not in page


def test_the_table_has_rank_value_and_bold_winners(findings: Findings) -> None:
    page = str(robust(findings, Drawing()))
    head = page[: page.index("Where the metrics come from")]
    judged = first(findings)
    voting = [each for each in judged.metrics if each.votes]
    assert head.count("<strong") == sum(len(each.winners) for each in voting)
    assert head.count("<tbody>") == 4
    spread = head[head.index("How its own outcomes lie") :]
    assert "<strong" not in spread
    assert head.count("Of 96 worlds") == 4, "what hangs on one or two worlds"
    for each in judged.metrics:
        assert each.asks.replace(" %", "\u00a0%") in head.replace("&#x27;", "'")


def test_votes_are_counted(findings: Findings) -> None:
    judged = first(findings)
    voting = [each for each in judged.metrics if each.votes]
    assert all(each.kind != "spread" for each in voting)
    for s, n in judged.votes.items():
        assert n == sum(each.ranks[s] == 1 for each in voting)
    none = replace(judged, metrics=tuple(replace(each, votes=False) for each in judged.metrics))
    said = " ".join(vote_lines(findings, none))
    assert "no strategy stands out" in said
    assert "No metric tells the strategies apart by more than the margin." in said


def test_what_it_would_help_to_know(findings: Findings) -> None:
    judged = first(findings)
    said = " ".join(knowing_lines(findings, judged))
    if judged.knowing:
        assert "If “partners' trade stake” were known, that regret would fall by" in said.replace("\u00a0", " ")
    nothing = replace(judged, knowing=(), floor=0.3 * judged.regret)
    assert knowing_lines(findings, nothing)[1] == (
        "None of 2 unknowns, known by itself, would bring that down by more than noise seems to (30\u00a0%)."
    )
    few = replace(judged, knowing=(), unknowns=0, floor=math.nan)
    assert "too few" in knowing_lines(findings, few)[1]
    small = replace(judged, regret=0.5 * judged.margin)
    assert len(knowing_lines(findings, small)) == 1


def test_what_one_would_choose(findings: Findings) -> None:
    a, b = (f"“{findings.strategies[s]}”" for s in ("free-play", "tit-for-tat"))
    steps = (
        Preferred(None, -0.6, "free-play"),
        Preferred(-0.6, 0.25, "tit-for-tat"),
        Preferred(0.25, None, "free-play"),
    )
    assert chosen_words(findings, steps) == f"below −0.6 {a}, from −0.6 to 0.25 {b}, above 0.25 {a}"
    assert chosen_words(findings, (steps[0], replace(steps[1], high=None))) == f"below −0.6 {a}, above it {b}"
    assert chosen_words(findings, (Preferred(None, None, "tit-for-tat"),)) == b


def test_good_enough_only_where_a_claim_says_what_is(findings: Findings) -> None:
    assert "at least 0.40 (offer-alone)" in words(robust(findings, Drawing()))
    outcomes = {o: replace(each, level=None) for o, each in told(findings).outcomes.items()}
    without = replace(findings, robust=replace(told(findings), outcomes=outcomes))
    assert "Good enough</h3>" not in str(robust(without, Drawing()))


def test_charts_draw(findings: Findings, hostile: Findings) -> None:
    for each in (findings, hostile):
        for spec in (regret_worlds(each, first(each)), trade_off(each, first(each))):
            assert vl_convert.vegalite_to_svg(spec).startswith("<svg")
    judged = first(findings)
    cells = regret_worlds(findings, judged)["layer"][1]["data"]["values"]
    most = max(map(max, judged.regrets.regrets))
    for n in range(len(judged.regrets.strategies)):
        shades = [0.0] * len(judged.regrets.worlds)
        for cell in (cell for cell in cells if cell["row"] == n):
            shades[cell["from"] : cell["to"]] = [cell["shade"]] * (cell["to"] - cell["from"])
        for shade, row in zip(shades, judged.regrets.regrets, strict=True):
            assert abs(shade - row[n] / most) <= 0.5 / 12 + 1e-9
    by = {each.metric: each.values for each in judged.metrics}
    best = max(by["laplace"], key=lambda s: by["laplace"][s])
    assert best in unbeaten(judged)


def test_everywhere_or_nowhere(findings: Findings, minimal: Findings) -> None:
    for text in (render_html(minimal), render_markdown(minimal), printed(minimal)):
        assert "which strategy is safe" not in text.lower()
    text = printed(findings)
    part = text[text.index("WHICH STRATEGY IS SAFE") : text.index("WHERE IT FLIPS")]
    assert 5 <= len(part.strip().splitlines()) <= 16
    assert "## Which strategy is safe" in render_markdown(findings)
    assert "| Earnest talks | “" in render_markdown(findings)


def test_json_has_it(findings: Findings, minimal: Findings, hostile: Findings) -> None:
    for each in (findings, minimal, hostile):
        jsonschema.validate(to_json(each), results_schema())
    assert to_json(minimal)["robust"] is None
    content = to_json(findings)["robust"]["outcomes"]["earnest-talks"]
    assert content["level"] == {"value": 0.4, "claim": "offer-alone"}
    assert len(content["regrets"]["regrets"]) == len(content["regrets"]["worlds"]) == 96
    assert next(m for m in content["metrics"] if m["metric"] == "skewness")["stays"] is None
