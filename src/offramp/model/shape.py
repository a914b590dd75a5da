"""The shape of a case file: which keys stand where, and of what type.

These models say nothing of meaning: names, levels and expressions are checked when the case is built. The JSON
Schema that editors use is generated from them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Tag

from offramp.model.forms import Ends, Expression, Ids, Number, Sentence, Text, Words, one_of

__all__ = [
    "CaseShape",
    "ClaimShape",
    "ConditionShape",
    "FactionShape",
    "LeverLevelShape",
    "LeverShape",
    "MechanismShape",
    "OptionShape",
    "OutcomeShape",
    "PlayerShape",
    "QuantityShape",
    "RateShape",
    "RuleShape",
    "SettingShape",
    "StatementShape",
    "StrategyShape",
    "SwitchingShape",
    "TargetShape",
    "TensionShape",
    "WantShape",
]

OriginWord = Literal["literature", "guess", "default"]


Quantity = Annotated[
    "Number | Words | Ends | Annotated[QuantityShape, Tag('<mapping>')]",
    one_of("a number is wanted here: 0.5, a range [low, high], an expression, or {range: [low, high], why: ...}"),
]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, validate_by_name=False, allow_inf_nan=False)


class _Based(_Shape):
    """What an element rests on."""

    source: str | None = Field(None, description="the id of a source")
    quote: Sentence | None = Field(None, description="verbatim, at most 15 words")
    origin: OriginWord | None = Field(None, description="where no quote carries it")
    passage: str | None = Field(None, description="where the quote stands in its source, as `offramp read` numbers it")
    why: str | None = Field(None, description="in the modeller's own words")
    mechanism: Ids = Field(default_factory=list, description="ids of the mechanisms it belongs to")


class QuantityShape(_Based):
    """A number that is uncertain, or computed, with what it rests on."""

    range: list[float] | None = Field(None, description="[low, high]", min_length=2, max_length=2)
    mode: float | None = Field(None, description="the best guess inside the range; makes it triangular")
    effort: float | None = Field(None, gt=0, description="what it costs to move it through its whole range; default 1")
    choice: list[float] | None = Field(None, description="a few values, each as likely; the first is the best guess")
    is_: Expression | None = Field(None, alias="is", description="an expression over other unknowns")
    off: Quantity | None = Field(None, description="what it is with its mechanism switched off; default 0")


class SourceShape(_Shape):
    """A document: metadata only."""

    title: str
    author: str | None = None
    date: Text | None = None
    kind: str | None = None
    url: str | None = None


class TimeShape(_Shape):
    """The clock."""

    unit: str = "month"
    horizon: float = Field(24.0, gt=0, description="outcomes are read from 0 to here")
    foresight: float | None = Field(None, gt=0, description="how far players look ahead; default twice the horizon")


class SwitchingShape(_Shape):
    """What a change of level costs the player who makes it, per level, in worth times time."""

    raise_: Quantity = Field(0, alias="raise")
    lower: Quantity = 0


Switching = Annotated[
    "Number | Words | Ends | Annotated[SwitchingShape, Tag('<mapping>')]",
    one_of("a switching cost is wanted here: a number, a range, or {raise: 0.1, lower: 0.3}"),
]
Levels = Annotated[list[str], Field(min_length=2, max_length=20)]


class OptionShape(_Shape):
    """Something a player can set."""

    name: str | None = None
    levels: Levels = Field(default_factory=lambda: ["no", "yes"])
    start: str | None = Field(None, description="default: the first level")
    switching: Switching = 0


class WantShape(_Based):
    """One thing that is cared about."""

    id: str | None = None
    that: Expression
    worth: Quantity = Field(description="per unit of time while it holds; for at_end once")
    off: Quantity | None = None


class StatementShape(_Based):
    """One of an ordered list of statements."""

    id: str | None = None
    that: Expression


Statement = Annotated[
    "Words | Annotated[StatementShape, Tag('<mapping>')]",
    one_of("a statement is wanted here: an expression in double quotes, or {that: expression}"),
]


class _Caring(_Shape):
    wants: list[WantShape] | None = None
    prefers: list[Statement] | None = Field(None, description="statements, most important first, in place of wants")
    at_end: list[WantShape] = Field(default_factory=list, description="paid once, at the foresight date")


class FactionShape(_Based, _Caring):
    """A part of a player."""

    name: str | None = None
    influence: Quantity = Field(description="a share of 1, or `rest`")
    consent: bool = Field(False, description="a move of the player needs this faction's consent")
    off: Quantity | None = None


class PlayerShape(_Caring):
    """Who chooses."""

    name: str | None = None
    pace: Quantity = Field(1, description="opportunities to move per unit of time")
    lam: Quantity = Field(3, description="precision of choice")
    discount: Quantity = Field(0, description="per unit of time")
    options: dict[str, OptionShape | None] = Field(default_factory=dict)
    factions: dict[str, FactionShape] = Field(default_factory=dict)


class SettingShape(_Based):
    """A constant that a strategy may set at the outset."""

    name: str | None = None
    levels: Levels = Field(default_factory=lambda: ["no", "yes"])
    start: str | None = None
    off: str | None = Field(None, description="its level with its mechanism switched off; default the first")


class RateShape(_Based):
    """One term of a rate."""

    id: str | None = None
    of: Expression = "1"
    rate: Quantity
    off: Quantity | None = None


Rates = Annotated[
    "Number | Words | Ends | Annotated[QuantityShape, Tag('<mapping>')] | Annotated[list[RateShape], Tag('<list>')]",
    one_of("a rate is wanted here: a number, a range, an expression, or a list of {of: expression, rate: number}"),
]


class ConditionShape(_Shape):
    """A stock on a ladder of levels."""

    name: str | None = None
    levels: Levels
    start: str | None = None
    rises: Rates = 0
    falls: Rates = 0
    mechanism: Ids = Field(default_factory=list)


class OutcomeShape(_Shape):
    """A named measure of a path."""

    name: str | None = None
    of: Expression | None = None
    payoff: str | None = Field(None, description="a player, or player.faction, in place of `of`")
    measure: Literal["final", "average", "total", "ever", "first"] | None = None
    better: Literal["high", "low"] | None = None
    for_: str | None = Field(None, alias="for", description="whom `better` speaks for")
    from_: float | None = Field(None, alias="from", ge=0)
    to: float | None = Field(None, gt=0)
    unless: Expression | None = None
    main: bool = Field(True, description="shown in the first table")


class RuleShape(_Shape):
    """When ..., set ..."""

    when: Expression | None = None
    chance: Quantity = 1
    set: dict[str, str] | None = None
    otherwise: dict[str, str] | None = None


Rules = Annotated[
    "Annotated[list[RuleShape], Tag('<list>')] | Annotated[dict[str, list[RuleShape]], Tag('<mapping>')]",
    one_of("rules are wanted here: a list such as - {when: us.offer, set: {pressure: none}}, or one for each player"),
]
Beliefs = Annotated[
    "Annotated[list[RuleShape], Tag('<list>')] | Annotated[dict[str, list[RuleShape]], Tag('<mapping>')]",
    one_of("rules are wanted here: a list such as - {otherwise: {pressure: none}}, or one for each committed player"),
]


class StrategyShape(_Shape):
    """A rule that players are committed to, and settings."""

    name: str | None = None
    why: str | None = None
    player: str | None = None
    players: list[str] | None = None
    settings: dict[str, str] = Field(default_factory=dict)
    does: Rules | None = None
    believed: dict[str, Beliefs] = Field(
        default_factory=dict, description="what another player reckons with instead: its id, and rules"
    )


class ClaimShape(_Shape):
    """A sentence of a source, with a test."""

    says: Sentence
    quote: Sentence | None = None
    source: str | None = None
    passage: str | None = Field(None, description="where the quote stands in its source")
    origin: OriginWord | None = None
    test: Expression | None = None
    reach: Expression | None = Field(None, description="yes or no over reach(target, lever == level), for the search")
    factual: bool = False
    untestable: str | None = Field(None, description="why the model cannot test it")
    tested_in: str | None = Field(None, description="another case that tests it, by name")
    margin: float | None = Field(None, ge=0)
    mechanism: Ids = Field(default_factory=list)


class MechanismShape(_Shape):
    """A causal sentence of a source, or an answer to one."""

    says: Sentence
    source: str | None = None
    quote: Sentence | None = Field(None, description="verbatim, at most 15 words")
    passage: str | None = Field(None, description="where the quote stands in its source")
    origin: OriginWord | None = None
    why: str | None = None
    counters: Ids = Field(default_factory=list, description="mechanisms it was given room against")


class TensionShape(_Shape):
    """Where sources disagree, or one strains against itself."""

    says: Sentence
    between: Ids = Field(description="ids of mechanisms and claims")
    outcomes: Ids = Field(default_factory=list, description="what to compare across views")
    claims: Ids = Field(default_factory=list, description="whose verdicts to compare across views")


Cost = Annotated[
    "Number | Ends",
    one_of("a price is wanted here: 0.3, or a range [0.1, 0.5]"),
]


class LeverLevelShape(_Shape):
    """One level of a lever."""

    name: str | None = None
    follows: str | None = Field(None, description="a strategy: its rules for this player, and its settings")
    does: list[RuleShape] | None = Field(None, description="rules for this player, in place of a strategy's")
    set: dict[str, str] = Field(default_factory=dict, description="settings, or player.option: where it starts")
    cost: Cost | None = Field(None, description="what it takes to move here: a number, or [low, high]")
    why: str | None = None


class LeverShape(_Based):
    """What a player can move at the outset."""

    name: str | None = None
    by: str | None = Field(None, description="the player who moves it")
    sets: str | None = Field(
        None, description="a setting, or player.option: each of its levels is a level of the lever"
    )
    levels: dict[str, LeverLevelShape | None] | None = Field(None, max_length=20)
    now: str | None = Field(None, description="the level at present; default where the setting starts, or the first")
    names: dict[str, str] = Field(
        default_factory=dict, description="level to words that stand by themselves, as `targeted pressure`"
    )
    cost: dict[str, Cost] = Field(default_factory=dict, description="level to price")


class TargetShape(_Shape):
    """States that somebody wants to bring about."""

    name: str | None = None
    that: Expression = Field(description="yes or no over options, conditions and settings: the states wanted")
    outcome: str | None = Field(None, description="what measures it; default the average of `that`")
    at_least: float | None = Field(None, alias="at-least", description="in a world it is reached from here on")
    at_most: float | None = Field(None, alias="at-most", description="the same where less is better")
    in_: float = Field(0.5, alias="in", gt=0, le=1, description="the share of the worlds that is asked for")
    by: str | None = Field(None, description="whose levers; default everybody's")
    strategy: str | None = Field(None, description="what is played beneath the levers")
    minds: Ids = Field(default_factory=list, description="outcomes that count besides")
    why: str | None = None


class CaseShape(_Shape):
    """A case file."""

    offramp: int = Field(description="the version of this format: 1")
    name: str | None = None
    title: str | None = None
    about: str | None = None
    extends: str | None = None
    time: TimeShape = Field(default_factory=lambda: TimeShape())
    sources: dict[str, SourceShape] = Field(default_factory=dict)
    unknowns: dict[str, Quantity] = Field(default_factory=dict)
    settings: dict[str, SettingShape] = Field(default_factory=dict)
    players: dict[str, PlayerShape] = Field(max_length=100)
    conditions: dict[str, ConditionShape] = Field(default_factory=dict, max_length=100)
    impossible: list[Expression] = Field(default_factory=list)
    irreversible: list[str] = Field(default_factory=list)
    perceives: dict[str, dict[str, Quantity]] = Field(default_factory=dict)
    unseen: dict[str, list[Expression] | None] | None = None
    outcomes: dict[str, OutcomeShape] = Field(default_factory=dict, max_length=500)
    strategies: dict[str, StrategyShape] = Field(default_factory=dict, max_length=200)
    views: dict[str, dict[str, Quantity]] = Field(default_factory=dict, max_length=100)
    claims: dict[str, ClaimShape] = Field(default_factory=dict, max_length=2000)
    mechanisms: dict[str, MechanismShape] = Field(default_factory=dict, max_length=2000)
    left_out: dict[str, str] = Field(
        default_factory=dict, max_length=2000, description="mechanisms that no element carries, and why"
    )
    tensions: dict[str, TensionShape] = Field(default_factory=dict, max_length=200)
    levers: dict[str, LeverShape] = Field(default_factory=dict, max_length=100)
    targets: dict[str, TargetShape] = Field(default_factory=dict, max_length=100)
