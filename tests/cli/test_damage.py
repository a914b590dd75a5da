"""Folders of runs that were edited by hand, half written, or taken away."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among files here")


@pytest.fixture
def run(offramp):
    """A run in ./run."""
    assert offramp("run", "small.yaml", "--worlds", 2, "--out", "run").code == 0
    return Path("run")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"worlds": 2', '"worlds": NaN'),
        ('"worlds": 2', '"worlds": 1e308'),
        ('"strategies": {', '"strategies": {}, "x": {'),
    ],
)
def test_findings_edited_by_hand(offramp, run, old, new) -> None:
    text = (run / "findings.json").read_text(encoding="utf-8")
    assert old in text
    (run / "findings.json").write_text(text.replace(old, new), encoding="utf-8")
    done = offramp("show", "run")
    assert (done.code, done.out) == (2, "")
    assert "are not what was written: damaged, or edited by hand. `offramp resume run` makes them anew" in done.err
    assert offramp("resume", "run").code == 0
    assert offramp("show", "run").code == 0


@posix
def test_pipes_in_place_of_files(offramp, run) -> None:
    folder = next((run / "worlds").iterdir())
    os.mkfifo(folder / "0123456789abcdef.parquet")
    assert json.loads(offramp("runs", "--json").out)[0]["state"] == "complete"
    done = offramp("resume", "run")
    assert done.code == 0
    assert "0123456789abcdef.damaged could not be read" in done.err
    for name, commands in {
        "findings.json": (("show", "run"),),
        "manifest.json": (("show", "run"), ("resume", "run"), ("run", "small.yaml", "--out", "run")),
        "results.json": (("run", "small.yaml", "--out", "run"),),
    }.items():
        before = (run / name).read_bytes()
        (run / name).unlink()
        os.mkfifo(run / name)
        for command in commands:
            assert offramp(*command).code == 2, (name, command)
        offramp("runs")
        (run / name).unlink()
        (run / name).write_bytes(before)


def test_killed_between_two_files(offramp, run) -> None:
    """The manifest of the edited case is there, the copy of the case is of the one before."""
    old = (run / "case.json").read_bytes()
    text = Path("small.yaml").read_text(encoding="utf-8")
    Path("small.yaml").write_text(text.replace("worth: 0.7", "worth: 0.8"), encoding="utf-8")
    assert offramp("run", "small.yaml", "--worlds", 2, "--out", "run").code == 0
    (run / "case.json").write_bytes(old)
    assert offramp("resume", "run").code == 0
    (run / "case.json").write_bytes(old)
    Path("small.yaml").write_text(text, encoding="utf-8")
    done = offramp("resume", "run")
    assert done.code == 2
    assert "not what it was when the run began, and what it was is not there any more" in done.err


def test_a_folder_removed_while_the_run_is_at_work(offramp, monkeypatch) -> None:
    import offramp.ensemble.run as module

    real = module._Run.go

    def go(self, *args):
        found = real(self, *args)
        shutil.rmtree("run", ignore_errors=True)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(module._Run, "go", go)
        done = offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    assert done.code == 0
    assert "the folder was removed while the run was at work" in done.err
    assert json.loads(offramp("runs", "--json").out)[0]["state"] == "unfinished"
    assert offramp("resume", "run").code == 0
    assert json.loads(offramp("runs", "--json").out)[0]["state"] == "complete"


def test_a_seed_changed_by_hand(offramp, run) -> None:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    manifest["asked"]["seed"] = 5
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = offramp("resume", "run")
    assert done.code == 2
    assert "the manifest of the run in run was edited: its seed, 5, is not that of its numbers" in done.err


@pytest.mark.parametrize(("version", "said"), [(1, "was written by an older offramp"), (99, "by a newer offramp")])
def test_a_manifest_of_another_format(offramp, run, version, said) -> None:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    (run / "manifest.json").write_text(json.dumps({**manifest, "format": version}), encoding="utf-8")
    done = offramp("resume", "run")
    assert (done.code, said in done.err) == (2, True)


def test_what_a_killed_run_left_half_written_is_removed(offramp, run) -> None:
    (run / ".offramp-0123.part").write_text("half", encoding="utf-8")
    assert offramp("resume", "run").code == 0
    assert not list(run.glob("*.part"))


def test_stopped_when_all_results_are_there(offramp, monkeypatch) -> None:
    import offramp.findings.beside as module

    def stop(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "measure_numerics", stop)
        done = offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    assert done.code == 4
    assert "Stopped when all results were there, before what stands beside them was computed." in done.err
    assert "Stopped when all results were there" in offramp("show", "run").err


def test_a_line_a_minute_off_a_terminal(offramp, monkeypatch) -> None:
    import offramp.cli.progress as module

    monkeypatch.setattr(module, "OFTEN", 0.0)
    done = offramp("run", "small.yaml", "--worlds", 8, "--json")
    lines = done.err.splitlines()
    assert lines[0] == "Running small."
    assert lines[1].startswith("Running small: ")
    assert lines[1].endswith(" % after 0 min.")
    assert json.loads(done.out)["done"] == 8
