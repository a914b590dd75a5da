"""Runs on disk from the command line: stopped, killed, changed, listed, shown."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUN = [sys.executable, "-m", "offramp"]


def numbers(folder: Path) -> dict:
    """All that a run found."""
    return json.loads((folder / "results.json").read_text(encoding="utf-8"))


def stop_after(monkeypatch, rounds: int) -> None:
    import offramp.ensemble.run as module

    real, count = module._Run._finish, iter(range(1000))

    def stopping(*args):
        if next(count) == rounds:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(module._Run, "_finish", stopping)


def test_a_stopped_run_goes_on_to_the_same_numbers(offramp, monkeypatch) -> None:
    assert offramp("run", "small.yaml", "--worlds", 24, "--out", "whole").code == 0
    with monkeypatch.context() as patch:
        stop_after(patch, 3)
        assert offramp("run", "small.yaml", "--worlds", 24, "--out", "part").code == 4
    assert numbers(Path("part")) != numbers(Path("whole"))
    done = offramp("resume", "part")
    assert done.code == 0
    assert "Report: part/report.html" in done.err
    assert numbers(Path("part")) == numbers(Path("whole"))


def test_only_what_is_missing_is_computed(offramp, monkeypatch) -> None:
    import offramp.ensemble.work as module

    offramp("run", "small.yaml", "--worlds", 24, "--out", "run")
    solved = []
    real = module.Work.solve
    monkeypatch.setattr(module.Work, "solve", lambda self, *a: (self.alike or solved.append(a)) or real(self, *a))
    assert offramp("resume", "run").code == 0
    assert not solved
    assert offramp("run", "small.yaml", "--worlds", 32, "--out", "run").code == 0
    assert {w for _, w in solved} == set(range(25, 33))


def test_a_changed_case_is_refused_with_the_difference(offramp) -> None:
    offramp("run", "small.yaml", "--worlds", 4, "--out", "run")
    before = {path: path.read_bytes() for path in Path("run").rglob("*") if path.is_file()}
    text = Path("small.yaml").read_text(encoding="utf-8")
    Path("small.yaml").write_text(text.replace("worth: 0.7", "worth: 0.8"), encoding="utf-8")
    done = offramp("resume", "run")
    assert done.code == 2
    assert "players.them.wants[0].worth: 0.7 is now 0.8" in done.err
    assert {path: path.read_bytes() for path in Path("run").rglob("*") if path.is_file()} == before
    assert offramp("run", "small.yaml", "--worlds", 4, "--out", "run").code == 0, "an edited case may be run anew"
    Path("small.yaml").write_text(text, encoding="utf-8")
    Path("small.yaml").rename("other.yaml")
    done = offramp("resume", "run")
    assert done.code == 2
    assert "cannot read" in done.err


def test_other_code_is_refused(offramp) -> None:
    offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    manifest = json.loads(Path("run/manifest.json").read_text(encoding="utf-8"))
    manifest["versions"]["libraries"]["numpy"] = "1.0"
    manifest["identity"] = "0" * 16
    manifest["versions"]["processor"] = "abacus"
    Path("run/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = offramp("resume", "run")
    assert done.code == 2
    assert "numpy 1.0, now" in done.err
    assert "processor abacus, now" in done.err


@pytest.mark.parametrize("part", ["code", "libraries", "processor"])
def test_numbers_of_other_code_or_processors_are_never_mixed(offramp, monkeypatch, part) -> None:
    import offramp.compiled.provenance as module

    offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    real = getattr(module, part)()
    monkeypatch.setattr(module, part, lambda: {**real, "llvmlite": "0.1"} if part == "libraries" else "another")
    assert offramp("resume", "run").code == 2
    assert offramp("run", "small.yaml", "--worlds", 2, "--out", "run").code == 0
    assert len(list(Path("run/worlds").iterdir())) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"case": 3}', "\x00", "null"])
def test_a_damaged_manifest(offramp, text) -> None:
    offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    Path("run/manifest.json").write_text(text, encoding="utf-8")
    done = offramp("resume", "run")
    assert done.code == 2
    assert "damaged" in done.err
    listed = offramp("runs")
    assert listed.code == 0
    assert "damaged" in listed.out


def test_what_is_no_run(offramp) -> None:
    for command in ("resume", "show"):
        for name in ("nowhere", ".", "small.yaml"):
            done = offramp(command, name)
            assert done.code == 2
            assert "there" in done.err
    assert "No runs in" in offramp("runs").out
    assert offramp("runs", "nowhere").code == 2


def test_runs_are_listed(offramp, monkeypatch) -> None:
    offramp("run", "small.yaml", "--worlds", 4, "--out", "one")
    with monkeypatch.context() as patch:
        stop_after(patch, 1)
        offramp("run", "small.yaml", "--worlds", 24, "--seed", 5, "--out", "two")
    found = json.loads(offramp("runs", "--json").out)
    states = {each["folder"]: (each["state"], each["worlds"], each["seed"]) for each in found}
    assert states == {"one": ("complete", 4, 0), "two": ("unfinished", 24, 5)}
    text = offramp("runs").out
    assert "all" in text
    assert "offramp resume FOLDER" in text


def test_show_prints_the_same_without_computing(offramp, monkeypatch) -> None:
    first = offramp("run", "small.yaml", "--worlds", 4, "--out", "run")
    report, results = Path("run/report.html").read_bytes(), Path("run/results.json").read_bytes()
    Path("run/report.html").unlink()
    Path("run/results.json").unlink()
    Path("small.yaml").unlink()
    monkeypatch.setattr("offramp.play.outcomes.outcomes_under", None)
    shown = offramp("show", "run")
    assert (shown.code, shown.out) == (0, first.out)
    assert Path("run/report.html").read_bytes() == report
    assert Path("run/results.json").read_bytes() == results
    assert json.loads(offramp("show", "run", "--json").out) == json.loads(results)
    Path("run/findings.json").write_text("{", encoding="utf-8")
    assert offramp("show", "run").code == 2


def test_a_run_killed_after_a_narrower_one_is_not_taken_for_it(offramp, monkeypatch) -> None:
    offramp("run", "small.yaml", "--strategy", "hold", "--worlds", 30, "--out", "run")
    with monkeypatch.context() as patch:
        stop_after(patch, 0)
        assert offramp("run", "small.yaml", "--worlds", 4, "--out", "run").code == 4
    (listed,) = json.loads(offramp("runs", "--json").out)
    assert listed["state"] == "unfinished"
    assert 0 < listed["done"] < listed["units"]
    shown = offramp("show", "run")
    assert shown.code == 2
    assert "of an earlier run there" in shown.err
    assert offramp("resume", "run").code == 0
    assert json.loads(offramp("runs", "--json").out)[0]["state"] == "complete"


@pytest.mark.parametrize("name", ["value=1", "world=5", "seed=3", "~b"])
def test_folders_with_names_that_mean_something_to_others(offramp, name) -> None:
    assert offramp("run", "small.yaml", "--worlds", 8, "--out", f"./{name}").code == 0
    first = numbers(Path(name))
    done = offramp("resume", f"./{name}")
    assert done.code == 0
    assert "set aside" not in done.err
    assert numbers(Path(name)) == first
    assert len(list(Path(name, "worlds").glob("*/*.parquet"))) == 1


def test_a_width_that_is_no_number(offramp) -> None:
    for width in ("nan", "0", "-1", "inf", "1"):
        assert offramp("run", "small.yaml", "--until", width).code == 2
    assert not Path("small.offramp").exists()


@pytest.mark.parametrize(
    "change", [{"worlds": 10**12}, {"worlds": 0}, {"until": 0.0}, {"strategies": []}, {"seed": -1}]
)
def test_a_manifest_that_no_run_writes(offramp, change) -> None:
    offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    manifest = json.loads(Path("run/manifest.json").read_text(encoding="utf-8"))
    manifest["asked"] |= change
    Path("run/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = offramp("resume", "run")
    assert done.code == 2
    assert "damaged" in done.err


@pytest.mark.parametrize("text", [b"\xff\xfe\0", b"[" * 100_000, b"[]", b'{"stamp": "x"}'])
def test_findings_that_no_run_writes(offramp, text) -> None:
    offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    Path("run/findings.json").write_bytes(text)
    Path("run/manifest.json").unlink()
    assert offramp("show", "run").code == 2


def test_a_planted_link_is_not_written_through(offramp) -> None:
    offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    Path("precious").write_text("mine", encoding="utf-8")
    Path("run/results.json").unlink()
    Path("run/results.json").symlink_to(Path("precious").absolute())
    Path("run/.results.json.part").symlink_to(Path("precious").absolute())
    assert offramp("show", "run").code == 0
    assert Path("precious").read_text(encoding="utf-8") == "mine"


def test_two_runs_in_one_folder(offramp) -> None:
    from offramp.runs import at_work

    with at_work(Path("run")):
        done = offramp("run", "small.yaml", "--worlds", 2, "--out", "run")
    assert done.code == 2
    assert "another run is at work" in done.err


def test_more_worlds_until_verdicts_are_narrow(offramp) -> None:
    with Path("small.yaml").open("a", encoding="utf-8") as case:
        case.write('  split: {says: It is pushed., test: "pushed[free] > 0.5"}\n')
    done = offramp("run", "small.yaml", "--until", 0.04, "--out", "narrow")
    assert done.code == 0
    found = numbers(Path("narrow"))
    verdict = found["verdicts"]["split"]
    assert (verdict["high"] - verdict["low"]) / 2 <= 0.04
    assert 500 < found["worlds"] < 3000, "half of the worlds: z^2 / 4 / 0.04^2 = 600"
    assert verdict["worlds"] == found["worlds"]
    assert "is known to within" in done.err
    assert offramp("run", "small.yaml", "--until", 0.04, "--out", "again").code == 0
    assert numbers(Path("again")) == found
    few = offramp("run", "small.yaml", "--until", 0.01, "--worlds", 150, "--out", "few")
    assert few.code == 0
    assert "ask for more with --worlds" in few.err


def test_many_failed_worlds_end_with_1(offramp, monkeypatch) -> None:
    import offramp.ensemble.work as module
    from offramp.errors import WorldError

    real = module.outcomes_of

    def sometimes(graph, world, *rest):
        if world["gain"] > 0.9:
            raise WorldError("too steep")
        return real(graph, world, *rest)

    monkeypatch.setattr(module, "outcomes_of", sometimes)
    done = offramp("run", "small.yaml", "--worlds", 256)
    assert done.code == 1
    assert "worlds failed, more than 2%" in done.err
    assert "too steep" in done.err
    assert re.search(r"100.% of the worlds where gain is above 0\.(89|9)\d* fail", done.err)
    found = numbers(Path("small.offramp"))
    assert found["done"] + len({f["world"] for f in found["failed"]}) == 256
    assert found["failing"]["share"] == (256 - found["done"]) / 256
    assert offramp("resume", "small.offramp").code == 1, "what failed is not tried again"
    assert numbers(Path("small.offramp")) == found


def finished(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*RUN, *command], cwd=folder, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
def test_killed_at_ten_random_instants_it_resumes_to_the_same_bits(here) -> None:
    """Killed before, while and after worlds are computed, wherever that falls."""
    asked = ("run", "small.yaml", "--worlds", "500", "--out")
    begun = time.monotonic()
    whole = finished(here, *asked, "whole")
    assert whole.returncode == 0, whole.stderr
    took = time.monotonic() - begun
    rng = random.Random(4)
    command, killed = [*asked, "part"], 0
    for _ in range(10):
        run = subprocess.Popen([*RUN, *command], cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            run.wait(timeout=rng.uniform(0.3, 0.9) * took)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            killed += 1
        if (here / "part/manifest.json").exists():
            command = ["resume", "part"]
    assert killed
    done = finished(here, "resume", "part")
    assert done.returncode == 0, done.stderr
    assert numbers(here / "part") == numbers(here / "whole")
    assert done.stdout == whole.stdout


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such disks here")
def test_a_full_disk_gives_a_clear_error_and_a_resumable_run(here) -> None:
    small = here / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small], capture_output=True)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        done = finished(here, "run", "small.yaml", "--worlds", "64", "--out", "small/run")
        assert done.returncode == 4, done.stderr
        assert "No space left on device" in done.stderr
        assert "offramp resume small/run" in done.stderr
        shutil.copytree(small / "run", here / "roomy")
    finally:
        subprocess.run(["umount", small], check=True)
    assert finished(here, "resume", "roomy").returncode == 0
    assert finished(here, "run", "small.yaml", "--worlds", "64", "--out", "whole").returncode == 0
    assert numbers(here / "roomy") == numbers(here / "whole")
