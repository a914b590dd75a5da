"""Compiled kernels are kept, but never stale, and a read-only install without a home runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import offramp
from offramp.compiled import cache

SOURCES = Path(offramp.__file__).parent
CALLEE = """
from offramp.compiled import helper

@helper
def callee(x):
    return x + 1.0
"""
CALLER = """
from offramp.play.kernels.callee import callee
from offramp.compiled import kernel

@kernel
def caller(x):
    return callee(x)
"""
CALL = "from offramp.play.kernels import caller, kept; print(caller.caller(1.0), kept)"


def ask(where: Path, script: str, **environment: str) -> str:
    kept = {k: v for k, v in os.environ.items() if k not in {"HOME", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR", "TMPDIR"}}
    done = subprocess.run(
        [sys.executable, "-B", "-c", script],
        env={**kept, "PYTHONPATH": str(where), **environment},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(SOURCES, tmp_path / "lib" / "offramp", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "lib"


def test_an_edited_callee_in_another_file_takes_effect(copy: Path, tmp_path: Path) -> None:
    kernels = copy / "offramp" / "play" / "kernels"
    (kernels / "callee.py").write_text(CALLEE)
    (kernels / "caller.py").write_text(CALLER)
    start = kernels / "__init__.py"
    start.write_text(start.read_text().replace("forward, sweep\n", "caller, forward, sweep\n"))
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert ask(copy, CALL, **home) == "2.0 True"
    (kernels / "callee.py").write_text(CALLEE.replace("x + 1.0", "x + 2.0"))
    assert ask(copy, CALL, **home) == "3.0 True"
    assert ask(copy, CALL, **home) == "3.0 True"
    folders = list((tmp_path / "cache" / "offramp" / "kernels").iterdir())
    assert len(folders) == 2
    assert all(list(folder.rglob("*.nbi")) for folder in folders)
    assert not list(copy.rglob("__pycache__"))


def test_nowhere_to_write_but_a_temporary_folder(tmp_path: Path) -> None:
    where = {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/proc/nowhere", "TMPDIR": str(tmp_path)}
    assert ask(SOURCES.parent, "from offramp.play.kernels import kept; print(kept)", **where) == "True"
    assert list(tmp_path.glob("offramp-*/offramp/kernels/*"))


def test_nowhere_to_write_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache.tempfile, "gettempdir", lambda: "/proc/nowhere")
    monkeypatch.setattr(cache.tempfile, "mkdtemp", fail)
    for name in ("HOME", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR"):
        monkeypatch.setenv(name, "/proc/nowhere")
    assert cache.folder("x") is None
    with cache.kept_for(SOURCES) as kept:
        assert not kept


def fail(**_: object) -> str:
    raise OSError


def test_the_folder_asked_for_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert cache.folder("abc") == tmp_path / "offramp" / "kernels" / "abc"


def test_somebody_elses_temporary_folder_is_not_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(cache.tempfile, "tempdir", str(tmp_path))
    open_to_all = tmp_path / f"offramp-{os.getuid()}"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    path = cache.folder("abc")
    assert path is not None
    assert path.parent == tmp_path
    assert path.name.startswith("offramp-kernels-")


def test_settings_of_numba_are_put_back() -> None:
    import numba

    before = numba.config.CACHE_DIR
    with cache.kept_for(SOURCES):
        assert before != numba.config.CACHE_DIR
    assert before == numba.config.CACHE_DIR


def test_every_source_counts(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    first = cache.fingerprint(tmp_path)
    (tmp_path / "a.py").write_text("x = 2\n")
    assert cache.fingerprint(tmp_path) != first
