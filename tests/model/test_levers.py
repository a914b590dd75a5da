"""Levers and targets: what they mean, what packages amount to, and every mistake in them."""
# ruff: noqa: E501 (tables of mistakes, one to a line)

import re
from pathlib import Path

import numpy as np
import pytest

from offramp.casefile import load_case, parse_case
from offramp.cases import find_shipped
from offramp.errors import UsageError
from offramp.expressions import Constant, text_of
from offramp.graph import build_graph
from offramp.model import Price, Target
from offramp.model.levers import beneath, can_start, levers_of, packaged
from offramp.model.variants import Variant, apply_variant
from offramp.worlds import draw

LEVERS = {
    "word": {"by": "us", "sets": "guarantee", "cost": {"offered": [0.1, 0.5]}, "origin": "guess", "why": "it binds"},
    "start": {"by": "us", "sets": "us.pressure", "now": "targeted", "cost": {"none": 0.2, "targeted": 3}},
    "course": {
        "name": "The course",
        "by": "us",
        "levels": {
            "rest": {},
            "press": {"follows": "press", "cost": 0.3},
            "bind": {"follows": "bind", "set": {"hint": "yes"}},
            "free": {"follows": "free"},
            "answer": {"does": [{"when": "them.concede", "chance": "cost", "set": {"pressure": "down"}}], "why": "w"},
        },
        "cost": {"bind": [0, 1]},
        "now": "press",
    },
    "line": {"by": "them", "levels": {"free": None, "yield": {"does": [{"otherwise": {"concede": "yes"}}]}}},
}
TARGETS = {
    "talks": {"name": "Talks", "that": "them.concede", "outcome": "talks", "at-least": 0.6, "in": 0.75, "by": "us",
              "strategy": "press", "minds": ["price"], "why": "because"},
    "quiet": {"that": "them.concede and anger == calm and guarantee == none"},
    "cheap": {"that": "them.concede", "outcome": "price", "at-most": 0.2, "by": "them"},
}  # fmt: skip
MORE = {
    "levers": LEVERS,
    "targets": TARGETS,
    "outcomes.talks.better": "high",
    "outcomes.price": {"of": "us.pressure", "better": "low"},
    "outcomes.plain": {"of": "us.pressure"},
    "settings.hint": {},
    "strategies.bind": {
        "player": "us", "settings": {"guarantee": "offered"}, "does": [{"otherwise": {"pressure": "none"}}],
    },
    "strategies.both": {
        "players": ["us", "them"], "settings": {"hint": "yes"},
        "does": {"us": [{"otherwise": {"offer": "yes"}}], "them": [{"otherwise": {"concede": "yes"}}]},
    },
    "strategies.theirs": {"player": "them", "does": [{"otherwise": {"concede": "no"}}]},
}  # fmt: skip


@pytest.fixture
def case(build):
    return build(MORE)


# What they are


def test_a_setting_as_a_lever(case):
    word = case.levers["word"]
    assert (word.id, word.name, word.by, word.now) == ("word", "word", "us", 0)
    assert [(level.id, level.changes, level.follows) for level in word.levels] == [
        ("none", (("guarantee", 0),), None),
        ("offered", (("guarantee", 1),), None),
    ]
    assert (word.origin.kind, word.origin.why) == ("guess", "it binds")


def test_an_option_as_a_lever_moves_its_start(case):
    start = case.levers["start"]
    assert [level.changes for level in start.levels] == [(("us.pressure", n),) for n in range(3)]
    assert start.now == 1


def test_levels_in_the_long_form(case):
    course = case.levers["course"]
    assert [level.id for level in course.levels] == ["rest", "press", "bind", "free", "answer"]
    assert [level.follows for level in course.levels] == [None, "press", "bind", "free", None]
    assert [level.commits for level in course.levels] == [False, True, True, True, True]
    assert (course.name, course.now) == ("The course", 1)
    (rule,) = course.levels[4].rules
    assert (text_of(rule.when), text_of(rule.chance), dict(rule.set)) == ("them.concede", "cost", {"pressure": "down"})
    assert course.levels[4].why == "w"


