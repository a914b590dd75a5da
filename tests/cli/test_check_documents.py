"""``offramp check CASE --documents FOLDER``: quotes looked up, coverage counted, claims tested elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ESSAYS = Path(__file__).resolve().parents[3] / "shared" / "essays"

ONE = """\
# The price of the river

By Ada Upland

March 3, 2021

The upper state fears for its harvest. It will not open the gates while the lower state threatens,
and every threat closes them a little more.

Talks without a clock have failed for years.
"""
TWO = """\
# What the delta wants

By Ben Delta

April 9, 2022

The delta wants water in August, and a word that can be trusted.
"""
CASE = """\
offramp: 1
name: river
sources:
  one: {title: The price of the river, author: Ada Upland, date: "2021-03-03"}
  two: {title: What the delta wants, author: Ben Delta, date: "2022-04-09"}
players:
  upper:
    options: {gates: {levels: [shut, open]}}
    wants:
      - id: harvest
        that: upper.gates == shut
        worth: [0.1, 0.5]
        mechanism: [M1]
        source: one
        quote: "The upper state fears for its harvest"
outcomes:
  water: {of: upper.gates, measure: average}
strategies:
  let-be: {}
mechanisms:
  M1:
    says: The upper state fears for its harvest.
    source: one
    passage: p1
    quote: "every threat closes them a little more"
  M2: {says: Trust matters., source: two, quote: "a word that can be trusted"}
left_out:
  M2: nobody's trust is in this model
claims:
  C1:
    says: Talks fail without a clock.
    source: one
    passage: p2
    quote: "Talks without a clock have failed"
    factual: true
