from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from offramp.report import results_schema


def test_a_run_prints_and_writes(offramp) -> None:
    done = offramp("run", "small.yaml", "--worlds", 3)
    assert done.code == 0
    assert "Who gives way?" in done.out
    assert "Holding – or waiting – pays." in done.out
    assert done.err.split("\n") == ["Running small.", "", f"Report: {Path('small.offramp', 'report.html')}", ""]
    written = json.loads(Path("small.offramp/results.json").read_text(encoding="utf-8"))
    jsonschema.validate(written, results_schema())
    assert (written["case"], written["seed"], written["worlds"], written["done"]) == ("small", 0, 3, 3)
    assert set(written["outcomes"]["free"]["bowed"]) >= {"best_guess", "mean", "p05", "p95"}
    assert set(written["verdicts"]["held"]) >= {"verdict", "share", "low", "high"}
    assert list(written["assumptions"]) == ["fact"]
    assert "<title>" in Path("small.offramp/report.html").read_text(encoding="utf-8")
    assert {p.name for p in Path("small.offramp").iterdir()} == {
        ".lock", "case.json", "findings.json", "manifest.json", "report.html", "results.json", "worlds",
    }  # fmt: skip


def test_json_alone_on_stdout_and_the_same_for_any_number_of_workers(offramp) -> None:
    runs = [offramp("run", "small.yaml", "--worlds", 5, "--json", "--workers", n) for n in (1, 3)]
    assert [run.code for run in runs] == [0, 0]
    assert runs[0].out == runs[1].out
    assert json.loads(runs[0].out) == json.loads(Path("small.offramp/results.json").read_text(encoding="utf-8"))


def test_one_strategy(offramp) -> None:
    done = offramp("run", "small.yaml", "--worlds", 2, "--strategy", "hold", "--json")
    found = json.loads(done.out)
    assert list(found["outcomes"]) == ["hold"]
    assert found["verdicts"] == {}
    wrong = offramp("run", "small.yaml", "--strategy", "fold")
    assert (wrong.code, wrong.out) == (2, "")
    assert "there is no strategy `fold`" in wrong.err
    assert "hold" in wrong.err


def test_results_of_another_case_or_seed_are_kept(offramp) -> None:
    quick = ("--worlds", 1, "--strategy", "hold")
    assert offramp("run", "small.yaml", *quick, "--out", "there/deep").code == 0
    before = Path("there/deep/results.json").read_bytes()
    for other in (("--seed", 1), ("--seed", 1, "--json")):
        refused = offramp("run", "small.yaml", *quick, "--out", "there/deep", *other)
        assert (refused.code, refused.out) == (2, "")
        assert "--force" in refused.err
    renamed = Path("small.yaml").read_text(encoding="utf-8").replace("name: small", "name: other")
    Path("other.yaml").write_text(renamed, encoding="utf-8")
    assert offramp("run", "other.yaml", *quick, "--out", "there/deep").code == 2
    assert Path("there/deep/results.json").read_bytes() == before
    assert offramp("run", "other.yaml", *quick, "--out", "there/deep", "--force").code == 0
    edited = renamed.replace("worth: 0.7", "worth: 0.8")
    Path("other.yaml").write_text(edited, encoding="utf-8")
    assert offramp("run", "other.yaml", *quick, "--out", "there/deep").code == 0, "the same case, edited"
    Path("there/deep/results.json").write_text("[1]", encoding="utf-8")
    assert offramp("run", "small.yaml", *quick, "--out", "there/deep").code == 2


def test_a_folder_that_cannot_be_written_is_refused_before_the_run(offramp, monkeypatch) -> None:
    import offramp.findings.analyse as module

    monkeypatch.setattr(module, "analyse", None)
    Path("file").write_text("", encoding="utf-8")
    for out in ("file", "file/deeper"):
        done = offramp("run", "small.yaml", "--out", out)
        assert done.code == 2
        assert "is a file" in done.err
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = offramp("run", "small.yaml")
    assert done.code == 2
    assert "cannot be written" in done.err


def test_ctrl_c_during_a_run_writes_what_is_done(offramp, monkeypatch) -> None:
    import offramp.ensemble.run as module

    real = module._Run._finish
    rounds = iter(range(9))

    def stopping(*args):
        if next(rounds) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(module._Run, "_finish", stopping)
    done = offramp("run", "small.yaml", "--worlds", 32)
    assert done.code == 4
    assert re.search(r"Stopped with \d+ % of the results computed, \d+ of \d+\.", done.err)
    assert "Shown are the worlds that are whole, 7 of 32." in done.err
    assert "Who gives way?" in done.out
    written = json.loads(Path("small.offramp/results.json").read_text(encoding="utf-8"))
    assert (written["worlds"], written["done"]) == (32, 7)
    jsonschema.validate(written, results_schema())
    assert Path("small.offramp/report.html").exists()


def test_ctrl_c_before_anything_is_done(offramp, monkeypatch) -> None:
    import offramp.ensemble.run as module

    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(module._Run, "_finish", stop)
    done = offramp("run", "small.yaml", "--worlds", 32)
    assert (done.code, done.out) == (4, "")
    assert done.err.split("\n") == ["Running small.", "", "Stopped. `offramp resume small.offramp` goes on.", ""]
    assert not Path("small.offramp/findings.json").exists()


def test_no_world_can_be_computed(offramp, monkeypatch) -> None:
    import offramp.ensemble.work as module
    from offramp.errors import WorldError

    def fail(*args):
        raise WorldError("the policies do not converge")

    monkeypatch.setattr(module, "outcomes_of", fail)
    done = offramp("run", "small.yaml", "--worlds", 2)
    assert (done.code, done.out) == (3, "")
    assert "do not converge" in done.err


@pytest.mark.parametrize("option", [("--worlds", 0), ("--worlds", "x"), ("--seed", -1), ("--workers", 0), ("--frob",)])
def test_wrong_options(offramp, option) -> None:
    done = offramp("run", "small.yaml", *option)
    assert (done.code, done.out) == (2, "")
    assert "Usage: offramp run" in done.err