def test_prices(case):
    prices = {lever.id: [level.price for level in lever.levels] for lever in case.levers.values()}
    step, nothing = Price(1, 1, stated=False), Price(0, 0)
    assert prices["word"] == [nothing, Price(0.1, 0.5)]
    assert prices["start"] == [Price(0.2, 0.2), nothing, step], "at present nothing is paid, whatever is stated"
    assert prices["course"] == [step, nothing, Price(0, 1), step, step]
    assert Price(0.1, 0.5).best == pytest.approx(0.3)


def test_now_is_where_a_setting_starts_unless_stated(build):
    assert build({**MORE, "settings.guarantee.start": "offered"}).levers["word"].now == 1
    assert build({**MORE, "levers.course.now": ...}).levers["course"].now == 0


def test_targets(case):
    talks, quiet, cheap = case.targets.values()
    assert (talks.name, talks.outcome, talks.least, talks.most, talks.share) == ("Talks", "talks", 0.6, False, 0.75)
    assert (talks.by, talks.strategy, talks.minds, talks.why) == ("us", "press", ("price",), "because")
    assert (quiet.name, quiet.outcome, quiet.least, quiet.share, quiet.by) == ("quiet", None, 0.5, 0.5, None)
    assert (cheap.least, cheap.most) == (0.2, True)
    values = np.array([0.1, 0.2, 0.6, np.nan])
    assert talks.reached(values).tolist() == [False, False, True, False]
    assert cheap.reached(values).tolist() == [True, True, False, False]


def test_they_draw_nothing(build):
    plain, levered = (
        build({name: value for name, value in MORE.items() if name not in ("levers", "targets")}),
        build(MORE),
    )
    assert list(levered.unknowns) == list(plain.unknowns)
    assert levered.digest != plain.digest
    one, other = draw(plain, 8, 1), draw(levered, 8, 1)
    assert one.names == other.names
    assert all(np.array_equal(one.column(name), other.column(name)) for name in one.names)


def test_a_case_without_them(build):
    assert (build().levers, build().targets) == ({}, {})


def test_quotes_and_mechanisms(build, faults):
    told = {"source": "essay", "quote": "words of it", "passage": "p2", "mechanism": "D1"}
    lever = build({**MORE, "levers.word": {"by": "us", "sets": "guarantee", **told}}).levers["word"]
    assert (lever.origin.kind, lever.origin.passage, lever.mechanism) == ("quoted", "p2", ("D1",))
    listed = {"mechanisms": {"D2": {"says": "x"}}, "players.us.wants.0.mechanism": "D2"}
    (fault,) = faults({**MORE, **listed, "levers.word.mechanism": "D1"})
    assert fault.path == ("levers", "word", "mechanism")
    (fault,) = faults({**MORE, "mechanisms": {"D1": {"says": "x"}}, "levers.word.mechanism": "D1"})
    assert "no element carries the mechanism `D1`" in fault.message


# Packages


@pytest.mark.parametrize(
    ("target", "chosen", "wanted"),
    [
        ("talks", {}, Variant("press", (("us.pressure", 1),))),
        ("talks", {"start": 0}, Variant("press")),
        ("talks", {"start": 0, "course": 0}, Variant("press")),
        ("talks", {"start": 0, "course": 2}, Variant("bind", (("guarantee", 0), ("hint", 1)))),
        ("talks", {"start": 0, "course": 2, "word": 1}, Variant("bind", (("hint", 1),))),
        ("talks", {"start": 0, "course": 3, "word": 1}, Variant("free", (("guarantee", 1),))),
        ("talks", {"start": 0, "course": 4}, Variant("press", also=(("us", "course.answer"),))),
        ("talks", {"start": 0, "line": 1}, Variant("press", also=(("them", "line.yield"),))),
        ("quiet", {"start": 0}, Variant("press")),
        ("cheap", {}, Variant("both")),
        ("cheap", {"line": 1}, Variant("both", also=(("them", "line.yield"),))),
        ("cheap", {"course": 1}, Variant("both", also=(("us", "press"),))),
        ("cheap", {"course": 2, "word": 0}, Variant("both", also=(("us", "bind"),))),
        ("cheap", {"course": 3}, Variant("both", also=(("us", "free"),))),
    ],
)  # fmt: skip
def test_what_a_package_amounts_to(case, target, chosen, wanted):
    assert packaged(case, case.targets[target], chosen) == wanted


