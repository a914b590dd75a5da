"""What drives the outcomes, on the page, on a terminal, in Markdown and in results.json."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest

from offramp.findings.results import Findings
from offramp.findings.sensitivity.values import Driver, Drivers, Number, Telling
from offramp.report import render_html, render_markdown, results_schema, to_json
from offramp.report.driver_words import driver_lines, driver_words

from .test_terminal import printed

TRADE = Number("trade", "trade stake", "The partners", "guess", None, "what they would lose")
FEAR = Number("fear", "fear of force", "The opposition", "quoted", "singh-2009", None)


@pytest.fixture(scope="session")
def driven(findings: Findings) -> Findings:
    first, second, *_ = findings.outcomes
    told = Telling((Driver(TRADE, 0.316, 0.22, 0.395, twins=(FEAR,)), Driver(FEAR, 0.1, -0.02, 0.19)), 0.09, 40, 96)
    none = Telling((), 0.09, 40, 96)
    return replace(findings, drivers=Drivers(findings.focal, {first: told, second: none}))


def test_the_sentences(driven: Findings) -> None:
    assert driven.drivers is not None
    first, second, *_ = driven.outcomes.values()
    lines = driver_lines(driven, driven.drivers)
    assert lines[0] == (
        f"“{first.name}”: trade stake (The partners; a guess) 32\u00a0% (22–40), or in part fear of force; "
        "fear of force (The opposition; quoted) 10\u00a0% (0–19)."
    )
    assert lines[1] == (
        f"No single unknown stands out for “{second.name}”: over 96 worlds the most telling of 40 unknowns seems to "
        "explain up to 9\u00a0% by chance."
    )


def test_many_that_move_along_are_counted() -> None:
    twins = tuple(replace(FEAR, label=f"n{n}") for n in range(5))
    assert driver_words(Driver(TRADE, 0.3, 0.2, 0.4, twins)).endswith(", or in part n0, n1, n2 and 2 others")


def test_everywhere(driven: Findings) -> None:
    for text in (render_html(driven), render_markdown(driven), " ".join(printed(driven).split())):
        assert "trade stake" in text
        assert "offramp matters" in text
    assert printed(driven).index("WHAT DRIVES THE OUTCOMES") < printed(driven).index("VERDICTS")
    told = to_json(driven)
    jsonschema.validate(told, results_schema())
    assert told["drivers"]["outcomes"][next(iter(driven.outcomes))]["drivers"][0]["unknown"]["owner"] == "The partners"


def test_nothing_where_nothing_varies(minimal: Findings, findings: Findings) -> None:
    for found in (minimal, replace(findings, drivers=Drivers(findings.focal, {}))):
        assert "WHAT DRIVES THE OUTCOMES" not in printed(found)
        assert 'id="drivers"' not in render_html(found)
        assert "What drives the outcomes" not in render_markdown(found)


def test_text_of_a_case_stays_text(driven: Findings) -> None:
    evil = replace(TRADE, label="<b>x</b>\x1b[2J", owner="<i>")
    first = next(iter(driven.outcomes))
    bad = replace(driven, drivers=Drivers("", {first: Telling((Driver(evil, 0.3, 0.2, 0.4),), 0.1, 2, 9)}))
    assert "<b>x</b>" not in render_html(bad)
    assert "<b>x</b>" not in render_markdown(bad)
    assert "\x1b" not in printed(bad)
