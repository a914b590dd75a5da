"""What holds, as files for Graphviz and for network programs."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from offramp.casefile import load_case, parse_case
from offramp.errors import CaseErrors
from offramp.interop.stability_graph.dot import dot_text
from offramp.interop.stability_graph.drawing import Drawing, lay_out
from offramp.interop.stability_graph.graphml import graphml_text

CHICKEN = """
offramp: 1
name: chicken
title: 'Who "swerves"? <b>&amp;</b> \\n'
players:
  one: {options: {swerve: {}}, wants: [{that: two.swerve, worth: 3}, {that: one.swerve and not two.swerve, worth: 1},
        {that: one.swerve and two.swerve, worth: -1}]}
  two: {options: {swerve: {}}, wants: [{that: one.swerve, worth: 3}, {that: two.swerve and not one.swerve, worth: 1},
        {that: one.swerve and two.swerve, worth: -1}]}
irreversible: [one.swerve]
unseen: {two: [one.swerve and two.swerve]}
"""


def chicken(title: str = "Chicken") -> Drawing:
    found = parse_case(CHICKEN.replace("title: 'Who \"swerves\"? <b>&amp;</b> \\n'", f"title: {title}")).case
    return lay_out(found)


def test_states_and_moves() -> None:
    drawing = chicken()
    vectors = [tuple(state.levels.values()) for state in drawing.states]
    assert vectors == [("no", "no"), ("no", "yes"), ("yes", "no"), ("yes", "yes")]
    assert drawing.start == 0
    assert [state.worth for state in drawing.states] == [(0.0, 0.0), (3.0, 1.0), (1.0, 3.0), (2.0, 2.0)]
    assert {(m.player, m.start, m.end, m.improves) for m in drawing.moves} == {
        (0, 0, 2, True), (0, 1, 3, False),  # what one has done it cannot undo
        (1, 0, 1, True), (1, 1, 0, False),  # two does not see that both could swerve
    }  # fmt: skip
    assert [state.holds[:1] for state in drawing.states] == [(), ("nash",), ("nash",), ("nash",)]


def test_dot_escapes_and_marks() -> None:
    text = dot_text(lay_out(parse_case(CHICKEN).case))
    assert r'label="Who \"swerves\"? <b>&amp;</b> \\n"' in text
    assert r's0 [label="one: swerve no\ntwo: swerve no", peripheries=2];' in text
    assert r's2 [label="one: swerve yes\ntwo: swerve no\nholds: nash' in text
    assert re.search(r's0 -> s2 \[label="one", color="#\w+", fontcolor="#\w+", style=solid\];', text)
    assert re.search(r's1 -> s3 \[label="one", color="#\w+", fontcolor="#\w+", style=dashed\];', text)
    assert text.count("->") == 4
    assert text.count("{") == text.count("}") == 1
    quotes = re.sub(r"\\.", "", text).count('"')
    assert quotes % 2 == 0


def test_graphml_is_typed() -> None:
    text = graphml_text(lay_out(parse_case(CHICKEN).case))
    root = ElementTree.fromstring(text)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = {key.get("id"): key.get("attr.name") for key in root.findall(f"{space}key")}
    assert {key.get("attr.type") for key in root.findall(f"{space}key")} == {"string", "double", "boolean"}
    (graph,) = root.findall(f"{space}graph")
    assert graph.findtext(f"{space}data") == 'Who "swerves"? <b>&amp;</b> \\n'
    nodes = [{keys[data.get("key")]: data.text for data in node} for node in graph.findall(f"{space}node")]
    assert nodes[0] == {
        "label": "one.swerve no, two.swerve no", "one.swerve": "no", "two.swerve": "no", "one worth": "0.0",
        "two worth": "0.0", "start": "true", "nash": "false", "gmr": "false", "smr": "false", "seq": "false",
        "sseq": "false",
    }  # fmt: skip
    edges = graph.findall(f"{space}edge")
    assert [(e.get("source"), e.get("target"), [data.text for data in e]) for e in edges] == [
        ("s0", "s2", ["one", "true"]), ("s1", "s3", ["one", "false"]),
        ("s0", "s1", ["two", "true"]), ("s1", "s0", ["two", "false"]),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["elmira", "coercion", "korea-2017"])
def test_shipped_cases_can_be_drawn(name: str) -> None:
    drawing = lay_out(load_case(name))
    assert dot_text(drawing).count("->") == len(drawing.moves)
    ElementTree.fromstring(graphml_text(drawing))


def players(count: int, options: int) -> str:
    inside = ", ".join(f"o{k}: {{}}" for k in range(options))
    return "offramp: 1\nname: big\nplayers:\n" + "".join(f"  p{i}: {{options: {{{inside}}}}}\n" for i in range(count))


def test_what_nobody_could_look_at_is_refused_with_the_number() -> None:
    with pytest.raises(CaseErrors, match="big has 4,096 possible configurations, more than a drawing can show; the mo"):
        lay_out(parse_case(players(2, 6)).case)
    with pytest.raises(CaseErrors, match="big has 261,632 moves, more than a drawing can show; the most is 100,000"):
        lay_out(parse_case(players(1, 9)).case)
