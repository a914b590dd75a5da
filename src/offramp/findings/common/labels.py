"""Readable names: unknowns, mechanisms and states in words."""

from __future__ import annotations

from collections.abc import Mapping

from offramp.expressions import text_of
from offramp.model import Case

__all__ = ["label_of", "names_of", "shortened", "source_line", "words_of"]


def names_of(case: Case) -> dict[str, str]:
    """Return readable names of players, factions, options, conditions and settings."""
    names: dict[str, str] = {}
    for player in case.players.values():
        names[player.id] = player.name
        for faction in player.factions:
            if faction.id != player.id:
                names[f"{player.id}.{faction.id}"] = faction.name or words_of(faction.id)
        for option in player.options:
            names[f"{player.id}.{option.id}"] = option.name or f"{player.name}: {words_of(option.id)}"
    names |= {id_: condition.name or words_of(id_) for id_, condition in case.conditions.items()}
    names |= {id_: setting.name or words_of(id_) for id_, setting in case.settings.items()}
    return names


def label_of(case: Case, unknown: str, names: Mapping[str, str] | None = None) -> str:
    """Return an unknown in words: its own name, or what the number at its path stands for."""
    known = names if names is not None else names_of(case)
    parts = unknown.split(".")
    match parts:
        case [name]:
            return words_of(name)
        case ["players", player, "factions", faction, "influence"]:
            return f"influence of {known.get(f'{player}.{faction}', faction)}"
        case ["players", player, "factions", faction, kind, want, *_]:
            owner = known.get(f"{player}.{faction}", faction)
            return _worth(kind, _said(case, player, faction, kind, want), owner)
        case ["players", player, ("wants" | "at_end" | "prefers") as kind, want, *_]:
            return _worth(kind, _said(case, player, player, kind, want), known.get(player, player))
        case ["players", player, "options", option, *_]:
            return f"cost of changing {known.get(f'{player}.{option}', option)}"
        case ["players", player, number]:
            said = {"lam": "precision", "pace": "pace", "discount": "discount"}.get(number, number)
            return f"{said} of {known.get(player, player)}"
        case ["conditions", condition, side, *_]:
            return f"rate at which {known.get(condition, condition)} {side}"
        case ["perceives", player, *target]:
            about = label_of(case, ".".join(["players", *target]), known)
            return f"what {known.get(player, player)} believes of the {about}"
        case ["strategies", strategy, *_]:
            return f"chance in the rules of {words_of(strategy)}"
    return " ".join(map(words_of, parts))


def _said(case: Case, player: str, faction: str, kind: str, id_: str) -> str:
    """Return the id of a want in words, or what it is about where it has only a position."""
    if kind == "prefers" or not id_.isdigit():
        return id_ if kind == "prefers" else words_of(id_)
    wants = [w for f in case.players[player].factions if f.id == faction for w in f.wants]
    return next((f"`{text_of(w.that)}`" for w in wants if w.id == id_ and w.at_end == (kind == "at_end")), id_)


def _worth(kind: str, want: str, owner: str) -> str:
    if kind == "prefers":
        return f"worth of statement {int(want) + 1 if want.isdigit() else want} to {owner}"
    return f"worth of {want} to {owner}"


def words_of(name: str) -> str:
    """Return an id in words."""
    return name.replace("-", " ").replace("_", " ")


def source_line(case: Case, id_: str) -> str:
    """Return author, title and date of a source in one line."""
    source = case.sources[id_]
    return ", ".join(part for part in (source.author, source.title, source.date) if part)


def shortened(text: str, most: int) -> str:
    """Cut a text to a length."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ,;:") + "…"
