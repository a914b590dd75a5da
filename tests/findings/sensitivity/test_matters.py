"""What the outcomes hang on, against closed forms."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import offramp
from offramp.casefile import parse_case
from offramp.errors import UsageError
from offramp.findings.sensitivity.breaking_even import conditional_sign
from offramp.findings.sensitivity.drivers import drivers_of
from offramp.findings.sensitivity.grouping import MOST, groups_by
from offramp.findings.sensitivity.matters import Question, matters
from offramp.findings.sensitivity.owners import owners_of
from offramp.findings.sentences.trace import trace
from offramp.report.matters_json import matters_schema, matters_to_json
from offramp.worlds import draw

from .scales import TEXT

EXACT = json.loads((Path(__file__).parents[2] / "golden/uncertainty/sensitivity.json").read_text())["exact"]


@pytest.fixture(scope="module")
def case():
    return parse_case(TEXT, "scales.yaml").case


@pytest.fixture(scope="module")
def by_unknown(case):
    return matters(case, by="unknown", worlds=512)


def share(found, outcome, group):
    return next(each for each in found.drives[outcome].groups if each.group == group)


def test_single_unknowns_have_the_closed_forms(by_unknown) -> None:
    for outcome, exact in (("line", EXACT["linear"]), ("product", EXACT["product"])):
        for n, (first, total) in enumerate(zip(exact["S1"], exact["ST"], strict=True), start=1):
            found = share(by_unknown, outcome, f"x{n}")
            assert found.first == pytest.approx(first, abs=0.06)
            assert found.total == pytest.approx(total, abs=0.06)
            assert found.first_low - 0.005 <= first <= found.first_high + 0.005
            assert found.total_low - 0.005 <= total <= found.total_high + 0.005
    assert by_unknown.drives["product"].together == pytest.approx(EXACT["product"]["S2"]["1,2"], abs=0.06)
    assert by_unknown.drives["line"].together == pytest.approx(0, abs=0.06)
    assert by_unknown.drives["product"].deviation == pytest.approx(math.sqrt(EXACT["product"]["variance"]), rel=0.05)


def test_the_given_data_estimate_agrees(by_unknown) -> None:
    for outcome in ("line", "product"):
        for group in by_unknown.drives[outcome].groups:
            assert group.given == pytest.approx(group.first, abs=0.06)
            assert group.given_low - 0.04 <= group.first <= group.given_high + 0.04
    told = by_unknown.drives["line"].telling
    assert [driver.unknown.name for driver in told.drivers] == ["x1", "x2", "x3"]
    assert [d.share for d in told.drivers] == pytest.approx(EXACT["linear"]["S1"][:3], abs=0.03)
    assert EXACT["linear"]["S1"][3] < told.floor


def test_groups_add_up_to_their_closed_forms(case) -> None:
    found = matters(case, by="origin", worlds=1024)
    assert [group.group for group in found.drives["line"].groups] == ["quoted", "literature", "guess"]
    first = EXACT["linear"]["S1"]
    for kind, exact in (("quoted", first[0]), ("literature", first[1]), ("guess", first[2] + first[3])):
        assert share(found, "line", kind).first == pytest.approx(exact, abs=0.08)
        assert share(found, "line", kind).total == pytest.approx(exact, abs=0.08)
    still = found.drives["still"]
    assert all(math.isnan(group.total) for group in still.groups)
    assert still.telling.drivers == ()


def test_players_own_what_they_alone_mind(case) -> None:
    worlds = draw(case, 2, 0)
    owners = {axis: owner.id for axis, owner in owners_of(case, worlds).items()}
    assert owners == {"x1": "us", "x2": "outcomes", "x3": "outcomes", "x4": "conditions", "few": "outcomes",
                      "idle": "nothing", "players.them.prefers": "them"}  # fmt: skip
    groups = {group.id: group.axes for group in groups_by(case, worlds, "player")}
    assert groups["them"] == ("players.them.prefers",)
    found = matters(case, by="player", worlds=128)
    assert share(found, "line", "us").total > 0.6
    assert (share(found, "line", "them").first, share(found, "line", "them").total) == pytest.approx((0, 0), abs=1e-6)


def test_an_order_is_one_group_and_drives_what_it_should(case) -> None:
    found = matters(case, by="player", outcome="free", worlds=128)
    assert share(found, "free", "them").total == pytest.approx(1, abs=0.15)
    assert list(found.drives) == ["free"]
    (only,) = found.drives["free"].telling.drivers
    assert only.unknown.name == "players.them.prefers"
    assert only.unknown.label == "order of what matters to Them"


def test_mechanisms_may_share_unknowns(case) -> None:
    worlds = draw(case, 2, 0)
    groups = {group.id: group.axes for group in groups_by(case, worlds, "mechanism")}
    assert groups == {"M1": ("x1", "x2"), "M2": ("x2",), "M3": ("x1",)}
    found = matters(case, by="mechanism", worlds=64)
    assert found.overlap
    assert math.isnan(found.drives["line"].together)
    assert [group.group for group in found.drives["line"].groups][-1] == "others"


def test_of_many_unknowns_the_dozen_most_telling_and_the_rest() -> None:
    case = offramp.load_case("iran-2009")
    question = Question(case, by="unknown", worlds=2)
    assert len(question.groups) == 130
    assert question.solves < 2 * 4 * 131 + (MOST + 4) * 3 + 500


def test_unknowns_of_one_label_are_told_apart(case) -> None:
    twins = "  my-gain: {range: [0, 1], origin: guess}\n  my_gain: {range: [0, 1], origin: guess}\n"
    want = "{id: win, that: us.push, worth: twice, mechanism: [M3], origin: guess}"
    text = TEXT.replace("unknowns:\n", "unknowns:\n" + twins).replace("line: {name: The line (a sum), of: ",
        "line: {name: The line (a sum), of: 6 * my-gain + 6 * my_gain + ").replace(
        want, "{id: win-it, that: us.push, worth: {range: [0, 1]}, mechanism: [M3], origin: guess}, "
        "{id: win_it, that: us.push, worth: {range: [0, 1]}, origin: guess}")  # fmt: skip
    twin = parse_case(text, "scales.yaml").case
    labels = {group.id: group.label for group in groups_by(twin, draw(twin, 2, 0), "unknown")}
    assert len(set(labels.values())) == len(labels)
    assert (labels["my-gain"], labels["my_gain"]) == ("my gain (my-gain)", "my gain (my_gain)")
    wins = {id_: label for id_, label in labels.items() if "worth of win it" in label}
    assert list(wins.values()) == [f"worth of win it to Us ({id_})" for id_ in wins]
    assert len(wins) == 2
    told = offramp.analyse(twin, worlds=128).drivers
    assert told is not None
    named = {driver.unknown.label for driver in told.outcomes["line"].drivers}
    assert {"my gain (my-gain)", "my gain (my_gain)"} <= named


def test_a_tornado_is_what_each_unknown_does_alone(by_unknown) -> None:
    tornado = by_unknown.tornadoes["line"]
    assert tornado.best_guess == pytest.approx(4 * 0.5 + 2 * 0.5 + 0.5 + 0.25)
    assert [swing.unknown.name for swing in tornado.swings] == ["x1", "x2", "x3", "x4"]
    assert [swing.size for swing in tornado.swings] == pytest.approx([4 * 0.9, 2 * 0.9, 0.9, 0.45], rel=1e-3)
    first = tornado.swings[0]
    assert (first.low, first.high, first.best) == pytest.approx((0.05, 0.95, 0.5))
    assert first.at_low == pytest.approx(tornado.best_guess - 4 * 0.45, rel=1e-3)
    assert (tornado.unknowns, tornado.idle) == (9, 5)


def test_a_break_even_is_a_root(case) -> None:
    even = matters(case, outcome="contest", worlds=64).break_even
    assert (even.strategy, even.against, even.preferred) == ("quiet", "loudly", "loudly")
    (found,) = even.found or (None,)
    assert found is None or found.unknown.name == "x3"
    assert even.none == 9 - len(even.found)
    shifted = parse_case(TEXT.replace("(1 - loud) * 0.25", "(1 - loud) * 0.49"), "scales.yaml").case
    even = matters(shifted, outcome="contest", worlds=128).break_even
    (found,) = even.found
    (crossing,) = found.crossings
    assert crossing.at == pytest.approx(0.7, abs=even.precision)
    assert crossing.above == "quiet"
    assert even.preferred == "loudly"
    assert even.difference == pytest.approx(0.49 - 0.25, abs=1e-3)
    assert found.lead == pytest.approx(1 - 0.49, abs=1e-3)
    assert found.worlds == "changes"
    assert even.share == pytest.approx(0.7, abs=0.05)
    assert even.reversed == pytest.approx(0.3, abs=0.05)
    assert (even.none, even.failed) == (8, 0)


def test_a_choice_breaks_even_between_two_values(case) -> None:
    even = matters(case, outcome="choice", worlds=64).break_even
    (found,) = even.found
    assert found.unknown.name == "few"
    assert [(c.at, c.above) for c in found.crossings] == [(3.0, "loudly")]
    assert even.preferred == "quiet"


def test_two_strategies_that_are_level(case) -> None:
    even = matters(case, outcome="swing", worlds=64).break_even
    assert even.difference == pytest.approx(0, abs=1e-6)
    assert all(found.unknown.name == "x1" for found in even.found)
    assert abs(even.mean) < 0.1


@pytest.mark.parametrize(
    ("difference", "told"),
    [
        (lambda x: x - 0.5, "changes"),
        (lambda x: x + 0.1, "stays"),
        (lambda x: 0 * x + np.tile([1, -1], 128), "unclear"),
    ],
)
def test_the_sign_of_a_conditional_mean(difference, told) -> None:
    x = np.random.default_rng(0).random(256)
    assert conditional_sign(difference(x), x) == told
    assert conditional_sign(difference(x)[:20], x[:20]) == "unclear"


def test_the_same_for_any_number_of_workers_and_as_json(case) -> None:
    told = [matters_to_json(matters(case, worlds=16, workers=n)) for n in (1, 2)]
    assert told[0] == told[1]
    jsonschema.validate(told[0], matters_schema())
    assert told[0]["drives"]["still"]["groups"][0]["first"] is None
    jsonschema.Draft202012Validator.check_schema(matters_schema())


def test_solves_are_told_beforehand(case) -> None:
    question = Question(case, worlds=32, by="origin")
    seen: list[tuple[int, int]] = []
    found = question.answer(progress=lambda done, total: seen.append((done, total)))
    assert found.solves == seen[-1][0] <= question.solves
    assert found.solves > 0.8 * question.solves
    assert all(done <= total for done, total in seen)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"strategy": "quite"}, "there is no strategy `quite`"), ({"against": "quiet"}, "against itself"),
        ({"outcome": "lime"}, "there is no outcome `lime`"), ({"worlds": 1}, "too few"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(case, asked, said) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        Question(case, **asked)
    assert caught.value.hint


def test_nothing_to_ask_of() -> None:
    players, pushed = {"us": {"options": {"push": {}}}}, {"of": "us.push", "measure": "final"}
    bare = offramp.build_case(
        {"offramp": 1, "name": "bare", "players": players, "strategies": {"free": {}}, "outcomes": {"pushed": pushed}}
    )
    with pytest.raises(UsageError, match="varies"):
        Question(bare)
    with pytest.raises(UsageError, match="belongs to a mechanism"):
        Question(offramp.load_case("coercion"), by="mechanism")


def test_without_a_strategy_the_advice_fits_both_commands(case) -> None:
    for ask in (Question, trace):
        with pytest.raises(UsageError, match="scales has no strategy to play") as caught:
            ask(replace(case, strategies={}))
        assert caught.value.hint == "a base has none; name a case that extends it"


def test_a_run_names_the_same_drivers(case) -> None:
    found = offramp.analyse(case, worlds=128)
    assert found.drivers is not None
    assert found.drivers.strategy == "quiet"
    assert [driver.unknown.name for driver in found.drivers.outcomes["line"].drivers][:2] == ["x1", "x2"]
    assert found.drivers.outcomes["still"].drivers == ()
    worlds = draw(case, 128, 0)
    rows = np.arange(1, 129)
    again = drivers_of(case, "quiet", worlds, {"product": worlds.column("x1")[1:] * worlds.column("x2")[1:]}, rows, 0)
    assert again is not None
    told = again.outcomes["product"].drivers
    assert {driver.unknown.name for driver in told} == {"x1", "x2"}
    assert all(driver.low <= EXACT["product"]["S1"][0] <= driver.high for driver in told)


def test_a_world_that_fails_is_left_out_of_the_whole_design() -> None:
    text = TEXT.replace("rate: x4", "rate: x4 - 0.01").replace("push: yes", "push: yes", 1)
    found = matters(parse_case(text, "scales.yaml").case, worlds=256)
    assert found.failure is not None
    assert 200 < found.done < 256
    assert share(found, "line", "us").total == pytest.approx(EXACT["linear"]["S1"][0], abs=0.15)
