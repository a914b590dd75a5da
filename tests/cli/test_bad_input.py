"""Whatever is handed in: a message, an exit code, never a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

FIVE = """\
offramp: 1
name: five
time: {unit: month, horizon: 3, foresight: 2}
unknowns:
  cost: {range: [2, 1]}
players:
  us: {options: {push: {}}, wants: [{that: us.pusch, worth: cost}]}
  them: {options: {bow: {}}}
outcomes:
  bowed: {of: them.bow, measure: averag}
strategies:
  hold: {player: us, does: [{otherwise: {bow: no}}]}
claims:
  pays: {says: It pays., test: "bowed[held] > 0"}
"""


def test_five_mistakes_are_all_named_with_place_and_mend(offramp) -> None:
    Path("five.yaml").write_text(FIVE, encoding="utf-8")
    for command in ("check", "run"):
        done = offramp(command, "five.yaml")
        assert (done.code, done.out) == (3, "")
        said = {int(line.split(":")[1]): line for line in done.err.splitlines() if line.startswith("five.yaml:")}
        for line, word in {5: "range", 7: "us.push", 10: "average", 12: "bow", 14: "hold", 3: "foresight"}.items():
            assert word in said[line], done.err
        assert done.err.splitlines()[-1] == f"{len(said)} mistakes"
    found = json.loads(offramp("check", "five.yaml", "--json").out)
    assert found["ok"] is False
    assert sorted(fault["line"] for fault in found["faults"]) == [3, 5, 7, 10, 12, 14]
    assert all(fault["message"] and fault["hint"] and fault["column"] for fault in found["faults"])


@pytest.mark.parametrize("command", ["run", "check", "story"])
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 3), (b"\x00\xff\xfe\x80", 3), (b"{", 3), (b"just text", 3), (b"- 1\n", 3), (b"offramp: 2\n", 3),
     (b"a: &a [*a]\n", 3), (b"%YAML 1.1\n---\nofframp: 1\n", 3), (b"x" * 1_100_000, 3)],
    ids=["empty", "binary", "open", "text", "list", "other", "circle", "directive", "huge"],
)  # fmt: skip
def test_files_that_are_no_case(offramp, command, content, code) -> None:
    Path("bad.yaml").write_bytes(content)
    done = offramp(command, "bad.yaml")
    assert (done.code, done.out) == (code, "")
    assert "bad.yaml:" in done.err


@pytest.mark.parametrize("command", ["run", "check", "story"])
@pytest.mark.parametrize(
    "name", ["missing.yaml", "folder.yaml", "./folder", "nosuch", "coercon", "", "a\0b.yaml", "x" * 500]
)
def test_files_that_are_not_there(offramp, command, name) -> None:
    Path("folder.yaml").mkdir()
    Path("folder").mkdir()
    done = offramp(command, name)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("offramp: ")
    if name == "coercon":
        assert "did you mean `coercion`?" in done.err.lower()


def test_a_case_that_is_not_there_for_a_program(offramp) -> None:
    done = offramp("check", "coercon", "--json")
    told = json.loads(done.out)
    assert (done.code, done.err, told["ok"]) == (2, "", False)
    (fault,) = told["faults"]
    assert (fault["code"], fault["line"]) == ("no-case", None)
    assert "coercion" in fault["hint"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_cannot_be_read(offramp) -> None:
    Path("small.yaml").chmod(0)
    assert offramp("check", "small.yaml").code == 2


def test_a_rate_that_turns_negative_is_told_with_its_place(offramp) -> None:
    text = Path("small.yaml").read_text(encoding="utf-8") + "conditions:\n  dread: {levels: [low, high], rises: gain}\n"
    Path("small.yaml").write_text(text, encoding="utf-8")
    done = offramp("run", "small.yaml")
    assert done.code == 3
    assert "small.yaml:20:" in done.err
    assert "negative" in done.err


def test_a_case_too_large_says_how_large(offramp) -> None:
    text = Path("small.yaml").read_text(encoding="utf-8")
    more = ", ".join(f"o{n}: {{levels: [a, b, c, d, e]}}" for n in range(12))
    Path("small.yaml").write_text(text.replace("push: {}", f"push: {{}}, {more}"), encoding="utf-8")
    done = offramp("check", "small.yaml")
    assert done.code == 3
    assert "small.yaml:" in done.err


def test_no_command_and_a_wrong_one(offramp) -> None:
    assert offramp().code == 2
    assert offramp("frob").code == 2
    assert offramp("--version").out.startswith("offramp ")


def test_a_story_of_a_strategy_that_is_not_there(offramp) -> None:
    done = offramp("story", "small.yaml", "--strategy", "fold")
    assert (done.code, done.out) == (2, "")
