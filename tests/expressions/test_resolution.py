import pytest

from offramp.expressions import (
    ANYWHERE,
    Level,
    Levelled,
    Name,
    Number,
    Scope,
    is_truth,
    parse,
    resolve,
    walk,
)

CASE = Scope.of(
    [
        Levelled("us.pressure", ("none", "targeted", "broad"), "option"),
        Levelled("us.offer", ("none", "talks"), "option"),
        Levelled("target.concede", ("no", "yes"), "option"),
        Levelled("insecurity", ("secure", "uneasy", "besieged"), "condition"),
        Levelled("guarantee", ("none", "offered"), "setting"),
        Levelled("stage", ("cost", "other"), "setting"),
        Number("cost"),
        Number("players.us.pace"),
        Number("players.us.lam"),
    ],
    outcomes=["concession"],
    strategies=["escalate", "always-punish"],
    players=["us", "target", "partners"],
    mechanisms=["D12", "D13"],
)
RULE = CASE.at("in a rule", ANYWHERE | {"time"})
IMPOSSIBLE = CASE.at("in an impossible combination", {"option"})
WANT = CASE.at("in a want", ANYWHERE)
INFLUENCE = CASE.at("in an influence", {"condition", "setting", "unknown"})
CLAIM = CASE.at("in the test of a claim", {"unknown"})


def faults(text, scope=CASE, **options):
    _, found = resolve(parse(text, **options), scope)
    return [(fault.at, str(fault)) for fault in found]


def levels(text, scope=CASE, **options):
    node, found = resolve(parse(text, **options), scope)
    assert not found, found
    return [(part.of, part.level, part.index) for part in walk(node) if isinstance(part, Level)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("us.pressure == none", [("us.pressure", "none", 0)]),
        ("us.pressure >= targeted", [("us.pressure", "targeted", 1)]),
        ("broad > us.pressure", [("us.pressure", "broad", 2)]),
        ("us.pressure == (broad)", [("us.pressure", "broad", 2)]),
        ("guarantee == none", [("guarantee", "none", 0)]),
        ("stage == cost", [("stage", "cost", 0)]),
        ("stage > cost - 1", []),
        ("us.pressure > us.offer", []),
        ("us.pressure > 0.5", []),
        ("us.pressure > cost", []),
        ("target.concede and not (insecurity == besieged)", [("insecurity", "besieged", 2)]),
        ("target.concede == (cost > 1)", []),
        ("target.concede == true", []),
        ("(cost > 1) != (cost > 2)", []),
    ],
)
def test_levels(text, expected):
    assert levels(text) == expected


def test_each_may_be_a_level_of_the_other():
    scope = Scope.of([Levelled("a", ("b", "c"), "option"), Levelled("b", ("a", "c"), "option")])
    node, found = resolve(parse("a == b"), scope)
    assert not found
    assert node.left == Name("a")
    assert node.right == Level("a", "b", 0, 5)


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("us.presure", 0, "Nothing is called 'us.presure'. Did you mean us.pressure?"),
        ("concede", 0, "Did you mean target.concede?"),
        ("Cost > 1", 0, "Did you mean cost?"),
        ("cost-1", 0, "write cost - 1"),
        ("cost-players.us.pace", 0, "write cost - players.us.pace"),
        ("cost-cost-2.5", 0, "write cost - cost - 2.5"),
        ("zebra", 0, "Only options, conditions, settings and unknowns may stand here"),
        (
            "us.pressure == brod",
            15,
            "no level 'brod'. Did you mean broad? Its levels are none, targeted and broad",
        ),
        ("us.pressure == cots", 15, "Did you mean cost? Its levels are"),
        ("us.pressure == offered", 15, "us.pressure has no level 'offered'"),
        ("us.pressure == 2", 15, "Write one of its levels: none, targeted or broad"),
        ("-1 > us.pressure", 0, "lies between 0 and 1"),
        ("targeted", 0, "Write us.pressure == targeted"),
        ("none > 0.5", 0, "Write us.pressure == none, us.offer == none or guarantee == none"),
        ("us.pressure == (broad if cost > 1 else cost)", 16, "broad is a level"),
        ("(cost > 1) > 0.5", 11, "neither more nor less"),
        ("0.5 < (cost > 1)", 4, "neither more nor less"),
        ("(cost > 1) == cost", 11, "cannot be equal to a number"),
        ("true == 2", 5, "cannot be equal to a number"),
        ("concession > 1", 0, "Write concession[strategy]"),
        ("us > 1", 0, "us is a player. Write us.pressure or us.offer"),
        ("partners > 1", 0, "partners is a player. Only"),
        ("escalate", 0, "escalate is a strategy"),
        ("D12", 0, "D12 is a mechanism"),
        ("time > 1", 0, "time cannot stand here"),
        ("us.pressure == us", 15, "us is a player"),
    ],
)
def test_faults(text, at, says):
    [(where, message)] = faults(text)
    assert says in message
    assert where == at


def test_outcomes_outside_claims():
    scope = Scope.of([], outcomes=["concession"])
    assert "Outcomes stand only" in faults("concession", scope)[0][1]
    assert "Only unknowns may stand" in faults("x", scope.at("here", {"unknown"}))[0][1]
    assert "Only numbers may stand" in faults("x", scope.at("here", ()))[0][1]


def test_all_faults_at_once_in_order():
    found = faults("zebra + us.pressure * yak > 1 or us.pressure == brod and time > 1")
    assert [at for at, _ in found] == [0, 22, 48, 57]


