"""The sentences behind a case, document by document, and what became of each."""

from __future__ import annotations

from collections.abc import Collection

from offramp.findings.sentences.carriers import carriers_of
from offramp.findings.sentences.values import Carrier, Fate, Sentence, Sentences
from offramp.model import Case, Claim, Mechanism
from offramp.model.natural_order import natural_order

__all__ = ["fate_of", "fates_of"]


def fates_of(case: Case, judged: Collection[str]) -> Sentences:
    """Return every mechanism and claim with what became of it.

    Parameters
    ----------
    judged
        The claims that this run could judge; a claim with a test that is not among them was about strategies left out.

    Returns
    -------
    Sentences
        Mechanisms that counter others stand apart, wherever they are from; so does what no document says.
    """
    carriers = carriers_of(case)
    told = [_mechanism(m, carriers.get(m.id, ())) for m in case.mechanisms.values()]
    told += [_claim(claim, judged) for claim in case.claims.values()]
    apart = [s for s in told if s.counters]
    rest = [s for s in told if not s.counters]
    documents = {id_: _ordered([s for s in rest if s.source == id_]) for id_ in case.sources}
    return Sentences(
        {id_: sentences for id_, sentences in documents.items() if sentences},
        _ordered(apart),
        _ordered([s for s in rest if s.source is None]),
    )


def _mechanism(m: Mechanism, carriers: tuple[Carrier, ...]) -> Sentence:
    fate: Fate = "in the model" if m.left_out is None else "left out"
    o = m.origin
    return Sentence(m.id, "mechanism", m.says, o.quote, o.source, o.passage, fate, carriers, m.left_out,
                    counters=m.counters, why=o.why)  # fmt: skip


def fate_of(claim: Claim, judged: Collection[str]) -> Fate:
    """Return what became of a claim, where some claims could be judged."""
    if claim.factual:
        return "assumption"
    if claim.untestable is not None:
        return "untestable"
    if claim.elsewhere is not None:
        return "elsewhere"
    return "tested" if claim.id in judged else "not run"


def _claim(claim: Claim, judged: Collection[str]) -> Sentence:
    fate, o = fate_of(claim, judged), claim.origin
    return Sentence(claim.id, "claim", claim.says, o.quote, o.source, o.passage, fate, reason=claim.untestable,
                    tested_in=claim.elsewhere, mechanism=claim.mechanism, why=o.why)  # fmt: skip


def _ordered(sentences: list[Sentence]) -> tuple[Sentence, ...]:
    """Sort by passage, those without one last, then by id."""
    return tuple(
        sorted(sentences, key=lambda s: (s.passage is None, natural_order(s.passage or ""), natural_order(s.id)))
    )
