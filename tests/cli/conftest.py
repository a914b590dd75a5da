from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SMALL = """\
offramp: 1
name: small
title: Who gives way?
time: {unit: month, horizon: 3, foresight: 4}
unknowns:
  gain: {range: [-1, 1], origin: guess}
players:
  us: {options: {push: {}}, wants: [{that: us.push, worth: gain}]}
  them: {options: {bow: {}}, wants: [{that: "them.bow and not us.push", worth: 0.7}, {that: them.bow, worth: -0.2}]}
outcomes:
  pushed: {of: us.push, measure: average}
  bowed: {of: them.bow, measure: average, better: high, for: us}
strategies:
  free: {}
  hold: {player: us, does: [{otherwise: {push: no}}]}
claims:
  held: {says: Holding – or waiting – pays., test: "bowed[hold] > bowed[free]"}
  fact: {says: It is cold., factual: true}
"""


@dataclass
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to work in, with a small case in it."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


@pytest.fixture
def offramp(here, monkeypatch, capsys):
    """Call the command line in this process: exit code, stdout, stderr."""
    from offramp.cli import main

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["offramp", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        streams = capsys.readouterr()
        assert "Traceback" not in streams.err
        code = left.value.code
        return Done(code if isinstance(code, int) else 0 if code is None else 1, streams.out, streams.err)

    return call
