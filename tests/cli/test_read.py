from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ESSAY = """\
# Will the Board Talk?

by [Ann Bo](/experts/ann-bo)

May 10, 2006

Op-Ed

The first sentence of a rather long paragraph that does not fit into a line of a terminal stands here for all of them.

## What Follows

The second paragraph stands under a head.

Ann Bo is a cook. ❖

RECOMMENDED

Report

[Of Tides and Tempers](/r/of-tides-tempers)

Feb 1, 2022
"""


@pytest.fixture
def essay(here) -> Path:
    path = here / "bo-2006.md"
    path.write_text(ESSAY, encoding="utf-8")
    return Path(path.name)


def test_a_document_on_a_terminal(offramp, essay, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = offramp("read", essay)
    assert (done.code, done.err) == (0, "")
    assert (
        done.out
        == """\
Will the Board Talk?
file         bo-2006.md
author       Ann Bo (/experts/ann-bo)
             Ann Bo is a cook.
date         2006-05-10
kind         Op-Ed
outlet       unknown
series       unknown
topics       unknown
regions      unknown

Sections
  - What Follows

Recommended
  - Of Tides and Tempers, 2022-02-01, Report, /r/of-tides-tempers

Passages
  p1   The first sentence of a rather long paragraph that does not fit into a…
  § What Follows
  p2   The second paragraph stands under a head.
"""
    )
    assert "stands here for all of them." in offramp("read", essay, "--passages").out
    monkeypatch.setenv("COLUMNS", "20")
    assert max(map(len, offramp("read", essay).out.splitlines())) <= 40


def test_a_document_for_a_program(offramp, essay) -> None:
    done = offramp("read", essay, "--json")
    told = json.loads(done.out)
    (found,) = told["documents"]
    assert told["faults"] == []
    assert found["authors"] == [{"name": "Ann Bo", "url": "/experts/ann-bo", "bios": ["Ann Bo is a cook."]}]
    assert [passage["id"] for passage in found["passages"]] == ["p1", "p2"]
    assert found["unknown"] == ["outlet", "series", "number", "topics", "regions"]


def test_all_that_is_wrong_is_told_at_once(offramp, essay) -> None:
    Path("old.txt").write_bytes(b"Caf\xe9")
    done = offramp("read", "nowhere.txt", essay, "old.txt", ".")
    assert done.code == 3
    assert "Will the Board Talk?" in done.out
    assert [line.partition(":")[0] for line in done.err.splitlines()[:3]] == ["nowhere.txt", "old.txt", "."]
    assert "old.txt:1:4: the bytes 0xE9 are not UTF-8" in done.err
    told = offramp("read", "nowhere.txt", essay, "old.txt", "--json")
    assert told.code == 3
    found = json.loads(told.out)
    assert [fault["code"] for fault in found["faults"]] == ["no-file", "encoding"]
    assert (found["faults"][1]["line"], found["faults"][1]["column"]) == (1, 4)
    assert len(found["documents"]) == 1


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_what_is_not_there_is_wrong_usage(offramp, essay, name) -> None:
    """As a case that is not there; a document that is there and cannot be read exits 3."""
    assert offramp("read", name).code == 2
    assert offramp("read", name, essay, "--json").code == 2
    Path("old.txt").write_bytes(b"Caf\xe9")
    assert offramp("read", "old.txt").code == 3


def test_a_text_without_paragraphs(offramp, here) -> None:
    (here / "head.md").write_text("# Only a Title\n", encoding="utf-8")
    assert "No body was found." in offramp("read", "head.md").out


def test_no_file_is_named(offramp) -> None:
    assert offramp("read").code == 2


def test_file_names_do_not_steer_the_terminal(offramp, essay) -> None:
    odd = "odd\n\x1b[31m\u202ename.md"
    essay.rename(odd)
    done = offramp("read", odd, "gone\x1b[2J.txt", "od\n\x1b[31m\u202ename.md")
    assert done.code == 2
    assert "\nfile         odd\\n\\x1b[31m\\u202ename.md\n" in done.out
    assert done.err.startswith("gone\\x1b[2J.txt: there is no such file\nod\\n\\x1b")
    assert "did you mean `odd\\n\\x1b[31m\\u202ename.md`?" in done.err.replace("Did", "did")
    assert not {"\x1b", "\u202e"} & {*done.out, *done.err}
    assert json.loads(offramp("read", odd, "--json").out)["documents"][0]["file"] == odd


def test_an_empty_file_name(offramp) -> None:
    done = offramp("read", "")
    assert (done.code, done.err) == (2, "'': an empty file name. Name a file\n")


def called(*arguments, **more):
    return subprocess.run([sys.executable, "-m", "offramp", *map(str, arguments)], timeout=60, **more)


@pytest.mark.parametrize("more", [(), ("--json",), ("--passages",), ("--help",)])
def test_a_reader_who_left_is_no_fault(essay, more) -> None:
    read, write = os.pipe()
    os.close(read)
    done = called("read", essay, *more, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("more", [(), ("--json",), ("--help",)])
def test_a_full_disk(essay, more) -> None:
    with open("/dev/full", "wb") as full:
        done = called("read", essay, *more, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 2
        assert done.stderr == b"offramp: cannot write the output: No space left on device\n"
        assert called("read", essay, *more, stdout=full, stderr=full).returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="closes a stream")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_no_stream_to_write_to(essay, more) -> None:
    done = called("read", essay, *more, preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")
