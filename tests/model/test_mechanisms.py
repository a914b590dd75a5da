"""Mechanisms and tensions: listed, carried by elements or left out, and switched off."""

from __future__ import annotations

import pytest

from offramp.graph import build_graph
from offramp.model import elements_of
from offramp.model.variants import Variant, apply_variant

LISTED = {
    "mechanisms": {
        "D1": {"says": "Pressure brings talks.", "source": "essay", "quote": "pressure brings talks", "passage": "p2"},
        "D2": {"says": "A guarantee helps.", "source": "essay", "quote": "a guarantee helps"},
        "D3": {"says": "Anger matters.", "source": "essay", "quote": "anger matters"},
        "backlash": {"says": "Pressure hardens.", "origin": "guess", "counters": ["D1"]},
    },
    "left_out": {"D3": "nobody reacts to it"},
    "players.us.wants.0.mechanism": ["D1"],
    "players.them.wants.0.mechanism": ["backlash"],
    "settings.guarantee.mechanism": ["D2"],
    "tensions": {
        "X1": {
            "says": "Help or harm?",
            "between": ["D1", "backlash", "works"],
            "outcomes": ["talks"],
            "claims": ["works"],
        }
    },
}


def test_mechanisms_are_read_with_their_sentences(build):
    case = build(LISTED)
    assert case.mechanisms["D1"].origin.quote == "pressure brings talks"
    assert case.mechanisms["D1"].origin.passage == "p2"
    assert case.mechanisms["backlash"].counters == ("D1",)
    assert case.mechanisms["D3"].left_out == "nobody reacts to it"
    assert case.tensions["X1"].between == ("D1", "backlash", "works")
    carried = {id_: e.kind for e in elements_of(case) for id_ in e.mechanism}
    assert carried == {"D1": "want", "backlash": "want", "D2": "setting"}


def test_elements_know_whose_they_are(build):
    case = build({"players.them.factions": {"hawks": {"influence": 1, "wants": [{"that": "them.concede", "worth": 1}]}},
                  "players.them.wants": None})  # fmt: skip
    owners = {e.owner for e in elements_of(case) if e.kind == "want"}
    assert owners == {"us", "them.hawks"}


@pytest.mark.parametrize(
    ("changes", "path", "says", "hint"),
    [
        ({"players.us.wants.0.mechanism": []}, ("mechanisms", "D1"), "no element carries", "left_out"),
        ({"players.us.wants.0.mechanism": ["D1", "D3"]}, ("left_out", "D3"), "left out, yet", "take it off"),
        ({"players.us.wants.0.mechanism": ["D1", "D22"]}, ("players", "us", "wants", 0, "mechanism"),
         "`D22` is not listed", "mechanisms: {D22"),
        ({"claims.works.mechanism": ["D9"]}, ("claims", "works", "mechanism"), "`D9` is not listed", "add it"),
        ({"left_out.D9": "why"}, ("left_out", "D9"), "no mechanism `D9`", "choose among"),
        ({"mechanisms.backlash.counters": ["D8"]}, ("mechanisms", "backlash", "counters"), "no mechanism `D8`", ""),
        ({"mechanisms.D1.quote": " ".join(["word"] * 16)}, ("mechanisms", "D1", "quote"), "16 words", "at most 15"),
        ({"mechanisms.D1.source": "esay"}, ("mechanisms", "D1", "source"), "no source `esay`", "essay"),
        ({"tensions.X1.between": ["D8", "D1"]}, ("tensions", "X1", "between", 0), "no mechanism or claim `D8`", ""),
        ({"tensions.X1.between": ["D1", "D1"]}, ("tensions", "X1", "between"), "two at least", "both sides"),
        ({"tensions.X1": {"says": "Help or harm?"}}, ("tensions", "X1"), "missing", "between"),
        ({"claims.works.tested_in": "../x"}, ("claims", "works", "tested_in"), "not the name of a case", "shipped"),
        ({"tensions.X1.outcomes": ["tlaks"]}, ("tensions", "X1", "outcomes", 0), "no outcome", "talks"),
        ({"tensions.X1.claims": ["work"]}, ("tensions", "X1", "claims", 0), "no claim", "works"),
        ({"settings.guarantee.off": "gone"}, ("settings", "guarantee", "off"), "no level `gone`", "none"),
    ],
)  # fmt: skip
def test_faults(faults, changes, path, says, hint):
    (fault,) = faults(LISTED | changes)
    assert fault.path == path
    assert says in fault.message
    assert hint in (fault.hint or "")


def test_a_case_need_not_list_its_mechanisms(build):
    case = build({"players.us.wants.0.mechanism": ["M1"], "claims.works.mechanism": ["whatever"]})
    assert case.mechanisms == {}


def test_a_setting_switched_off_takes_its_off_level_under_every_strategy(build):
    case = build(LISTED | {"settings.guarantee": {"levels": ["none", "some", "offered"], "start": "offered",
                                                  "mechanism": ["D2"], "off": "some"},
                           "strategies.press.settings": {"guarantee": "offered"}})  # fmt: skip
    for strategy in ("press", "free"):
        assert apply_variant(case, Variant(strategy, without=("D2",))).strategy.settings == {"guarantee": 1}
    named = Variant("press", levels=(("guarantee", 0),), without=("D2",))
    assert apply_variant(case, named).strategy.settings == {"guarantee": 0}, "what a claim sets stands"
    assert build_graph(case, case.strategies["press"]).states > 0


def test_a_claim_may_be_tested_elsewhere(build, faults):
    case = build({"claims.works": {"says": "It works.", "tested_in": "other"}})
    assert case.claims["works"].tested_in == "other"
    assert build({"claims.works.tested_in": "other"}).claims["works"].test is not None
