"""Many sentences on a terminal: the heaviest first, and those that carry nothing."""

from __future__ import annotations

from offramp.charts import percent
from offramp.findings.common.labels import shortened
from offramp.findings.sentences.trace_values import Trace
from offramp.findings.sentences.weight_values import Weight
from offramp.report.trace_page import Page
from offramp.report.trace_words import interval, is_sure, sentence_of, signed, verdict_text
from offramp.report.words import listed

__all__ = ["print_ranking"]


def print_ranking(page: Page) -> None:
    """Print the sentences, the heaviest first, then those that carry nothing and those left out."""
    trace = page.trace
    page.say(_title(trace), "bold")
    if trace.says:
        page.say(trace.says)
    under = next(iter(trace.strategies.values()), "")
    page.say(
        f"Each switched off in turn over the same worlds, under “{under}”. Size: how far it moves the outcome it "
        "moves most, as a share of that outcome's range, whichever way (±: now up, now down). Then what it adds on "
        "average, with its 95 % interval, and the worlds used.", "dim",
    )  # fmt: skip
    carrying = [w for w in trace.weights if w.worlds and w.carries]
    nothing = [w for w in trace.weights if w.worlds and not w.carries]
    if len(carrying) > 3:
        heaviest = listed(weight.mechanism for weight in carrying[:3])
        page.say(f"The heaviest are {heaviest}; {len(nothing)} of {len(nothing) + len(carrying)} carry nothing here.")
    page.say("")
    for weight in carrying:
        _ranked(page, weight)
    if not carrying:
        page.say("No sentence carries it." if trace.kind == "outcome" else "None carries anything.")
    if nothing:
        what = "it" if trace.kind == "outcome" else "a main outcome" if trace.kind == "ranking" else "an outcome"
        page.heading(
            f"Carry nothing here ({len(nothing)})",
            f"Under this strategy they move {what} by no more than {trace.margin:g} of its range.",
        )
        for weight in nothing:
            note = f"  [{weight.note}]" if weight.note else ""
            page.say(f"{weight.mechanism:<5} {shortened(sentence_of(weight), 66)}{note}", "dim", hang=6)
    if trace.left_out:
        page.heading(f"Left out of the case ({len(trace.left_out)})")
        for weight in trace.left_out:
            page.say(f"{weight.mechanism:<5} {weight.left_out}", "dim", hang=6)
    for weight in trace.weights:
        if trace.kind == "tension" and weight.verdicts:
            page.heading(f"Verdicts with and without {weight.mechanism}")
            for verdict in weight.verdicts:
                page.say(f"- {verdict_text(verdict)}", hang=2)


def _title(trace: Trace) -> str:
    if trace.kind == "outcome":
        (info,) = trace.outcomes.values()
        return f"What carries “{info.name}”"
    if trace.kind == "tension":
        return f"{trace.id}: the sentences that pull against each other"
    return f"What the sentences of {trace.case} do"


def _ranked(page: Page, weight: Weight) -> None:
    effect = weight.largest
    assert effect is not None
    info = page.trace.outcomes[effect.outcome]
    moves = f"{page.name(effect.outcome, 34)} {signed(info, effect.effect)} ({interval(info, effect)})"
    sign = "±" if effect.mixed else " "
    room = max(20, page.out.width - 27)
    page.say(f"{weight.mechanism:<14} {percent(weight.weight):>5}{sign}  {moves:<{room - 10}} {weight.worlds:>4}",
             "bold", hang=16)  # fmt: skip
    half = max(20, (page.out.width - 10) // 2)
    made = weight.carriers[0].words + weight.carriers[0].detail if weight.carriers else ""
    more = f" (+{len(weight.carriers) - 1})" if len(weight.carriers) > 1 else ""
    became = f"{shortened(made, half - len(more))}{more}"
    page.say(f"{shortened(sentence_of(weight), half)} → {became}", "dim", indent=4, hang=2)
    changed = [v for v in weight.verdicts if is_sure(v)]
    if changed and page.trace.kind == "ranking":
        said = [f"{v.claim} {v.with_it} → {v.without_it}" for v in changed]
        page.say(f"verdicts without it: {'; '.join(said)}", "dim", indent=4, hang=2)
