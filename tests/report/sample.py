"""A synthetic but realistic set of findings: six strategies, eight outcomes, fourteen claims, two views."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import replace

from offramp.findings.claims.values import Assumption, Threshold, Verdict, VerdictWord
from offramp.findings.outcomes.course_values import (
    Change,
    MapEdge,
    MapState,
    Paths,
    Series,
    StateMap,
    Story,
    StoryEvent,
)
from offramp.findings.outcomes.values import Band, Baselines, Numerics, OutcomeInfo, ViewFindings
from offramp.findings.results import FailedWorld, Findings
from offramp.findings.sensitivity.values import Origins
from offramp.findings.sentences.values import Sentences

from .sample_argument import (
    hostile_argument,
    sample_advice,
    sample_guesses,
    sample_sentences,
    sample_tensions,
    sample_weights,
)
from .sample_flips import hostile_flips, sample_flips
from .sample_lenses import hostile_lenses, sample_lenses
from .sample_robust import hostile_robust, sample_robust
from .sample_stories import sample_stories

STRATEGIES = {
    "free-play": "No commitment (free play)",
    "pressure-first": "Pressure first, talks later",
    "standing-offer": "Standing offer without conditions",
    "offer-and-guarantee": "Offer with a security guarantee",
    "quiet-channel": "Quiet channel before any public step",
    "tit-for-tat": "Step for step",
}

# id: (name, measure, better, for whom, low, high, main, mean by strategy, spread)
OUTCOMES: dict[str, tuple[str, str, str | None, str | None, float, float, bool, list[float], float]] = {
    "earnest-talks": (
        "Earnest talks",
        "average",
        "high",
        "United States",
        0,
        1,
        True,
        [0.22, 0.31, 0.38, 0.61, 0.57, 0.49],
        0.17,
    ),
    "suspension": (
        "Enrichment suspended at the end",
        "final",
        "high",
        "United States",
        0,
        1,
        True,
        [0.12, 0.35, 0.21, 0.44, 0.47, 0.41],
        0.19,
    ),
    "first-deal": (
        "Time until a first interim deal",
        "first",
        "low",
        None,
        0,
        36,
        True,
        [29.0, 22.4, 24.8, 15.2, 14.1, 17.9],
        6.5,
    ),
    "strike": (
        "A strike on nuclear sites",
        "ever",
        "low",
        None,
        0,
        1,
        True,
        [0.21, 0.27, 0.14, 0.06, 0.08, 0.11],
        0.07,
    ),
    "burden": (
        "Cost of sanctions to partners",
        "total",
        "low",
        "European partners",
        0,
        36,
        True,
        [9.2, 24.1, 8.3, 10.9, 13.2, 16.0],
        4.4,
    ),
    "crackdown": ("Crackdown at home", "average", None, None, 0, 1, True, [0.34, 0.48, 0.31, 0.29, 0.33, 0.35], 0.12),
    "payoff-hardliners": (
        "Payoff of the hard-liners",
        "total",
        "high",
        "Hard-liners",
        -60,
        60,
        False,
        [12.2, -9.1, 10.4, -2.7, -4.9, -1.3],
        11.0,
    ),
    "payoff-us": (
        "Payoff of the United States",
        "total",
        "high",
        "United States",
        -80,
        80,
        False,
        [-18.0, -11.3, -9.2, 14.5, 12.8, 6.1],
        13.0,
    ),
}

NAMES = {
    "us": "United States",
    "iran": "Iran",
    "europe": "European partners",
    "us.offer": "Offer of talks",
    "us.sanctions": "Sanctions",
    "us.force": "Threat of force",
    "iran.talks": "Stance in talks",
    "iran.enrichment": "Enrichment",
    "iran.crackdown": "Crackdown",
    "europe.trade": "Trade restrictions",
    "insecurity": "Insecurity of the regime",
    "progress": "Nuclear progress",
    "iran.hardliners": "Hard-liners",
}

CLAIMS: list[tuple[str, str, str, str | None, float, float, bool]] = [
    # id, says, verdict, source, share, reversed, by construction
    (
        "offer-alone",
        "An unconditional offer of talks does not, by itself, make Iran's leaders want to negotiate.",
        "holds",
        "singh-2009",
        0.962,
        0.011,
        False,
    ),
    (
        "pressure-brings-talks",
        "Pressure applied before the offer makes earnest talks more likely.",
        "depends",
        "singh-2009",
        0.546,
        0.361,
        False,
    ),
    (
        "guarantee-matters",
        "A security guarantee does more for earnest talks than any added pressure.",
        "mostly holds",
        "khalaji-2006",
        0.883,
        0.072,
        False,
    ),
    ("hardliners-gain", "Hard-liners gain from open confrontation.", "holds", "khalaji-2006", 0.978, 0.004, True),
    (
        "stalling",
        "While talks go on without a date, Tehran gains more by stalling than by settling.",
        "mostly holds",
        "singh-2009",
        0.811,
        0.102,
        False,
    ),
    (
        "partners-hold",
        "European partners keep their trade restrictions when the United States talks.",
        "depends",
        "singh-2009",
        0.417,
        0.389,
        False,
    ),
    (
        "strike-shortens",
        "The threat of force shortens the road to an interim deal.",
        "mostly fails",
        "singh-2009",
        0.148,
        0.713,
        False,
    ),
    (
        "quiet-better",
        "A quiet channel brings an interim deal sooner than a public offer.",
        "mostly holds",
        "khalaji-2006",
        0.902,
        0.041,
        False,
    ),
    (
        "crackdown-unmoved",
        "The crackdown at home does not change with the strategy abroad.",
        "no difference",
        "khalaji-2006",
        0.053,
        0.121,
        False,
    ),
    ("pressure-free", "Sanctions cost the partners nothing that they mind.", "fails", "singh-2009", 0.009, 0.985, True),
    ("offramp", "Pressure works only when complying leads to its end.", "holds", "khalaji-2006", 0.957, 0.018, False),
    (
        "leader-decides",
        "In the end the Leader alone decides whether talks are in earnest.",
        "cannot be tested here",
        "khalaji-2006",
        math.nan,
        math.nan,
        False,
    ),
    (
        "prestige",
        "A meeting at the highest level raises Tehran's standing in the region.",
        "depends",
        "khalaji-2006",
        0.635,
        0.214,
        False,
    ),
    (
        "delay-costs",
        "Every year of delay lowers what a deal can still achieve.",
        "holds",
        "singh-2009",
        0.934,
        0.027,
        False,
    ),
]

VIEWS = {"khalaji": "Khalaji 2006", "singh": "Singh 2009"}


def _band(mean: float, spread: float, low: float, high: float, best_mean: float | None) -> Band:
    def clip(x: float) -> float:
        return min(high, max(low, x))

    regret = None if best_mean is None else abs(mean - best_mean) * 1.4 + 0.3 * spread
    return Band(
        best_guess=clip(mean + 0.23 * spread),
        mean=mean,
        p05=clip(mean - 1.5 * spread),
        p95=clip(mean + 1.6 * spread),
        robust_regret=regret,
        mean_regret=None if regret is None else regret * 0.4,
    )


def _bands(shift: float = 0.0, squeeze: float = 1.0) -> dict[str, dict[str, Band]]:
    table: dict[str, dict[str, Band]] = {}
    for index, strategy in enumerate(STRATEGIES):
        row = {}
        for outcome, (_, _, better, _, low, high, _, means, spread) in OUTCOMES.items():
            middle = sum(means) / len(means)
            values = [middle + squeeze * (m - middle) + shift * spread for m in means]
            best = None if better is None else (max(values) if better == "high" else min(values))
            row[outcome] = _band(values[index], spread, low, high, best)
        table[strategy] = row
    return table


def _wilson(share: float, worlds: int) -> tuple[float, float]:
    if math.isnan(share):
        return math.nan, math.nan
    z = 1.96
    middle = (share + z * z / (2 * worlds)) / (1 + z * z / worlds)
    half = z / (1 + z * z / worlds) * math.sqrt(share * (1 - share) / worlds + z * z / (4 * worlds**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _word(share: float) -> VerdictWord:
    for limit, word in ((0.05, "fails"), (0.25, "mostly fails"), (0.75, "depends"), (0.95, "mostly holds")):
        if share < limit:
            return word  # type: ignore[return-value]
    return "holds"


def _verdict(spec: tuple[str, str, str, str | None, float, float, bool], worlds: int = 512) -> Verdict:
    claim, says, word, source, share, against, construction = spec
    low, high = _wilson(share, worlds)
    untested = math.isnan(share)
    threshold = None
    if word == "depends" or claim == "stalling":
        threshold = Threshold(
            unknown="players.europe.wants.0.worth",
            label="partners' trade stake" if claim != "prestige" else "weight of regional standing",
            value=0.62,
            holds_where="below" if claim != "prestige" else "above",
            accuracy=0.874,
            share_above=0.12 if claim != "prestige" else 0.88,
            share_below=0.91 if claim != "prestige" else 0.31,
        )
    verdict = Verdict(
        claim=claim,
        says=says,
        quote="talks without a deadline serve the side that wants time",
        source=source,
        test=None if untested else "earnest-talks[pressure-first] > earnest-talks[standing-offer]",
        verdict=word,  # type: ignore[arg-type]
        share=share,
        low=low,
        high=high,
        reversed=against,
        no_difference=1 - share - against,
        best_guess=None if untested else ("holds" if share > 0.5 else "reversed"),
        margin=0.01,
        by_construction=construction,
        random=None if untested else ("holds" if construction else "no difference"),
        myopic=None if untested else "mostly fails",
        views={},
        threshold=threshold,
        worlds=0 if untested else worlds,
        note="The case has no one Leader: it treats him as part of the hard-liners." if untested else "",
    )
    if untested:
        return verdict
    views = {}
    for view, shift in (("khalaji", -0.22), ("singh", 0.17)):
        shifted = min(0.995, max(0.004, share + shift * (1 - abs(2 * share - 1)) * 1.6))
        a, b = _wilson(shifted, 256)
        views[view] = replace(
            verdict,
            share=shifted,
            low=a,
            high=b,
            verdict=_word(shifted),
            reversed=(1 - shifted) * 0.8,
            no_difference=(1 - shifted) * 0.2,
            threshold=None,
            worlds=256,
        )
    return replace(verdict, views=views)


def _paths() -> dict[str, Paths]:
    times = tuple(0.75 * k for k in range(49))
    out = {}
    for index, strategy in enumerate(STRATEGIES):
        series = {}
        for outcome, (_, _, _, _, low, high, _, means, spread) in OUTCOMES.items():
            target = (means[index] - low) / (high - low)
            best, p05, p95 = [], [], []
            for t in times:
                y = target * (1 - math.exp(-t / (5 + 2 * index))) + 0.04 * math.sin(t / 4 + index)
                if strategy == "pressure-first" and t > 6:
                    y += 0.07 * (1 - math.exp(-(t - 6) / 3))
                width = spread / (high - low) * math.sqrt(t / 36) * 1.3
                best.append(low + (high - low) * min(1.0, max(0.0, y)))
                p05.append(low + (high - low) * min(1.0, max(0.0, y - width)))
                p95.append(low + (high - low) * min(1.0, max(0.0, y + width)))
            series[outcome] = Series(tuple(best), tuple(p05), tuple(p95))
        for k, key in enumerate(
            (
                "us.offer",
                "us.sanctions",
                "us.force",
                "iran.talks",
                "iran.enrichment",
                "iran.crackdown",
                "europe.trade",
                "insecurity",
                "progress",
            )
        ):
            target = 0.5 + 0.42 * math.sin(1.7 * index + 2.1 * k)
            best = [0.5 + (target - 0.5) * (1 - math.exp(-t / (2 + k))) for t in times]
            width = [0.18 * math.sqrt(t / 36) for t in times]
            if key == "us.force":
                best, width = [0.0] * len(times), [0.0] * len(times)
            series[key] = Series(
                tuple(best),
                tuple(max(0.0, b - w) for b, w in zip(best, width, strict=True)),
                tuple(min(1.0, b + w) for b, w in zip(best, width, strict=True)),
            )
        out[strategy] = Paths(times, series, 64)
    return out


def _map(seed: int) -> StateMap:
    rng = random.Random(seed)
    levels = {
        "us.offer": ("none", "conditional", "standing"),
        "us.sanctions": ("light", "heavy"),
        "iran.talks": ("refuse", "stall", "earnest"),
        "iran.enrichment": ("running", "suspended"),
        "iran.crackdown": ("no", "yes"),
        "europe.trade": ("no", "yes"),
    }
    start = {key: names[0] for key, names in levels.items()}
    labels = [start]
    while len(labels) < 10:
        label = dict(rng.choice(labels))
        key = rng.choice(sorted(levels))
        label[key] = rng.choice(levels[key])
        if label not in labels:
            labels.append(label)
    weights = [rng.random() ** 2 + 0.03 for _ in labels]
    states = tuple(MapState(f"s{k}", label, 0.91 * weights[k] / sum(weights), k == 0) for k, label in enumerate(labels))
    edges = []
    for a in states:
        for b in states:
            differ = {key.split(".")[0] for key in start if a.label[key] != b.label[key]}
            if a.id != b.id and len(differ) == 1:
                edges.append(MapEdge(a.id, b.id, differ.pop(), rng.random() ** 3 * 2.5))
    return StateMap(states, tuple(edges), 0.91)


def sample_findings() -> Findings:
    """The full sample."""
    infos = {
        key: OutcomeInfo(name, measure, better, whom, low, high, main)  # type: ignore[arg-type]
        for key, (name, measure, better, whom, low, high, main, _, _) in OUTCOMES.items()
    }
    by_strategy: Mapping[str, Mapping[str, Band]] = _bands()
    verdicts = {spec[0]: _verdict(spec) for spec in CLAIMS}
    focal = "pressure-first"
    return Findings(
        case="iran-2009",
        title="When would Iran's leaders want to negotiate?",
        about="Two essays disagree on whether pressure or assurance brings Tehran to earnest talks over its nuclear "
        "programme. The model sets six American strategies against an Iran of three factions and European "
        "partners who look after their trade.",
        version="0.1.0",
        seed=20090311,
        digest="5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
        worlds=512,
        done=510,
        unit="month",
        horizon=36.0,
        foresight=72.0,
        strategies=dict(STRATEGIES),
        outcomes=infos,
        outcomes_by=by_strategy,
        verdicts=verdicts,
        assumptions=(
            Assumption(
                "program-old",
                "The nuclear programme predates the revolution.",
                "the programme was begun under the Shah",
                "khalaji-2006",
            ),
            Assumption(
                "factions", "Tehran's elite is divided into factions with different stakes.", None, "khalaji-2006"
            ),
            Assumption("asked-before", "The United States has offered talks before.", None, "singh-2009"),
        ),
        baselines=Baselines(64, _bands(squeeze=0.02, shift=-0.6), _bands(squeeze=0.5, shift=-0.4), _bands()),
        views={
            key: ViewFindings(key, name, 256, _bands(shift=shift))
            for (key, name), shift in zip(VIEWS.items(), (-0.5, 0.4), strict=True)
        },
        paths=_paths(),
        maps={s: _map(k + 3) for k, s in enumerate(STRATEGIES)},
        stories=sample_stories(NAMES, STRATEGIES),
        origins=Origins(quoted=41, literature=23, guess=67, default=12, fixed=29),
        sources={
            "khalaji-2006": "Mehdi Khalaji, essay on Iran's leadership and negotiation, 2006",
            "singh-2009": "Michael Singh, essay on engaging Iran, 2009",
            "pauly-2024": "Reid Pauly, a study of coercion, 2024",
        },
        names=dict(NAMES),
        numerics=Numerics(
            tolerance=1e-6,
            states=dict.fromkeys(STRATEGIES, 2592),
            error={s: 2e-7 * (k + 1) for k, s in enumerate(STRATEGIES)},
            amplification={s: 0.6 + 0.9 * k for k, s in enumerate(STRATEGIES)},
            foresight={s: 0.004 + 0.011 * k for k, s in enumerate(STRATEGIES)},
            seconds=41.7,
        ),
        failed=(
            FailedWorld(17, "pressure-first", "policies did not converge at month 31.2", {"lam": 11.9, "cost": 0.93}),
            FailedWorld(403, "tit-for-tat", "policies did not converge at month 12.0", {"lam": 12.2, "cost": 0.12}),
        ),
        focal=focal,
        sentences=sample_sentences(verdicts.values()),
        left_out={"D14": "the case has no dissidents who move"},
        elsewhere={"earlier": "iran-2006"},
        tensions=sample_tensions(_bands()[focal], _bands(shift=-0.5)[focal], _bands(shift=0.4)[focal]),
        advice=sample_advice(),
        guesses=sample_guesses(),
        weights=sample_weights(),
        lenses=sample_lenses(),
        robust=sample_robust(tuple(STRATEGIES), OUTCOMES),
        flips=sample_flips(tuple(STRATEGIES), tuple(OUTCOMES)),
    )


def minimal_findings() -> Findings:
    """One strategy, one outcome without a direction, nothing else."""
    band = Band(0.4, 0.5, math.nan, 0.9, None, None)
    return replace(
        sample_findings(),
        about=None,
        strategies={"only": "only"},
        outcomes={"x": OutcomeInfo("x", "final", None, None, 0.0, 1.0, True)},
        outcomes_by={"only": {"x": band}},
        verdicts={},
        assumptions=(),
        baselines=None,
        views={},
        paths={},
        maps={},
        stories={},
        origins=Origins(0, 0, 0, 0, 0),
        sources={},
        names={},
        failed=(),
        worlds=0,
        done=0,
        numerics=Numerics(1e-6, {"only": 4}, {}, {}, {}, 0.1),
        focal="only",
        sentences=Sentences(),
        left_out={},
        elsewhere={},
        tensions={},
        advice={},
        guesses=None,
        weights=(),
        lenses=None,
        robust=None,
        flips=None,
    )


HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)> ${x} $title \x1b[31m]]> <!--"


def hostile_findings() -> Findings:
    """Every text of the case is an attempt to break out of the page."""
    base = sample_findings()
    h = HOSTILE
    strategies = {key + h: value + h for key, value in base.strategies.items()}
    outcomes = {key + h: replace(info, name=info.name + h, for_whom=h) for key, info in base.outcomes.items()}

    def bands(table: Mapping[str, Mapping[str, Band]]) -> dict[str, dict[str, Band]]:
        return {s + h: {o + h: b for o, b in row.items()} for s, row in table.items()}

    def hostile(v: Verdict) -> Verdict:
        return replace(
            v,
            says=v.says + h,
            quote=h,
            source=h,
            test=h,
            note=h,
            claim=v.claim + h,
            threshold=None if v.threshold is None else replace(v.threshold, label=h, unknown=h),
            views={key + h: replace(w, says=h, note=h) for key, w in v.views.items()},
        )

    assert base.baselines is not None
    assert base.lenses is not None
    assert base.robust is not None
    assert base.flips is not None
    return replace(
        base,
        case=h,
        title=h,
        about=h,
        version=h,
        digest=h,
        unit=h,
        strategies=strategies,
        outcomes=outcomes,
        outcomes_by=bands(base.outcomes_by),
        verdicts={key + h: hostile(v) for key, v in base.verdicts.items()},
        assumptions=(Assumption(h, h, h, h),),
        baselines=replace(
            base.baselines,
            random=bands(base.baselines.random),
            myopic=bands(base.baselines.myopic),
            foresight=bands(base.baselines.foresight),
        ),
        views={key + h: replace(v, view=key + h, name=h, outcomes=bands(v.outcomes)) for key, v in base.views.items()},
        paths={s + h: replace(p, series={k + h: x for k, x in p.series.items()}) for s, p in base.paths.items()},
        maps={
            s + h: replace(
                m,
                states=tuple(
                    replace(x, id=x.id + h, label={k + h: v + h for k, v in x.label.items()}) for x in m.states
                ),
                edges=tuple(replace(e, source=e.source + h, target=e.target + h, player=h) for e in m.edges),
            )
            for s, m in base.maps.items()
        },
        stories={s + h: (Story(1, (StoryEvent(1.0, h, h, (Change(h, h, h),)),), h, {h: h}),) for s in base.strategies},
        sources={h: h},
        names={key + h: h for key in base.names},
        failed=(FailedWorld(1, h, h, {h: 1.0}),),
        focal=base.focal + h,
        lenses=hostile_lenses(base.lenses, h),
        robust=hostile_robust(base.robust, h),
        flips=hostile_flips(base.flips, h),
        **hostile_argument(base, h),
    )
