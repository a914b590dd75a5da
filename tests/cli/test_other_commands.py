from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from offramp.cases import catalogue


def test_check_gives_the_size(offramp) -> None:
    done = offramp("check", "small.yaml")
    assert (done.code, done.err) == (0, "")
    assert "small: no mistakes" in done.out
    assert "4 states" in done.out
    found = json.loads(offramp("check", "small.yaml", "--json").out)
    assert (found["ok"], found["states"]) == (True, {"free": 4, "hold": 2})


def test_cases_lists_what_is_shipped(offramp) -> None:
    done = offramp("cases")
    assert done.code == 0
    names = [line.split()[0] for line in done.out.splitlines() if line]
    assert names == [case.name for case in catalogue()]
    listed = json.loads(offramp("cases", "--json").out)
    assert [row["name"] for row in listed] == names
    assert next(row for row in listed if row["name"] == "coercion")["strategies"] is True


def test_new_writes_a_case_that_runs_and_overwrites_none(offramp) -> None:
    done = offramp("new", "mine")
    assert done.code == 0
    assert "offramp run mine.yaml" in done.out
    text = Path("mine.yaml").read_text(encoding="utf-8")
    Path("mine.yaml").write_text("mine", encoding="utf-8")
    refused = offramp("new", "mine.yaml")
    assert refused.code == 2
    assert "there already" in refused.err
    assert Path("mine.yaml").read_text(encoding="utf-8") == "mine"
    assert offramp("new", "mine", "--force").code == 0
    assert Path("mine.yaml").read_text(encoding="utf-8") == text
    assert offramp("check", "mine.yaml").code == 0
    ran = offramp("run", "mine.yaml", "--worlds", 2)
    assert ran.code == 0
    assert Path("mine.offramp/report.html").exists()


@pytest.mark.parametrize("name", ["", "a/b", "../up", "1st", "a b", "mine.json", "x" * 300])
def test_new_takes_names_only(offramp, name) -> None:
    done = offramp("new", name)
    assert (done.code, done.out) == (2, "")
    assert sorted(p.name for p in Path().iterdir()) == ["small.yaml"]


def test_story_is_told_from_a_seed(offramp) -> None:
    first, again, other = (offramp("story", "small.yaml", "--count", 3, "--seed", s) for s in (0, 0, 9))
    assert first.code == 0
    assert first.out == again.out != other.out
    assert first.out.count("at the end") == 6
    told = json.loads(offramp("story", "small.yaml", "--json", "--strategy", "hold", "--world", 2).out)
    assert list(told) == ["hold"]
    (story,) = told["hold"]
    assert [e["time"] for e in story["events"]] == sorted(e["time"] for e in story["events"])
    assert not any("us: push" in e["text"] for e in story["events"])


@pytest.mark.parametrize("what", ["case", "results"])
def test_schema(offramp, what) -> None:
    schema = json.loads(offramp("schema", what).out)
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("command", ["run", "check", "cases", "new", "story", "schema"])
def test_each_command_explains_itself(offramp, command) -> None:
    done = offramp(command, "--help")
    assert done.code == 0
    assert f"Usage: offramp {command}" in done.out
    assert command in offramp("--help").out


def test_names_are_completed(here) -> None:
    from offramp.cli.arguments import CaseName

    found = [item.value for item in CaseName().shell_complete(None, None, "co")]
    assert found == ["coercion", "co"]
