"""Strategies: who is committed to what, and what others reckon with."""
# ruff: noqa: E501 (tables of mistakes, one to a line)

import pytest

from offramp.expressions import Constant


def test_one_player_and_a_list_of_rules(build):
    case = build(
        {
            "strategies.press": {
                "player": "us",
                "settings": {"guarantee": "offered"},
                "does": [
                    {"when": "them.concede", "set": {"us.pressure": "none", "offer": "yes"}},
                    {"when": "time >= 6", "chance": 0.8, "set": {"pressure": "up"}},
                    {"otherwise": {"pressure": "down"}},
                ],
            }
        }
    )
    strategy = case.strategies["press"]
    (committed,) = strategy.committed
    assert strategy.settings == {"guarantee": 1}
    assert committed.player == "us"
    assert [dict(rule.set) for rule in committed.rules] == [
        {"pressure": 0, "offer": 1},
        {"pressure": "up"},
        {"pressure": "down"},
    ]
    assert [rule.chance for rule in committed.rules] == [Constant(1.0), Constant(0.8), Constant(1.0)]
    assert committed.rules[2].when is None


def test_several_players_and_what_each_believes(build):
    both = {
        "players": ["us", "them"],
        "does": {"us": [{"set": {"pressure": "broad"}}], "them": [{"set": {"concede": "yes"}}]},
        "believed": {"them": {"us": [{"chance": 0.5, "set": {"pressure": "broad"}}]}, "third": {"them": [{"set": {}}]}},
    }
    case = build({"players.third": {}, "strategies.both": both})
    us, them = case.strategies["both"].committed
    assert list(us.believed) == ["them"]
    assert list(them.believed) == ["third"]


@pytest.mark.parametrize(
    ("strategy", "where", "says"),
    [
        ({"player": "usa", "does": [{"set": {}}]}, "player", "no player `usa`"),
        ({"players": ["us", "usa"], "does": {"us": [{"set": {}}], "usa": [{"set": {}}]}}, "players.1", "no player `usa`"),
        ({"players": ["us", "us"], "does": {"us": [{"set": {}}]}}, "players.1", "stands twice"),
        ({"player": "us", "players": ["us"], "does": [{"set": {}}]}, "players", "both player and players"),
        ({"does": [{"set": {}}]}, "does", "rules without a player"),
        ({"player": "us"}, "", "a committed player without rules"),
        ({"player": "us", "does": []}, "does", "a list without rules"),
        ({"players": ["us", "them"], "does": [{"set": {}}]}, "does", "one list of rules for several players"),
        ({"players": ["us", "them"], "does": {"us": [{"set": {}}]}}, "does", "no rules for `them`"),
        ({"player": "us", "does": {"us": [{"set": {}}], "them": [{"set": {}}]}}, "does.them", "is not committed here"),
        ({"player": "us", "does": [{"when": "us.offer"}]}, "does.0", "without `set` or `otherwise`"),
        ({"player": "us", "does": [{"set": {}, "otherwise": {}}]}, "does.0.otherwise", "both `set` and `otherwise`"),
        ({"player": "us", "does": [{"when": "us.offer", "otherwise": {}}]}, "does.0.when", "takes no `when`"),
        ({"player": "us", "does": [{"otherwise": {}}, {"set": {}}]}, "does.0", "never reached"),
        ({"player": "us", "does": [{"set": {"concede": "yes"}}]}, "does.0.set.concede", "`concede` is not an option of `us`"),
        ({"player": "us", "does": [{"set": {"presure": "none"}}]}, "does.0.set.presure", "is not an option of `us`"),
        ({"player": "us", "does": [{"set": {"pressure": "low"}}]}, "does.0.set.pressure", "no level `low`"),
        ({"player": "us", "does": [{"chance": 1.2, "set": {}}]}, "does.0.chance", "the chance 1.2 is not between"),
        ({"player": "us", "does": [{"chance": [0.5, 1.5], "set": {}}]}, "does.0.chance", "the chance 1.5 is not between"),
        ({"player": "us", "does": [{"when": "cost", "set": {}}]}, "does.0.when", "yes or no"),
        ({"player": "us", "does": [{"when": "time == 3", "set": {}}]}, "does.0.when", "instant"),
        ({"settings": {"guarante": "offered"}}, "settings.guarante", "no setting `guarante`"),
        ({"settings": {"guarantee": "all"}}, "settings.guarantee", "no level `all`"),
        ({"believed": {"them": [{"set": {}}]}}, "believed", "beliefs about rules that are not there"),
        ({"player": "us", "does": [{"set": {}}], "believed": {"us": [{"set": {}}]}}, "believed.us", "knows its own rules"),
        ({"player": "us", "does": [{"set": {}}], "believed": {"her": [{"set": {}}]}}, "believed.her", "no player `her`"),
        (
            {"player": "us", "does": [{"set": {}}], "believed": {"them": {"them": [{"set": {}}]}}},
            "believed.them",
            "knows its own rules",
        ),
        (
            {
                "players": ["us", "them"],
                "does": {"us": [{"set": {}}], "them": [{"set": {}}]},
                "believed": {"third": [{"set": {}}]},
            },
            "believed.third",
            "of which player?",
        ),
    ],
)  # fmt: skip
def test_strategies_at_fault(faults, strategy, where, says):
    found = faults({"players.third": {}, "strategies.bad": strategy})
    by_path = {".".join(map(str, fault.path[2:])): fault for fault in found}
    assert says in by_path[where].message
    if where != "believed.them":
        assert len(found) == 1


def test_a_rule_that_sets_another_players_option_says_whose_it_is(faults):
    (fault,) = faults({"strategies.press.does": [{"set": {"concede": "yes"}}]})
    assert "it is `them`'s" in fault.hint
    assert "players: [us, them]" in fault.hint
