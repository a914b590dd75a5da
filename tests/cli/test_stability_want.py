"""``offramp stability --want``: what would have to be wanted for a state to hold."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import offramp.cases

TRADE = """\
offramp: 1
name: trade
title: Who gives way?
time: {unit: month, horizon: 3, foresight: 4}
unknowns:
  gain: {range: [0, 4], mode: 3, origin: guess}
  shame: {range: [0, 8], mode: 2, origin: guess}
  toll: {range: [0, 1], origin: guess}
players:
  us:
    name: Our side
    options: {push: {}}
    wants: [{that: us.push, worth: gain}, {that: us.push, worth: -shame}]
  them:
    name: Their side
    options: {bow: {}}
    wants: [{that: them.bow, worth: -toll}]
outcomes:
  pushed: {of: us.push, measure: average}
views:
  calm: {shame: [0, 2.5]}
"""

ORDERED = """\
offramp: 1
name: ordered
title: By statements
players:
  us: {options: {push: {}}, prefers: [us.push, not them.bow]}
  them: {options: {bow: {}}, prefers: [them.bow, us.push]}
outcomes:
  pushed: {of: us.push}
"""


@pytest.fixture
def asked(offramp):
    """Ask for programs; return what is wanted, and the whole."""

    def ask(*arguments: object) -> tuple[dict, dict]:
        done = offramp("stability", *arguments, "--worlds", 4, "--json")
        assert done.code == 0, done.err
        found = json.loads(done.out)
        return found["wanted"], found

    return ask


def one_line(text: str) -> str:
    return " ".join(text.split())


def write(text: str, name: str = "trade.yaml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_the_least_change_of_wants(asked) -> None:
    wanted, _ = asked(write(TRADE), "--want", "start", "--concept", "nash")
    assert (wanted["holds"], wanted["stays"]) == (False, {"us": False, "them": True})
    first, second = wanted["changes"]
    # gain 3 has to fall to the shame of 2, or shame to rise by 1: an eighth of its range against a quarter
    assert [(u["unknown"], u["from"], u["to"]) for u in first["unknowns"]] == [("shame", 2.0, pytest.approx(3.0))]
    assert [(u["unknown"], u["from"], u["to"]) for u in second["unknowns"]] == [("gain", 3.0, pytest.approx(2.0))]
    assert [first["cost"], second["cost"]] == pytest.approx([1 / 8, 1 / 4])
    assert first["proven"]
    assert wanted["rankings"] == []


def test_effort_decides_which_change_is_least(asked) -> None:
    dear = TRADE.replace("[0, 8], mode: 2", "[0, 8], mode: 2, effort: 4")
    wanted, _ = asked(write(dear), "--want", "start", "--concept", "nash")
    assert [each["unknowns"][0]["unknown"] for each in wanted["changes"]] == ["gain", "shame"]
    assert [each["cost"] for each in wanted["changes"]] == pytest.approx([1 / 4, 4 / 8])


def test_effort_is_told(offramp) -> None:
    plain = offramp("stability", write(TRADE), "--want", "start").out
    dear = offramp("stability", write(TRADE.replace("mode: 2", "mode: 2, effort: 4")), "--want", "start").out
    assert "each times its stated effort" in one_line(dear)
    assert "effort" not in plain


@pytest.mark.parametrize("concept", ["nash", "seq", "smr"])
def test_the_answer_put_back_into_the_case_holds(asked, concept) -> None:
    bent = TRADE.replace("worth: -shame", "worth: -0.37 * shame").replace("{that: them.bow, worth: -toll}",
                         "{that: them.bow and us.push, worth: gain / 7}, {that: them.bow, worth: -toll}")  # fmt: skip
    target = "us.push=no,them.bow=yes"
    wanted, _ = asked(write(bent), "--want", target, "--concept", concept)
    assert not wanted["holds"]
    assert wanted["changes"]
    for change in wanted["changes"]:
        text = bent
        for each in change["unknowns"]:
            line = next(row for row in text.splitlines() if row.startswith(f"  {each['unknown']}:"))
            assert len(str(each["rounded"])) <= 6, "rounded so that it can be written down"
            text = text.replace(line, f"  {each['unknown']}: {each['rounded']}")
        there, whole = asked(write(text, "there.yaml"), "--want", target, "--concept", concept)
        assert there["holds"]
        assert there["state"] in whole["equilibria"][concept]


def test_what_a_reader_sees(offramp) -> None:
    done = offramp("stability", write(TRADE), "--want", "start", "--concept", "nash")
    assert done.code == 0
    said = one_line(done.out)
    assert "As things stand it does not hold: Our side would leave; Their side would stay." in said
    assert "least (cost 0.125) shame: from 2 to 3 (0 to 8 is stated)" in said
    assert "or (cost 0.25) gain: from 3 to 2 (0 to 4 is stated)" in said
    assert max(map(len, done.out.splitlines())) <= 80
    assert len(done.out.splitlines()) <= 24


def test_what_holds_already_is_said(offramp, asked) -> None:
    done = offramp("stability", write(TRADE), "--want", "us.push=yes", "--concept", "nash")
    assert done.code == 0
    assert "It holds already, as things stand: Our side and Their side would stay." in one_line(done.out)
    wanted, _ = asked("trade.yaml", "--want", "us.push=yes", "--concept", "nash")
    assert (wanted["holds"], wanted["changes"], wanted["possible"]) == (True, [], True)


def test_a_view_narrows_what_may_change(asked) -> None:
    wanted, _ = asked(write(TRADE), "--want", "start", "--concept", "nash", "--view", "calm")
    # the best guess of shame is 1.25 there, and it cannot come to 3
    assert [each["unknowns"][0]["unknown"] for each in wanted["changes"]] == ["gain"]
    assert wanted["changes"][0]["unknowns"][0]["to"] == pytest.approx(1.25)


def test_fixed_players_keep_their_wants(asked, offramp) -> None:
    wanted, _ = asked(write(TRADE), "--want", "start", "--concept", "nash", "--fixed", "them")
    assert "toll" not in wanted["movable"]
    both = TRADE.replace("worth: gain", "worth: 3").replace("worth: -shame", "worth: -2")
    done = offramp("stability", write(both), "--want", "start", "--concept", "nash", "--fixed", "us")
    assert "The wants of Our side stay as they are." in done.out
    said = one_line(done.out)
    assert "No change of wants inside the stated ranges does it, of 1 worth that may change." in said
    assert "Our side would gain by setting push to yes" in said
    assert "another ranking" not in said


def test_what_stands_in_the_way_and_what_would_do_beyond(offramp, asked) -> None:
    wanted, _ = asked("cuba-1962", "--want", "us.blockade=yes,ussr.withdraw=yes", "--concept", "nash")
    (blocked,) = wanted["blocked"]
    assert wanted["possible"] is False
    assert [each["player"] for each in blocked["moves"]] == ["us"]
    assert [(e["unknown"].split(".")[-2], e["end"], e["value"]) for e in blocked["ends"]] == [("step-11", "low", 0.1)]
    (beyond,) = wanted["beyond"]["unknowns"]
    assert (beyond["from"], beyond["rounded"], beyond["low"], beyond["high"]) == (0.55, 0.0, 0.1, 1.0)
    done = offramp("stability", "cuba-1962", "--want", str(wanted["state"]), "--concept", "nash", "--worlds", 2)
    said = one_line(done.out)
    assert "United States would gain by setting blockade to no" in said
    assert "worth of step 11 to United States is not below 0.1" in said
    assert "from 0.55 to 0 (0.1 to 1 is stated)" in said
    text = Path(offramp_cases(), "literature", "cuba-1962.yaml").read_text(encoding="utf-8")
    wider = text.replace("not us.strike and not us.blockade, worth: [0.1, 1]",
                         "not us.strike and not us.blockade, worth: 0")  # fmt: skip
    there, _ = asked(write(wider, "wider.yaml"), "--want", str(wanted["state"]), "--concept", "nash")
    assert there["holds"]


def offramp_cases() -> Path:
    return Path(offramp.cases.__file__).parent


def test_rankings_of_a_case_of_the_literature(asked, offramp) -> None:
    wanted, whole = asked("elmira", "--want", "start")
    (ranking,) = wanted["rankings"]
    assert ranking["player"] == "local"
    assert (ranking["total"], ranking["staying"], ranking["holding"]) == (479001600, 239500800, 239500800)
    (pair,) = ranking["nearest_holding"]["swapped"]
    assert pair["above"] == wanted["state"] == whole["start"]
    assert whole["states"][pair["below"]]["local.insist"] == "yes"
    said = one_line(offramp("stability", "elmira", "--want", "start", "--worlds", 2).out)
    assert "it would stay by 239,500,800 (50 %), and with these nobody would leave." in said
    assert "swaps 1 of 66 pairs: it puts [0] above [1]; then nobody would leave." in said


def test_statements_are_reordered(offramp, asked) -> None:
    wanted, _ = asked(write(ORDERED, "ordered.yaml"), "--want", "them.bow=yes", "--concept", "nash")
    (ranking,) = wanted["rankings"]
    assert (ranking["player"], ranking["total"], ranking["staying"]) == ("us", 24, 12)
    assert {each["reason"] for each in wanted["held"]} == {"ordered statements"}
    done = offramp("stability", "ordered.yaml", "--want", "start", "--concept", "nash")
    said = one_line(done.out)
    assert "us would leave. Of its 24 possible rankings of 4 configurations" in said
    assert "but by none of its rankings would all others stay too." in said


def test_wants_that_are_fixed_numbers_are_told(offramp, asked) -> None:
    fixed = TRADE.replace("worth: gain", "worth: 3").replace("-shame", "-2").replace("-toll", "-1")
    done = offramp("stability", write(fixed), "--want", "start", "--concept", "nash")
    assert done.code == 0
    assert "No change of worths does it: all worths that may change are fixed numbers." in one_line(done.out)
    assert "12 (50 %)" in done.out
    none = offramp("stability", "trade.yaml", "--want", "start", "--concept", "nash", "--fixed", "us")
    assert none.code == 2
    assert "no want may change" in none.err


def test_json_follows_its_schema(offramp) -> None:
    schema = json.loads(offramp("schema", "stability").out)
    for case, state, concept in (
        ("coercion", "1", "seq"), ("elmira", "start", "seq"), ("cuba-1962", "6", "seq"), ("cuba-1962", "6", "nash"),
        ("prisoners-dilemma", "start", "sseq"),
    ):  # fmt: skip
        done = offramp("stability", case, "--worlds", 2, "--json", "--want", state, "--concept", concept)
        assert done.code == 0, done.err
        jsonschema.validate(json.loads(done.out), schema)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--want", "us.pull=yes"], "there is no option `us.pull`"),
        (["--want", "us.push=perhaps"], "`us.push` has no level `perhaps`"),
        (["--want", "9"], "there is no configuration 9"),
        (["--want", "us.push=yes,them.bow=yes"], "that configuration is impossible"),
        (["--want", "start", "--fixed", "him"], "there is no player `him`. Take some of us, them"),
        (["--want", "start", "--fixed", "us", "--fixed", "them"], "all players are fixed, so that no want may change"),
        (["--fixed", "us"], "--fixed belongs to --want. Add --want STATE"),
        (["--want", "start", "--why", "start"], "--want and --why are two questions. Ask one after the other"),
        (["--want", "start", "--from", "start"], "--want and --from are two questions"),
        (["--want", "start", "--coalitions"], "--want and --coalitions are two questions"),
        (["--want", "start", "--moves", "2"], "--want and --moves are two questions"),
    ],
)
def test_what_cannot_be_asked_is_refused(offramp, monkeypatch, arguments, said) -> None:
    from offramp.findings.equilibria import holding

    def judge(*_: object, **__: object) -> None:
        raise AssertionError("a world was judged")

    monkeypatch.setattr(holding, "judge_world", judge)
    write(TRADE + 'impossible: ["us.push and them.bow"]\n')
    done = offramp("stability", "trade.yaml", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_too_many_configurations(offramp) -> None:
    options = ", ".join(f"o{k}: {{}}" for k in range(7))
    write(f"offramp: 1\nplayers:\n  us: {{options: {{{options}}}}}\n  them: {{options: {{{options}}}}}\n", "large.yaml")
    done = offramp("stability", "large.yaml", "--want", "start")
    assert done.code == 2
    assert "16,384 configurations are too many to search for a change of wants; the most is 8,192" in done.err
