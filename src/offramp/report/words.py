"""Findings in sentences, the same for page, terminal and Markdown. Plain text; whoever shows it escapes it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from offramp.charts.bands import best_means
from offramp.charts.numbers import finite, number, percent
from offramp.findings.claims.values import Threshold, Verdict, VerdictWord
from offramp.findings.outcomes.course_values import Story, StoryEvent
from offramp.findings.outcomes.values import Band, OutcomeInfo
from offramp.findings.results import Findings
from offramp.findings.sensitivity.values import Origins

__all__ = [
    "WORD_ORDER",
    "answer",
    "better_words",
    "count",
    "event_words",
    "exactly",
    "flips",
    "foresight_adds",
    "interval_words",
    "leader",
    "level_words",
    "listed",
    "measure_words",
    "moving_along",
    "name_of",
    "ordered_outcomes",
    "ordered_verdicts",
    "origin_rows",
    "quantity",
    "sentence_case",
    "share_words",
    "source_of",
    "story_end",
    "tally",
    "verdict_anchor",
    "verdict_label",
]

WORD_ORDER: tuple[VerdictWord, ...] = (
    "holds", "mostly holds", "depends", "no difference", "mostly fails", "fails", "cannot be tested here",
)  # fmt: skip


def count(n: int, one: str, many: str | None = None) -> str:
    """Write ``1 claim``, ``2 claims``."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def quantity(value: float, unit: str) -> str:
    """Write a length of time: ``36 months``."""
    shown = f"{value:.4g}"
    return f"{shown} {unit if shown == '1' or unit.endswith('s') else unit + 's'}"


def name_of(findings: Findings, key: str) -> str:
    """Return the readable name of an outcome, a player, an option or a condition."""
    info = findings.outcomes.get(key)
    return info.name if info is not None else findings.names.get(key, key)


def source_of(findings: Findings, source: str | None) -> str:
    """Return a source in one line, or an empty text."""
    return "" if source is None else findings.sources.get(source, source)


def measure_words(findings: Findings, info: OutcomeInfo) -> str:
    """Say what the number of an outcome is."""
    end = findings.horizon if info.end is None else info.end
    horizon = quantity(end - info.start, findings.unit)
    if info.start > 0:
        horizon += f" from {findings.unit} {info.start:.4g}"
    return {
        "average": f"average over {horizon}",
        "total": f"total over {horizon}",
        "final": f"at the end of {horizon}",
        "ever": f"happens within {horizon}: 0 never, 1 surely",
        "first": f"{findings.unit}s until it first happens; {end:.4g} means not by then",
    }[info.measure]


def better_words(findings: Findings, info: OutcomeInfo) -> str:
    """Say which direction is better, and for whom, where the case does."""
    if info.better is None:
        return "no direction is better"
    word = "higher" if info.better == "high" else "lower"
    whom = "" if info.for_whom is None else findings.names.get(info.for_whom, info.for_whom)
    return f"{word} is better" + (f" ({whom})" if whom else "")


def ordered_outcomes(findings: Findings) -> list[str]:
    """Return the outcomes' ids, the main ones first."""
    return sorted(findings.outcomes, key=lambda o: not findings.outcomes[o].main)


def ordered_verdicts(findings: Findings) -> list[Verdict]:
    """Return the verdicts, those that flip most easily first, those that cannot be tested last."""

    def key(verdict: Verdict) -> tuple[bool, float]:
        share = finite(verdict.share)
        return (share is None, 0.0 if share is None else abs(share - 0.5))

    return sorted(findings.verdicts.values(), key=key)


def verdict_anchor(findings: Findings, claim: str) -> str:
    """Return the name under which a verdict stands on the page."""
    return f"v{list(findings.verdicts).index(claim)}"


def verdict_label(verdict: Verdict) -> str:
    """Return the verdict's word; *depends* names what it depends on, where one unknown stands out."""
    if verdict.verdict == "depends" and verdict.threshold is not None:
        return f"depends on {verdict.threshold.label}"
    return verdict.verdict


