"""The parts of the report on what became of an argument."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from offramp.charts.numbers import number
from offramp.findings.results import Findings
from offramp.findings.sensitivity.values import GuessShare
from offramp.findings.sentences.values import Carrier, Sentence, Sentences
from offramp.report import render_html, render_markdown
from offramp.report.argument_words import (
    advice_lines,
    best_words,
    carried_by,
    fate_label,
    guess_line,
    guess_lines,
    sentences_by_key,
    tension_line,
    verdicts_by_document,
)
from offramp.report.figures import Drawing
from offramp.report.markup import Html
from offramp.report.part_essays import SHOWN, essays, left_out
from offramp.report.part_tensions import tensions
from offramp.report.part_trust import rests_on
from offramp.report.part_verdicts import verdicts

from .test_terminal import printed


def words(markup: Html | None) -> str:
    """What is read of a part of the page."""
    assert markup is not None
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign]
    parser.feed(markup)
    return " ".join(" ".join(found).replace("\u00a0", " ").split())


def items(markup: Html | None) -> list[str]:
    """The rows of the sentences."""
    assert markup is not None
    return [words(Html(part)) for part in re.findall(r"<li class=.*?</li>", markup)]


def test_each_sentence_says_what_became_of_it(findings: Findings) -> None:
    told = words(essays(findings))
    for said in (
        "p2 the will to talk in earnest D2 What is missing is the other side's will. in the model moves no main "
        "outcome · want “open confrontation” of Hard-liners not iran.talks == earnest",
        "moves “Time until a first interim deal” by +0.9 ± · rate at which “Insecurity of the regime” rises; number "
        "“toll”, in want iran.talks of Hard-liners us.sanctions",
        "D14 Outside direction taints the dissidents. left out the case has no dissidents who move",
        "program-old The nuclear programme predates the revolution. taken for granted",
        "earlier Years ago it would have been easier. tested in iran-2006",
        "What was given room against the essays",
        "L7 Visible concessions are harder to make. (against D12; Reid Pauly, a study of coercion, 2024) in the model",
        "own A claim of nobody. not run it is about strategies that this run left out",
        "cannot be tested here The case has no one Leader",
    ):
        assert said in told, said
    assert told.index("Mehdi Khalaji, essay") < told.index("Michael Singh, essay") < told.index("given room")


def test_the_same_quote_stands_once(findings: Findings) -> None:
    one, *rest = findings.sentences.documents["singh-2009"]
    both = (one, replace(one, id="D99", says="Another mechanism of the same words."), *rest)
    told = essays(replace(findings, sentences=Sentences({"singh-2009": both})))
    first = items(told)[0]
    assert first.count("the will to talk in earnest") == 1
    assert "D2" in first
    assert "D99" in first


def test_a_long_document_unfolds(findings: Findings) -> None:
    one = findings.sentences.documents["singh-2009"][0]
    many = tuple(replace(one, id=f"D{n}", quote=f"words {n}") for n in range(SHOWN + 3))
    told = essays(replace(findings, sentences=Sentences({"singh-2009": many}), tensions={}, left_out={}, elsewhere={}))
    assert told is not None
    assert "… and 3 more, in reading order" in told
    assert told.index("words 0") < told.index('<details class="rest">') < told.index(f"words {SHOWN}")


def test_verdicts_stand_under_their_document_quote_first(findings: Findings) -> None:
    groups = verdicts_by_document(findings)
    assert [source for source, _ in groups] == ["khalaji-2006", "singh-2009"]
    for _, group in groups:
        ease = [abs(v.share - 0.5) if v.share == v.share else 1.0 for v in group]
        assert ease == sorted(ease)
    told = verdicts(findings, Drawing())
    assert told is not None
    shown = words(told)
    assert "share lies nearest to one half" in shown
    assert shown.index("Mehdi Khalaji, essay") < shown.index("A meeting at the highest level raises")
    assert shown.index("talks without a deadline serve") < shown.index("A meeting at the highest level raises")
    alone = replace(findings, verdicts={"offramp": findings.verdicts["offramp"]})
    assert "<h3>" not in str(verdicts(alone, Drawing())), "one document needs no heading"


def test_verdicts_of_no_document_come_last(findings: Findings) -> None:
    loose = replace(findings.verdicts["offramp"], source=None)
    groups = verdicts_by_document(replace(findings, verdicts={"offramp": loose, **findings.verdicts, "x": loose}))
    assert groups[-1] == (None, [loose])


def test_tensions_stand_side_by_side(findings: Findings) -> None:
    told = words(tensions(findings))
    info = findings.outcomes["earnest-talks"]
    for view in ("khalaji", "singh"):
        mean = findings.tensions["X1"].views[view]["earnest-talks"].mean
        assert number(mean, info.low, info.high) in told
    for said in (
        "All worlds Khalaji 2006 Singh 2009", "best: “Offer with a security guarantee”",
        "best: “Offer with a security guarantee” or “Quiet channel before any public step”",
        "best: “Quiet channel before any public step”", "X7 One constant, pursued intermittently.",
        "talks are recognition", "taken for granted", "Under “Pressure first, talks later”",
    ):  # fmt: skip
        assert said in told or said.lower() in told.lower(), said
    assert tension_line(findings, "X1").startswith("Opening is a threat to the regime, or recognition")
    assert "pressure-brings-talks: mostly fails / mostly holds" in tension_line(findings, "X1")
    assert tension_line(findings, "X7") == "One constant, pursued intermittently."


def test_advice_in_words(findings: Findings) -> None:
    assert advice_lines(findings) == [
        "What serves “Earnest talks” best depends on the view: under “Khalaji 2006” it is “Offer with a "
        "security guarantee”; under “Singh 2009” it is “Quiet channel before any public step”.",
        "Under every view the same strategy is best for “Time until a first interim deal” (“Quiet channel before any "
        "public step”).",
        "These worlds do not tell whether the views' advice differs for “A strike on nuclear sites”.",
    ]
    told = words(tensions(findings))
    assert "by 0.09 (0.06–0.12); best in 60 % of 256 worlds" in told
    best = findings.advice["strike"].all
    assert best_words(findings, best).endswith("” or “Quiet channel before any public step”")
    rivals = tuple(s for s in findings.strategies if s != best.strategy)
    assert best_words(findings, replace(best, rivals=rivals)) == "no clear best among 6"
    assert advice_lines(replace(findings, views={})) == []


def test_guesses_in_words(findings: Findings) -> None:
    assert [line.replace("\u00a0", " ") for line in guess_lines(findings)] == [
        "96 % (90–100 %) of the variance of “Earnest talks” rests on guesses.",
        "81 % (74–88 %) of the variance of “Enrichment suspended at the end” rests on guesses.",
        "“A strike on nuclear sites”: It does not vary over these worlds.",
    ]
    assert guess_line(findings).replace("\u00a0", " ") == (
        "96 % (90–100 %) of the variance of “Earnest talks” rests on guesses, of the other main outcome 81 % (under "
        "“Pressure first, talks later”)."
    )
    told = words(rests_on(findings))
    assert "the size of a quoted number is the modeller's range all the same" in told
    assert "3 quoted, 2 literature, 41 guess" in told
    assert "4 % (0–10 %)" in told
    assert guess_line(replace(findings, guesses=None)) == ""


def test_the_same_want_of_several_owners_stands_once() -> None:
    shared = "want “fear” of the guards and the crowd (Iran)"
    want = Carrier("want", shared, owners=("the guards", "the crowd"))
    number = Carrier("unknown", f"number “dread”, in {shared}")
    carriers = (number, want, Carrier("setting", "setting “table”: two or many"))
    sentence = Sentence("D1", "mechanism", "So.", None, None, None, "in the model", carriers)
    assert carried_by(sentence) == f"number “dread”; {shared}; setting “table”: two or many"


def test_a_formula_that_was_said_is_not_repeated(findings: Findings) -> None:
    one = findings.sentences.documents["singh-2009"][0]
    carriers = (Carrier("want", "want `us.sanctions` of Hard-liners", formula="us.sanctions"),)
    told = essays(replace(findings, sentences=Sentences({"singh-2009": (replace(one, carriers=carriers),)})))
    assert str(told).count("<code>us.sanctions</code>") == 1
    assert "`" not in str(told)


def test_one_note_for_all_outcomes(findings: Findings) -> None:
    assert findings.guesses is not None
    few = {o: GuessShare(math.nan, math.nan, math.nan, {}, 8, "Too few.") for o in ("earnest-talks", "strike")}
    short = replace(findings, guesses=replace(findings.guesses, outcomes=few))
    assert guess_lines(short) == ["Too few."]
    assert guess_line(short) == "How much of the variance rests on guesses: Too few."


def test_left_out_and_elsewhere(findings: Findings) -> None:
    told = words(left_out(findings))
    assert "D14 Outside direction taints the dissidents. – the case has no dissidents who move" in told
    assert "Tested in iran-2006" in told
    assert "earlier Years ago it would have been easier." in told
    assert left_out(replace(findings, left_out={}, elsewhere={})) is None


def test_nothing_is_said_of_nothing(minimal: Findings) -> None:
    assert essays(minimal) is None
    assert tensions(minimal) is None
    assert sentences_by_key(minimal) == {}


def test_label_of_a_verdict_that_depends(findings: Findings) -> None:
    key = sentences_by_key(findings)
    assert fate_label(findings, key["claim", "partners-hold"][1]) == "depends on partners' trade stake"


def test_tables_are_real_and_colour_is_not_alone(findings: Findings) -> None:
    page = render_html(findings)
    body = str(tensions(findings))
    assert body.count("<table") == 3
    assert 'scope="col"' in body
    for label in ("in the model", "left out", "taken for granted", "tested in iran-2006", "not run"):
        assert f">{label}</span>" in page


@pytest.mark.parametrize("width", [60, 100])
def test_terminal_is_short(findings: Findings, width: int) -> None:
    text = " ".join(printed(findings, width).split())
    for said in (
        "Mehdi Khalaji, essay on Iran's leadership and negotiation, 2006", "TAKEN FOR GRANTED, NOT TESTED: 3 CLAIMS",
        "X1 Opening is a threat to the regime", "D14 the case has no dissidents who move", "iran-2006: earlier",
        "96 % (90–100 %) of the variance of “Earnest talks” rests on guesses",
    ):  # fmt: skip
        assert said in text, said
    assert "in the model" not in text, "the long list belongs to the page"
    many = replace(findings, assumptions=findings.assumptions * 2, left_out={f"D{n}": "because" for n in range(20)})
    text = " ".join(printed(many, width).split())
    assert "program-old, factions, asked-before" in text
    assert "and D12, D13, D14, D15, D16, D17, D18, D19; report.html has the reasons" in text


def test_markdown_has_it_too(findings: Findings, hostile: Findings) -> None:
    text = render_markdown(findings)
    for said in (
        "### Mehdi Khalaji, essay on Iran's leadership and negotiation, 2006", "## Given room against the essays",
        "- p2 “the will to talk in earnest” D2: What is missing is the other side's will. **in the model** want “open",
        "## Where the authors disagree", "of the variance of “Earnest talks” rests on guesses",
    ):  # fmt: skip
        assert said in text, said
    assert "<script" not in render_markdown(hostile)
