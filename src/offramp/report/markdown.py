"""Findings as Markdown, for a repository or a message."""

from __future__ import annotations

import html
import re

from offramp.charts import number, percent
from offramp.charts.bands import best_means
from offramp.charts.numbers import span
from offramp.findings.results import Findings
from offramp.findings.sentences.values import Sentence
from offramp.report.argument_words import (
    advice_lines,
    fate_label,
    fate_words,
    guess_lines,
    short_source,
    tension_line,
    verdicts_by_document,
    view_names,
)
from offramp.report.driver_words import driver_how, driver_lines, matters_command
from offramp.report.flip_words import claim_lines, contest_lines, how_words, unclear_lines, worth_telling
from offramp.report.lens_words import (
    FEARS,
    configuration_words,
    how,
    missing,
    nearly_lines,
    reason,
    stability_command,
    summary,
    unlike,
)
from offramp.report.robust_words import beaten_words, robust_lines, tally_words
from offramp.report.trust import trust
from offramp.report.weight_words import (
    HOW,
    NOTHING,
    carrying,
    effect_words,
    idle,
    outcome_name,
    trace_command,
    worlds_words,
)
from offramp.report.words import (
    answer,
    flips,
    ordered_outcomes,
    origin_rows,
    share_words,
    source_of,
    verdict_label,
)

__all__ = ["render_markdown"]


def _safe(text: str) -> str:
    """Keep a text of the case from being read as Markdown or HTML."""
    clean = "".join(c if ord(c) >= 32 and not 0x7F <= ord(c) <= 0x9F else " " for c in text)
    return re.sub(r"([\\`*_{}\[\]()#+!|~$])", r"\\\1", html.escape(clean, quote=False))


def render_markdown(findings: Findings) -> str:
    """
    Write the headline, the outcomes, the verdicts and what they rest on.

    Parameters
    ----------
    findings
        What a run found.

    Returns
    -------
    str
        Markdown with pipe tables.
    """
    f = findings
    lines = [f"# {_safe(f.title)}", ""]
    if f.about:
        lines += [_safe(f.about), ""]
    lines += [_safe(" ".join(answer(f))), ""]
    lines += [f"> {_safe(note.text)}" for note in trust(f) if note.level == "warn"] + [""]
    if f.outcomes and f.strategies:
        keys = ordered_outcomes(f)
        lines += ["## Strategies and outcomes", "", f"Mean and 5–95 % band over {f.done} worlds; bold is best.", ""]
        lines += ["| | " + " | ".join(_safe(f.outcomes[o].name) for o in keys) + " |", "|---" * (len(keys) + 1) + "|"]
        for strategy, name in f.strategies.items():
            cells = []
            for o in keys:
                info, band = f.outcomes[o], f.outcomes_by.get(strategy, {}).get(o)
                if band is None:
                    cells.append("–")
                    continue
                mean = number(band.mean, info.low, info.high)
                shown = f"**{mean}**" if strategy in best_means(f, o) else mean
                cells.append(f"{shown} ({span(band.p05, band.p95, info.low, info.high)})")
            lines.append(f"| {_safe(name)} | " + " | ".join(cells) + " |")
        lines.append("")
    lines += _drivers(f)
    lines += _robust(f)
    lines += _flips(f)
    lines += _holds(f)
    if f.verdicts:
        lines += _verdicts(f)
    if f.assumptions:
        lines += ["## Taken for granted", "", *(f"- {_safe(a.says)}" for a in f.assumptions), ""]
    lines += _argument(f)
    lines += ["## What it rests on", ""]
    lines += [f"- {percent(share)} {word} ({n}): {means}" for word, n, share, means in origin_rows(f.origins) if n]
    lines += [f"- {_safe(line)}" for line in guess_lines(f)]
    lines += ["", "## When not to trust it", "", *(f"- {_safe(note.text)}" for note in trust(f)), ""]
    lines.append(f"offramp {_safe(f.version)}, seed {f.seed}, case {_safe(f.digest[:16])}")
    return "\n".join(lines) + "\n"


def _drivers(f: Findings) -> list[str]:
    """Write which unknowns each main outcome hangs on."""
    told = driver_lines(f, f.drivers) if f.drivers is not None else []
    if f.drivers is None or not told:
        return []
    lines = ["## What drives the outcomes", "", _safe(driver_how(f, f.drivers)), "", *(f"- {_safe(t)}" for t in told)]
    return [*lines, "", f"`{_safe(matters_command(f))}` tells it by player, origin and mechanism.", ""]


def _robust(f: Findings) -> list[str]:
    """Write which strategy is safe, outcome by outcome."""
    if f.robust is None:
        return []
    said = [*robust_lines(f, f.robust), beaten_words(f, f.robust)]
    lines = ["## Which strategy is safe", "", _safe(" ".join(filter(None, said))), ""]
    lines += ["| Outcome | Preferred by most metrics |", "|---|---|"]
    for o, judged in f.robust.outcomes.items():
        lines.append(f"| {_safe(f.outcomes[o].name)} | {_safe(tally_words(f, judged))} |")
    return [*lines, ""]


