"""Elements of a case in words."""

from __future__ import annotations

from offramp.casefile import parse_case
from offramp.findings.common.labels import names_of
from offramp.findings.sentences.carriers import carriers_of
from offramp.findings.sentences.elements import grouped, say
from offramp.model.elements import elements_of


def test_elements_in_words() -> None:
    text = """\
offramp: 1
players:
  us:
    name: The United States
    options: {push: {switching: {raise: [0.1, 0.2]}}}
    factions:
      hawks: {name: the hawks, influence: [0.2, 0.5], mechanism: [m], wants: [{id: win, that: us.push, worth: [0, 1]}]}
      doves: {influence: rest}
  them: {name: Them, options: {bow: {}}}
perceives: {them: {us.factions.hawks.wants.win.worth: {range: [0, 1], mechanism: [m], off: 1}}}
conditions: {dread: {name: dread of war, levels: [low, high], rises: [{rate: 0.1, mechanism: [m]}], mechanism: [m]}}
strategies: {go: {player: us, does: [{chance: {range: [0.5, 0.9], mechanism: [m]}, set: {push: yes}}]}}
"""
    small = parse_case(text).case
    words = [carrier.words for carrier in carriers_of(small)["m"]]
    assert words[1:] == [
        "influence of the hawks (The United States)",
        "what Them believes of the worth of win to the hawks",
        "drift of “dread of war”", "rate at which “dread of war” rises",
    ]  # fmt: skip
    assert words[0] == "chance in the rules of go"
    names = names_of(small)
    assert all(say(small, group, names).text for group in grouped(elements_of(small)))


def test_a_number_is_told_by_what_uses_it() -> None:
    text = """\
offramp: 1
unknowns:
  one: {range: [0, 1], mechanism: [one]}
  twice: {is: 2 * one}
  chance: {range: [0.1, 0.9], mechanism: [chance]}
  many: {range: [0, 1], mechanism: [many]}
  idle: {range: [0, 1], mechanism: [idle]}
players:
  us:
    name: The United States
    pace: 1 + many
    options: {push: {switching: many}}
    factions:
      hawks:
        name: the hawks
        influence: 0.5
        wants: [{id: win, that: us.push, worth: twice}, {id: tire, that: us.push, worth: -many}]
      doves: {name: the doves, influence: rest, wants: [{id: win, that: us.push, worth: -twice}]}
conditions: {dread: {name: dread of war, levels: [low, high], rises: [{rate: many, of: us.push}]}}
outcomes: {pushed: {name: Pushed, of: us.push * many}}
strategies: {go: {name: Go on, player: us, does: [{chance: chance, set: {push: yes}}]}}
"""
    small = parse_case(text).case
    said = {id_: [c.words for c in carriers] for id_, carriers in carriers_of(small).items()}
    assert said == {
        "one": ["number “one”, in want “win” of the hawks and the doves (The United States)"],
        "chance": ["number “chance”, in the rules of “Go on”"],
        "many": [
            "number “many”, in want “tire” of the hawks (The United States), rate at which “dread of war” rises and 3 "
            "more"
        ],
        "idle": ["number “idle”"],
    }
