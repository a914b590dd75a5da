"""A drawing as a GraphML file."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from offramp.interop.source_text import plain
from offramp.interop.stability_graph.drawing import Drawing
from offramp.stability import CONCEPTS

__all__ = ["graphml_text"]

_SPACE = "http://graphml.graphdrawing.org/xmlns"


def graphml_text(drawing: Drawing) -> str:
    """Write a drawing for network programs.

    Nodes are configurations, with the level of every option, what they are worth to every player, whether they are
    the start, and whether they hold under each concept. Edges are moves, with the player and whether it gains.
    """
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    case, players = drawing.case, list(drawing.case.players)
    options = list(drawing.states[0].levels)
    keys = [("label", "string"), *((name, "string") for name in options),
            *((f"{player} worth", "double") for player in players), ("start", "boolean"),
            *((concept, "boolean") for concept in CONCEPTS)]  # fmt: skip
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<graphml xmlns={quoteattr(_SPACE)}>"
    for n, (name, kind) in enumerate(keys):
        yield f'  <key id={quoteattr(f"n{n}")} for="node" attr.name={quoteattr(name)} attr.type={quoteattr(kind)}/>'
    yield '  <key id="e0" for="edge" attr.name="player" attr.type="string"/>'
    yield '  <key id="e1" for="edge" attr.name="gains" attr.type="boolean"/>'
    yield '  <key id="g0" for="graph" attr.name="title" attr.type="string"/>'
    yield f'  <graph id={quoteattr(case.name)} edgedefault="directed">'
    yield f"    {_data('g0', case.title)}"
    for s, state in enumerate(drawing.states):
        label = ", ".join(f"{name} {level}" for name, level in state.levels.items())
        values = [label, *state.levels.values(), *(repr(worth) for worth in state.worth), _truth(s == drawing.start),
                  *(_truth(concept in state.holds) for concept in CONCEPTS)]  # fmt: skip
        yield f'    <node id="s{s}">'
        yield from (f"      {_data(f'n{n}', value)}" for n, value in enumerate(values))
        yield "    </node>"
    for e, move in enumerate(drawing.moves):
        told = _data("e0", players[move.player]) + _data("e1", _truth(move.improves))
        yield f'    <edge id="e{e}" source="s{move.start}" target="s{move.end}">{told}</edge>'
    yield "  </graph>"
    yield "</graphml>"


def _data(key: str, value: str) -> str:
    return f'<data key="{key}">{escape(plain(value))}</data>'


def _truth(value: bool) -> str:
    return "true" if value else "false"
