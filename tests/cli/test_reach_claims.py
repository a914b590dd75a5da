from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from offramp.report.reach_json import reach_schema

CASE = """\
offramp: 1
name: more
extends: coercion
claims:
  only-assured:
    says: Only an assured threat does it.
    reach: "reach(concession, threat != assured) < 0.5 and reach(concession, threat == assured) >= 0.5"
  dear: {says: Where it is dear they do not., reach: "reach(concession; cost = 0.9) < reach(concession)"}
"""


@pytest.fixture
def more(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    file = tmp_path / "more.yaml"
    file.write_text(CASE, encoding="utf-8")
    return file


def test_the_claims_of_the_target(offramp, more) -> None:
    done = offramp("reach", more, "concession", "--worlds", 32)
    assert (done.code, done.err) == (0, "")
    said = " ".join(done.out.split())
    assert (
        "Claims only-assured holds: Only an assured threat does it. dear holds: Where it is dear they do not." in said
    )
    assert "Judged" not in said
    assert max(map(len, done.out.splitlines())) <= 100


def test_with_all_what_they_say_and_the_packages(offramp, more) -> None:
    said = " ".join(offramp("reach", more, "concession", "--worlds", 16, "--all", "--hold", "standing").out.split())
    assert "Judged by the packages that are left with standing no alone." in said
    assert "Only an assured threat does it. Judged as reach(concession, threat != assured) < 0.5 and" in said
    assert "with threat assured: a threat with a full assurance." in said
    assert "only-assured holds: 38 % with threat not assured; 69 % with threat assured (the same in " in said
    assert "% with any package (cost = 0.9); 69 % with any package (the same in " in said


def test_for_programs(offramp, more) -> None:
    found = json.loads(offramp("reach", more, "concession", "--worlds", 16, "--json").out)
    jsonschema.validate(found, reach_schema())
    only, dear = found["claims"]
    assert (only["claim"], only["verdict"]) == ("only-assured", "holds")
    assert only["shares"][0]["kept"] == [{"lever": "threat", "at": False, "level": "assured"}]
    assert dear["shares"][0]["changes"] == "cost = 0.9"


def test_another_target_hears_none(offramp, more) -> None:
    assert "Claims" not in offramp("reach", more, "not target.concede", "--by", "sender", "--worlds", 8).out


def test_a_run_says_where_they_are_judged(offramp, more, tmp_path) -> None:
    done = offramp("run", more, "--worlds", 8, "--out", tmp_path / "out")
    assert done.code == 0
    assert "offramp reach: only-assured, dear" in done.out
    results = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert results["elsewhere"] == {"only-assured": "offramp reach", "dear": "offramp reach"}
    assert "only-assured" not in results["verdicts"]
    assert "Judged by offramp reach" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_trace_and_a_check_say_so_too(offramp, tmp_path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "case-language.md").read_text(encoding="utf-8")
    file = tmp_path / "wage-round.yaml"
    file.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert "1 judged by offramp reach" in " ".join(offramp("check", file).out.split())
    traced = offramp("trace", file, "offer-needed").out
    assert "offer-needed  judged by offramp reach" in traced
    assert "For its verdict: offramp reach CASE TARGET" in traced


def test_a_fault_has_its_place(offramp, more) -> None:
    more.write_text(CASE.replace("threat == assured", "threat == asured"), encoding="utf-8")
    done = offramp("check", more)
    assert done.code != 0
    assert ":7:12: threat has no level 'asured'. Did you mean assured?" in done.out + done.err
