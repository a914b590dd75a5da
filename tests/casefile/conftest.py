import pytest

from offramp.casefile import parse_case
from offramp.errors import CaseErrors
from offramp.findings.check import check_case

MINE = """\
offramp: 1
name: mine
time: {unit: month, horizon: 12, foresight: 24}
sources:
  essay: {title: An essay}
unknowns:
  cost: {range: [0.1, 1], why: a cost, origin: guess}
settings:
  guarantee: {levels: [none, offered]}
players:
  us:
    name: Us
    pace: 2
    options:
      pressure: {levels: [none, targeted, broad], start: none}
    wants:
      - {id: relief, that: them.concede, worth: 1}
      - {id: expense, that: us.pressure, worth: "-cost"}
  them:
    options: {concede: {}}
    wants:
      - {id: pride, that: them.concede, worth: [-1, -0.2]}
      - {id: pain, that: us.pressure, worth: -1}
conditions:
  anger: {levels: [calm, cross, furious], rises: "0.1 * us.pressure", falls: 0.05}
outcomes:
  talks: {of: them.concede, measure: average, better: high, for: us}
strategies:
  press:
    player: us
    does:
      - {when: them.concede, set: {pressure: none}}
      - {otherwise: {pressure: broad}}
  free: {}
views:
  soft: {cost: [0.1, 0.3]}
claims:
  works: {says: It works., source: essay, test: "talks[press] > talks[free]"}
"""


@pytest.fixture
def mine():
    """The text of a small case, with pieces replaced."""

    def changed(*changes):
        text = MINE
        for old, new in changes:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        return text

    return changed


@pytest.fixture
def faults_of():
    """Everything that `offramp check` would say of a text."""

    def found(text, **more):
        faults = []
        try:
            file = parse_case(text, "mine.yaml", **more)
            try:
                check_case(file.case)
            except CaseErrors as e:
                raise file.locate(e.faults) from None
        except CaseErrors as e:
            faults = list(e.faults)
        assert all(fault.place and fault.message and fault.hint for fault in faults)
        return faults

    return found
