"""A case of nine sentences, small enough to be solved by hand."""

from __future__ import annotations

from offramp.casefile import parse_case

TEXT = """\
offramp: 1
name: door
title: Who pushes?
time: {unit: month, horizon: 6, foresight: 10}
sources: {essay: {title: An essay, author: A. Author, date: 2001}}
unknowns:
  gain: {range: [1, 2], origin: guess}
  taint: {range: [0.2, 0.6], origin: guess, why: what a push costs in the eyes of others, mechanism: [M3]}
  warmth: {range: [0.1, 0.5], origin: guess}
settings:
  loud: {levels: [no, yes], mechanism: [M4], source: essay, quote: say it loudly}
players:
  us:
    name: Us
    lam: 4
    options: {push: {}}
    wants:
      - {id: win, that: us.push, worth: gain, mechanism: [M1, M7], source: essay, quote: "the door’s worth it"}
      - {id: fear, that: us.push, worth: [-0.4, -0.2], mechanism: [M2], origin: guess}
      - {id: noise, that: us.push and loud, worth: -3, mechanism: [M8], origin: guess}
  them:
    name: Them
    options: {bow: {}}
    wants:
      - {id: pride, that: them.bow, worth: -0.5, mechanism: [M5], origin: guess}
conditions:
  dread: {levels: [low, high], rises: [{of: us.push, rate: 0.3, mechanism: [M9], origin: guess}]}
outcomes:
  pushed: {name: Door pushed (share of the time), of: us.push, measure: average}
  image: {of: us.push * (1 - taint), measure: average, better: high, for: us}
  alarm: {of: dread == high, measure: final}
  gained: {payoff: them, measure: average, main: false}
strategies:
  free: {}
  hold: {name: They hold, player: them, does: [{otherwise: {bow: no}}]}
  bend: {name: They bend, player: them, does: [{otherwise: {bow: yes}}]}
claims:
  E1: {says: We push most of the time., test: "pushed[hold] > 0.5", mechanism: [M1], source: essay, quote: we push}
  E2: {says: The worth matters., test: "pushed[hold] > pushed[hold; without(M1)]"}
  E3: {says: The warmth decides., test: "variance(alarm[hold], gain) > 2"}
  E4: {says: It is a door., factual: true}
mechanisms:
  M1: {says: What lies behind the door is worth a push., source: essay, quote: "the door’s worth it", passage: "3"}
  M2: {says: Whoever pushes is afraid.}
  M3: {says: Pushing taints., why: nobody likes pushing}
  M4: {says: One may say it loudly.}
  M5: {says: They are proud.}
  M6: {says: The door may be locked.}
  M7: {says: It is worth it again.}
  M8: {says: Noise deters.}
  M9: {says: A push alarms.}
left_out: {M6: nobody says so}
tensions:
  X1: {says: Worth against fear., between: [M1, M2, E1], outcomes: [pushed]}
"""
case = parse_case(TEXT).case