@pytest.mark.parametrize(
    ("scope", "text", "says"),
    [
        (IMPOSSIBLE, "cost > 1", "cost is an unknown. Only options may stand in an impossible combination"),
        (IMPOSSIBLE, "insecurity == uneasy", "insecurity is a condition"),
        (IMPOSSIBLE, "guarantee", "guarantee is a setting"),
        (IMPOSSIBLE, "time > 1", "time cannot stand in an impossible combination"),
        (WANT, "time > 1", "time cannot stand in a want"),
        (INFLUENCE, "us.pressure", "us.pressure is an option. Only conditions, settings and unknowns"),
    ],
)
def test_places(scope, text, says):
    [(_, message)] = faults(text, scope)
    assert says in message


@pytest.mark.parametrize(
    "text",
    ["time >= 6", "6 < time", "time < cost * 2 and target.concede", "time > 6 if guarantee else time > 2"],
)
def test_time(text):
    assert not faults(text, RULE)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("time > us.pressure", "only be compared with a number"),
        ("insecurity * 2 < time", "use a ladder"),
        ("time + 1 > 2", "only be compared with a number"),
        ("time > time", "only be compared with a number"),
        ("time", "only be compared with a number"),
        ("time * cost", "only be compared with a number"),
        ("time > (cost > 1)", "only be compared with a number"),
        ("time == 6", "Write >= or <"),
        ("time-6 > cost", "write time - 6"),
    ],
)
def test_time_faults(text, says):
    assert says in faults(text, RULE)[0][1]


def test_changes():
    text = "concession[escalate; us.pressure = broad, guarantee = offered, cost = 2, partners: escalate]"
    assert levels(text, CLAIM, claim=True) == [("us.pressure", "broad", 2), ("guarantee", "offered", 1)]


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("concesion[escalate]", 0, "'concesion' is not an outcome. Did you mean concession?"),
        ("concession[esclate]", 0, "'esclate' is not a strategy. Did you mean escalate?"),
        ("concession[zzz]", 0, "There are escalate or always-punish"),
        ("concession[escalate; cots = 1]", 21, "Did you mean cost?"),
        ("concession[escalate; time = 1]", 21, "'time' is not an unknown, setting, option or condition"),
        ("concession[escalate; guarantee = ofered]", 33, "Did you mean offered?"),
        ("concession[escalate; guarantee = 1]", 33, "Write one of them: none or offered"),
        ("concession[escalate; cost = high]", 28, "Nothing is called 'high'"),
        ("concession[escalate; cost = us.pressure]", 28, "us.pressure is an option"),
        ("concession[escalate; without(D14)]", 29, "'D14' is not a mechanism"),
        ("concession[escalate; partner: escalate]", 21, "Did you mean partners?"),
        ("concession[escalate; partners: hold]", 31, "'hold' is not a strategy"),
        ("concession[escalate; cost = 1, cost = 2]", 31, "cost is changed twice"),
        ("concession[escalate; cost = concession[escalate]]", 28, "inside the brackets of another"),
        ("concession[escalate; cost = mean(cost)]", 28, "cannot stand inside the brackets"),
        ("share(mean(cost) > 1)", 6, "mean is taken over all worlds and cannot stand inside share"),
        ("share(concession[escalate])", 6, "share takes a yes or no"),
        ("variance(concession[escalate], playrs)", 31, "'playrs' is not an unknown"),
        ("effect(concession[escalate], players.us)", 29, "'players.us' is not an unknown"),
        ("highest(concession[escalate], cost)", 30, "'cost' is not a setting, option or condition"),
        ("lowest(concession[escalate], guarantea)", 29, "Did you mean guarantee?"),
        ("concession > 1", 0, "Write concession[strategy]"),
        ("us.pressure > 0.5", 0, "us.pressure is an option. Only unknowns may stand in the test of a claim"),
    ],
)
def test_claim_faults(text, at, says):
    [(where, message)] = faults(text, CLAIM, claim=True)
    assert says in message
    assert where == at


@pytest.mark.parametrize(
    "text",
    [
        "variance(concession[escalate], players.us) > 0.1",
        "variance(concession[escalate], cost, players.us.pace) > 0.1",
        "effect(concession[escalate], guarantee) > 0",
        "effect(concession[escalate], cost) > 0",
        "highest(concession[escalate], guarantee, us.pressure) > 0.5",
        "mean(lowest(concession[escalate], guarantee)) > 0.5",
        "share(concession[escalate] > concession[always-punish]) > 0.5",
        "mean(concession[escalate]) > 0.5 and cost > 0.1",
        "concession[escalate; without(D12, D13)] < concession[escalate]",
    ],
)
def test_good_claims(text):
    assert not faults(text, CLAIM, claim=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a > b", True),
        ("not cost", True),
        ("cost and cost", True),
        ("true", True),
        ("target.concede", True),
        ("cost", False),
        ("1", False),
        ("target.concede if cost > 1 else cost > 2", True),
        ("1 if cost > 1 else 0", False),
        ("target.concede + us.pressure", False),
        ("min(cost, 1)", False),
    ],
)
def test_is_truth(text, expected):
    assert is_truth(parse(text), CASE) is expected


def test_is_truth_without_a_scope():
    assert is_truth(parse("cost"))
    assert not is_truth(parse("cost + 1"))
