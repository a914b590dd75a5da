"""The regime's side of the Iran cases contains one line: concede iff k < P (q - pi).

Everything else that the regime cares about is set to 0, one voice decides, and American opportunities are frequent,
so that pressure follows behaviour at once. Then the cost of conceding at which it talks in earnest half of the time
must be the pressure times the difference that coming makes: D12 is P, D11, D45 and D50 are in
pi; q is 1 here, where pressure stops at targeted (beyond, D19 raises P).
"""

from __future__ import annotations

import numpy as np
import pytest

import offramp
from offramp.casefile import parse_case
from offramp.ensemble import Job, run_jobs
from offramp.expressions import Constant
from offramp.model.variants import Variant
from offramp.worlds import draw

KEPT = {"precision": 40.0, "leader-weight": 1.0, "alone": 1.0, "distance-share": 0.3}
HEAD = """\
offramp: 1
name: one-line
extends: {base}
time: {{unit: month, horizon: 36, foresight: 48}}
settings: {{ceiling: {{start: targeted}}}}
players:
  us:
    pace: 12
    options: {{outreach: {{start: offer}}, pressure: {{start: targeted}}}}
  regime: {{pace: 0.5}}
unknowns:
"""


@pytest.fixture(scope="module")
def one_line():
    named = [name for name, unknown in offramp.load_case("iran-base").unknowns.items() if not unknown.inline]
    assert {"nuclear-right", "pressure-on-leader", "relief-kept", "next-demand", "partners-bond"} < set(named)
    lines = [f"  {name}: {{range: null, choice: [{KEPT.get(name, 0.0)}]}}\n" for name in named]
    return parse_case(HEAD.format(base="iran-base") + "".join(lines)).case


@pytest.mark.parametrize(
    ("pressure", "kept", "demand", "bond"),
    [(1.0, 1.0, 0.0, 0.0), (1.0, 0.8, 0.0, 0.0), (0.6, 1.0, 0.5, 0.0), (0.8, 0.9, 0.6, 0.5)],
)
def test_the_regime_concedes_where_the_cost_is_below_the_difference_of_penalties(
    one_line, pressure, kept, demand, bond
):
    pi = 1 - kept * (1 - demand * (1 - bond))
    line = pressure * (1 - pi)
    costs = np.linspace(0.8, 1.2, 9) * line
    given = {"pressure-on-leader": pressure, "relief-kept": kept, "next-demand": demand, "partners-bond": bond}

    def variant(cost: float) -> Variant:
        numbers = {**given, "nuclear-right": cost}
        vouched = (("table", 1),)
        return Variant(
            "parallel-off-ramp", vouched, numbers=tuple((n, Constant(v)) for n, v in sorted(numbers.items()))
        )

    jobs = [Job(variant(cost), "main", ("talks-second-year", "earnest-talks")) for cost in costs]
    table = run_jobs(one_line, jobs, {"main": draw(one_line, 1, 0)})
    earnest = np.array([table.column(variant(cost), "earnest-talks")[0] for cost in costs])
    assert (np.diff(earnest) < 0).all(), "the dearer, the rarer"
    crossing = float(np.interp(-0.5, -earnest, costs))
    assert crossing == pytest.approx(line, rel=0.05)


def test_pressure_that_stays_whatever_it_does_moves_nothing(one_line):
    """X5: with pi = q the pressure itself, however high, buys nothing."""
    found = []
    for pressure in (0.2, 1.2):
        numbers = {"pressure-on-leader": pressure, "relief-kept": 0.0, "next-demand": 1.0, "nuclear-right": 0.1}
        variant = Variant("parallel-off-ramp", numbers=tuple((n, Constant(v)) for n, v in sorted(numbers.items())))
        table = run_jobs(one_line, [Job(variant, "main", ("earnest-talks",))], {"main": draw(one_line, 1, 0)})
        found.append(table.column(variant, "earnest-talks")[0])
    assert found[0] == pytest.approx(found[1], abs=0.01)
    assert max(found) < 0.05
