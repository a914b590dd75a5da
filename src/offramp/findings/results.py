"""What a run found: frozen values, no solver state. Report, terminal and JSON are written from this alone.

Its parts stand in `values.py` of each package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from offramp.findings.choice.values import Advice, Robust
from offramp.findings.claims.values import Assumption, Verdict
from offramp.findings.discovery.values import Flips, Where
from offramp.findings.equilibria.values import Lenses
from offramp.findings.outcomes.course_values import Paths, StateMap, Story
from offramp.findings.outcomes.values import Band, Baselines, Numerics, OutcomeInfo, ViewFindings
from offramp.findings.sensitivity.values import Drivers, GuessShares, Origins
from offramp.findings.sentences.values import Sentences, TensionFindings
from offramp.findings.sentences.weight_values import Weight

__all__ = ["FailedWorld", "Findings"]


@dataclass(frozen=True, slots=True)
class FailedWorld:
    """A world that could not be computed, with its draws."""

    world: int
    strategy: str
    message: str
    draws: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a run found."""

    case: str
    title: str
    about: str | None
    version: str
    seed: int
    digest: str
    worlds: int
    """Worlds asked for, the best guess apart."""
    done: int
    """Worlds computed for every strategy, those that failed not counted."""
    unit: str
    horizon: float
    foresight: float
    strategies: Mapping[str, str]
    """id -> name, in the order of the case"""
    outcomes: Mapping[str, OutcomeInfo]
    outcomes_by: Mapping[str, Mapping[str, Band]]
    """strategy -> outcome -> band"""
    verdicts: Mapping[str, Verdict]
    assumptions: tuple[Assumption, ...]
    baselines: Baselines | None
    views: Mapping[str, ViewFindings]
    paths: Mapping[str, Paths]
    maps: Mapping[str, StateMap]
    stories: Mapping[str, tuple[Story, ...]]
    origins: Origins
    sources: Mapping[str, str]
    """id -> author, title, date in one line"""
    names: Mapping[str, str]
    """readable names of players, factions, player.option and conditions"""
    numerics: Numerics
    failed: tuple[FailedWorld, ...]
    """Also under the variants that claims ask for and under views, which `strategy` then names."""
    interrupted: bool = False
    """The reader stopped the run before its end; what was done until then is here."""
    focal: str = ""
    """The strategy that tensions and guesses are told of: the first committed one."""
    sentences: Sentences = field(default_factory=Sentences)
    left_out: Mapping[str, str] = field(default_factory=dict)
    """mechanism -> why no element carries it"""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """claim -> the case that tests it, or `offramp reach`"""
    tensions: Mapping[str, TensionFindings] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    """By main outcome that says what is better."""
    drivers: Drivers | None = None
    """The unknowns that the main outcomes hang on under the focal strategy; None where nothing varies."""
    guesses: GuessShares | None = None
    """None where nothing varies, or nothing could be computed."""
    weights: tuple[Weight, ...] = ()
    """What switching each mechanism off does under the focal strategy, the heaviest first."""
    lenses: Lenses | None = None
    """What holds, beside where play goes."""
    no_lenses: str = ""
    """Why that could not be told; empty where it was, or where the reader stopped the run before."""
    blind: tuple[str, ...] = ()
    """Players who do not see some configurations: stability minds that, play does not."""
    robust: Robust | None = None
    """Which strategy is safe; None with a single strategy, or where nothing is better."""
    flips: Flips | None = None
    """Where claims flip and strategies fail; None where nothing varies, or there is nothing to look at."""
    failing: Where | None = None
    """Where worlds could not be computed; None where too few failed, or too few did not."""
