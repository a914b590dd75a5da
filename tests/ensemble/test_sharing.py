"""Problems that are the same are computed once, and give the numbers that each would give by itself."""

from __future__ import annotations

import numpy as np
import pytest

from offramp.casefile import parse_case
from offramp.ensemble import Job, prepare, run_jobs, work
from offramp.ensemble.sharing import face_of, marks_of
from offramp.expressions import Constant
from offramp.graph import pose
from offramp.model.variants import Variant
from offramp.worlds import draw

CASE = """\
offramp: 1
time: {horizon: 4, foresight: 6}
unknowns:
  gain: {choice: [0, 1]}
settings: {offer: {levels: [none, some], start: none}, idle: {levels: [none, some], start: none}}
players:
  us: {options: {push: {}}, wants: [{id: win, that: us.push * (1 + dread), worth: 0.7}]}
  them: {options: {bow: {}}, wants: [{id: deal, that: them.bow and offer, worth: gain}]}
conditions: {dread: {levels: [low, high], rises: 0.3, falls: 0.2}}
outcomes:
  pushed: {of: us.push, measure: average}
  early: {of: us.push, measure: average, to: 1}
  bowed: {of: them.bow + idle, measure: final}
strategies:
  shove: {player: us, does: [{when: time >= 2, set: {push: yes}}]}
"""
case = parse_case(CASE).case


def changed(*names: str) -> Variant:
    return Variant("shove", levels=tuple((name, 1) for name in names))


PLAIN, OFFER, IDLE = Variant("shove"), changed("offer"), changed("idle")


def posed(variant, w, *outcomes):
    ready = prepare(case, variant, draw(case, 8, 0))
    return pose(ready.graph, ready.worlds.world(w), tuple(case.outcomes[o] for o in outcomes))


def test_a_change_that_cannot_matter_in_a_world_leaves_the_same_problem() -> None:
    gains = draw(case, 8, 0).column("gain")
    for w, gain in enumerate(gains):
        same = face_of(posed(PLAIN, w, "pushed", "early")) == face_of(posed(OFFER, w, "pushed"))
        assert same == (gain == 0)


def test_what_is_measured_has_a_mark_of_its_own() -> None:
    plain, idle = posed(PLAIN, 1, *case.outcomes), posed(IDLE, 1, "bowed", "pushed")
    assert face_of(plain) == face_of(idle)
    one, other = marks_of(plain, case.outcomes), marks_of(idle, case.outcomes)
    assert one["pushed"] == other["pushed"]
    assert one["bowed"] != other["bowed"]
    assert len(set(one.values())) == len(case.outcomes)


@pytest.mark.parametrize("movers", ["foresight", "myopic", "random"])
def test_shared_numbers_are_those_that_were_computed_first(movers, monkeypatch) -> None:
    samples = {"main": draw(case, 8, 0)}
    jobs = [Job(PLAIN, "main", tuple(case.outcomes), movers), Job(OFFER, "main", ("early", "pushed"), movers)]
    solved = []
    solve = work.outcomes_under
    monkeypatch.setattr(work, "outcomes_under", lambda *a, **k: solved.append(1) or solve(*a, **k))
    tables = [run_jobs(case, jobs, samples, workers=n, alike=True) for n in (1, 3)]
    gains = samples["main"].column("gain")
    assert len(solved) == 2 * (2 * len(gains) - np.count_nonzero(gains == 0))
    for name in ("early", "pushed"):
        plain, offer = (tables[0].column(v, name, movers=movers) for v in (PLAIN, OFFER))
        assert plain[gains == 0].tobytes() == offer[gains == 0].tobytes()
        assert tables[1].column(OFFER, name, movers=movers).tobytes() == offer.tobytes()
    alone = run_jobs(case, jobs[1:], samples, workers=1).column(OFFER, "pushed", movers=movers)
    assert tables[0].column(OFFER, "pushed", movers=movers) == pytest.approx(alone, abs=1e-3)


def test_an_unknown_fixed_where_it_is_anyway() -> None:
    fixed = Variant("shove", levels=(("offer", 1),), numbers=(("gain", Constant(1.0)),))
    for w, gain in enumerate(draw(case, 8, 0).column("gain")):
        same = face_of(posed(fixed, w, "pushed")) == face_of(posed(OFFER, w, "pushed"))
        assert same == (gain == 1)
