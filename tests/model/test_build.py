"""What a case means once it is built."""

import pytest

from offramp.errors import CaseErrors
from offramp.expressions import Constant, Level, text_of
from offramp.model import Choice, Derived, Range, build_case


def test_a_small_case(build):
    case = build()
    assert case.name == case.title == "case"
    assert (case.time.unit, case.time.horizon, case.time.foresight) == ("month", 24.0, 48.0)
    us = case.players["us"]
    assert [(o.id, o.levels, o.start) for o in us.options] == [
        ("pressure", ("none", "targeted", "broad"), 0),
        ("offer", ("no", "yes"), 0),
    ]
    assert (us.pace, us.lam, us.discount) == (Constant(1.0), Constant(3.0), Constant(0.0))
    (faction,) = us.factions
    assert (faction.id, faction.influence) == ("us", Constant(1.0))
    assert [(w.id, text_of(w.that), w.worth) for w in faction.wants] == [("relief", "them.concede", Constant(1.0))]
    assert case.settings["guarantee"].levels == ("none", "offered")
    assert list(case.strategies) == ["press", "free"]
    assert case.strategies["free"].committed == ()
    assert len(case.digest) == 64


def test_the_digest_changes_with_the_content_and_not_with_extends(small):
    one, other = build_case(small()), build_case(small(about="something"))
    assert one.digest != other.digest
    assert build_case(small(extends="base")).digest == one.digest


def test_a_case_without_strategies_plays_freely(build):
    case = build({"strategies": {}, "claims": {}})
    assert list(case.strategies) == ["free-play"]


def test_starts_are_levels(build):
    case = build({"players.us.options.pressure.start": "broad", "conditions.anger.start": "furious"})
    assert case.players["us"].options[0].start == 2
    assert case.conditions["anger"].start == 2


# Numbers


@pytest.mark.parametrize(
    ("stated", "law"),
    [
        ([0.1, 0.4], Range(0.1, 0.4)),
        ({"range": [0.1, 0.4]}, Range(0.1, 0.4)),
        ({"range": [0.1, 0.4], "mode": 0.1}, Range(0.1, 0.4, 0.1)),
        ({"choice": [2, 1, 3]}, Choice((2.0, 1.0, 3.0))),
    ],
)
def test_an_inline_number_is_an_unknown_named_by_its_path(build, stated, law):
    case = build({"players.us.wants.0.worth": stated, "players.them.wants.0.worth": stated})
    assert case.unknowns["players.us.wants.relief.worth"].law == law
    assert case.unknowns["players.them.wants.0.worth"].law == law
    assert text_of(case.players["us"].factions[0].wants[0].worth) == "players.us.wants.relief.worth"
    assert case.unknowns["players.us.wants.relief.worth"].inline


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("players.us.pace", "players.us.pace"),
        ("players.us.lam", "players.us.lam"),
        ("players.us.options.pressure.switching", "players.us.options.pressure.switching"),
        ("conditions.anger.falls", "conditions.anger.falls"),
    ],
)
def test_any_number_may_be_a_range(build, path, name):
    assert build({path: [0.5, 1.5]}).unknowns[name].law == Range(0.5, 1.5)


def test_switching_costs_up_and_down(build):
    case = build({"players.us.options.pressure.switching": {"raise": 0.1, "lower": [0.2, 0.3]}})
    option = case.players["us"].options[0]
    assert option.raise_cost == Constant(0.1)
    assert text_of(option.lower_cost) == "players.us.options.pressure.switching.lower"


def test_terms_of_a_rate_add_up_and_are_named_by_id(build):
    terms = [{"id": "heat", "of": "us.pressure", "rate": [0.1, 0.2]}, {"of": "us.offer", "rate": [0.1, 0.3]}]
    case = build({"conditions.anger.rises": terms})
    assert len(case.conditions["anger"].rises) == 2
    assert {"conditions.anger.rises.heat.rate", "conditions.anger.rises.1.rate"} < set(case.unknowns)


def test_a_plain_unknown_and_a_derived_one(build):
    case = build({"unknowns.twice": "2 * cost", "unknowns.three": 3, "unknowns.half": {"is": "cost / 2", "why": "x"}})
    assert isinstance(case.unknowns["twice"].law, Derived)
    assert isinstance(case.unknowns["half"].law, Derived)
    assert case.unknowns["three"].law == Choice((3.0,))


