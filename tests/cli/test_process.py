"""The command as a process of its own: what it loads, its streams, its signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def python(code, *arguments):
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60)


def command(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "offramp", *arguments], capture_output=True, timeout=120, **more
    )  # fmt: skip


LOADED = "import sys, json; {}; print(json.dumps([m for m in {} if m in sys.modules]))"


def test_importing_offramp_loads_nothing_heavy() -> None:
    heavy = ["numba", "scipy", "pydantic", "numpy", "ruamel.yaml", "rich", "click"]
    assert json.loads(python(LOADED.format("import offramp", heavy)).stdout) == []


def test_help_loads_nothing_heavy() -> None:
    call = "import offramp.cli as c, contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n"
    call += " try: sys.argv = ['offramp', '--help']; c.main()\n except SystemExit: pass\n"
    heavy = ["numba", "scipy", "pydantic", "numpy", "ruamel.yaml", "rich"]
    done = python("import sys, json\n" + call + f"print(json.dumps([m for m in {heavy} if m in sys.modules]))")
    assert json.loads(done.stdout) == [], done.stderr


def test_check_compiles_nothing(here) -> None:
    call = "import offramp.cli as c\ntry: sys.argv = ['offramp', 'check', 'small.yaml', '--json']; c.main()\n"
    call += "except SystemExit: pass\n"
    done = python("import sys\n" + call + "print('numba.core.compiler' in sys.modules, file=sys.stderr)")
    assert done.stderr.strip() == "False", done.stderr


@pytest.mark.parametrize("arguments", [["cases"], ["schema"], ["check", "small.yaml"], ["--help"],
                                       ["run", "small.yaml", "--worlds", "1", "--json"],
                                       ["run", "small.yaml", "--worlds", "1"],
                                       ["stability", "small.yaml", "--worlds", "1"],
                                       ["reach", "coercion", "concession", "--worlds", "8"]])  # fmt: skip
def test_a_reader_who_left(here, arguments) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "offramp", *arguments], stdout=write, stderr=subprocess.PIPE, timeout=60
    )
    os.close(write)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_a_terminal_without_some_characters(here) -> None:
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = command("run", "small.yaml", "--worlds", "1", env=plain)
    assert done.returncode == 0, done.stderr
    assert b"Holding ? or waiting ? pays." in done.stdout
    shown = [sys.executable, "-c", "from offramp.cli.arguments import show_json; show_json('a – b')"]
    assert subprocess.run(shown, capture_output=True, timeout=60, env=plain).stdout == b'"a \\u2013 b"\n'


@pytest.fixture
def long_run(here):
    """A long run as a process of its own, which hears Ctrl-C even where what runs the tests does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "offramp", "run", "small.yaml", "--worlds", "100000", "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    yield process
    process.kill()
    process.communicate()


posix = pytest.mark.skipif(os.name != "posix", reason="sends a signal")


@posix
def test_a_real_ctrl_c(long_run) -> None:
    assert long_run.stderr.readline() == b"Running small.\n"
    time.sleep(5)
    long_run.send_signal(signal.SIGINT)
    out, err = long_run.communicate(timeout=60)
    assert long_run.returncode == 4, err
    assert b"Traceback" not in err
    if b"Stopped with" in err:  # else it had not finished its first worlds on this machine
        done = json.loads(Path("small.offramp/results.json").read_text(encoding="utf-8"))
        assert 0 < done["done"] < 100000
        assert b"Who gives way?" in out


@posix
@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("again", [0.0, 0.05, 0.3, 1.5])
def test_ctrl_c_twice(long_run, wait, again) -> None:
    """While modules are imported and kernels read, while worlds are computed, and while the stop is under way."""
    assert long_run.stderr.readline() == b"Running small.\n"
    time.sleep(wait)
    for _ in range(2):
        if long_run.poll() is None:
            long_run.send_signal(signal.SIGINT)
        time.sleep(again)
    _, err = long_run.communicate(timeout=60)
    assert long_run.returncode == 4, err
    assert b"Traceback" not in err
