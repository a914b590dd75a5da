"""An actor table -> the text of a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath

from offramp.errors import CaseError, CaseErrors, Path, Place
from offramp.interop.converted import Converted
from offramp.interop.ids import Ids
from offramp.interop.ktab.bargain import Bargain, Stand, bargain_of
from offramp.interop.ktab.formulas import Formulas
from offramp.interop.ktab.parts import Actor, ActorTable
from offramp.interop.sizes import power
from offramp.interop.source_text import plain
from offramp.interop.yaml_text import comment, flow, folded, scalar

__all__ = ["case_of"]

_MOST_SHOWN = 2_000
"""Cells of a table that is repeated in the comments."""

_UNKNOWNS = {
    "needed": ("[0.4, 0.9]", "the share of the distance between them that the movers must close for a deal"),
    "no-deal": (
        "[0.4, 0.9]",
        "what no deal is worth, if 1 is a deal at one's own position and 0 one at the other end",
    ),
    "giving-way": ("[0, 1]", "what a point of one's position given up costs by itself, beside what the deal is worth"),
    "precision": ("[1, 5]", "how sharply actors tell better from worse, where a salience of 100 counts as 10"),
}
"""What the table does not say."""

_ACHEN = {
    "title": "Institutional Realism and Bargaining Models",
    "author": "Christopher H. Achen",
    "date": "2006",
    "kind": "chapter, The European Union Decides",
}

_ASSUMED = (
    "The table says: influence, positions, saliences. What follows it does not say; it is assumed here, and can be "
    "changed below.",
    "A deal lies at the mean of the positions, weighted by influence times salience (the compromise model of Achen "
    "2006). It is struck where the movers have closed a share `needed` of the distance between them.",
    "Giving way is moving from one's own position to the centre, which is that mean as the table has it, in even "
    "steps; nobody goes beyond it, or away from it. Levels are named by the position.",
    "On each dimension an actor wants a deal close to its position, times its salience; without one it has `no-deal`. "
    "Giving way costs it `giving-way` for each point, times its salience.",
    "The table has no time: a round is one opportunity to move for each, on average.",
)


def case_of(table: ActorTable) -> Converted:
    """Write a table as a case.

    Raises
    ------
    CaseErrors
        If all actors stand at one place.
    """
    bargain = bargain_of(table)
    if not bargain.moving:
        fault = CaseError("nobody who cares stands apart from the others; there is nothing to bargain over",
                          code="table", hint="check the positions", place=Place(table.file, 1, 1))  # fmt: skip
        raise CaseErrors([fault])
    return _Writer(table, bargain).converted()


class _Writer:
    def __init__(self, table: ActorTable, bargain: Bargain) -> None:
        self.table = table
        self.file = FilePath(plain(table.file))
        self.bargain = bargain
        ids = Ids(_UNKNOWNS)
        movers = dict.fromkeys(stand.actor for stand in bargain.moving)
        self.players = {i: ids.take(table.actors[i].name, "actor") for i in movers}
        dimensions = Ids()
        self.options = [dimensions.take(name, "dimension") for name in table.dimensions]
        self.outcomes = [(ids.take(f"{name}-deal", "dimension"), ids.take(f"{name}-position", "dimension"))
                         for name in self.options]  # fmt: skip
        self.formulas = Formulas(table, bargain, self.players, self.options)
        self.places: dict[Path, Place] = {(): Place(table.file, 1, 1)}

    def converted(self) -> Converted:
        notes = [*self._sizes(), *_ASSUMED]
        lines = [comment(f"{self.table.title}, converted from {self.file.name} by `offramp convert`.")]
        lines += [*(comment(note, item=True) for note in notes), *self._rows(), *self._head(), "", "unknowns:"]
        for name, (ends, why) in _UNKNOWNS.items():
            lines.append(f"  {name}: {flow({'range': ends, 'origin': 'guess', 'why': scalar(why)})}")
        lines += ["", "players:"]
        for i in self.players:
            lines += self._player(i)
        lines += ["", "outcomes:"]
        for d in range(len(self.options)):
            lines += self._outcome(d)
        return Converted("\n".join(lines) + "\n", tuple(notes), self.places)

    def _sizes(self) -> Iterator[str]:
        bargain, table = self.bargain, self.table
        stands, moving, rungs = len(bargain.stands), len(bargain.moving), bargain.rungs
        yield (f"{len(table.actors)} actors on {len(table.dimensions)} "
               f"{'dimension' if len(table.dimensions) == 1 else 'dimensions'}: {stands} positions apart from the "
               "centre by actors who care.")  # fmt: skip
        if moving < stands:
            carried = sum(stand.part for stand in bargain.moving) / len(table.dimensions)
            yield (f"Were all of these to move, there would be {power(2, stands)} configurations. The {moving} that "
                   f"carry most of the distance ({100 * carried:.0f} %) can move, at {rungs} levels each: "
                   f"{bargain.configurations:,} configurations. The others hold, and count where they stand. A table "
                   "with fewer actors or one dimension lets more of them move.")  # fmt: skip
        else:
            yield f"Each can move at {rungs} levels: {bargain.configurations:,} configurations."

    def _rows(self) -> Iterator[str]:
        """Repeat the table."""
        table = self.table
        if len(table.actors) * len(table.dimensions) > _MOST_SHOWN:
            return
        wide = max(len("actor"), *(len(actor.name) for actor in table.actors))
        heads = [f"{name} (salience)" for name in table.dimensions]
        yield "#"
        yield f"#     {'actor':<{wide}}  influence  {'  '.join(heads)}"
        for actor in table.actors:
            cells = (f"{f'{p:g} ({s:g})':>{len(head)}}"
                     for head, p, s in zip(heads, actor.positions, actor.saliences, strict=True))  # fmt: skip
            yield f"#     {actor.name:<{wide}}  {actor.influence:>9g}  {'  '.join(cells)}"
        centres = (f"{f'{c:.4g}':>{len(head)}}" for head, c in zip(heads, self.bargain.centres, strict=True))
        yield f"#     {'centre':<{wide}}  {'':>9}  {'  '.join(centres)}"

    def _head(self) -> Iterator[str]:
        yield "offramp: 1"
        yield f"name: {Ids().take(self.file.stem, 'bargain')}"
        yield f"title: {scalar(self.table.title)}"
        if self.table.about:
            yield f"about: {scalar(self.table.about)}"
        yield "time: {unit: round, horizon: 12, foresight: 24}"
        yield ""
        yield "sources:"
        yield f"  table: {flow({'title': scalar(self.file.name), 'kind': 'actor table of KTAB'})}"
        yield f"  achen-2006: {flow({key: scalar(value) for key, value in _ACHEN.items()})}"

    def _player(self, i: int) -> Iterator[str]:
        actor, id_ = self.table.actors[i], self.players[i]
        self.places[("players", id_)] = actor.place
        name = f"{actor.description} ({actor.name})" if actor.description else actor.name
        yield f"  {id_}:"
        yield f"    name: {scalar(name)}"
        yield "    lam: precision"
        yield "    options:"
        for stand in self.bargain.moving:
            if stand.actor == i:
                levels = ", ".join(self.formulas.levels(stand))
                entries = {"name": scalar(self.table.dimensions[stand.dimension]), "levels": f"[{levels}]"}
                yield f"      {self.options[stand.dimension]}: {flow(entries)}"
        yield "    wants:"
        for d, option in enumerate(self.options):
            if actor.saliences[d] and self.formulas.moving[d]:
                yield from self._wants(actor, id_, d, option, [s for s in self.formulas.moving[d] if s.actor == i])

    def _wants(self, actor: Actor, id_: str, d: int, option: str, own: list[Stand]) -> Iterator[str]:
        salience, position = actor.saliences[d], actor.positions[d]
        why = f"position {position:g}, salience {salience:g}, influence {actor.influence:g}"
        close = f"1 - abs({self.formulas.mean(d)} - {position / 100:.4g})"
        deal = f"{close} if {self.formulas.closed(d)} >= needed else no-deal"
        yield f"      - id: deal-{option}"
        yield from folded("that", deal, 8)
        yield f"        worth: {salience / 10:.4g}"
        yield "        source: table"
        yield f"        why: {scalar(why)}"
        for stand in own:
            worth = f"-{salience / 10 * stand.distance / 100:.4g} * giving-way"
            entries = {"id": f"given-{option}", "that": f"{id_}.{option}", "worth": scalar(worth), "origin": "guess",
                       "why": scalar(f"{stand.distance:.3g} points to the centre, times the salience")}  # fmt: skip
            yield f"      - {flow(entries)}"

    def _outcome(self, d: int) -> Iterator[str]:
        if not self.formulas.moving[d]:
            return
        name, (deal, position) = self.table.dimensions[d], self.outcomes[d]
        yield f"  {deal}:"
        yield f"    name: {scalar(f'{name}: a deal (share of the time)')}"
        yield "    measure: average"
        yield from folded("of", f"{self.formulas.closed(d)} >= needed", 4)
        yield f"  {position}:"
        yield f"    name: {scalar(f'{name}: the weighted mean of the positions, at the end')}"
        yield "    measure: final"
        yield from folded("of", f"100 * ({self.formulas.mean(d)})", 4)
