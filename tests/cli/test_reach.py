from __future__ import annotations

import json

import jsonschema
import pytest

from offramp.report.reach_json import reach_schema


@pytest.fixture(autouse=True)
def columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


def test_an_answer_that_fits_a_screen(offramp) -> None:
    done = offramp("reach", "coercion", "concession", "--worlds", 32)
    assert (done.code, done.err) == (0, "")
    lines, said = done.out.splitlines(), " ".join(done.out.split())
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 40
    assert lines[0] == "What would it take? The target concedes"
    assert "8 packages, 32 worlds, seed 0: 256 solves of 256 (100 %)" in said
    assert "The least that it takes is a threat with a full assurance (price 0.2–0.8): then in" in said
    leads = [line[:12].strip() for line in lines[lines.index("") + 1 :] if line[:1] != " "]
    assert [lead for lead in leads if lead != "In the way"] == [
        "Answer", "Others", "Lasting", "Ask next", "Searched"
    ]  # fmt: skip
    assert "offramp reach coercion concession --worlds 32 --hold threat" in said


def test_everything(offramp) -> None:
    done = offramp("reach", "coercion", "concession", "--worlds", 16, "--all")
    assert "\nSmallest    " in done.out
    assert "\nFront       " in done.out
    assert "THE LEVERS AND THEIR PRICES" in done.out
    assert "none (now)" in done.out.replace("no threat", "none")


def test_a_level_that_is_supposed(offramp) -> None:
    done = offramp("reach", "coercion", "concession", "--worlds", 16, "--hold", "threat=assured")
    said = (
        "Nothing more need be moved: with a threat with a full assurance, and all else as it stands, it is reached in"
    )
    assert said in " ".join(done.out.split())


def test_for_programs(offramp) -> None:
    done = offramp("reach", "coercion", "concession", "--worlds", 16, "--json")
    found = json.loads(done.out)
    jsonschema.validate(found, reach_schema())
    assert found["goal"]["by"] == ["sender"]
    assert json.loads(offramp("schema", "reach").out) == reach_schema()


def test_the_mediators_question_on_the_missile_crisis(offramp) -> None:
    said = " ".join(offramp("reach", "cuba-1962", "withdrawal", "--by", "all", "--worlds", 16).out.split())
    assert "Moved by United States and Soviet Union." in said
    # the historical course: blockade, withdrawal, the blockade lifted
    assert "United States blockade: yes; then Soviet Union withdraw: yes; then United States blockade: no" in said
    assert "Hard, because Soviet Union prefers the present to it: only after the first move do all prefer it" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["coercion", "concesion"], 2, "no target `concesion`"),
        (["coercion"], 2, "say what is wanted: offramp reach CASE TARGET. Name one of its targets: concession"),
        (["coercion", "concession", "--by", "us"], 2, "no player `us`"),
        (["coercion", "concession", "--by", "target"], 2, "`target` has no lever"),
        (["coercion", "concession", "--hold", "thread"], 2, "no lever `thread`"),
        (["coercion", "concession", "--hold", "threat=no"], 2, "no level `no`"),
        (["coercion", "concession", "--view", "mine"], 2, "no view `mine`"),
        (["small.yaml", "us.push"], 2, "nothing that anybody could move"),
        (["iran-2009", "not us.pressure"], 2, "several players have levers"),
        (["coercion", "target.concede and"], 2, "is no target"),
    ],
)
def test_what_cannot_be_asked(offramp, arguments, code: int, said: str) -> None:
    done = offramp("reach", *arguments)
    assert done.code == code
    assert said in " ".join(done.err.split())
    assert done.out == ""