def test_an_inline_number_can_be_named_before_and_after_it_is_read(build):
    case = build(
        {
            "players.us.wants.0.worth": "0.5 * players.them.wants.0.worth",
            "players.them.wants.0.worth": [-1.0, -0.5],
            "unknowns.twice": "2 * players.them.wants.0.worth",
            "claims.named": {"says": "x", "test": "talks[free; players.them.wants.0.worth = -1] > 0"},
        }
    )
    assert case.unknowns["twice"].law.expression is not None


def test_names_with_hyphens(build):
    case = build(
        {
            "unknowns.after-resistance": [0.1, 0.2],
            "players.us.wants.0.worth": "after-resistance - cost",
            "strategies.tit-for-tat": {"player": "us", "does": [{"when": "them.concede", "set": {"pressure": "none"}}]},
            "claims.a-b": {"says": "x", "test": "talks[tit-for-tat] > 0"},
        }
    )
    assert text_of(case.players["us"].factions[0].wants[0].worth) == "after-resistance - cost"


def test_a_level_wins_over_another_name_after_a_comparison(build):
    case = build({"unknowns.broad": [0, 0.5], "players.us.wants.0.that": "us.pressure == broad"})
    assert isinstance(case.players["us"].factions[0].wants[0].that.right, Level)


# Origins


def test_origins(build):
    case = build(
        {
            "players.us.wants": [
                {"that": "us.offer", "worth": 1, "source": "essay", "quote": "a few words"},
                {"that": "us.offer", "worth": 1, "source": "essay"},
                {"that": "us.offer", "worth": [0.1, 1], "origin": "guess", "why": "because"},
                {"that": "us.offer", "worth": 1},
            ]
        }
    )
    origins = [want.origin for want in case.players["us"].factions[0].wants]
    assert [origin.kind for origin in origins] == ["quoted", "literature", "guess", "default"]
    assert case.unknowns["players.us.wants.2.worth"].origin == origins[2]


# Order


def test_ordered_statements_are_drawn_together(build):
    case = build(
        {"players.us.wants": ..., "players.us.prefers": ["them.concede", {"id": "calm", "that": "anger == calm"}]}
    )
    (order,) = case.orders
    assert order.names == ("players.us.prefers.0", "players.us.prefers.1")
    wants = case.players["us"].factions[0].wants
    assert [(w.id, text_of(w.worth)) for w in wants] == [("0", order.names[0]), ("calm", order.names[1])]
    assert set(order.names) < set(case.unknowns)


def test_the_worlds_of_an_order_have_one_column_for_each_statement(build):
    from offramp.worlds import draw

    case = build({"players.us.wants": ..., "players.us.prefers": ["them.concede", "us.offer", "anger == calm"]})
    worlds = draw(case, 8, seed=1)
    assert len(set(worlds.names)) == len(worlds.names)
    assert worlds.axes.count("players.us.prefers") == 3
    for w in range(9):
        worths = [worlds.world(w)[f"players.us.prefers.{n}"] for n in range(3)]
        assert worths[0] >= worths[1] + worths[2] - 1e-12
        assert sum(worths) == pytest.approx(1)


# Factions and perceptions


def test_the_rest_of_the_influence(build):
    case = build(
        {
            "players.us.wants": ...,
            "players.us.factions": {
                "doves": {"influence": [0.1, 0.4], "wants": [{"that": "us.offer", "worth": 1}]},
                "hawks": {"influence": "rest", "consent": True, "prefers": ["us.pressure"]},
            },
        }
    )
    doves, hawks = case.players["us"].factions
    assert text_of(doves.influence) == "players.us.factions.doves.influence"
    assert hawks.influence is None
    assert hawks.consent
    assert case.orders[0].names == ("players.us.factions.hawks.prefers.0",)


@pytest.mark.parametrize(
    "influence", ["anger / 2", "if guarantee == offered then 1 else 0.5", "cost / 2", "0.5 * (anger < furious)"]
)
def test_influence_may_depend_on_conditions_settings_and_unknowns(build, influence):
    if "then" in influence:
        influence = "1 if guarantee == offered else 0.5"
    factions = {"doves": {"influence": influence}, "hawks": {"influence": "rest"}}
    assert build({"players.us.wants": ..., "players.us.factions": factions})


