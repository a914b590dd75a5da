"""The Storm model checker: transient figures of a chain, and the best of a single hard chooser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import play_problems as build
import pytest

from offramp.graph.arrays import LogitPolicy, Moves, Problem
from offramp.play import solve

CHAIN = Path(__file__).parent.parent / "golden" / "play" / "async_war.prism"


@pytest.fixture(scope="module")
def war(golden):
    return golden("storm.json")["async_war"]["storm"]


def read_rates() -> tuple[list, np.ndarray]:
    """From the PRISM file: [configuration, player] rates of switching, and rates of war."""
    switching, to_war = np.zeros((4, 2)), np.zeros(4)
    for o1, o2, rate, effect in re.findall(
        r"\[\] o1=(\d) & o2=(\d) & w=0 -> ([\d.e-]+) : \((\w+)'=\d\);", CHAIN.read_text()
    ):
        here = 2 * int(o1) + int(o2)
        if effect == "w":
            to_war[here] = float(rate)
        else:
            switching[here, int(effect[1]) - 1] = float(rate)
    policies = []
    for player, other in enumerate(([2, 3, 0, 1], [1, 0, 3, 2])):
        chance = np.zeros((1, 4, 2))
        chance[0, :, 0] = switching[:, player] / 2.0
        policies.append(build.fixed(player, 2.0, [other], chance))
    return policies, to_war


def chain(until: float, *columns: dict) -> Problem:
    """One column per dict: flow, terminal and held as [C, P]; position 1 is war and absorbs."""
    policies, to_war = read_rates()
    blank = np.zeros((4, 2))
    flow = np.stack([column.get("flow", blank) for column in columns], axis=1)
    rise = np.zeros((1, 4, 2))
    rise[0, :, 0] = to_war
    return build.problem(
        flow,
        policies,
        until=until,
        terminal=[(n, column["terminal"]) for n, column in enumerate(columns) if "terminal" in column],
        rungs=build.ladders(2),
        rise=rise,
        held=[(n, column["held"]) for n, column in enumerate(columns) if "held" in column],
    )


O1, O2 = np.repeat([0, 0, 1, 1], 2).reshape(4, 2), np.repeat([0, 1, 0, 1], 2).reshape(4, 2)
WAR = np.tile([False, True], (4, 1))
BOTH = (O1 == 1) & (O2 == 1)
TENSION = np.where(WAR, 0.0, O1 + O2)


def test_ever_final_total_and_until(war) -> None:
    calm = np.where(O2 == 1, 1.0, 0.0)
    case = chain(
        12.0,
        {"terminal": WAR * 1.0, "held": WAR},
        {"terminal": np.where(WAR, 0.0, BOTH)},
        {"flow": TENSION},
        {"terminal": calm, "held": (O2 == 1) | (O1 == 1)},
    )
    assert solve(case).at_start == pytest.approx(
        [
            war['P=? [true U<=12 "war"]'],
            war["P=? [true U[12, 12] (((o1 = 1) & (o2 = 1)) & (w = 0))]"],
            war['R{"tension"}=? [C<=12]'],
            war["P=? [(o1 = 0) U<=12 (o2 = 1)]"],
        ],
        abs=1e-6,
    )


def test_ever_within_a_window(war) -> None:
    """Held from 6 on, and moving freely before: two segments."""
    case = chain(6.0, {"terminal": BOTH * 1.0, "held": BOTH})
    (late,) = case.segments
    early = replace(late, held=(), terminal=())
    both = replace(case, segments=(replace(late, start=6.0, end=12.0), early))
    assert solve(both).at_start[0] == pytest.approx(war["P=? [true U[6, 12] ((o1 = 1) & (o2 = 1))]"], abs=1e-6)


def test_values_put_in_place_between_segments(war) -> None:
    """Already there at the horizon counts as reached: puts after a terminal of 0, then held."""
    case = chain(12.0, {"held": WAR})
    (segment,) = case.segments
    put = replace(segment, puts=((0, WAR, 1.0),))
    assert solve(replace(case, segments=(put,))).at_start[0] == pytest.approx(war['P=? [true U<=12 "war"]'], abs=1e-6)


def test_expected_time_to_reach(war) -> None:
    case = chain(600.0, {"flow": np.where(WAR, 0.0, 1.0), "held": WAR})
    found = solve(case).at_start[0]
    assert found == pytest.approx(war['T=? [F "war"]'], abs=1e-5)
    assert found == pytest.approx(19.997335713509536, abs=1e-6)


@pytest.mark.parametrize(("name", "sign"), [("Pmax", 1.0), ("Pmin", -1.0)])
def test_hard_chooser(golden, name: str, sign: float) -> None:
    """War is what the decision maker wants, or wants least; the second column is its chance."""
    oracle = golden("storm.json")["poisson_moves"]
    ladder = build.ladders(4)
    war = np.tile([0.0, 0.0, 0.0, 1.0], (2, 1))
    rise = np.array([[[0.2, 0.2, 0.2, 0.0], [0.05, 0.05, 0.05, 0.0]]])
    fall = np.array([[[0.0, 0.3, 0.3, 0.0], [0.0, 0.5, 0.5, 0.0]]])
    # A jump to war from any rung is a move of nature, to a third configuration that is war.
    moves = Moves(np.array([[0, 1], [2, -1]]), np.ones((2, 2), dtype=bool), np.array([0, 0, 1]), np.array([0, 1, 0]))
    chooser = LogitPolicy(0, moves, 1.0, 1e5, np.zeros((2, 2)), (0,), np.ones((1, 4)), (), ((0, 2),))
    jump = np.zeros((1, 3, 4))
    jump[0, 1, :3] = 0.04
    nature = build.fixed(1, 1.0, [[0, 2, 2]], jump)
    wide = lambda rates: np.concatenate([rates, np.zeros((1, 1, 4))], axis=1)  # noqa: E731
    end = np.concatenate([war, np.ones((1, 4))])
    case = build.problem(
        np.zeros((3, 2, 4)),
        [chooser, nature],
        until=10.0,
        terminal=[(0, sign * end), (1, end)],
        rungs=ladder,
        rise=wide(rise),
        fall=wide(fall),
    )
    found = solve(case, tolerance=1e-8).at_start[1]
    assert found == pytest.approx(oracle["backward_ode"][name], abs=1e-6)
    assert found == pytest.approx(oracle["storm"][name], abs=1e-6)
