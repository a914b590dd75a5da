"""Two players and a condition, with everything that play knows and stability does not."""

TWO = """\
offramp: 1
name: two
time: {unit: month, horizon: 6, foresight: 10}
players:
  us:
    lam: 2
    pace: 1.5
    options: {push: {switching: {raise: 0.3, lower: 0.1}}}
    wants: [{id: win, that: us.push and not them.bow, worth: 0.6}, {that: them.bow, worth: 1}]
  them:
    lam: 3
    discount: 0.05
    options: {bow: {levels: [no, half, yes]}}
    wants: [{id: calm, that: "-them.bow * (1 - dread)", worth: 0.8}, {that: us.push and them.bow < yes, worth: -1.1}]
perceives: {them: {us.wants.win.worth: 0.2}}
conditions: {dread: {levels: [low, mid, high], rises: "0.4 * us.push", falls: 0.2}}
outcomes:
  pushed: {of: us.push, measure: average}
  pressed: {of: us.push and them.bow == no, measure: average}
  bowed: {of: them.bow == yes, measure: average}
strategies: {free: {}}
"""