def share_words(verdict: Verdict, *, interval: bool = True) -> str:
    """Say in which share of the worlds a claim holds, with its interval."""
    if finite(verdict.share) is None:
        return "cannot be tested in this model"
    shown = interval_words(verdict) if interval else ""
    over = "resamples of the stated worlds" if verdict.collective else "the stated worlds"
    where = f"holds in {percent(verdict.share)} of {over}" + (f" ({shown})" if shown else "")
    if verdict.verdict == "no difference":
        where += f"; no difference in {percent(verdict.no_difference)}"
    return where


def interval_words(verdict: Verdict) -> str:
    """Return the interval of the share, ``79–86 %``; empty where it has no width."""
    low, high = percent(verdict.low), percent(verdict.high)
    return "" if low == high else f"{low}–{high}".replace("\u00a0%–", "–")


def flips(verdict: Verdict) -> str:
    """Say where a verdict flips: one sentence, empty where no unknown stands out."""
    t = verdict.threshold
    if t is None:
        return ""
    above = t.holds_where == "above"
    weak, strong = (t.share_below, t.share_above) if above else (t.share_above, t.share_below)
    verb = "Fails" if weak < 0.25 else "More often fails" if weak < 0.5 else "Holds less often"
    sign = "<" if above else ">"
    sentence = (
        f"{verb} where {t.label} {sign} {_sharp(t)}: there it holds in {percent(weak)} of the worlds, "
        f"elsewhere in {percent(strong)}."
    )
    return f"{sentence} {moving_along('that', t.twins)}".rstrip()


def moving_along(what: str, twins: Sequence[str]) -> str:
    """Say which unknowns move along with one in the draws; empty without any."""
    if not twins:
        return ""
    more = [f"{len(twins) - 3} other unknowns"] if len(twins) > 4 else []
    named = twins[:3] if more else twins
    return f"In these draws {what} moves along with {listed([*named, *more])}: it may be one of them."


def _sharp(threshold: Threshold) -> str:
    value = threshold.value
    return f"{value:.3g}".replace("-", "−")


def tally(verdicts: Iterable[Verdict]) -> dict[VerdictWord, int]:
    """Count verdicts by word, in the order from *holds* to *fails*, without the empty ones."""
    words = [v.verdict for v in verdicts]
    return {word: words.count(word) for word in WORD_ORDER if word in words}


def exactly(value: float) -> str:
    """Write a value with the digits that it has, and a true minus sign."""
    return f"{round(value, 12) + 0.0:.9g}".replace("-", "−")


def listed(parts: Iterable[str]) -> str:
    """Join with commas and a last "and"."""
    *first, last = list(parts)
    return f"{', '.join(first)} and {last}" if first else last


_SAID: Mapping[VerdictWord, tuple[str, str]] = {
    "holds": ("holds", "hold"), "mostly holds": ("mostly holds", "mostly hold"),
    "depends": ("depends on what is assumed", "depend on what is assumed"),
    "no difference": ("makes no difference", "make no difference"),
    "mostly fails": ("mostly fails", "mostly fail"), "fails": ("fails", "fail"),
}  # fmt: skip


def foresight_adds(findings: Findings) -> str:
    """Say how much of the outcomes rests on foresight: their mean distance to those of simpler players."""
    baselines = findings.baselines
    if baselines is None or not baselines.worlds:
        return ""
    myopic, random = (_distance(findings, by) for by in (baselines.myopic, baselines.random))
    if not math.isfinite(myopic):
        return ""
    return (
        f"Without foresight the mean outcomes would differ by {percent(myopic)} of their range on average, with "
        f"random moves by {percent(random)} (over {count(baselines.worlds, 'world')})."
    )


def _distance(findings: Findings, other: Mapping[str, Mapping[str, Band]]) -> float:
    """Return the mean distance of the outcomes to those of a baseline, as a share of their range."""
    assert findings.baselines is not None
    gaps = []
    for strategy, bands in findings.baselines.foresight.items():
        for id_, band in bands.items():
            width = findings.outcomes[id_].high - findings.outcomes[id_].low
            gap = abs(band.mean - other[strategy][id_].mean)
            if width > 0 and math.isfinite(gap / width):
                gaps.append(gap / width)
    return sum(gaps) / len(gaps) if gaps else math.nan