@pytest.mark.parametrize(
    ("variant", "rules"),
    [
        (Variant("press", also=(("us", "course.answer"),)), {"us": {"pressure": "down"}}),
        (Variant("press", also=(("them", "line.yield"),)), {"us": {"pressure": 2}, "them": {"concede": 1}}),
        (Variant("both", also=(("us", "free"),)), {"them": {"concede": 1}}),
        (Variant("both", also=(("us", "press"),)), {"us": {"pressure": 2}, "them": {"concede": 1}}),
    ],
)
def test_who_is_committed_to_what(case, variant, rules):
    applied = apply_variant(case, variant)
    assert {each.player: dict(each.rules[0].set) for each in applied.strategy.committed} == rules
    assert build_graph(applied.case, applied.strategy, applied.delay).states


def test_settings_lie_in_layers(case):
    """What is played beneath, on it what is followed, on top what levers set."""
    target = Target("t", "t", Constant(True), strategy="both", by="us")
    settings = apply_variant(case, packaged(case, target, {"course": 2, "word": 0})).strategy.settings
    assert settings == {"hint": 1}, "`word` stands at `none`, where the setting starts"
    target = Target("t", "t", Constant(True), strategy="bind", by="them")
    settings = apply_variant(case, packaged(case, target, {"course": 1})).strategy.settings
    assert settings == {"guarantee": 1}, "the base's, since `press` says nothing of it and no lever of `us` is asked"


def test_whose_levers(case):
    assert [lever.id for lever in levers_of(case, case.targets["talks"])] == ["word", "start", "course"]
    assert [lever.id for lever in levers_of(case, case.targets["cheap"])] == ["line"]
    assert [lever.id for lever in levers_of(case, case.targets["quiet"])] == list(LEVERS)


@pytest.mark.parametrize(("by", "found"), [("us", "press"), ("them", "both"), (None, "free")])
def test_what_is_played_beneath(case, by, found):
    assert beneath(case, Target("t", "t", Constant(True), by=by)) == found
    assert beneath(case, Target("t", "t", Constant(True), by=by, strategy="theirs")) == "theirs"


