"""One claim on a terminal: its verdict with and without each sentence that it names."""

from __future__ import annotations

from offramp.charts import percent
from offramp.findings.common.labels import shortened
from offramp.findings.sentences.trace_values import ClaimFound
from offramp.model import BY_SEARCH
from offramp.report.argument_words import fate_name
from offramp.report.trace_page import Page
from offramp.report.trace_words import carrier_text, is_sure, sentence_of, verdict_text
from offramp.report.words import count

__all__ = ["print_claim"]


def print_claim(page: Page) -> None:
    """Print the verdict on a claim, or what became of one without a test."""
    trace, claim = page.trace, page.trace.claim
    assert claim is not None
    page.say(f"{claim.claim}  {claim.verdict or fate_name(claim.fate, claim.tested_in)}", "bold")
    page.quoted(claim.says, claim.quote, claim.source, claim.passage)
    if claim.test is None:
        page.say(_untested(claim))
        return
    page.say(f"Test: {claim.test}", "dim", hang=6)
    band = f" ({percent(claim.low)} to {percent(claim.high)})" if claim.low != claim.high else ""
    page.say(f"It holds in {percent(claim.share)} of the stated worlds{band}, over {count(claim.worlds, 'world')}.")
    page.heading("With and without the sentences it names" if trace.weights else "It names no sentence")
    for weight in trace.weights:
        page.say(f"{weight.mechanism}  {shortened(sentence_of(weight), 84)}", hang=len(weight.mechanism) + 2)
        for verdict in weight.verdicts:
            page.say(verdict_text(verdict, named=False), "bold" if is_sure(verdict) else "", indent=4)
        for carrier in weight.carriers:
            page.say(carrier_text(carrier, None if page.whole else 90), "dim", indent=4, hang=2)
    for weight in trace.left_out:
        page.say(f"{weight.mechanism}  left out: {weight.left_out}", "dim", hang=4)


def _untested(claim: ClaimFound) -> str:
    """Say why a claim has no test here."""
    match claim.fate:
        case "assumption":
            return "The case states it as a fact and does not test it."
        case "elsewhere" if claim.tested_in == BY_SEARCH:
            return f"For its verdict: {BY_SEARCH} CASE TARGET, which searches for what reaches a target."
        case "elsewhere":
            return f"For its verdict: offramp trace {claim.tested_in} {claim.claim}"
        case _:
            return f"It has no test here: {claim.reason}."