def test_influence_may_not_depend_on_options(faults):
    factions = {"doves": {"influence": "0.5 * us.pressure"}, "hawks": {"influence": "rest"}}
    (fault,) = faults({"players.us.wants": ..., "players.us.factions": factions})
    assert "never on options" in fault.hint
    assert fault.path == ("players", "us", "factions", "doves", "influence")


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ((0.5, 0.4), "add up to 0.9"),
        (([0.1, 0.2], 0.8), "uncertain"),
        (("rest", "rest"), "two factions"),
        ((0.7, 0.6, "rest"), "add up to 1.3"),
    ],
)
def test_shares_add_up_to_one(faults, shares, says):
    factions = {f"f{n}": {"influence": share} for n, share in enumerate(shares)}
    (fault,) = faults({"players.us.wants": ..., "players.us.factions": factions})
    assert says in fault.message


def test_a_mechanism_of_influence_needs_a_rest(faults):
    factions = {"a": {"influence": 0.5, "mechanism": "D1"}, "b": {"influence": 0.5}}
    (fault,) = faults({"players.us.wants": ..., "players.us.factions": factions})
    assert "rest" in fault.hint


def test_perceptions(build):
    case = build(
        {
            "players.us.wants": ...,
            "players.us.factions": {
                "doves": {"influence": 0.4, "wants": [{"id": "peace", "that": "us.offer", "worth": 1}]},
                "hawks": {
                    "influence": "rest",
                    "prefers": ["us.pressure"],
                    "at_end": [{"that": "us.offer", "worth": -1}],
                },
            },
            "perceives": {
                "them": {
                    "us.factions.doves.wants.peace.worth": [0.1, 0.5],
                    "players.us.factions.doves.influence": 0.1,
                    "us.factions.hawks.prefers.0.worth": 1,
                    "us.factions.hawks.at_end.0.worth": 2,
                    "us.lam": {"range": [1, 2], "mechanism": "D7", "off": 3, "origin": "guess"},
                }
            },
        }
    )
    beliefs = case.players["them"].perceives
    assert [b.target for b in beliefs] == [
        "us.factions.doves.wants.peace.worth",
        "us.factions.doves.influence",
        "us.factions.hawks.prefers.0.worth",
        "us.factions.hawks.at_end.0.worth",
        "us.lam",
    ]
    assert text_of(beliefs[0].believed) == "perceives.them.us.factions.doves.wants.peace.worth"
    assert beliefs[4].mechanism == ("D7",)
    assert beliefs[4].off == Constant(3.0)
    assert beliefs[4].origin.kind == "guess"
    assert not case.players["us"].perceives


@pytest.mark.parametrize(
    ("beliefs", "says"),
    [
        ({"nobody": {"us.lam": 1}}, "no player `nobody`"),
        ({"them": {"us.wants.relif.worth": 1}}, "no number `us.wants.relif.worth`"),
        ({"them": {"them.lam": 1}}, "cannot misperceive itself"),
        ({"them": {"us.lam": {"range": [1, 2], "quote": "a"}}}, "a quote without a source"),
    ],
)
def test_perceptions_at_fault_are_named_once(faults, beliefs, says):
    (fault,) = faults({"perceives": beliefs})
    assert says in fault.message


# Views and claims


def test_a_view(build):
    case = build({"views.soft": {"name": "Soft", "cost": [0.1, 0.3]}})
    assert case.views["soft"].name == "Soft"
    assert case.views["soft"].unknowns == {"cost": Range(0.1, 0.3)}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"cost": [0.1, 3]}, "reaches outside the range [0.1, 1]"),
        ({"cost": 3}, "reaches outside"),
        ({"costs": 1}, "no unknown `costs`"),
        ({"guarantee": 1}, "is not an unknown"),
        ({"cost": [1, 0.2]}, "upside down"),
        ({"cost": "cost / 2"}, "computed from itself"),
        ({"cost": {"range": [0.1, 0.2], "source": "esay"}}, "no source `esay`"),
    ],
)
def test_views_at_fault(faults, given, says):
    (fault,) = faults({"views.soft": given})
    assert says in fault.message
    assert fault.path[:2] == ("views", "soft")


