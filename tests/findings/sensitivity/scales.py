"""A case whose outcomes have shares of variance in closed form."""

TEXT = """\
offramp: 1
name: scales
title: What weighs?
time: {unit: month, horizon: 4, foresight: 6}
sources: {essay: {title: On scales, author: A. Author, date: 2001}}
unknowns:
  x1: {range: [0, 1], source: essay, quote: a good deal, mechanism: [M1]}
  x2: {range: [0, 1], origin: literature, mechanism: [M1, M2]}
  x3: {range: [0, 1], origin: guess, why: nobody knows}
  x4: {range: [0, 1], origin: guess}
  few: {choice: [2, 1, 4], origin: guess}
  idle: {range: [0, 1], origin: guess}
  twice: {is: 2 * x1}
settings:
  loud: {levels: [no, yes]}
players:
  us:
    name: Us
    options: {push: {}}
    wants: [{id: win, that: us.push, worth: twice, mechanism: [M3], origin: guess}]
  them:
    name: Them
    options: {bow: {}}
    prefers: [them.bow, us.push, them.bow and us.push]
conditions:
  dread: {levels: [low, high], rises: [{of: us.push, rate: x4, origin: guess}]}
outcomes:
  line: {name: The line (a sum), of: 2 * twice + 2 * x2 + x3 + 0.5 * x4, measure: final, better: high, for: us}
  product: {of: x1 * x2, measure: final}
  still: {of: 0.25, measure: final}
  contest: {of: loud * x3 * x3 + (1 - loud) * 0.25, measure: final, better: low, for: us, main: false}
  choice: {of: loud * few / 4 + (1 - loud) * 0.6, measure: final, better: high, for: us, main: false}
  swing: {of: "(2 * x1 - 1) * (1 - 2 * loud)", measure: final, better: high, for: us, main: false}
  free: {of: them.bow, measure: average, main: false}
strategies:
  quiet: {name: Quietly, player: us, does: [{otherwise: {push: yes}}]}
  loudly: {name: Loudly, player: us, settings: {loud: yes}, does: [{otherwise: {push: yes}}]}
mechanisms:
  M1: {says: Scales weigh.}
  M2: {says: Scales tip.}
  M3: {says: Whoever wins wins.}
"""