def test_where_nobody_commits_the_mover_and_nobody_plays_freely(build):
    changes = {"strategies.free": ..., "claims": {}, "targets": {}, "levers": {}}
    assert beneath(build(changes), Target("t", "t", Constant(True), by="them")) == "press"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [({"wrd": 1}, "no lever `wrd`. Did you mean word?"), ({"word": 2}, "no level 2"), ({"word": -1}, "no level -1")],
)
def test_packages_of_what_is_not_there(case, chosen, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        packaged(case, case.targets["talks"], chosen)


def test_a_package_that_cannot_start(build):
    case = build({**MORE, "impossible": ["us.pressure == broad and not us.offer"]})
    assert can_start(case, packaged(case, case.targets["talks"], {}))
    assert not can_start(case, packaged(case, case.targets["talks"], {"start": 2}))


# The docs


def test_the_example_of_the_docs_is_that_of_the_case():
    page = (Path(__file__).parents[2] / "docs" / "case-language.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(levers:\n.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    assert block in find_shipped("coercion").text()
    case = load_case("coercion")
    found = [packaged(case, case.targets["concession"], {"threat": n}).strategy for n in range(4)]
    assert found == ["never-punish", "threat-without-assurance", "doubtful-threat", "assured-threat"]


# Mistakes


@pytest.mark.parametrize(
    ("path", "value", "where", "says", "hint"),
    [
        ("levers", ["word"], "levers", "not a list", "pressure: {by: us, sets: us.pressure}"),
        ("levers.word", None, "levers.word", "not nothing", "word: {by: us"),
        ("levers.word.by", ..., "levers.word", "a lever of nobody", "by: us"),
        ("levers.word.by", "uss", "levers.word.by", "no player `uss`", "us"),
        ("levers.word.sets", ..., "levers.word", "moves nothing", "`sets:`"),
        ("levers.word.levels", {"a": {}, "b": {}}, "levers.word", "both `sets` and `levels`", "one of them"),
        ("levers.word.sets", "guarante", "levers.word.sets", "no setting `guarante`", "guarantee"),
        ("levers.word.sets", "offer", "levers.word.sets", "no setting `offer`", "`us.offer`"),
        ("levers.word.sets", "us.ofer", "levers.word.sets", "no option `us.ofer`", "us.offer"),
        ("levers.word.sets", "anger", "levers.word.sets", "a condition, which nobody sets", "name a setting"),
        ("levers.word.sets", "them.concede", "levers.word.sets", "for `them` to move", "by: them"),
        ("levers.word.sets", "cost", "levers.word.sets", "no setting `cost`", "choose among"),
        ("levers.word.sets", 1, "levers.word.sets", "text is wanted", "quotes"),
        ("levers.word", {"by": "us", "sets": "us.pressure"}, "levers.start.sets", "`word` sets `us.pressure` too", "levels of one lever"),
        ("levers.word.now", "ofered", "levers.word.now", "no level `ofered`", "offered"),
        ("levers.word.now", 1, "levers.word.now", "text is wanted", "name of a level"),
        ("levers.word.cost", 1, "levers.word.cost", "not `1`", "cost: {targeted: [0.1, 0.5]"),
        ("levers.word.cost.ofered", 1, "levers.word.cost.ofered", "no level `ofered`", "offered"),
        ("levers.word.cost.offered", -1, "levers.word.cost.offered", "can be -1", "0 or more"),
        ("levers.word.cost.offered", [-1, 1], "levers.word.cost.offered", "can be -1", "0 or more"),
        ("levers.word.cost.offered", [1, 0], "levers.word.cost.offered", "upside down", "[0, 1]"),
        ("levers.word.cost.offered", [1, 1], "levers.word.cost.offered", "no width", "the number 1"),
        ("levers.word.cost.offered", [1], "levers.word.cost.offered", "too few numbers", "two"),
        ("levers.word.cost.offered", "cheap", "levers.word.cost.offered", "a price is wanted", "0.3"),
        ("levers.word.cost.offered", None, "levers.word.cost.offered", "a price is wanted", "0.3"),
        ("levers.word.cost.offered", float("inf"), "levers.word.cost.offered", "not `inf`", "0.5"),
        ("levers.word.cost.offered", [0, float("inf")], "levers.word.cost.offered.1", "not `inf`", "0.5"),
        ("levers.word.cost.offered", {"range": [0, 1]}, "levers.word.cost.offered", "not a mapping", "[0.1, 0.5]"),
        ("levers.word.price", 1, "levers.word.price", "no meaning", "cost"),
        ("levers.word.player", "us", "levers.word.player", "no meaning", "by"),
        ("levers.word.folows", "press", "levers.word.folows", "no meaning", "keys here are source"),
        ("levers.word.quote", "a", "levers.word.quote", "without a source", "source"),
        ("levers.word.source", "esay", "levers.word.source", "no source `esay`", "essay"),
        ("levers.time", {"by": "them", "sets": "them.concede"}, "levers.time", "word of the language", "another name"),
        ("levers.a b", {"by": "them", "sets": "them.concede"}, "levers.a b", "name of a lever", "letters"),
        ("levers.course.levels", {}, "levers.course.levels", "a lever of 0 levels", "another"),
        ("levers.course.levels", ["a", "b"], "levers.course.levels", "not a list", "press: {follows"),
        ("levers.course.levels.rest", "x", "levers.course.levels.rest", "not `x`", "rest: {follows"),
        ("levers.course.levels.rest.folows", "press", "levers.course.levels.rest.folows", "no meaning", "follows"),
        ("levers.course.levels.rest.follows", 1, "levers.course.levels.rest.follows", "text is wanted", "quotes"),
        ("levers.course.levels.rest.follows", "pres", "levers.course.levels.rest.follows", "no strategy `pres`", "press"),
        ("levers.course.levels.rest.follows", "theirs", "levers.course.levels.rest.follows", "no rules for `us`", "press, free, bind, both"),
        ("levers.course.levels.rest.follows", "free", "levers.course.levels.free", "`rest` and `free` are the same", "differ"),
        ("levers.course.levels.press.does", [{"otherwise": {}}], "levers.course.levels.press.does", "both `follows` and `does`", "one of them"),
        ("levers.course.levels.rest.does", [], "levers.course.levels.rest.does", "without rules", "otherwise: {}"),
        ("levers.course.levels.rest.does", {"us": []}, "levers.course.levels.rest.does", "not a mapping", "- {when"),
        ("levers.course.levels.rest.does", [{"otherwise": {"concede": "yes"}}], "levers.course.levels.rest.does.0.otherwise.concede", "not an option of `us`", "`them`'s"),
        ("levers.course.levels.rest.does", [{"chance": [0, 1], "set": {}}], "levers.course.levels.rest.does.0.chance", "a lever adds no unknown", "`unknowns:`"),
        ("levers.course.levels.rest.does", [{"chance": {"choice": [0, 1]}, "set": {}}], "levers.course.levels.rest.does.0.chance", "a lever adds no unknown", "`unknowns:`"),
        ("levers.course.levels.rest.does", [{"chance": 2, "set": {}}], "levers.course.levels.rest.does.0.chance", "between 0 and 1", "0.8"),
        ("levers.course.levels.rest.does", [{"whn": "us.offer", "set": {}}], "levers.course.levels.rest.does.0.whn", "no meaning", "when"),
        ("levers.course.levels.rest.does", [{"when": "us.ofer", "set": {}}], "levers.course.levels.rest.does.0.when", "us.ofer", "us.offer"),
        ("levers.course.levels.rest.set", {"guarante": "none"}, "levers.course.levels.rest.set.guarante", "no setting", "guarantee"),
        ("levers.course.levels.rest.set", {"hint": "maybe"}, "levers.course.levels.rest.set.hint", "no level `maybe`", "no and yes"),
        ("levers.course.levels.rest.set", {"hint": 1}, "levers.course.levels.rest.set.hint", "text is wanted", "name of a level"),
        ("levers.course.levels.rest.set", {"guarantee": "none"}, "levers.course.levels.rest.set.guarantee", "`word` sets `guarantee` too", "levels of one lever"),
        ("levers.course.levels.rest.set", {"them.concede": "yes"}, "levers.course.levels.rest.set.them.concede", "for `them` to move", "by: them"),
        ("levers.course.levels.rest.set", "hint", "levers.course.levels.rest.set", "not `hint`", "set: {pressure: broad}"),
        ("levers.course.levels.press.cost", "x", "levers.course.levels.press.cost", "a price is wanted", "0.3"),
        ("levers.course.cost.press", 1, "levers.course.cost.press", "two prices", "one of them"),
        ("levers.course.levels.a b", {"set": {"hint": "yes"}}, "levers.course.levels.a b", "name of a level", "letters"),
        ("levers.course.levels.up", {"set": {"hint": "yes"}}, "levers.course.levels.up", "word of the language", "another name"),
        ("levers.more", {"by": "us", "levels": {"a": {}, "b": {"follows": "both"}}}, "levers.more.levels.b.follows", "`course` says what `us` does", "levels of one lever"),
        ("targets", ["x"], "targets", "not a list", "talks: {that"),
        ("targets.quiet", None, "targets.quiet", "not nothing", "quiet: {that"),
        ("targets.quiet.that", ..., "targets.quiet", "`that` is missing", "that: target.concede"),
        ("targets.quiet.that", "them.conced", "targets.quiet.that", "them.conced", "them.concede"),
        ("targets.quiet.that", "us.pressure + 1", "targets.quiet.that", "a yes or no", "compare"),
        ("targets.quiet.that", "us.pressure > cost", "targets.quiet.that", "unknown", "options, conditions and settings"),
        ("targets.quiet.that", "time > 3", "targets.quiet.that", "time", "options, conditions and settings"),
        ("targets.quiet.that", "1 / us.offer > 1", "targets.quiet.that", "not finite", "division"),
        ("targets.talks.outcome", "talk", "targets.talks.outcome", "no outcome `talk`", "talks"),
        ("targets.talks.at-least", ..., "targets.talks", "how much of `talks` is enough", "at-least"),
        ("targets.cheap.at-most", ..., "targets.cheap", "how much of `price` is enough", "at-most"),
        ("targets.talks.at-most", 1, "targets.talks.at-most", "both", "one of them"),
        ("targets.talks.outcome", "price", "targets.talks.at-least", "less is better", "at-most"),
        ("targets.cheap.outcome", "talks", "targets.cheap.at-most", "more is better", "at-least"),
        ("targets.quiet.at-most", 0.5, "targets.quiet.at-most", "of what is wanted", "at-least"),
        ("targets.quiet.at-least", 5, "targets.quiet.at-least", "not between 0 and 1", "0.5"),
        ("targets.quiet.at-least", "x", "targets.quiet.at-least", "a number", "at-least: 0.5"),
        ("targets.quiet.at_least", 0.5, "targets.quiet.at_least", "no meaning", "at-least"),
        ("targets.quiet.share", 0.5, "targets.quiet.share", "no meaning", "in"),
        ("targets.quiet.in", 0, "targets.quiet.in", "more than 0", "more than 0"),
        ("targets.quiet.in", 50, "targets.quiet.in", "at most 1", "in: 0.5"),
        ("targets.quiet.by", "thm", "targets.quiet.by", "no player `thm`", "them"),
        ("targets.quiet.strategy", "fre", "targets.quiet.strategy", "no strategy `fre`", "free"),
        ("targets.quiet.minds", ["talk"], "targets.quiet.minds.0", "no outcome `talk`", "talks"),
        ("targets.quiet.minds", ["talks", "talks"], "targets.quiet.minds.1", "stands twice", "one of the two"),
        ("targets.quiet.minds", ["plain"], "targets.quiet.minds.0", "does not say what is better", "plain: {better: high}"),
        ("targets.rest", {"that": "us.offer"}, "targets.rest", "word of the language", "another name"),
    ],
)  # fmt: skip
def test_one_mistake(faults, path, value, where, says, hint):
    (fault,) = faults({**MORE, path: value})
    assert ".".join(map(str, fault.path)) == where
    assert says in fault.message
    assert hint in fault.hint


def test_all_mistakes_at_once(faults):
    found = faults({**MORE, "levers.word.now": "x", "levers.course.levels.press.follows": "x", "targets.quiet.by": "x",
                    "targets.talks.minds": ["x"]})  # fmt: skip
    assert len(found) == 4


@pytest.mark.parametrize(
    "path",
    [
        "settings.guarantee.levels",
        "outcomes.talks",
        "strategies.press.player",
        "strategies.bind.does",
        "players.us.options.pressure.levels",
    ],
)
def test_what_is_faulty_elsewhere_is_faulted_there_alone(faults, path):
    found = faults({**MORE, path: 7})
    assert {fault.path[0] for fault in found} == {path.split(".")[0]}


def test_places():
    text = (
        "offramp: 1\nplayers: {us: {options: {press: {}}}}\nlevers:\n  push:\n    by: us\n    sets: us.press\n    cost: {yes: -1}\n"
        "    now: ys\ntargets:\n  quiet: {that: not us.pres}\n"
    )
    with pytest.raises(Exception, match=r"c.yaml:7:17") as caught:
        parse_case(text, "c.yaml")
    assert [str(fault).split(": ")[0] for fault in caught.value.faults] == [
        "c.yaml:7:17",
        "c.yaml:8:10",
        "c.yaml:10:17",
    ]
