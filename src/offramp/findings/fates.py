"""The sentences behind a case, document by document, and what became of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from offramp.findings.argument import Carrier, Fate, Sentence, Sentences
from offramp.findings.elements import formula_of, grouped, say
from offramp.findings.labels import names_of
from offramp.model import Case, Claim
from offramp.model.elements import Element, elements_of
from offramp.model.parts import Mechanism

__all__ = ["carriers_of", "fates_of"]

_DIGITS = re.compile(r"(\d+)")


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


def carriers_of(case: Case) -> Mapping[str, tuple[Carrier, ...]]:
    """Return the elements that carry each mechanism; the same want of several factions has the same words."""
    names = names_of(case)
    carrying: dict[str, list[Element]] = {}
    for element in elements_of(case):
        for id_ in element.mechanism:
            carrying.setdefault(id_, []).append(element)
    return {
        id_: tuple(_carrier(e, say(case, group, names).text, names) for group in grouped(elements) for e in group)
        for id_, elements in carrying.items()
    }


def _carrier(e: Element, words: str, names: Mapping[str, str]) -> Carrier:
    owner = None if e.owner is None else names.get(e.owner, e.owner)
    return Carrier(e.kind, ".".join(map(str, e.path)), words, formula_of(e), owner)


def _mechanism(m: Mechanism, carriers: tuple[Carrier, ...]) -> Sentence:
    fate: Fate = "in the model" if m.left_out is None else "left out"
    o = m.origin
    return Sentence(m.id, "mechanism", m.says, o.quote, o.source, o.passage, fate, carriers, m.left_out,
                    counters=m.counters, why=o.why)  # fmt: skip


def _claim(claim: Claim, judged: Collection[str]) -> Sentence:
    fate: Fate = "tested"
    if claim.factual:
        fate = "assumption"
    elif claim.untestable is not None:
        fate = "untestable"
    elif claim.elsewhere is not None:
        fate = "elsewhere"
    elif claim.id not in judged:
        fate = "not run"
    o = claim.origin
    elsewhere = claim.tested_in if fate == "elsewhere" else None
    return Sentence(claim.id, "claim", claim.says, o.quote, o.source, o.passage, fate, reason=claim.untestable,
                    tested_in=elsewhere, mechanism=claim.mechanism, why=o.why)  # fmt: skip


def _ordered(sentences: list[Sentence]) -> tuple[Sentence, ...]:
    """Sort by passage, those without one last, then by id; p2 comes before p10."""
    return tuple(sorted(sentences, key=lambda s: (s.passage is None, _counted(s.passage or ""), _counted(s.id))))


def _counted(text: str) -> list[tuple[bool, int, str]]:
    parts = [part for part in _DIGITS.split(text) if part]
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
