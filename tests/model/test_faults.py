"""Mistakes: each named once, all at once, each with what to write instead."""
# ruff: noqa: E501 (tables of mistakes, one to a line)

import pytest


@pytest.mark.parametrize(
    ("path", "value", "where", "says", "hint"),
    [
        ("offramp", ..., "", "`offramp` is missing", "add `offramp: 1`"),
        ("offramp", 2, "offramp", "format 2", "`offramp: 1`"),
        ("players", ..., "", "`players` is missing", "add `players:"),
        ("players", {}, "players", "a case needs a player", "add one"),
        ("titel", "x", "titel", "`titel` has no meaning here", "did you mean title?"),
        ("players.us.Pace", 1, "players.us.Pace", "has no meaning", "did you mean pace?"),
        ("players.us.pace", None, "players.us.pace", "not nothing", "write 0.5"),
        ("players.us.pace", True, "players.us.pace", "not `true`", "write 0.5"),
        ("players.us.pace", [1], "players.us.pace", "too few numbers", "write two"),
        ("players.us.pace", [1, 2, 3], "players.us.pace", "too many numbers", "write two"),
        ("players.us.pace", [2, 1], "players.us.pace", "upside down", "write [1, 2]"),
        ("players.us.pace", [1, 1], "players.us.pace", "no width", "write the number 1"),
        ("players.us.pace", -1, "players.us.pace", "`pace` can be -1", "0 or more"),
        ("players.us.discount", [-0.1, 0.1], "players.us.discount", "can be -0.1", "0 or more"),
        ("players.us.pace", {"range": [0, 1], "mode": 2}, "players.us.pace.range", "outside [0, 1]", "inside"),
        ("players.us.pace", {"mode": 2}, "players.us.pace", "one of range, choice and is", "range:"),
        ("players.us.pace", {"range": [0, 1], "choice": [1]}, "players.us.pace", "only one of", "range:"),
        ("players.us.pace", {"range": [0, 1], "effort": 0}, "players.us.pace.effort", "more than 0, not `0`", "more than 0"),
        ("players.us.pace", {"range": [0, 1], "effort": -1}, "players.us.pace.effort", "more than 0, not `-1`", "more than 0"),
        ("players.us.pace", {"range": [0, 1], "effort": "big"}, "players.us.pace.effort", "not `big`", "effort: 2"),
        ("players.us.pace", {"range": [0, 1], "effort": float("nan")}, "players.us.pace.effort", "a number is wanted", "effort: 2"),
        ("players.us.pace", {"choice": [0, 1], "effort": 2}, "players.us.pace.effort", "without a range", "leave it out"),
        ("players.us.pace", {"is": "cost", "effort": 2}, "players.us.pace.effort", "without a range", "leave it out"),
        ("unknowns.cost", {"is": "1", "effort": 2}, "unknowns.cost.effort", "without a range", "leave it out"),
        ("players.us.wants.0.effort", 2, "players.us.wants.0.effort", "no meaning here", "beside a range"),
        ("views.hopeful", {"cost": {"range": [0.1, 0.5], "effort": 2}}, "views.hopeful.cost.effort", "a view does not say", "where `cost` is stated"),
        ("players.us.pace", {"choice": []}, "players.us.pace.choice", "nothing", "best guess"),
        ("players.us.pace", {"min": 1}, "players.us.pace.min", "no meaning", "range: [low, high]"),
        ("players.us.pace", {"value": 1}, "players.us.pace.value", "no meaning", "`is:`"),
        ("players.us.pace", {"is": "1", "off": 2}, "players.us.pace.off", "without a mechanism", "mechanism"),
        ("players.us.options", ["pressure"], "players.us.options", "not a list", "pressure: {levels:"),
        ("players.us.options.offer.levels", [1, 2], "players.us.options.offer.levels.0", "text is wanted", "name of a level"),
        ("players.us.options.offer.levels", ["no"], "players.us.options.offer.levels", "a ladder of 1 level", "at least 2"),
        ("players.us.options.offer.levels", ["a", "a"], "players.us.options.offer.levels.1", "stands twice", "own name"),
        ("players.us.options.offer.levels", ["a", "up"], "players.us.options.offer.levels.1", "word of the language", "another"),
        ("players.us.options.offer.levels", ["a", "b c"], "players.us.options.offer.levels.1", "cannot be the name", "letters"),
        ("players.us.options.offer.start", "maybe", "players.us.options.offer.start", "no level `maybe`", "no and yes"),
        ("players.us.options.offer.switching", {"up": 1}, "players.us.options.offer.switching.up", "no meaning", "raise"),
        ("players.us.options.offer.switching", -1, "players.us.options.offer.switching", "can be -1", "0 or more"),
        ("players.us.options.a b", {}, "players.us.options.a b", "cannot be the name of an option", "letters"),
        ("players.time", {}, "players.time", "word of the language", "another name"),
        ("players.us.wants.0.worth", ..., "players.us.wants.0", "`worth` is missing", "worth: [0.2, 0.8]"),
        ("players.us.wants.0", "them.concede", "players.us.wants.0", "not `them.concede`", "{that: us.offer"),
        ("players.us.wants.0.that", "them.conced", "players.us.wants.0.that", "them.conced", "them.concede"),
        ("players.us.wants.0.that", "them.concede =", "players.us.wants.0.that", "=", "=="),
        ("players.us.wants.0.quote", "a", "players.us.wants.0.quote", "a quote without a source", "source"),
        ("players.us.wants.0.source", "esay", "players.us.wants.0.source", "no source `esay`", "essay"),
        ("players.us.wants.0.origin", "gues", "players.us.wants.0.origin", "not `gues`", "guess"),
        ("players.us.wants.1", {"id": "relief", "that": "us.offer", "worth": 1}, "players.us.wants.1.id", "twice", "own id"),
        ("players.us.prefers", ["us.offer"], "players.us.prefers", "both wants and prefers", "one of them"),
        ("players.us.factions", {"us": {"influence": 1}}, "players.us", "factions and wants", "into its factions"),
        ("conditions.anger.levels", ..., "conditions.anger", "`levels` is missing", "levels:"),
        ("conditions.anger.rises", {"of": "us.offer"}, "conditions.anger.rises.of", "no meaning", "in a list"),
        ("conditions.anger.rises", -0.1, "conditions.anger.rises", "can be -0.1", "0 or more"),
        ("conditions.them", {"levels": ["a", "b"]}, "conditions.them", "already the name of a player", "rename"),
        ("time", {"horizon": 12, "foresight": 6}, "time.foresight", "before the horizon", "12 or more"),
        ("time", {"horizon": 0}, "time.horizon", "more than 0", "more than 0"),
        ("outcomes.talks.measure", "mean", "outcomes.talks.measure", "not `mean`", "measure: average"),
        ("strategies.free", None, "strategies.free", "not nothing", "`free: {}` for free play"),
        ("sources.essay", {"titel": "x"}, "sources.essay.titel", "no meaning", "title"),
        ("sources.essay.date", [1], "sources.essay.date", "text", "text"),
        ("about", 3, "about", "not `3`", 'write "3" in double quotes'),
        ("settings.guarantee", "offered", "settings.guarantee", "not `offered`", "guarantee: {levels:"),
        ("impossible", "us.offer", "impossible", "a list", "- "),
        ("unknowns.other", "unknowns", "unknowns.other", "unknowns", "unknowns"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_once(faults, path, value, where, says, hint):
    found = faults({path: value})
    if (path, value) == ("players.us.factions", {"us": {"influence": 1}}):
        found = [fault for fault in found if fault.code != "clash"]
    by_path = {".".join(map(str, fault.path)): fault for fault in found}
    assert where in by_path
    assert says in by_path[where].message
    assert hint.lower() in by_path[where].hint.lower()
    if path != "players.us.options.offer.levels":
        assert len(found) == 1


def test_faults_of_shape_and_of_meaning_come_together(faults):
    found = faults(
        {
            "titel": "x",
            "players.us.pace": None,
            "players.us.wants.0.that": "them.conced",
            "conditions.anger.falls": [0.2, 0.1],
            "claims.works.test": "talks[pres] > 0",
            "claims.other": {"test": "talk[press] > 0"},
        }
    )
    assert sorted(".".join(map(str, fault.path)) for fault in found) == [
        "claims.other", "claims.other.test", "claims.works.test", "conditions.anger.falls",
        "players.us.pace", "players.us.wants.0.that", "titel",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "count"),
    [
        ("players.us", "nobody", 1),
        ("players.us.options", "none", 1),
        ("players.us.options.pressure", "none", 1),
        ("players.us.options.pressure.levels", "none", 1),
        ("players.them", None, 1),
        ("players", "nobody", 1),
        ("conditions", "none", 1),
        ("conditions.anger", "none", 1),
        ("unknowns", "none", 1),
        ("unknowns.cost", [1], 1),
        ("unknowns.cost", [2, 1], 1),
        ("unknowns.cost", {"rang": [0, 1]}, 1),
        ("settings.guarantee.levels", "none", 1),
        ("outcomes", "none", 1),
        ("outcomes.talks", "none", 1),
        ("outcomes.talks.of", ["none"], 1),
        ("strategies.press", "none", 1),
        ("strategies.press.player", ["us"], 1),
        ("strategies.press.does", "none", 1),
        ("strategies.press.does", ["none"], 1),
        ("strategies.press.does", [{"otherwise": "none"}], 1),
        ("strategies.press.does", [{"wehn": "us.offer", "set": "none"}], 2),
        ("claims.works.test", ["none"], 1),
        ("claims.works.says", ..., 1),
        ("sources.essay", "none", 1),
        ("time", "none", 1),
        ("time.horizon", "none", 1),
        ("players.us.wants", "none", 1),
        ("players.us.wants.0.worth", "none", 1),
        ("players.us.wants.0.id", 3, 1),
        ("views", {"soft": {"cost": [3]}}, 1),
    ],
)
def test_one_mistake_causes_no_others(faults, path, value, count):
    """Everything else of the case uses what is dropped."""
    around = {
        "players.us.wants.1": {"that": "anger == furious and us.pressure == broad and cost > 0.2", "worth": 1, "source": "essay"},
        "players.them.wants.1": {"that": "us.pressure and guarantee == offered", "worth": "cost * 2"},
        "strategies.press.settings": {"guarantee": "offered"},
        "strategies.press.believed": {"them": [{"when": "us.pressure == broad", "set": {"pressure": "none"}}]},
        "outcomes.gain": {"payoff": "us"},
        "outcomes.when": {"of": "anger == furious", "measure": "first", "to": 12},
        "views": {"soft": {"cost": [0.2, 0.3]}},
        "claims.more": {"says": "x", "source": "essay", "test": "talks[press; cost = 0.5, anger = calm] > talks[press; guarantee = none]"},
        "irreversible": ["them.concede"],
        "impossible": ["us.pressure == broad and them.concede"],
        "perceives": {"them": {"us.wants.relief.worth": 2}},
    }  # fmt: skip
    assert faults(around) == []
    found = faults({**around, path: value})
    assert len(found) == count, [str(fault) for fault in found]


def test_what_the_reader_of_the_file_has_said_is_not_said_again(faults):
    changes = {"players.us.pace": None, "claims.works": {"says": "x"}}
    assert len(faults(changes)) == 2
    assert faults(changes, broken=[("players", "us", "pace"), ("claims", "works")]) == []


def test_names_share_one_namespace(faults):
    found = faults({"settings.cost": {}, "outcomes.anger": {"of": "us.offer"}, "strategies.talks": {}})
    assert sorted(fault.message for fault in found) == [
        "`anger` is already the name of a condition",
        "`cost` is already the name of a setting",
    ]


def test_the_same_id_in_two_terms_of_a_rate(faults):
    terms = [{"id": "a", "rate": [0.1, 0.2]}, {"id": "a", "rate": [0.3, 0.4]}]
    (fault,) = faults({"conditions.anger.rises": terms})
    assert "two numbers are named `conditions.anger.rises.a.rate`" in fault.message


def test_circles_among_unknowns(faults):
    found = faults({"unknowns.a": "b", "unknowns.b": "c + 1", "unknowns.c": "a", "unknowns.d": "a", "unknowns.e": "e"})
    assert [fault.message for fault in found] == [
        "`a` is computed from itself: a -> b -> c -> a",
        "`e` is computed from itself: e -> e",
    ]


def test_a_chain_of_many_unknowns_is_quick(build):
    chain = {f"unknowns.u{n}": f"u{n + 1}" for n in range(1_900)}
    assert build({**chain, "unknowns.u1900": 1})


def test_very_many_faults_end_at_a_hundred(faults):
    wants = [{"that": f"nobody.x{n}", "worth": 1} for n in range(5_000)]
    assert 100 <= len(faults({"players.us.wants": wants})) <= 101


def test_an_infeasible_start(faults):
    (fault,) = faults({"impossible": ["us.offer", "us.pressure == none"]})
    assert fault.path == ("impossible", 1)
    assert "the start is impossible" in fault.message
    assert "start:" in fault.hint


def test_very_many_names(faults):
    (fault,) = faults({"unknowns": {f"u{n}": [0, 1] for n in range(2_000)}, "claims": {}, "players.them.wants": []})
    assert fault.code == "too-large"
    assert "the most is 2,000" in fault.message


@pytest.mark.parametrize("section", ["strategies", "outcomes", "views"])
def test_very_many_entries(faults, section):
    empty = {"outcomes": {"of": "us.offer"}}.get(section, {})
    (fault,) = faults({section: {f"x{n}": empty for n in range(600)}})
    assert f"`{section}` has more than" in fault.message
