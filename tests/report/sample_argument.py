"""What became of the sentences, for the sample: two essays, a counter from the literature, two tensions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from offramp.findings.choice.values import Advice, Best
from offramp.findings.claims.values import Verdict
from offramp.findings.outcomes.values import Band
from offramp.findings.results import Findings
from offramp.findings.sensitivity.values import GuessShare, GuessShares, KindShare
from offramp.findings.sentences.values import Carrier, Fate, Sentence, Sentences, Side, TensionFindings, Under
from offramp.findings.sentences.weight_values import OutcomeEffect, Weight

MECHANISMS: list[tuple[str, str, str, str | None, str | None, list[tuple[str, str, str | None]] | str]] = [
    # id, says, quote, source, passage, elements or the reason why not
    ("D2", "What is missing is the other side's will.", "the will to talk in earnest", "singh-2009", "p2",
     [("want", "want “open confrontation” of Hard-liners", "not iran.talks == earnest")]),
    ("D12", "Added pressure is the one road left.", "to add to that pressure", "singh-2009", "p11",
     [("rate", "rate at which “Insecurity of the regime” rises", "us.sanctions"),
      ("unknown", "number “toll”, in want `iran.talks` of Hard-liners", None)]),
    ("D14", "Outside direction taints the dissidents.", "not aspire to direct them", "singh-2009", "p9",
     "the case has no dissidents who move"),
    ("D39", "Talks lend recognition.", "talks are recognition", "khalaji-2006", "p4",
     [("setting", "setting “table”: two or many", None),
      ("want", "want “recognition” of Hard-liners", "iran.talks == stall")]),
    ("D44", "Hard-liners feed on confrontation.", "they thrive on confrontation", "khalaji-2006", None,
     [("influence", "influence of Hard-liners", None)]),
]  # fmt: skip


def _mechanism(id_: str, says: str, quote: str | None, source: str | None, passage: str | None,
               became: list[tuple[str, str, str | None]] | str) -> Sentence:  # fmt: skip
    if isinstance(became, str):
        return Sentence(id_, "mechanism", says, quote, source, passage, "left out", reason=became)
    carriers = tuple(
        Carrier(kind, words, formula=formula, paths=(f"path.{n}",))  # type: ignore[arg-type]
        for n, (kind, words, formula) in enumerate(became)
    )
    return Sentence(id_, "mechanism", says, quote, source, passage, "in the model", carriers)


def _claim(verdict: Verdict, n: int) -> Sentence:
    fate: Fate = "untestable" if math.isnan(verdict.share) else "tested"
    return Sentence(verdict.claim, "claim", verdict.says, verdict.quote, verdict.source, f"p{n + 3}", fate,
                      reason=verdict.note or None)  # fmt: skip


def sample_sentences(verdicts: Iterable[Verdict]) -> Sentences:
    mechanisms = [_mechanism(*spec) for spec in MECHANISMS]
    claims = [_claim(verdict, n) for n, verdict in enumerate(verdicts)]
    claims += [
        Sentence("program-old", "claim", "The nuclear programme predates the revolution.",
                   "the programme was begun under the Shah", "khalaji-2006", "p1", "assumption"),
        Sentence("earlier", "claim", "Years ago it would have been easier.", "years ago", "khalaji-2006", "p2",
                   "elsewhere", tested_in="iran-2006"),
    ]  # fmt: skip
    everything = [*mechanisms, *claims]
    counter = Sentence("L7", "mechanism", "Visible concessions are harder to make.", None, "pauly-2024", None,
                         "in the model", (Carrier("want", "want “face” of Hard-liners", formula="iran.talks"),),
                         counters=("D12",))  # fmt: skip
    own = Sentence("own", "claim", "A claim of nobody.", None, None, None, "not run")
    documents = {
        source: tuple(s for s in everything if s.source == source) for source in ("khalaji-2006", "singh-2009")
    }
    return Sentences(documents, (counter,), (own,))


def _under(band: Band, *best: str) -> Under:
    return Under(band.mean, band.p05, band.p95, best)


def sample_tensions(
    everywhere: dict[str, Band], khalaji: dict[str, Band], singh: dict[str, Band]
) -> dict[str, TensionFindings]:
    sides = (
        Side("D12", "mechanism", "Added pressure is the one road left.", "to add to that pressure", "singh-2009"),
        Side("D39", "mechanism", "Talks lend recognition.", "talks are recognition", "khalaji-2006"),
        Side("program-old", "claim", "The nuclear programme predates the revolution.", None, "khalaji-2006"),
    )
    one = "earnest-talks"
    return {
        "X1": TensionFindings(
            "Opening is a threat to the regime, or recognition that helps it last.",
            sides,
            {one: _under(everywhere[one], "offer-and-guarantee"), "crackdown": _under(everywhere["crackdown"])},
            {
                "khalaji": {one: _under(khalaji[one], "offer-and-guarantee", "quiet-channel")},
                "singh": {one: _under(singh[one], "quiet-channel"), "crackdown": _under(singh["crackdown"])},
            },
            ("offer-alone", "pressure-brings-talks", "program-old", "nowhere"),
        ),
        "X7": TensionFindings("One constant, pursued intermittently.", sides[:1], {}, {}, ()),
    }


def _best(strategy: str, gain: float, *rivals: str) -> Best:
    from .sample import STRATEGIES

    shares = {s: 0.6 if s == strategy else 0.4 / (len(STRATEGIES) - 1) for s in STRATEGIES}
    return Best(strategy, 0.61, "tit-for-tat", gain, gain - 0.03, gain + 0.03, rivals, shares, 256)


def sample_advice() -> dict[str, Advice]:
    return {
        "earnest-talks": Advice(
            _best("offer-and-guarantee", 0.04),
            {"khalaji": _best("offer-and-guarantee", 0.09), "singh": _best("quiet-channel", 0.06)},
            True,
        ),
        "strike": Advice(
            _best("offer-and-guarantee", 0.02, "quiet-channel"),
            {"khalaji": _best("offer-and-guarantee", 0.01, "quiet-channel"), "singh": _best("tit-for-tat", 0.05)},
            False,
        ),
        "first-deal": Advice(
            _best("quiet-channel", 1.1),
            {"khalaji": _best("quiet-channel", 1.2), "singh": _best("quiet-channel", 2)},
            False,
        ),
    }


def sample_guesses() -> GuessShares:
    nan = math.nan
    return GuessShares(
        "pressure-first",
        {"quoted": 3, "literature": 2, "guess": 41},
        {
            "earnest-talks": GuessShare(0.96, 0.90, 1.0, {"literature": KindShare(0.04, 0.0, 0.1)}, 510),
            "suspension": GuessShare(0.81, 0.74, 0.88, {"quoted": KindShare(0.17, 0.1, 0.24)}, 510),
            "strike": GuessShare(nan, nan, nan, {}, 510, "It does not vary over these worlds."),
        },
    )


def sample_weights() -> tuple[Weight, ...]:
    """One that moves an outcome one way, one that moves it both ways, and two that carry nothing."""

    def weight(id_: str, size: float, outcome: str, effect: float, note: str = "", *same: str) -> Weight:
        says, quote, source, passage = next(
            (spec[1:5] for spec in MECHANISMS if spec[0] == id_), ("So.",) + (None,) * 3
        )
        half, gap = 0.4 * size, 0.6 * abs(effect)
        width = 36.0 if outcome == "first-deal" else 1.0
        largest = OutcomeEffect("pressure-first", outcome, 0.5 + effect, 0.5, effect, effect - gap, effect + gap, width,
                                size, size - half, size + half, 1.0, 0.0, 8)  # fmt: skip
        return Weight(id_, says, None, quote, source, passage, "quoted", (), size, size - half, size + half, largest,
                      (largest,), (), 8, 0, same, None, note)  # fmt: skip

    return (
        weight("D39", 0.24, "earnest-talks", -0.17, "", "D40"),
        weight("D12", 0.11, "first-deal", 0.9),
        weight("L7", 0.006, "strike", 0.006),
        weight("D2", 0.0, "earnest-talks", 0.0, "it never comes into play under this strategy"),
    )


def hostile_argument(base: Findings, h: str) -> dict[str, Any]:
    """Every text of the argument is an attempt to break out of the page."""

    def sentence(s: Sentence) -> Sentence:
        carriers = tuple(replace(c, words=h, detail=h, formula=h, owners=(h,), paths=(h,)) for c in s.carriers)
        return replace(s, id=s.id + h, says=h, quote=h, source=h, passage=h, carriers=carriers, reason=h, why=h,
                       tested_in=h, counters=tuple(c + h for c in s.counters))  # fmt: skip

    def best(b: Best) -> Best:
        return replace(b, strategy=b.strategy + h, next=b.next + h, rivals=tuple(s + h for s in b.rivals),
                       shares={s + h: x for s, x in b.shares.items()})  # fmt: skip

    def under(u: Under) -> Under:
        return replace(u, best=tuple(s + h for s in u.best))

    told = base.sentences
    assert base.guesses is not None
    return {
        "sentences": Sentences(
            {key + h: tuple(map(sentence, group)) for key, group in told.documents.items()},
            tuple(map(sentence, told.counters)),
            tuple(map(sentence, told.others)),
        ),
        "weights": tuple(
            replace(
                w,
                mechanism=w.mechanism + h,
                says=h,
                quote=w.quote and h,
                source=h,
                passage=h,
                largest=w.largest and replace(w.largest, outcome=w.largest.outcome + h),
                same_as=(h,),
                note=h,
            )
            for w in base.weights
        ),
        "left_out": {key + h: h for key in base.left_out},
        "elsewhere": {key + h: h for key in base.elsewhere},
        "tensions": {
            key + h: replace(
                t,
                says=h,
                between=tuple(replace(s, id=s.id + h, says=h, quote=h, source=h) for s in t.between),
                outcomes={o + h: under(u) for o, u in t.outcomes.items()},
                views={v + h: {o + h: under(u) for o, u in row.items()} for v, row in t.views.items()},
                claims=tuple(c + h for c in t.claims),
            )
            for key, t in base.tensions.items()
        },
        "advice": {
            o + h: Advice(best(t.all), {v + h: best(b) for v, b in t.views.items()}, t.differs)
            for o, t in base.advice.items()
        },
        "guesses": replace(
            base.guesses,
            strategy=h,
            outcomes={o + h: replace(g, note=h) for o, g in base.guesses.outcomes.items()},
        ),
    }