def _flips(f: Findings) -> list[str]:
    """Write where claims flip, and where strategies do worse than others."""
    if f.flips is None:
        return []
    known = ((claim, where) for claim, where in f.flips.claims.items() if where is not None)
    told = [f"{claim}: {line}" for claim, where in known for line in claim_lines(where)]
    told += [line for contest in worth_telling(f, f.flips.contests) for line in contest_lines(f, contest)]
    told = [*(told or ["No region stands out."]), *(unclear_lines(f.flips) if told else [])]
    return ["## Where it flips", "", _safe(how_words(f.flips)), "", *(f"- {_safe(line)}" for line in told), ""]


def _holds(f: Findings) -> list[str]:
    """Write what holds, and where play goes instead."""
    heading, lenses = ["## What holds", ""], f.lenses
    if lenses is None:
        return [*heading, _safe(missing(f)), ""] if missing(f) else []
    lines = [*heading, *(_safe(" ".join(told)) + "\n" for told in (how(f, lenses), summary(f, lenses)))]
    if lenses.standings:
        lines += [f"| number | unlike the start | {' | '.join(FEARS)} | play | |", "|---" * (len(FEARS) + 4) + "|"]
    for s in lenses.standings:
        held = [f"{percent(s.shares.get(concept))}{'*' if concept in s.best_guess else ''}" for concept in FEARS]
        like = configuration_words(f, unlike(s.label, lenses.start))
        cells = (str(s.number), like, *held, percent(s.compared.play), reason(f, lenses, s))
        lines.append("| " + " | ".join(map(_safe, cells)) + " |")
    fears = "; ".join(f"{concept}: {words}" for concept, words in FEARS.items())
    lines += ["", _safe(f"By what players fear: {fears}. With a * it holds in the best guess too."), ""]
    lines += [*(f"- {_safe(line)}" for line in nearly_lines(f, lenses)), ""]
    return [*lines, f"`{_safe(stability_command(f, lenses))}` says why a configuration holds or not.", ""]


def _verdicts(f: Findings) -> list[str]:
    lines = ["## Verdicts", ""]
    groups = verdicts_by_document(f)
    for source, verdicts in groups:
        if len(groups) > 1:
            lines += [f"### {_safe(short_source(f, source))}", ""]
        for v in verdicts:
            built = " (by construction)" if v.by_construction else ""
            named = f" — {_safe(source_of(f, v.source))}" if v.source and len(groups) == 1 else ""
            quote = f" “{_safe(v.quote)}”" if v.quote else ""
            lines.append(f"- **{_safe(verdict_label(v))}**{built}:{quote} {_safe(v.says)}{named}  ")
            lines.append(f"  {share_words(v).capitalize()}. {_safe(flips(v))}".rstrip())
        lines.append("")
    return lines


def _argument(f: Findings) -> list[str]:
    """Write the sentences by document, what was left out, and where the authors disagree."""
    lines: list[str] = []
    for source, sentences in f.sentences.documents.items():
        lines += [
            f"## Sentence by sentence: {_safe(source_of(f, source))}",
            "",
            *(_sentence(f, s) for s in sentences),
            "",
        ]
    if f.sentences.counters:
        lines += ["## Given room against the essays", "", *(_sentence(f, s) for s in f.sentences.counters), ""]
    lines += _weights(f)
    views = " / ".join(view_names(f).values())
    told = [f"By view: {_safe(views)}.", ""] if f.tensions and views else []
    told += [f"- {_safe(id_)}: {_safe(tension_line(f, id_))}" for id_ in f.tensions]
    told += [f"- {_safe(line)}" for line in advice_lines(f)]
    if told:
        lines += ["## Where the authors disagree", "", *told, ""]
    return lines


def _weights(f: Findings) -> list[str]:
    """Write what each sentence moves, the heaviest first, then those that carry nothing."""
    if not f.weights:
        return []
    focal = f.strategies.get(f.focal, f.focal)
    lines = ["## What the sentences carry", ""]
    lines += [_safe(f"{HOW} Here over {worlds_words(f.weights)}, under “{focal}”."), ""]
    heavy, rest = carrying(f), idle(f)
    if heavy:
        lines += ["| sentence | weight | moves most | by (95 % interval) | worlds |", "|---|---|---|---|---|"]
    for w in heavy:
        effect, interval = effect_words(f, w)
        said = f"{w.mechanism} “{w.quote}”" if w.quote else f"{w.mechanism} {w.says}"
        by = f"{effect} ({interval})" if interval else effect
        cells = (said, percent(w.weight), outcome_name(f, w), by, str(w.worlds))
        lines.append("| " + " | ".join(map(_safe, cells)) + " |")
    if rest:
        lines += ["", _safe(f"{', '.join(w.mechanism for w in rest)}: switched off, these {NOTHING}.")]
    return [*lines, "", f"`{_safe(trace_command(f))}` tells the whole story of one sentence, over more worlds.", ""]


def _sentence(f: Findings, s: Sentence) -> str:
    place = f"{s.passage} " if s.passage else ""
    quote = f"“{s.quote}” " if s.quote else ""
    more = fate_words(f, s)
    said = f"{place}{quote}{s.id}: {s.says}"
    return f"- {_safe(said)} **{_safe(fate_label(f, s))}**" + (f" {_safe(more)}" if more else "")
