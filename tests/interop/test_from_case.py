"""A case becomes a model of GMCR+, as far as that goes; what is lost is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from interop_by_hand import CONCEPTS, judged

from offramp.casefile import load_case, parse_case
from offramp.errors import CaseErrors
from offramp.graph import option_levels
from offramp.interop.gmcr.from_case import gmcr_of
from offramp.interop.gmcr.reading import parse_gmcr
from offramp.interop.source_text import SourceText
from offramp.model import Case
from offramp.stability import free_graph, judge_world
from offramp.worlds import draw

RICH = """
offramp: 1
name: rich
time: {unit: week, horizon: 4}
unknowns:
  gain: {range: [-1, 2], origin: guess}
settings:
  cold: {levels: [warm, cold]}
players:
  us:
    name: Us all
    options:
      push: {name: a push}
      hold: {levels: ["yes", "no"], start: "no"}
      same: {name: one name}
      twin: {name: one name}
    factions:
      hawks: {influence: 0.6, consent: true, wants: [{that: us.push, worth: gain}]}
      doves: {influence: rest, wants: [{that: fear, worth: -1}]}
  them:
    options: {bow: {levels: [stand, bow]}}
    prefers: [not us.push, "them.bow == bow or us.hold == no", us.push or not us.push]
conditions:
  fear: {levels: [calm, afraid], rises: "0.5 * us.push"}
impossible: ["us.push and (them.bow or us.hold == yes)", "us.same != us.twin"]
irreversible: [us.hold, us.push]
unseen: {them: [us.push and not us.same, us.twin or not us.twin]}
perceives: {them: {us.factions.hawks.wants.0.worth: 3}}
outcomes: {pushed: {of: us.push}}
strategies: {hold: {player: us, does: [{otherwise: {push: "no"}}]}}
claims: {fact: {says: It is cold., factual: true}}
levers: {chill: {by: us, sets: cold, origin: guess}}
targets: {bowed: {that: them.bow, by: us}}
"""


def rich() -> Case:
    return parse_case(RICH).case


def test_every_part_of_a_rich_case() -> None:
    found = gmcr_of(rich())
    data = json.loads(found.text)
    assert data["options"] == [
        {"name": "a push", "permittedDirection": "fwd"},
        {"name": "hold", "permittedDirection": "back"},
        {"name": "one name (same)", "permittedDirection": "both"},
        {"name": "one name (twin)", "permittedDirection": "both"},
        {"name": "bow", "permittedDirection": "both"},
    ]
    assert [(maker["name"], maker["options"]) for maker in data["decisionMakers"]] == [
        ("Us all", [0, 1, 2, 3]), ("them", [4])]  # fmt: skip
    assert sorted(data["infeasibles"]) == sorted(
        [[[0, "Y"], [1, "Y"]], [[0, "Y"], [4, "Y"]], [[2, "Y"], [3, "N"]], [[2, "N"], [3, "Y"]]])  # fmt: skip
    us, them = data["decisionMakers"]
    assert data["useManualPreferenceRanking"] is True, "only one of them prefers"
    assert (us["preferences"], us["misperceptions"]) == ([], [])
    assert them["preferences"] == [[[0, "N"]], {"compound": True, "members": [[[1, "N"]], [[4, "Y"]]]}]
    assert them["misperceptions"] == [[[0, "Y"], [2, "N"]], [[0, "N"]], [[0, "Y"]]], "what holds everywhere, in two"
    parse_gmcr(SourceText("back.gmcr", found.text))


def test_what_is_lost_is_told() -> None:
    told = "\n".join(gmcr_of(rich()).notes)
    for word in ("start", "best guess", "condition (fear)", "setting (cold)", "factions of us", "hawks can no longer",
                 "What them wrongly believes", "strategies", "outcomes", "claims", "levers", "targets",
                 "them.bow the first became N", "what a move costs"):  # fmt: skip
        assert word in told, word


def test_options_of_three_levels_are_refused_by_name() -> None:
    text = RICH.replace("levels: [stand, bow]", "levels: [stand, lean, bow]")
    with pytest.raises(CaseErrors) as caught:
        gmcr_of(parse_case(text).case)
    (fault,) = caught.value.faults
    assert "`them.bow` has 3 levels" in fault.message
    assert fault.path == ("players", "them", "options", "bow", "levels")


def test_a_case_that_is_too_large_is_refused_with_the_number() -> None:
    head = "offramp: 1\nname: big\nplayers:\n"
    players = [f"  p{i}: {{options: {{{', '.join(f'o{k}: {{}}' for k in range(7))}}}}}\n" for i in range(3)]
    with pytest.raises(CaseErrors, match="the case has 21 options, which make 2,097,152 states; the most is 20"):
        gmcr_of(parse_case(head + "".join(players)).case)
    smaller = head + "".join(players[:2]) + "  p2: {options: {a: {}, b: {}, c: {}}}\n"
    with pytest.raises(CaseErrors, match="big has 131,072 possible configurations"):
        gmcr_of(parse_case(smaller).case)


def test_a_case_without_options_is_refused() -> None:
    with pytest.raises(CaseErrors, match="the case has no options"):
        gmcr_of(parse_case("offramp: 1\nname: idle\nplayers: {us: {}}\n").case)


@pytest.mark.parametrize("name", ["prisoners-dilemma", "chicken", "stag-hunt", "elmira", "cuba-1962", "korea-2017"])
def test_shipped_cases_keep_what_holds(name: str) -> None:
    case = load_case(name)
    model: dict[str, Any] = json.loads(gmcr_of(case).text)
    graph = free_graph(case)
    stable = judge_world(graph, draw(case, 0, 0).world(0)).stable
    yes = {f"{p.id}.{o.id}": (p.name, o.name or o.id, "yes" if o.levels == ("yes", "no") else o.levels[1])
           for p in case.players.values() for o in p.options}  # fmt: skip
    cells: dict[Any, Any] = {}
    for i, player in enumerate(case.players.values()):
        for concept in CONCEPTS:
            cells[concept, player.name] = {
                frozenset((yes[key][0], yes[key][1]) for key, level in option_levels(graph, n).items()
                          if level == yes[key][2]): bool(stable[concept][i, n])
                for n in range(len(graph.codes))
            }  # fmt: skip
    assert judged(model) == cells
