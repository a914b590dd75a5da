"""What holds beside where play goes, on the page, on a terminal, in Markdown and in results.json."""

from __future__ import annotations

import re
from dataclasses import replace

import jsonschema
import pytest

from offramp.findings.results import Findings
from offramp.report import render_html, render_markdown, results_schema, to_json
from offramp.report.part_stability import holds

from .test_argument import words
from .test_terminal import printed


def test_the_page_says_what_holds_and_why_play_does_not_go_there(findings: Findings) -> None:
    told = words(holds(findings))
    for said in (
        "It holds if no player, once there, would change what it does",
        "all look ahead to month 72",
        "judged in 63 worlds (1 more could not be judged), play in the best guess",
        "In the best guess 12 of 96 configurations hold if players fear answers that pay those who make them (seq). "
        "Play spends 11 % of its time in these (12 % of all there are). With a tenth of the noise 80 %, most of it in "
        "number 41: noise makes most of the difference.",
        "At the start: United States Offer of talks: none",
        "41 Iran Stance in talks: earnest; Enrichment: suspended Holds 83 % of worlds (seq) Play 2 % of its time Holds "
        "in the best guess. With a tenth of the noise 70 %: noise makes most of the difference.",
        "7 United States Offer of talks: standing Holds 60 % of worlds (seq) Play <1 % of its time Holds in the best "
        "guess. Not explained by foresight, time, the drift of the conditions and the cost of moves alone. Without "
        "noise nothing can be said: play then turns on what is assumed at its last date. It holds only because "
        "others would answer: without answers somebody had a better move.",
        "Over 4 times as long (144 months) 30 %: time makes part of the difference.",
        "Play never gets there: no legal moves lead there from the start.",
        "Begun there, play stays (90 % of its time); from the start it goes elsewhere.",
        "0 where it starts Holds 0 % of worlds (seq) Play 4 % of its time Does not hold in the best guess: "
        "play hardly stays either (a tenth of its time at most).",
        "Does not hold in the best guess. If moves cost nothing 5 %: the cost of moves makes most of the difference.",
        "Earnest talks 90 % 25 % 31 %",
        "United States alone would leave 5 configurations in at least half of the worlds; in 88 % of the stated "
        "worlds number 40: Iran Stance in talks: stall; the rest as at the start.",
        f"offramp stability {findings.case} --why 41 says why",
    ):
        assert said in told, said
    assert "likely" not in told


def test_bars_are_as_long_as_the_shares(findings: Findings) -> None:
    page = str(holds(findings))
    first = page[page.index('class="bars"') :][:900]
    assert re.findall(r"--shade(\d)\);width:([\d.]+)%", first)[:3] == [("2", "90.0"), ("1", "83.0"), ("0", "8.0")]
    assert 'class="play" style="width:2.0%"' in first
    assert '<s style="left:70.0%"></s>' in first
    assert page.count("<s style") == 3, "a stroke for each difference that has a reason"


def test_numbers_stand_behind_the_figure(findings: Findings) -> None:
    told = words(holds(findings))
    assert "41 8 % 60 % 83 %* 90 %* 90 %*" in told
    assert "7 <1 % 2 % 10 % – <1 % <1 % <1 % <1 %" in told
    assert "All that hold (seq) 11 % 80 % 11 % 11 % 11 % 11 %" in told


def test_nothing_holds_or_everything_agrees(findings: Findings) -> None:
    assert findings.lenses is not None
    none = replace(findings, lenses=replace(findings.lenses, together=None, standings=(), outcomes={}, nearly=()))
    told = words(holds(none))
    assert "In the best guess none of 96 configurations holds if players fear" in told
    assert "offramp stability iran-2009 --why start" in told
    assert findings.lenses.together is not None
    agreed = replace(findings.lenses.together, play=0.8, agree=True, cause=None)
    one = replace(findings.lenses, together=agreed, equilibria={"seq": 1})
    told = words(holds(replace(findings, lenses=one)))
    assert "In the best guess 1 of 96 configurations holds" in told
    assert "Play spends 80 % of its time in it (1 % of all there are): on the whole the two agree." in told


def test_why_there_is_nothing_is_told(findings: Findings, minimal: Findings) -> None:
    without = replace(findings, lenses=None, no_lenses="the case has 9 states")
    said = "What holds could not be judged: the case has 9 states"
    assert said in words(holds(without))
    assert said in render_markdown(without)
    assert said in printed(without)
    assert holds(minimal) is None
    for text in (render_html(minimal), render_markdown(minimal), printed(minimal)):
        assert "What holds" not in text
        assert "WHAT HOLDS" not in text


def test_a_terminal_has_it_in_few_lines(findings: Findings) -> None:
    text = printed(findings)
    part = text[text.index("WHAT HOLDS") : text.index("VERDICTS")]
    assert 4 <= len(part.strip().splitlines()) <= 9
    flat = " ".join(part.replace("\u00a0", " ").split())
    assert "Number 41 holds most, under seq in 83 % of the stated worlds: Iran Stance in talks: earnest" in flat
    assert "Play spends 2 % of its time there, with a tenth of the noise 70 %." in flat
    assert "Why it holds: offramp stability iran-2009 --why 41" in flat


def test_markdown_has_a_row_for_each(findings: Findings, hostile: Findings) -> None:
    text = render_markdown(findings).replace("\u00a0", " ")
    assert (
        "| 41 | Iran Stance in talks: earnest, Enrichment: suspended; the rest as at the start | 8 % | 60 % | 83 %\\* |"
        in text
    )
    assert "| 0 | everything as at the start |" in text
    assert "`offramp stability iran-2009 --why 41`" in text
    assert "<script" not in render_markdown(hostile)


@pytest.mark.parametrize("which", ["findings", "minimal"])
def test_json_has_it(which: str, request: pytest.FixtureRequest) -> None:
    findings = request.getfixturevalue(which)
    content = to_json(findings)
    jsonschema.validate(content, results_schema())
    if findings.lenses is None:
        assert (content["lenses"], content["no_lenses"]) == (None, None)
        return
    assert content["lenses"]["standings"][0]["compared"]["cause"] == "noise"
    assert content["lenses"]["standings"][1]["compared"]["changed"]["noise"] is None
    assert content["lenses"]["standings"][0]["shares"]["seq"] == 0.83
    told = to_json(replace(findings, lenses=None, no_lenses="too large"))
    jsonschema.validate(told, results_schema())
    assert told["no_lenses"] == "too large"
