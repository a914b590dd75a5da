"""What it costs to move an unknown through its range."""

from __future__ import annotations


def test_effort_is_read_wherever_a_range_is_stated(build) -> None:
    case = build(
        {
            "unknowns.cost.effort": 3,
            "players.us.wants.0.worth": {"range": [0, 1], "effort": 0.5},
            "players.us.pace": [1, 2],
        }
    )
    efforts = {name: unknown.effort for name, unknown in case.unknowns.items()}
    assert efforts == {"cost": 3.0, "players.us.wants.relief.worth": 0.5, "players.us.pace": 1.0}
