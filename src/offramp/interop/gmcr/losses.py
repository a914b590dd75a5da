"""What a .gmcr file has no place for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from offramp.model import Case

__all__ = ["losses"]


def losses(case: Case) -> tuple[str, ...]:
    """Say what of a case does not go into a .gmcr file, one sentence for each kind."""
    return tuple(_losses(case))


def _losses(case: Case) -> Iterator[str]:
    yield "The start is lost: the format has no status quo."
    if case.unknowns:
        yield (f"The {_count(case.unknowns, 'uncertain number')} became the best guess: "
               "the rankings are those of that one world.")  # fmt: skip
    if case.conditions:
        until = f"{case.time.unit} {case.time.horizon:g}"
        yield (f"The {_count(case.conditions, 'condition')} ({', '.join(case.conditions)}) went into the rankings: a "
               f"configuration counts as what it is worth up to {until} while they drift.")  # fmt: skip
    if case.settings:
        yield f"The {_count(case.settings, 'setting')} ({', '.join(case.settings)}) went in as they start."
    for player in case.players.values():
        if len(player.factions) > 1:
            consent = [faction.id for faction in player.factions if faction.consent]
            said = f"; {' and '.join(consent)} can no longer withhold consent" if consent else ""
            yield f"The factions of {player.id} became one ranking, by their influence{said}."
        if any(want.at_end for faction in player.factions for want in faction.wants):
            yield f"What {player.id} wants at the end is lost, as in the stability lens."
        if player.perceives:
            yield f"What {player.id} wrongly believes of others' wants is lost."
    for found, what in ((case.strategies, "strategies"), (case.outcomes, "outcomes"), (case.claims, "claims"),
                        (case.views, "views"), (case.mechanisms, "mechanisms"), (case.levers, "levers"),
                        (case.targets, "targets")):  # fmt: skip
        if found and list(found) != ["free-play"]:
            yield f"The {what} are lost."
    named = [f"{p.id}.{o.id}" for p in case.players.values() for o in p.options if set(o.levels) != {"no", "yes"}]
    if named:
        yield f"The names of levels are lost: of {', '.join(named)} the first became N, the second Y."
    if any(player.options for player in case.players.values()):
        yield "How large a want is, how often players move and what a move costs are lost: a ranking is an order."


def _count(found: Collection[str], what: str) -> str:
    return what if len(found) == 1 else f"{len(found)} {what}s"