tensions:
  T1: {says: Threat or trust., between: [M1, C1]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "essays").mkdir()
    (tmp_path / "essays" / "one.md").write_text(ONE, encoding="utf-8")
    (tmp_path / "essays" / "two.md").write_text(TWO, encoding="utf-8")
    (tmp_path / "river.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


def check(offramp, folder: Path, case: str = CASE, *more: str):
    (folder / "river.yaml").write_text(case, encoding="utf-8")
    return offramp("check", str(folder / "river.yaml"), "--documents", str(folder / "essays"), *more)


def test_every_quote_is_found_with_its_passage(offramp, folder) -> None:
    result = check(offramp, folder)
    assert result.code == 0, result.out
    assert "2 of 2 accounted for: 1 in the model, 1 left out" in result.out
    assert "M2 left out: nobody's trust" in result.out
    assert "1 of 1: 1 assumed" in result.out
    told = json.loads(check(offramp, folder, CASE, "--json").out)
    assert {row["status"] for row in told["quotes"]} == {"found"}
    found = {row["element"]: row["passages"] for row in told["quotes"]}
    assert found["mechanisms.M1"] == ["p1"]
    assert found["claims.C1"] == ["p2"]
    assert told["tensions"] == {"T1": True}


@pytest.mark.parametrize(
    ("old", "new", "says", "hint"),
    [
        ("every threat closes them", "every threat opens them", "does not have this quote", "closes them"),
        ('source: two, quote: "a word', 'source: one, quote: "a word', "another source's", "source: two"),
        ("passage: p2", "passage: p1  # wrong", "another passage", "passage: p2"),
        ('"every threat closes them a little more"', '"state"', "more than once", "a few words more"),
        ("title: What the delta wants", "title: What the river wants", "title", "What the delta wants"),
    ],
)
def test_a_wrong_quote_is_named_with_its_place(offramp, folder, old, new, says, hint) -> None:
    assert old in CASE
    result = check(offramp, folder, CASE.replace(old, new))
    assert result.code == 3
    line = next(n for n, text in enumerate(CASE.replace(old, new).splitlines(), 1) if new in text)
    assert any(f"river.yaml:{near}:" in result.err for near in (line, line + 1))
    assert says in result.err
    assert hint in result.err


def test_a_quote_of_sixteen_words_is_refused(offramp, folder) -> None:
    long = "It will not open the gates while the lower state threatens, and every threat closes them"
    assert len(long.split()) == 16
    result = check(offramp, folder, CASE.replace("every threat closes them a little more", long))
    assert result.code == 3
    assert "16 words" in result.err


def test_all_faults_at_once(offramp, folder) -> None:
    wrong = CASE.replace("every threat closes", "each threat closes").replace("passage: p2", "passage: p1")
    result = check(offramp, folder, wrong)
    assert result.err.count("river.yaml:") == 2


def test_a_folder_without_its_documents(offramp, folder) -> None:
    for path in (folder / "essays").iterdir():
        path.unlink()
    result = check(offramp, folder)
    assert result.code == 2
    assert "one.txt" in result.err
    result = offramp("check", str(folder / "river.yaml"), "--documents", str(folder / "nowhere"))
    assert result.code == 2
    assert "nowhere: cannot list this folder" in result.err
    result = offramp("check", str(folder / "river.yaml"), "--documents", str(folder / "nowhere"), "--json")
    told = json.loads(result.out)
    assert (result.code, result.err, told["ok"]) == (2, "", False)
    assert [fault["code"] for fault in told["faults"]] == ["no-folder"]


def test_files_that_belong_to_no_source_or_cannot_be_read(offramp, folder) -> None:
    (folder / "essays" / "old.txt").write_bytes(b"Caf\xe9")
    (folder / "essays" / "three.md").write_text(ONE.replace("river", "sea"), encoding="utf-8")
    result = check(offramp, folder)
    assert result.code == 0, result.err
    said = "".join(result.out.split())  # a long path is broken over lines
    assert f"ofnosource{folder / 'essays' / 'three.md'}" in said
    assert "old.txt:1:4:thebytes0xE9arenotUTF-8" in said
    told = json.loads(check(offramp, folder, CASE, "--json").out)
    assert [Path(file).name for file in told["unused"]] == ["three.md"]
    assert [(Path(fault["file"]).name, fault["line"]) for fault in told["unreadable"]] == [("old.txt", 1)]
    wrong = CASE.replace("every threat closes", "each threat closes")
    assert "old.txt:1:4" in check(offramp, folder, wrong).err, "also beside a mistake"
    assert json.loads(check(offramp, folder, wrong, "--json").out)["unreadable"] == told["unreadable"]


def test_a_claim_said_to_be_tested_elsewhere_must_be(offramp, folder) -> None:
    case = CASE.replace("factual: true", "tested_in: lake")
    result = check(offramp, folder, case)
    assert result.code == 3
    assert "no case `lake`" in result.err
    (folder / "lake.yaml").write_text(CASE.replace("name: river", "name: lake"), encoding="utf-8")
    assert "does not test the claim `C1`" in check(offramp, folder, case).err
    tested = CASE.replace("factual: true", 'test: "water[let-be] < 0.5"').replace("name: river", "name: lake")
    (folder / "lake.yaml").write_text(tested, encoding="utf-8")
    result = check(offramp, folder, case)
    assert result.code == 0, result.err
    assert "1 tested in lake" in result.out


@pytest.mark.parametrize("name", ["iran-2006", "iran-2009"])
def test_the_iran_cases_against_the_essays(offramp, name) -> None:
    if not ESSAYS.is_dir():
        pytest.skip(f"the essays are not at hand ({ESSAYS})")
    result = offramp("check", name, "--documents", str(ESSAYS), "--json")
    assert result.code == 0, result.err
    told = json.loads(result.out)
    assert {row["status"] for row in told["quotes"]} == {"found"}
    assert all(row["passages"] for row in told["quotes"])
    assert len(told["mechanisms"]["carried"]) + len(told["mechanisms"]["left_out"]) == 58
    assert sum(len(told["claims"][fate]) for fate in told["claims"]) == 44
    assert list(told["tensions"].values()) == [True] * 8