def leader(findings: Findings) -> str | None:
    """Return the strategy with the best mean on the first main outcome that says what is better; None without one."""
    for o in ordered_outcomes(findings):
        best = best_means(findings, o)
        if best and findings.outcomes[o].main:
            return next(s for s in findings.strategies if s in best)
    return None


def answer(findings: Findings) -> list[str]:
    """
    Put the findings into two or three sentences.

    Parameters
    ----------
    findings
        What a run found.

    Returns
    -------
    list of str
        On the claims, then on the strategies; shorter where there is less to say.
    """
    sentences = []
    counts = tally(findings.verdicts.values())
    untested = counts.pop("cannot be tested here", 0)
    if counts:
        parts = [f"{n} {_SAID[word][0 if n == 1 else 1]}" for word, n in counts.items()]
        tested = sum(counts.values())
        subject = f"Of the {tested} claims that can be tested" if tested > 1 else "Of the one claim that can be tested"
        sentences.append(f"{subject}, {listed(parts)}.")
    elif untested:
        sentences.append("None of the claims can be tested in this model.")
    main = [o for o in ordered_outcomes(findings) if findings.outcomes[o].main]
    ranked = [o for o in main if best_means(findings, o)]
    if ranked:
        wins = {s: sum(s in best_means(findings, o) for o in ranked) for s in findings.strategies}
        first = ranked[0]
        info = findings.outcomes[first]
        best = leader(findings)
        assert best is not None
        band = findings.outcomes_by[best][first]
        low, high = info.low, info.high
        sentences.append(
            f"On “{info.name}”, “{findings.strategies[best]}” has the best mean: {number(band.mean, low, high)}, "
            f"with nine of ten worlds between {number(band.p05, low, high)} and {number(band.p95, low, high)}."
        )
        if len(ranked) > 1:
            order = sorted((s for s in wins if wins[s]), key=lambda s: -wins[s])
            most = order if len(order) < 4 else [s for s in order if wins[s] > 1][:3] or order[:1]
            leads = [f"“{findings.strategies[s]}” leads on {wins[s]}" for s in most]
            leads += [f"{len(order) - len(most)} others on one or more"] if len(most) < len(order) else []
            whom = {findings.outcomes[o].for_whom for o in ranked}
            sides = ", not always for the same side" if len(whom) > 1 else ""
            sentences.append(f"Of the {len(ranked)} main outcomes that say what is better{sides}, {listed(leads)}.")
    return sentences


def origin_rows(origins: Origins) -> list[tuple[str, int, float | None, str]]:
    """Return what the numbers rest on: word, count, share of all, and what the word means."""
    rows = [
        ("quoted", origins.quoted, "taken from a sentence of a source"),
        ("literature", origins.literature, "taken from published work"),
        ("guess", origins.guess, "somebody's guess, mostly as a range"),
        ("default", origins.default, "no origin stated"),
    ]
    total = sum(n for _, n, _ in rows)
    return [(word, n, n / total if total else None, means) for word, n, means in rows]


def level_words(findings: Findings, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Group (``player.option``, level) by player: the player's name, and its options in words."""
    grouped: dict[str, list[str]] = {}
    for key, level in pairs:
        player = key.split(".")[0]
        who = findings.names.get(player, player)
        option = findings.names.get(key, key.split(".", 1)[-1]).removeprefix(f"{who}: ")
        grouped.setdefault(who, []).append(f"{option}: {level}")
    return [(who, "; ".join(options)) for who, options in grouped.items()]


def event_words(findings: Findings, event: StoryEvent) -> tuple[str, str, bool]:
    """Return who or what, the event, and whether a player moved (or else a condition drifted)."""
    who = findings.names.get(event.actor, event.actor)
    moved = any("." in change.key for change in event.changes)
    said = []
    for change in event.changes:
        name = findings.names.get(change.key, change.key).removeprefix(f"{who}: ")
        said.append(f"{name}: {change.before} → {change.after}" if moved else f"{change.before} → {change.after}")
    return who, ", ".join(said), moved


def story_end(findings: Findings, story: Story) -> list[str]:
    """Return the state at the end of a story as a list: ``name: level``."""
    return [f"{findings.names.get(key, key)}: {level}" for key, level in story.final.items()]


def sentence_case(name: str) -> str:
    """Start a name with a capital."""
    return name[:1].upper() + name[1:]
