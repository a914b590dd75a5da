"""What holds as JSON, and its schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from offramp.errors import UsageError
from offramp.findings.equilibria.holding import Holding
from offramp.findings.equilibria.wanted import Wanted
from offramp.findings.equilibria.ways import Foresight, Joint, Reach, Way
from offramp.findings.equilibria.witnesses import Witness
from offramp.report.results_json import plain_data
from offramp.report.schemas import read_schema
from offramp.report.want_json import wanted_to_json
from offramp.shapes import Bools, Floats
from offramp.stability import Step, unseen

__all__ = ["STABILITY_SCHEMA", "holding_to_json", "stability_schema"]

STABILITY_SCHEMA = 1
"""Version of the layout; a field may be added without a new one."""
LISTED = 100_000
"""Configurations that are listed at most: about 200 MB of text."""


def holding_to_json(
    holding: Holding,
    witnesses: Mapping[str, Mapping[int, Sequence[Witness]]],
    *,
    ways: Iterable[Way] = (),
    reaches: Iterable[Reach] = (),
    joint: Iterable[Joint] | None = None,
    ahead: Foresight | None = None,
    asked: Wanted | None = None,
) -> dict[str, Any]:
    """
    Turn what holds into plain lists, mappings and numbers.

    Parameters
    ----------
    holding
        What holds.
    witnesses
        By concept and configuration, why.
    ways, reaches, joint, ahead, asked
        What else was asked for.

    Returns
    -------
    dict
        The layout is described by `stability_schema`. What is not a number is None.

    Raises
    ------
    UsageError
        If there are more than `LISTED` configurations.
    """
    total = len(holding.graph.codes)
    if total > LISTED:
        raise UsageError(f"{total:,} configurations are too many to list; the most is {LISTED:,}", code="too-large",
                         hint="leave out --json, or cut options")  # fmt: skip
    ids = list(holding.graph.case.players)

    def by_player(cells: Bools | Floats) -> dict[str, Any]:
        return dict(zip(ids, cells.tolist(), strict=True))

    def steps(path: Iterable[Step]) -> list[dict[str, Any]]:
        return [{"player": ids[step.player], "to": step.end} for step in path]

    found: dict[str, Any] = {
        "schema": STABILITY_SCHEMA,
        "case": holding.graph.case.name,
        "view": holding.view,
        "at": dict(holding.at),
        "worlds": holding.worlds,
        "failed": len(holding.failures),
        "failures": [{"world": w, "message": message} for w, message in holding.failures.items()],
        "frozen": holding.frozen,
        "start": holding.start,
        "whole": holding.graph.whole,
        "states": [holding.levels(n) for n in range(len(holding.graph.codes))],
        "unseen": by_player(unseen(holding.graph)),
        "stable": {concept: by_player(cells) for concept, cells in holding.best.stable.items()},
        "equilibria": {concept: states.tolist() for concept, states in holding.best.equilibria.items()},
        "shares": {concept: each.tolist() for concept, each in holding.shares.items()},
        "staying": {concept: by_player(each) for concept, each in holding.staying.items()},
        "alone": {concept: by_player(each) for concept, each in holding.alone.items()},
        "outcomes": {id_: {"some": dict(e.some), "all": dict(e.all)} for id_, e in holding.settled.items()},
        "witnesses": {
            concept: {
                str(n): {each.player.id: _witness(each, n, steps) for each in explained}
                for n, explained in by_state.items()
            }
            for concept, by_state in witnesses.items()
        },
        "ways": [
            {
                "from": way.start,
                "to": way.end,
                "by": "improvements" if way.gaining else "moves",
                "paths": [steps(path) for path in way.paths],
                "blockers": [ids[i] for i in way.blockers],
            }
            for way in ways
        ],
        "reached": [
            {
                "state": each.end,
                "improvements": None if each.gaining < 0 else each.gaining,
                "moves": None if each.moving < 0 else each.moving,
                "blockers": [ids[i] for i in each.blockers],
            }
            for each in reaches
        ],
    }
    if joint is not None:
        found["coalitions"] = [
            {
                "state": each.configuration,
                "leaving": [[ids[i] for i in members] for members in each.leaving],
                "jumps": [{"members": [ids[i] for i in members], "to": end} for members, end in each.jumps],
            }
            for each in joint
        ]
    if ahead is not None:
        found["limited"] = {
            "moves": ahead.moves,
            "stable": by_player(ahead.stable),
            "farsighted": by_player(ahead.always),
            "wavering": by_player(ahead.wavering),
        }
    if asked is not None:
        found["wanted"] = wanted_to_json(asked, ids)
    plain: dict[str, Any] = plain_data(found)
    return plain


def _witness(witness: Witness, configuration: int, steps: Any) -> dict[str, Any]:
    return {
        "sees": witness.sees,
        "stable": witness.reason.stable,
        "worth": float(witness.worth[configuration]),
        "ordinal": witness.ordinal,
        "improvements": [
            {
                "to": each.improvement,
                "worth": float(witness.worth[each.improvement]),
                "sanction": steps(each.sanction),
                "answer": each.answer,
            }
            for each in witness.reason.deterrents
        ],
        "refused": [
            {"to": each.end, "by": [faction.id for faction in witness.factions(each.factions)]}
            for each in witness.reason.refused
        ],
    }


def stability_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `offramp stability --json` prints."""
    return read_schema("stability")
