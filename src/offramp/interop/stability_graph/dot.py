"""A drawing as a Graphviz file."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.interop.source_text import plain
from offramp.interop.stability_graph.drawing import Drawing, State

__all__ = ["dot_text"]

_COLOURS = ("#1b6ca8", "#b5542c", "#3f7f3f", "#7b4b94", "#a08a1f", "#4f6d7a", "#9c3d54", "#5b5b5b")
"""Of players, in turn."""


_FIRM, _FEARED = "#cfe3b4", "#f1f5e6"


def dot_text(drawing: Drawing) -> str:
    """Write a drawing for Graphviz.

    A box is a configuration, filled where no player would leave it, with the concepts under which that is so, and
    lighter where these are gmr and smr alone; the start has a double line. A solid arrow is a move by which the player
    gains, a dashed one another move.
    """
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    case, players = drawing.case, list(drawing.case.players.values())
    yield f"// What holds in {plain(case.name)} in the best guess. Draw it with: dot -Tsvg FILE.dot -o FILE.svg"
    yield "// Dark: nobody would leave (nash, seq or sseq). Light: only for fear of answers that hurt both (gmr, smr)."
    yield "// Double line: the start. Solid arrow: the player gains. Dashed: another move."
    yield f"digraph {_quoted(case.name)} {{"
    yield f"  graph [label={_quoted(case.title)}, labelloc=t, rankdir=LR];"
    yield '  node [shape=box, fontname="sans-serif", fontsize=10];'
    yield '  edge [fontname="sans-serif", fontsize=9];'
    for n, state in enumerate(drawing.states):
        attributes = [f"label={_label(state)}"]
        if state.holds:
            firm = any(concept in state.holds for concept in ("nash", "seq", "sseq"))
            attributes += ["style=filled", f'fillcolor="{_FIRM if firm else _FEARED}"']
        if n == drawing.start:
            attributes.append("peripheries=2")
        yield f"  s{n} [{', '.join(attributes)}];"
    for move in drawing.moves:
        style = "solid" if move.improves else "dashed"
        colour = _COLOURS[move.player % len(_COLOURS)]
        told = f'label={_quoted(players[move.player].id)}, color="{colour}", fontcolor="{colour}", style={style}'
        yield f"  s{move.start} -> s{move.end} [{told}];"
    yield "}"


def _label(state: State) -> str:
    by_player: dict[str, list[str]] = {}
    for name, level in state.levels.items():
        player, option = name.split(".", 1)
        by_player.setdefault(player, []).append(f"{option} {level}")
    lines = [f"{player}: {', '.join(options)}" for player, options in by_player.items()]
    if state.holds:
        lines.append(f"holds: {', '.join(state.holds)}")
    return '"' + r"\n".join(map(_escaped, lines)) + '"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """Return a text such that Graphviz shows it as it stands, on one line."""
    return plain(text).replace("\\", "\\\\").replace('"', '\\"')
