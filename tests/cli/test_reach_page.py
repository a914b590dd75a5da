"""``offramp reach --page``: written whole, and in place of nothing but such a page."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from offramp import files

QUESTION = ("reach", "coercion", "concession", "--worlds", 16)


def test_the_page_is_written_and_may_be_written_again(offramp) -> None:
    done = offramp(*QUESTION, "--page", "answer.html")
    assert done.code == 0
    assert done.err.strip() == "Page: answer.html"
    page = Path("answer.html").read_text(encoding="utf-8")
    assert "What would it take? The target concedes" in page
    again = offramp(*QUESTION, "--page", "answer.html", "--json")
    assert json.loads(again.out)["case"] == "coercion"
    assert Path("answer.html").read_text(encoding="utf-8") == page
    assert sorted(path.name for path in Path().iterdir()) == ["answer.html", "small.yaml"]


@pytest.mark.parametrize("there", ["notes", '<meta name="generator" content="offramp">', "offramp reach"])
def test_nothing_else_is_overwritten(offramp, there: str) -> None:
    Path("mine.html").write_text(there, encoding="utf-8")
    done = offramp(*QUESTION, "--page", "mine.html")
    assert (done.code, done.out) == (2, "")
    assert "mine.html is there already, and is no page of `offramp reach`" in " ".join(done.err.split())
    assert Path("mine.html").read_text(encoding="utf-8") == there


@pytest.mark.parametrize("place", ["folder", "nowhere/answer.html", "small.yaml/answer.html", "link.html"])
def test_where_it_cannot_be_is_said_before_the_search(offramp, place: str) -> None:
    Path("folder").mkdir()
    Path("link.html").symlink_to("nothing.html")
    done = offramp(*QUESTION, "--page", place)
    assert (done.code, done.out) == (2, "")
    assert "--page" in done.err


def test_a_full_disk_leaves_what_was_there(offramp, monkeypatch) -> None:
    assert offramp(*QUESTION, "--page", "answer.html").code == 0
    page = Path("answer.html").read_text(encoding="utf-8")

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", fail)
    done = offramp(*QUESTION, "--page", "answer.html", "--in", 0.9)
    assert done.code == 2
    assert "cannot write answer.html: No space left on device" in " ".join(done.err.split())
    assert "What would it take?" in done.out, "the answer is not lost"
    assert Path("answer.html").read_text(encoding="utf-8") == page
