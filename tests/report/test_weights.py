"""What the sentences carry, on the page, on a terminal and in Markdown."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from offramp.findings.results import Findings
from offramp.report import render_html, render_markdown, to_json
from offramp.report.part_weights import SHOWN, weights
from offramp.report.weight_words import effect_words, moves, weight_line, worlds_words

from .test_argument import words
from .test_terminal import printed


def test_the_heaviest_come_first_and_light_ones_stand_apart(findings: Findings) -> None:
    told = words(weights(findings))
    for said in (
        "Here over 8 worlds under “Pressure first, talks later”",
        "D39 talks are recognition the same elements carry D40 24 % (14–34 %) Earnest talks −0.17 −0.27 to −0.07",
        "D12 to add to that pressure 11 % (7–15 %) Time until a first interim deal +0.9 ± +0.4 to +1.4",
        "Carry nothing under this strategy (2)",
        "L7 So.",
        "D2 What is missing is the other side's will. – it never comes into play",
        f"offramp trace {findings.case} D39 tells the whole story",
    ):
        assert said in told, said
    assert told.index("D39") < told.index("D12") < told.index("Carry nothing") < told.index("L7")
    assert "D14" not in told, "what is left out has no weight"


def test_bars_are_as_long_as_the_weights(findings: Findings) -> None:
    bars = [float(width) for width in re.findall(r'<i style="width:([\d.]+)%">', str(weights(findings)))]
    lines = re.findall(r'<s style="left:([\d.]+)%;width:([\d.]+)%">', str(weights(findings)))
    assert len(bars) == len(lines) == 2
    assert math.isclose(bars[1] / bars[0], 0.11 / 0.24, rel_tol=0.01)
    left, width = map(float, lines[0])
    assert math.isclose(left + width, 100, abs_tol=0.2), "the longest line reaches the end"


def test_one_world_has_no_interval(findings: Findings) -> None:
    nan = math.nan
    first = findings.weights[0]
    assert first.largest is not None
    one = replace(first, low=nan, high=nan, largest=replace(first.largest, low=nan, high=nan), worlds=1)
    alone = replace(findings, weights=(one,))
    assert effect_words(alone, one) == ("−0.17", "")
    assert "Here over 1 world under" in words(weights(alone))
    assert "24 % Earnest talks −0.17" in words(weights(alone))
    assert to_json(alone)["weights"][0]["low"] is None


def test_worlds_have_a_column_where_they_differ(findings: Findings) -> None:
    one, *others = findings.weights
    uneven = replace(findings, weights=(replace(one, worlds=6), *others))
    assert worlds_words(uneven.weights) == "6 to 8 worlds"
    assert ">Worlds</th>" in str(weights(uneven))
    assert ">Worlds</th>" not in str(weights(findings))


def test_many_unfold(findings: Findings) -> None:
    heavy, light = findings.weights[0], findings.weights[-1]
    many = [replace(w, mechanism=f"{w.mechanism}-{n}") for w in (heavy, light) for n in range(SHOWN + 2)]
    told = str(weights(replace(findings, weights=tuple(many))))
    assert told.count('<details class="rest">') == 2
    assert "… and 2 lighter ones" in told
    assert "… and 2 more" in told


def test_in_a_line(findings: Findings) -> None:
    assert weight_line(findings) == (
        "The heaviest: D39 moves “Earnest talks” by −0.17; D12 moves “Time until a first interim deal” by +0.9 ±. ±: "
        "up in some worlds, down in others. 2 of 4 move no main outcome by more than 0.01 of its range."
    )
    one = replace(findings, weights=findings.weights[:1])
    assert weight_line(one) == "D39 moves “Earnest talks” by −0.17."
    none = replace(findings, weights=findings.weights[2:])
    assert weight_line(none) == (
        "None of 2 sentences carries anything: they move no main outcome by more than 0.01 of its range."
    )
    text = " ".join(printed(findings).split())
    assert "WHAT THE SENTENCES CARRY Each switched off in turn over 8 worlds, under “Pressure first" in text
    assert f"whole story of one: offramp trace {findings.case} D39" in text


def test_names_in_brackets_are_cut_where_no_other_is_called_the_same(findings: Findings) -> None:
    heavy = findings.weights[0]
    info = findings.outcomes["earnest-talks"]
    named = {**findings.outcomes, "earnest-talks": replace(info, name="Earnest talks (share of the time)")}
    assert moves(replace(findings, outcomes=named), heavy) == "moves “Earnest talks” by −0.17"
    named["other"] = replace(info, name="Earnest talks (at the end)")
    assert moves(replace(findings, outcomes=named), heavy) == "moves “Earnest talks (share of the time)” by −0.17"


def test_the_page_leads_there_and_back(findings: Findings, minimal: Findings) -> None:
    page = render_html(findings)
    assert '<a href="#weights">Weight</a>' in page
    assert page.count('href="#weights" class="moves') == 4
    (place,) = re.findall(r'<a href="#(s\d+)"><b class="id">D39</b></a> <q>', page[page.index('id="weights"') :])
    assert f'id="{place}"' in page
    assert weights(minimal) is None
    assert 'href="#weights"' not in render_html(minimal)


def test_markdown(findings: Findings, hostile: Findings) -> None:
    text = render_markdown(findings)
    assert "## What the sentences carry" in text
    row = r"| D39 “talks are recognition” | 24% | Earnest talks | −0.17 \(−0.27 to −0.07\) | 8 |".replace(
        "%", "\u00a0%"
    )
    assert row in text
    assert "L7, D2: switched off, these move no main outcome" in text
    assert "<script" not in render_markdown(hostile)
