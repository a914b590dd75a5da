"""What ``offramp convert`` writes is there whole or not at all, and never in place of its source."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from offramp import files

MODEL = {
    "options": [{"name": "Push"}, {"name": "Bow"}],
    "decisionMakers": [
        {"name": "Us", "options": [0], "preferences": [[[0, "Y"]]]},
        {"name": "Them", "options": [1], "preferences": [[[0, "N"]]]},
    ],
}


@pytest.fixture
def model(here) -> Path:
    path = Path("m.gmcr")
    path.write_text(json.dumps(MODEL), encoding="utf-8")
    return path


@pytest.fixture
def full(monkeypatch) -> None:
    """A disk without room."""

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", fail)


def test_a_full_disk_leaves_what_was_there(offramp, model, full) -> None:
    Path("old.yaml").write_text("mine", encoding="utf-8")
    before = sorted(Path().iterdir())
    for target in ("old.yaml", "new.yaml"):
        done = offramp("convert", model, target, "--force")
        assert (done.code, done.out) == (2, "")
        assert f"cannot write {target}: No space left on device" in done.err
    assert offramp("convert", model, "new.yaml").code == 2
    assert sorted(Path().iterdir()) == before, "and nothing half-written"
    assert Path("old.yaml").read_text(encoding="utf-8") == "mine"


def test_ctrl_c_leaves_what_was_there(offramp, model, monkeypatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    Path("old.yaml").write_text("mine", encoding="utf-8")
    before = sorted(Path().iterdir())
    monkeypatch.setattr(files.os, "fsync", stop)
    assert offramp("convert", model, "old.yaml", "--force").code == 4
    assert sorted(Path().iterdir()) == before
    assert Path("old.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_the_source_is_not_overwritten(offramp, model, link) -> None:
    link(model, "case.yaml")
    before = model.read_bytes()
    done = offramp("convert", model, "case.yaml", "--force")
    assert done.code == 2
    assert "case.yaml is the very file that is to be converted. Choose another name" in done.err
    assert model.read_bytes() == before
    assert offramp("convert", "case.yaml", "case.yaml", "--force").code == 2


def test_a_link_leads_to_what_is_written(offramp, model) -> None:
    Path("real.yaml").write_text("old", encoding="utf-8")
    Path("real.yaml").chmod(0o640)
    Path("link.yaml").symlink_to("real.yaml")
    assert offramp("convert", model, "link.yaml", "--force").code == 0
    assert Path("link.yaml").is_symlink()
    assert "offramp: 1" in Path("real.yaml").read_text(encoding="utf-8")
    assert stat.S_IMODE(Path("real.yaml").stat().st_mode) == 0o640


def test_another_program_that_was_faster_is_not_overwritten(offramp, model, monkeypatch) -> None:
    def meanwhile(_: int) -> None:
        Path("new.yaml").write_text("theirs", encoding="utf-8")

    monkeypatch.setattr(files.os, "fsync", meanwhile)
    done = offramp("convert", model, "new.yaml")
    assert (done.code, "new.yaml is there already" in done.err) == (2, True)
    assert Path("new.yaml").read_text(encoding="utf-8") == "theirs"
    assert not list(Path().glob(".*"))


def test_a_file_system_without_links(offramp, model, monkeypatch) -> None:
    def none(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(files.os, "link", none)
    assert offramp("convert", model, "new.yaml").code == 0
    assert offramp("check", "new.yaml").code == 0
    assert offramp("convert", model, "new.yaml").code == 2


def test_a_device_is_written_to(offramp, model) -> None:
    Path("nowhere.yaml").symlink_to(os.devnull)
    assert offramp("convert", model, "nowhere.yaml", "--force").code == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("target", ["X.YML", "X.YAML", "x.Yaml"])
def test_endings_in_capitals_can_be_read_again(offramp, model, target) -> None:
    assert offramp("convert", model, target).code == 0
    assert offramp("check", target).code == 0
    Path("base.yaml").write_text(f"extends: {target}\n", encoding="utf-8")
    assert offramp("check", "base.yaml").code == 0


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("-", "`-` has no ending that would say what it is. Possible are"),
        ("nosuch", "`nosuch` has no ending that would say what it is"),
        ("", "`` has no ending that would say what it is"),
        ("chicken", "chicken is a case already"),
        ("x.YAML", "x.YAML is a case already"),
    ],
)
def test_what_is_no_source_of_a_case(offramp, source, said) -> None:
    done = offramp("convert", source, "out.yaml")
    assert done.code == 2
    assert said in done.err


def test_a_decision_maker_with_ten_options(offramp, here) -> None:
    model = {"options": [{"name": str(k)} for k in range(10)],
             "decisionMakers": [{"name": "All", "options": list(range(10)), "preferences": []}]}  # fmt: skip
    Path("ten.gmcr").write_text(json.dumps(model), encoding="utf-8")
    done = offramp("convert", "ten.gmcr", "case.yaml")
    assert done.code == 3
    assert "Leave out options of that decision maker, or make it two; `offramp stability` takes" in done.err
    assert "setting" not in done.err
    assert offramp("stability", "ten.gmcr", "--worlds", 1).code == 0


def test_other_commands_tell_what_was_assumed_of_a_model(offramp, model) -> None:
    model.write_text(json.dumps({**MODEL, "colour": "red"}), encoding="utf-8")
    told = offramp("convert", model, "out.yaml").err
    assert "Keys that are not known are ignored: colour." in told
    for arguments in (("check",), ("stability", "--worlds", 1), ("story",), ("stability", "--worlds", 1, "--json")):
        command, *rest = arguments
        done = offramp(command, model, *rest)
        assert (done.code, done.err) == (0, told), arguments