def test_a_claim_is_tested_factual_or_untestable(build, faults):
    case = build(
        {
            "claims.fact": {"says": "x", "factual": True},
            "claims.beyond": {"says": "x", "untestable": "no actor for it"},
        }
    )
    assert case.claims["fact"].factual
    assert case.claims["beyond"].untestable == "no actor for it"
    assert case.claims["works"].test is not None
    (fault,) = faults({"claims.works": {"says": "x"}})
    assert "without a test" in fault.message
    (fault,) = faults({"claims.works.factual": True})
    assert "either tested, factual or untestable" in fault.message


@pytest.mark.parametrize(
    ("test", "says"),
    [
        ("talks[pres] > 0", "'pres' is not a strategy"),
        ("talk[press] > 0", "'talk' is not an outcome"),
        ("talks[press]", "yes or no"),
        ("talks > 0", "is an outcome"),
        ("talks[press; without(D9)] > 0", "'D9' is not a mechanism"),
        ("talks[press; costs = 2] > 0", "'costs'"),
        ("talks[press; guarantee = all] > 0", "no level 'all'"),
    ],
)
def test_claims_at_fault(faults, test, says):
    (fault,) = faults({"claims.works.test": test})
    assert says in str(fault)
    assert fault.path == ("claims", "works", "test")


def test_a_mechanism_of_claims_alone_cannot_be_switched_off(faults, build):
    changes = {"claims.works.mechanism": "D9", "claims.works.test": "talks[press; without(D9)] > 0"}
    (fault,) = faults(changes)
    assert "'D9' is not a mechanism" in fault.message
    assert build({**changes, "players.us.wants.0.mechanism": ["D9"]})


# Outcomes


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "an outcome of nothing"),
        ({"of": "us.offer", "payoff": "us"}, "both `of` and `payoff`"),
        ({"payoff": "her"}, "no player `her`"),
        ({"payoff": "us.doves"}, "no faction `doves`"),
        ({"payoff": "us", "measure": "final"}, "a payoff has no `final`"),
        ({"of": "cost", "measure": "ever"}, "yes or no"),
        ({"of": "us.offer", "unless": "them.concede"}, "`unless` does not go with `average`"),
        ({"of": "us.offer", "to": 30}, "after the horizon 24"),
        ({"of": "us.offer", "from": 24}, "the window is empty"),
        ({"of": "us.offer", "from": 12, "to": 6}, "the window is empty"),
        ({"of": "us.offer", "from": 2, "measure": "final"}, "`final` has no `from`"),
        ({"of": "time >= 3"}, "time"),
    ],
)
def test_outcomes_at_fault(faults, given, says):
    (fault,) = faults({"outcomes.other": given})
    assert says in fault.message
    assert fault.path[:2] == ("outcomes", "other")


def test_outcomes(build):
    case = build(
        {
            "outcomes.when": {
                "of": "them.concede",
                "measure": "first",
                "unless": "us.pressure",
                "from": 1,
                "to": 6,
                "for": "us",
            },
            "outcomes.gain": {"payoff": "us"},
        }
    )
    when, gain = case.outcomes["when"], case.outcomes["gain"]
    assert (when.measure, when.start, when.end, when.for_whom) == ("first", 1.0, 6.0, "us")
    assert (gain.measure, gain.payoff, gain.start, gain.end) == ("total", ("us", None), 0.0, None)


# Impossible and irreversible


def test_what_is_impossible_speaks_of_options(build, faults):
    assert len(build({"impossible": ["us.offer and us.pressure == broad"]}).impossible) == 1
    (fault,) = faults({"impossible": ["anger == furious"]})
    assert "options only" in str(fault)
    (fault,) = faults({"irreversible": ["them.conced"]})
    assert fault.hint == "Did you mean them.concede?"
    assert build({"irreversible": ["them.concede"]}).irreversible == (("them", "concede"),)


def test_inf_and_nan_are_refused(small):
    for number in (float("inf"), float("nan")):
        data = small(**{"players.us.pace": number})
        with pytest.raises(CaseErrors) as raised:
            build_case(data)
        assert [fault.path for fault in raised.value.faults] == [("players", "us", "pace")]
