"""Nothing that a file or an argument holds can speak to the terminal."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from offramp.cli.visible import visible_fault, visible_text
from offramp.errors import CaseError, Place

TOKENS = ["\x1b]0;own\x07", "\x9b31m", "\u202e", "\u2066", "\r", "\x7f"]

MODEL = {
    "options": [{"name": "Push"}],
    "decisionMakers": [{"name": "Us", "options": [0], "preferences": [[[0, "Y"]]]}],
}


def harmless(text: str) -> bool:
    return not [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs")]


@pytest.fixture(params=TOKENS, ids=ascii)
def token(request) -> str:
    return request.param


@pytest.mark.parametrize(
    "arguments",
    [
        ("@",),
        ("check", "@"),
        ("check", "@.yaml"),
        ("check", "small.yaml", "@"),
        ("stability", "@.gmcr"),
        ("stability", "small.yaml", "--why", "@"),
        ("stability", "small.yaml", "--why", "us.push=@"),
        ("stability", "small.yaml", "--from", "@=@"),
        ("stability", "small.yaml", "--at", "@=no"),
        ("stability", "small.yaml", "--view", "@"),
        ("stability", "small.yaml", "--worlds", "@"),
        ("stability", "small.yaml", "--@"),
        ("convert", "@", "out.yaml"),
        ("convert", "@.csv", "out.yaml"),
        ("convert", "small.yaml", "@"),
        ("convert", "small.yaml", "@.gmcr/x.gmcr"),
        ("story", "small.yaml", "--strategy", "@"),
        ("trace", "small.yaml", "@"),
        ("new", "@"),
    ],
    ids=" ".join,
)
def test_arguments(offramp, token, arguments) -> None:
    done = offramp(*(each.replace("@", token) for each in arguments))
    assert done.code != 0
    assert harmless(done.out + done.err), repr(done.err)


def test_file_names(offramp, token) -> None:
    """Of what is written, is there already, is at fault, or is fine."""
    Path(f"m{token}.gmcr").write_text(json.dumps(MODEL), encoding="utf-8")
    Path(f"t{token}.csv").write_text("Actor,Description,Influence,X Position,X Salience\nA,,1,0,50\n", encoding="utf-8")
    Path(f"x{token}.xml").write_text("<Scenario><Actors/>", encoding="utf-8")
    Path(f"c{token}.yaml").write_text("offramp: 1\nplayers: {us: {options: {push: {}}}}\n", encoding="utf-8")
    Path(f"b{token}.yaml").write_text("offramp: 1\nplayers: {us: {pase: 1}}\n", encoding="utf-8")
    runs = {
        ("convert", f"m{token}.gmcr", f"new{token}.yaml"): 0,
        ("convert", f"m{token}.gmcr", f"c{token}.yaml"): 2,
        ("convert", f"t{token}.csv", "out.yaml"): 3,
        ("convert", f"x{token}.xml", "out.yaml"): 3,
        ("convert", f"c{token}.yaml", f"out{token}.dot"): 0,
        ("check", f"m{token}.gmcr"): 0,
        ("check", f"c{token}.yaml"): 0,
        ("check", f"b{token}.yaml"): 3,
        ("stability", f"b{token}.yaml"): 3,
        ("stability", f"c{token}.yaml", "--worlds", 1): 0,
    }
    for arguments, code in runs.items():
        done = offramp(*arguments)
        assert done.code == code, (arguments, done.err)
        assert harmless(done.out + done.err), (arguments, done.out, done.err)


@pytest.mark.parametrize(
    "text",
    [
        "offramp: 1\nplayers: {us: {options: {push: {}}}}\nunseen: {'@': [us.push]}\n",
        "offramp: 1\nplayers: {us: {options: {push: {}}, wants: [{that: 'us.@', worth: 1}]}}\n",
        "offramp: 1\nplayers: {us: {options: {push: {levels: [no, '@']}}}}\n",
        "offramp: 1\nplayers: {us: {options: {'@': {}}}}\n",
        "offramp: 1\nextends: '@'\n",
        "offramp: 1\nplayers: {us: {options: {push: {}}}}\n'@': 1\n",
        "offramp: 1\nname: '@'\nplayers: {us: {options: {push: {}}}}\n",
        "offramp: 1\nplayers: {us: {options: {push: {}}}}\nclaims: {c: {says: x, tested_in: '@'}}\n",
        "offramp: 1\nplayers: {us: {options: {push: {}}}}\nbare @ text\n",
    ],
)
def test_cases(offramp, text) -> None:
    for token in ("\u202e", "\u2066", "\x1b[31m", "\\e[31m", "\\u009b31m"):
        quoted = text.replace("'", '"') if token.startswith("\\") else text
        Path("bad.yaml").write_text(quoted.replace("@", token), encoding="utf-8")
        for command in ("check", "stability"):
            done = offramp(command, "bad.yaml")
            assert harmless(done.out + done.err), (token, done.err)
        shown = offramp("check", "bad.yaml", "--json").out
        assert json.loads(shown)
        assert "\x1b" not in shown


@pytest.mark.parametrize("where", ["options", "decisionMakers", "key", "word"])
def test_models(offramp, token, where) -> None:
    model = json.dumps(MODEL, ensure_ascii=False)
    here = json.dumps(token, ensure_ascii=False).strip('"')
    text = {
        "options": model.replace("[0]", f'["{here}"]'),
        "decisionMakers": model.replace('"Us"', f'"Us{here}", "options": 0'),
        "key": model.replace('"name": "Push"', f'"name{here}": "Push"'),
        "word": model.replace("[0]", f"[x{token}]"),
    }[where]
    Path("m.gmcr").write_text(text, encoding="utf-8")
    done = offramp("stability", "m.gmcr")
    assert done.code == 3
    assert harmless(done.err), done.err


def test_names_in_stories(offramp) -> None:
    text = Path("small.yaml").read_text(encoding="utf-8")
    Path("rtl.yaml").write_text(text.replace("free: {}", 'free: {name: "\u202efree"}'), encoding="utf-8")
    done = offramp("story", "rtl.yaml")
    assert done.code == 0
    assert "\\u202efree" in done.out
    assert harmless(done.out)


def test_lists_of_differences_keep_their_lines_and_unbroken_blanks_stay() -> None:
    assert visible_text("it changed:\n  one\n  two\nfake: line") == "it changed:\n  one\n  two\\nfake: line"
    assert visible_text("12\u00a0% \u2192") == "12\u00a0% \u2192"


def test_a_file_stands_on_one_line() -> None:
    fault = CaseError("wrong", place=Place("a\n  b.yaml", 1, 2))
    assert visible_fault(fault) == "a\\n  b.yaml:1:2: wrong"
