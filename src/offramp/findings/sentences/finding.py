"""Finding a sentence of a case: by its id, by an outcome, or by words of it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from offramp.errors import UsageError
from offramp.findings.common.labels import shortened
from offramp.findings.sentences.carriers import carriers_of, sentences_of
from offramp.findings.sentences.trace_values import Match, TraceKind
from offramp.model import Case, elements_of

__all__ = ["find"]

_FIELDS = ("quote", "sentence", "name", "reason", "element")
"""Where words may be found, the best place first."""
_ID = 4
"""What is no longer than this is taken for a mistyped id sooner than for words."""


@dataclass(frozen=True, slots=True)
class _Text:
    kind: TraceKind
    id: str
    field: str
    text: str


def find(case: Case, asked: str) -> tuple[Match, ...]:
    """Return what fits an id or words, the best first.

    An id of a mechanism, claim, tension or outcome fits by itself. Words are looked for in quotes, sentences, names,
    reasons and elements, in this order, without regard to case, accents and punctuation; a phrase as it stands comes
    before the same words scattered.

    Raises
    ------
    UsageError
        If nothing fits, with the nearest.
    """
    for same in (str, str.lower):
        for kind, id_, text in _ids(case):
            if same(id_) == same(asked.strip()):
                return (Match(kind, id_, text, "id"),)
    wanted = _plain(asked)
    best: dict[tuple[str, str], tuple[tuple[int, int], _Text]] = {}
    for place in _texts(case) if wanted else ():
        quality = _quality(wanted, _plain(place.text))
        if quality is None:
            continue
        score = quality, _FIELDS.index(place.field)
        key = place.kind, place.id
        if key not in best or score < best[key][0]:
            best[key] = score, place
    if not best:
        raise _nothing(case, asked)
    ordered = sorted(best.values(), key=lambda item: item[0])
    return tuple(Match(place.kind, place.id, place.text, place.field) for _, place in ordered)


def _ids(case: Case) -> Iterator[tuple[TraceKind, str, str]]:
    for mechanism in sentences_of(case).values():
        yield "mechanism", mechanism.id, mechanism.says
    for claim in case.claims.values():
        yield "claim", claim.id, claim.says
    for tension in case.tensions.values():
        yield "tension", tension.id, tension.says
    for outcome in case.outcomes.values():
        yield "outcome", outcome.id, outcome.name


def _texts(case: Case) -> Iterator[_Text]:
    """Give every text that words may be found in; mechanisms come before claims, tensions and outcomes."""
    carriers = carriers_of(case)
    for mechanism in sentences_of(case).values():
        yield from _based("mechanism", mechanism.id, mechanism.says, mechanism.origin.quote, mechanism.origin.why)
        for carrier in carriers.get(mechanism.id, ()):
            yield _Text("mechanism", mechanism.id, "element", carrier.words + carrier.detail)
    for element in elements_of(case):
        name = getattr(element.part, "name", None)
        for id_ in element.mechanism:
            for field, text in (("quote", element.origin.quote), ("reason", element.origin.why), ("name", name)):
                if text:
                    yield _Text("mechanism", id_, field, text)
    for claim in case.claims.values():
        yield from _based("claim", claim.id, claim.says, claim.origin.quote, claim.origin.why)
    for tension in case.tensions.values():
        yield _Text("tension", tension.id, "sentence", tension.says)
    for outcome in case.outcomes.values():
        yield _Text("outcome", outcome.id, "name", outcome.name)


def _based(kind: TraceKind, id_: str, says: str, quote: str | None, why: str | None) -> Iterator[_Text]:
    for field, text in (("quote", quote), ("sentence", says), ("reason", why)):
        if text:
            yield _Text(kind, id_, field, text)


def _plain(text: str) -> str:
    """Return lower-case words between single blanks: no accents, no punctuation, hyphens as blanks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    bare = re.sub(r"(?<=\w)['’‘`](?=\w)", "", bare)
    return " ".join(re.findall(r"[^\W_]+", bare))


def _quality(wanted: str, text: str) -> int | None:
    """Return how well words fit a text: 0 as a phrase, 1 as the beginning of one, 2 scattered; None not at all."""
    if f" {wanted} " in f" {text} ":
        return 0
    if f" {wanted}" in f" {text}":
        return 1
    words = text.split()
    return 2 if all(any(word.startswith(part) for word in words) for part in wanted.split()) else None


def _nothing(case: Case, asked: str) -> UsageError:
    near = _nearest(case, asked)
    kinds = ("mechanism", "claim", "tension", "outcome")
    ids = {kind: [id_ for k, id_, _ in _ids(case) if k == kind] for kind in kinds}
    known = [
        f"{'an' if kind == 'outcome' else 'a'} {kind} ({held[0]}{' to ' + held[-1] if len(held) > 1 else ''})"
        for kind, held in ids.items()
        if held
    ]
    can = f"ask for {', '.join(known)}, or for words of a sentence"
    shown = shortened(" ".join(asked.split()), 60)
    return UsageError(
        f"no sentence of {case.name} fits “{shown}”", code="no-sentence", hint=f"{near}; {can}" if near else can
    )


def _nearest(case: Case, asked: str) -> str:
    ids = [id_ for _, id_, _ in _ids(case)]
    lower = {id_.lower(): id_ for id_ in reversed(ids)}
    cutoff = 0.5 if len(asked.strip()) <= _ID else 0.7
    if found := difflib.get_close_matches(asked.strip().lower(), list(lower), n=1, cutoff=cutoff):
        return f"did you mean {lower[found[0]]}"
    wanted = set(_plain(asked).split())
    shared: dict[tuple[str, str], tuple[int, int, str]] = {}
    for n, place in enumerate(_texts(case)):
        words = _plain(place.text).split()
        fits = sum(bool(difflib.get_close_matches(word, words, n=1, cutoff=0.8)) for word in wanted)
        if fits and (-fits, n) < shared.get((place.kind, place.id), (0, 0, ""))[:2]:
            shared[place.kind, place.id] = (-fits, n, place.text)
    if not shared:
        return ""
    ranked = sorted((fits, n, id_, text) for (_, id_), (fits, n, text) in shared.items())
    return "the nearest is " + ", ".join(f"{id_} (“{shortened(text, 60)}”)" for _, _, id_, text in ranked[:2])
