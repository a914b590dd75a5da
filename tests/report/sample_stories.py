"""Simulated courses of events, for the sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from offramp.findings.outcomes import course_values as r


def sample_stories(names: Mapping[str, str], strategies: Iterable[str]) -> dict[str, tuple[r.Story, ...]]:
    def event(time: float, actor: str, *changes: tuple[str, str, str]) -> r.StoryEvent:
        said = ", ".join(f"{names[key]} {before} -> {after}" for key, before, after in changes)
        return r.StoryEvent(time, f"{names[actor]}: {said}", actor, tuple(r.Change(*change) for change in changes))

    events = (
        event(0.8, "us", ("us.offer", "none", "conditional")),
        event(2.1, "iran", ("iran.talks", "refuse", "stall")),
        event(5.4, "insecurity", ("insecurity", "uneasy", "besieged")),
        event(6.3, "us", ("us.sanctions", "light", "heavy")),
        event(9.7, "europe", ("europe.trade", "no", "yes")),
        event(14.2, "iran", ("iran.talks", "stall", "earnest")),
        event(18.9, "iran", ("iran.enrichment", "running", "suspended"), ("iran.crackdown", "yes", "no")),
        event(21.5, "us", ("us.sanctions", "heavy", "light")),
    )
    final = {"us.offer": "conditional", "iran.talks": "earnest", "insecurity": "uneasy"}
    ends = "; ".join(f"{names[key]} {level}" for key, level in final.items())
    return {s: tuple(r.Story(k, events[k % 2 :], ends, final) for k in range(3)) for s in strategies}
