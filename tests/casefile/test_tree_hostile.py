"""No text whatever may give another exception than CaseErrors, hang, or fill the memory."""

import json
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import offramp.casefile.reading as reading_module
import offramp.casefile.tree as tree_module
from offramp.casefile.tree import MOST_BYTES, Tree, read_tree
from offramp.errors import CaseErrors

N = MOST_BYTES
HOSTILE = {
    "brackets": "[" * N,
    "braces": "{a: " * (N // 4),
    "pairs": "[a: " * (N // 4),
    "dashes": "- " * (N // 2),
    "questions": "? " * (N // 2),
    "digits": "a: " + "1" * (N - 3),
    "quote": 'a: "' + "x" * (N - 4),
    "single quotes": "a: '" + "x\n" * (N // 2 - 2),
    "plain lines": "a: " + "x\n " * (N // 3 - 1),
    "indents": "\n".join(" " * i + "a:" for i in range(1400)),
    "list": "a: [" + "1," * (N // 2 - 3) + "]",
    "keys": "a: 1\n" * (N // 5),
    "long key": "a" * (N - 3) + ": 1",
    "spaces": " " * N,
    "lines": "\n" * N,
    "comment": "#" * N,
    "comments": "#\n" * (N // 2),
    "tag": "a: " + "!" * (N - 3),
    "tags": "- !a\n" * (N // 5),
    "anchor": "a: &" + "a" * (N - 4),
    "anchors": "- &a b\n" * (N // 7),
    "bare keys": "{a: b" + ", c" * (N // 3 - 2) + "}",
    "block": "a: |\n" + "\n" * (N - 5),
    "documents": "---\n" * (N // 4),
    "commas": "{" + "," * (N - 1),
    "escapes": 'a: "' + "\\x41" * (N // 4 - 2) + '"',
    "colons": "a" + ":" * (N - 1),
    "open": "{a: f(" + "x, f(" * (N // 5 - 2),
    "questions in braces": "{" + "?" * (N - 1),
    "directives": "%a\n" * (N // 3),
    "returns": "\r" * N,
    "nul": "\0" * N,
    "parentheses": "[" + "(, " * (N // 3 - 1) + "]",
    "empty items": "- \n" * (N // 3),
    "aliases": "a: &a [\n" + "*a," * (N // 3 - 5),
    "percent": "a: !" + "%41" * (N // 3 - 2),
    "stars": "*" * N,
    "pipes": "- |\n" * (N // 4),
    "balanced": "a: " + "[]" * (N // 2 - 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of(name):
    started = time.process_time()
    survives(HOSTILE[name])
    assert time.process_time() - started < 30


def test_memory_stays_bounded(monkeypatch):
    for module in (tree_module, reading_module):
        monkeypatch.setattr(module, "MOST_NODES", 10_000)
    text = "a: [" + "[1,1],2," * 24_000 + "]\n" + "".join(f"b{i}: &b{i} [*b{i - 1}, *b{i - 1}]\n" for i in range(1, 60))
    tracemalloc.start()
    try:
        survives(text)
        assert tracemalloc.get_traced_memory()[1] < 30e6
    finally:
        tracemalloc.stop()


def survives(text):
    try:
        tree = read_tree(text, "f")
    except CaseErrors as error:
        check(error, text)
        return None
    plain(tree.data, tree, ())
    return tree


def check(error, text):
    assert error.faults
    assert all(fault.place and fault.hint for fault in error.faults)
    assert len(str(error)) < 100_000
    lines = len((text if isinstance(text, str) else text.decode("utf-8", "replace")).split("\n"))
    assert all(1 <= fault.place.line <= lines and fault.place.column >= 1 for fault in error.faults)


def plain(value, tree, path):
    assert path in tree.places
    if isinstance(value, dict):
        for key, item in value.items():
            assert type(key) is str
            assert (*path, key) in tree.key_places
            plain(item, tree, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            plain(item, tree, (*path, i))
    else:
        assert value is None or type(value) in (str, int, float, bool)


CASE = """\
offramp: 1   # the version
time: {unit: month, horizon: 24, foresight: 48}
sources:
  - &s {title: "a: b", kind: 'it''s'}
  - *s
players:
  us:
    wants:
      - {id: relief, that: target.concede, worth: [0.1, .5]}
      - {that: "max(a, b)", worth: -0.2}
    text: |
      a
        b
    other: >-
      folded
      text
? key
: value
"""
PIECES = st.sampled_from(
    [
        *"{}[]()#&*!|>'\"%@`,:?-\\~ \t\n\r\0<=.x1é\ufeff\u2028",
        ": ",
        "- ",
        "? ",
        "\n  ",
        "\n\t",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "!!",
        "&a ",
        "*a",
        "<<: ",
        '"\\',
        "f(a, b)",
        "a[b]",
        " #",
        "|-\n",
        "1e999",
        ".inf",
        '"\\UFFFFFFFF"',
        "!<",
    ]
)
RELAXED = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@RELAXED
@given(st.text(max_size=200) | st.lists(PIECES, max_size=60).map("".join) | st.binary(max_size=60))
def test_any_text(text):
    survives(text)


@RELAXED
@given(st.lists(st.tuples(st.integers(0, len(CASE)), st.integers(0, 8), PIECES), min_size=1, max_size=4))
def test_a_damaged_case(changes):
    text = CASE
    for at, gone, piece in changes:
        text = text[:at] + piece + text[at + gone :]
    survives(text)


def test_the_case_itself_is_fine():
    assert isinstance(survives(CASE), Tree)


NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=["Cc", "Cs", "Zl", "Zp"])
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(TEXTS, max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc xyz:,", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@RELAXED
@given(st.dictionaries(st.text("abc", min_size=1), JSON, min_size=1, max_size=4))
def test_json_is_read_as_it_is(data):
    assert read_tree(json.dumps(data), "f").data == data
    assert read_tree(json.dumps(data, ensure_ascii=False, indent=1), "f").data == data
