"""A case from text: its faults, each at its place, all of them at once."""
# ruff: noqa: E501 (tables of mistakes, one to a line)

import pytest

import offramp
from offramp.casefile import parse_case, read_case
from offramp.cases import catalogue, find_shipped
from offramp.errors import CaseErrors, UsageError
from offramp.findings.check import check_case


def at(fault):
    return fault.place.line, fault.place.column


def test_the_small_case_has_no_mistakes(mine, faults_of):
    assert faults_of(mine()) == []


def test_five_different_mistakes_are_all_named_with_their_places(mine, faults_of):
    """A key twice, an unquoted expression, an unknown name, a range upside down, a strategy that is not there."""
    found = faults_of(mine(
        ("    pace: 2\n", "    pace: 2\n    pace: 3\n"),
        ("{id: pain, that: us.pressure, worth: -1}", "{id: pain, that: max(us.pressure, 0), worth: -1}"),
        ("that: them.concede, worth: 1", "that: them.conced, worth: 1"),
        ("[-1, -0.2]", "[-0.2, -1]"),
        ("talks[press]", "talks[pres]"),
    ))  # fmt: skip
    assert [(str(fault.place), fault.message, fault.hint) for fault in found] == [
        ("mine.yaml:14:5", "the key pace stands here again, first on line 13", "keep one of the two"),
        ("mine.yaml:18:28", "Nothing is called 'them.conced'", "Did you mean them.concede?"),
        ("mine.yaml:23:48", "the range [-0.2, -1] is upside down", "write [-1, -0.2]"),
        (
            "mine.yaml:24:26",
            "YAML split max(us.pressure, 0) at the comma",
            'put the whole text into double quotes: "max(us.pressure, 0)"',
        ),
        ("mine.yaml:39:49", "'pres' is not a strategy", "Did you mean press?"),
    ]


def test_hints_are_sentences(mine, faults_of):
    (fault,) = faults_of(mine(("[-1, -0.2]", "[-0.2, -1]")))
    assert str(fault) == "mine.yaml:22:48: the range [-0.2, -1] is upside down. Write [-1, -0.2]"


# The list of bad input: each gives the place, the fault and the mend


def test_malformed_yaml(mine, faults_of):
    (fault,) = faults_of(mine(("{levels: [none, offered]}", "{levels: [none, offered}")))
    assert at(fault) == (9, 37)
    (fault,) = faults_of(mine(("    name: Us", "\tname: Us")))
    assert "a tab" in fault.message


def test_an_unknown_name(mine, faults_of):
    (fault,) = faults_of(mine(('"-cost"', '"-costs"')))
    assert (at(fault), fault.code, fault.hint) == ((18, 49), "unknown-name", "Did you mean cost?")


def test_a_cyclic_extends(mine, tmp_path):
    (tmp_path / "a.yaml").write_text("extends: b.yaml\nname: a\n")
    (tmp_path / "b.yaml").write_text("name: b\nextends: a.yaml\n")
    with pytest.raises(CaseErrors) as raised:
        read_case(tmp_path / "a.yaml")
    (fault,) = raised.value.faults
    assert fault.place.file.endswith("b.yaml")
    assert at(fault) == (2, 10)
    assert "in a circle" in fault.message


def test_a_cyclic_expression(mine, faults_of):
    (fault,) = faults_of(mine(("unknowns:\n", 'unknowns:\n  a: "b / 2"\n  b: "a + cost"\n')))
    assert (at(fault), fault.code) == ((7, 6), "cycle")
    assert "a -> b -> a" in fault.message
    assert fault.hint == "give one of them a range of its own"


def test_an_infeasible_start(mine, faults_of):
    (fault,) = faults_of(mine(("outcomes:", "impossible:\n  - us.pressure == none\noutcomes:")))
    assert (at(fault), fault.code) == ((27, 5), "infeasible-start")


def test_a_claim_that_starts_where_the_case_cannot_be(mine, faults_of):
    (fault,) = faults_of(mine(
        ("outcomes:", "impossible: [us.pressure == broad and not them.concede]\noutcomes:"),
        ("talks[press] >", "talks[press; us.pressure = broad] >"),
    ))  # fmt: skip
    assert (at(fault), fault.code) == ((39, 49), "infeasible-start")
    assert "us.pressure = broad, them.concede = no" in fault.message


def test_a_rule_that_sets_another_players_option(mine, faults_of):
    (fault,) = faults_of(mine(("set: {pressure: none}", "set: {concede: yes}")))
    assert (at(fault), fault.code) == ((32, 36), "foreign-option")
    assert "players: [us, them]" in fault.hint


def test_a_range_upside_down(mine, faults_of):
    (fault,) = faults_of(mine(("[0.1, 1]", "[1, 0.1]")))
    assert (at(fault), fault.code) == ((7, 17), "range")


def test_a_rate_that_turns_negative_in_some_state(mine, faults_of):
    (fault,) = faults_of(mine(("0.1 * us.pressure", "0.1 - us.pressure * cost")))
    assert (at(fault), fault.code) == ((25, 50), "rate")
    assert "negative (-0.45) where us.pressure = broad" in fault.message
    assert "the best guess" in fault.message


def test_a_claim_about_a_strategy_that_does_not_exist(mine, faults_of):
    (fault,) = faults_of(mine(("talks[press]", "talks[persuade]")))
    assert (at(fault), fault.code) == ((38, 49), "unknown-name")
    assert "press" in fault.hint


def test_a_case_too_large(mine, faults_of):
    levels = ", ".join(f"l{n}" for n in range(20))
    conditions = "".join(f"  c{n}: {{levels: [{levels}]}}\n" for n in range(10))
    (fault,) = faults_of(mine(("conditions:\n", f"conditions:\n{conditions}")))
    assert (at(fault), fault.code) == ((25, 3), "too-large")
    assert "30,720,000,000,000" in fault.message
    assert "`c0`" in fault.hint


def test_a_number_that_is_not_finite_in_some_world(mine, faults_of):
    (fault,) = faults_of(mine(('worth: "-cost"', 'worth: "1 / (cost - 0.55)"')))
    assert (at(fault), fault.code) == ((18, 49), "non-finite")
    assert "the best guess" in fault.message


def test_influence_above_one_in_some_world(mine, faults_of):
    factions = "factions: {a: {influence: [0.4, 0.8]}, b: {influence: [0.3, 0.7]}, c: {influence: rest}}"
    (fault,) = faults_of(mine(("    options: {concede: {}}\n    wants:\n      - {id: pride", f"    options: {{concede: {{}}}}\n    {factions}\n  more:\n    wants:\n      - {{id: pride")))  # fmt: skip
    assert fault.code == "influence"
    assert at(fault) == (21, 15)


# What the reader of YAML and the model find, together


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pace: 2", "pace: .inf"),
        ("pace: 2", "pace: *slow"),
        ("pace: 2", "pace: !!int 2"),
        ("pace: 2", "<<: 2"),
        ("{id: pain, that: us.pressure, worth: -1}", "{id: pain, that: max(us.pressure, 0), worth: -1}"),
        ("{id: pain, that: us.pressure, worth: -1}", "{id: pain, that: us.pressure, worth: max(1, cost)}"),
        ("{when: them.concede, set: {pressure: none}}", "{when: max(1, 0) > 0, set: {pressure: none}}"),
        ("{of: them.concede, measure: average, better: high, for: us}", "{of: max(them.concede, 0), measure: average}"),
        ("levels: [none, targeted, broad]", "levels: [none, .nan, targeted, broad]"),
        ("them.concede, worth: 1", "them.concede, worth: 1, worth: 2"),
        ("horizon: 12", "horizon: 1e999"),
    ],
)
def test_a_fault_of_yaml_hides_no_other_and_causes_none(mine, faults_of, old, new):
    one = faults_of(mine((old, new)))
    assert len(one) == 1, [str(fault) for fault in one]
    two = faults_of(mine((old, new), ("talks[press]", "talks[pres]")))
    assert len(two) == 2, [str(fault) for fault in two]


def test_faults_of_a_base_and_of_what_extends_it(mine, tmp_path):
    (tmp_path / "base.yaml").write_text(mine(("pace: 2", "pace: .inf"), ("[-1, -0.2]", "[-0.2, -1]")))
    own = "extends: base.yaml\nname: own\nname: twice\nplayers:\n  us:\n    lam: fast\nclaims:\n  works: {test: 'talks[pres] > 0'}\n"
    (tmp_path / "own.yaml").write_text(own)
    with pytest.raises(CaseErrors) as raised:
        read_case(tmp_path / "own.yaml")
    places = [(fault.place.file.rpartition("/")[2], *at(fault)) for fault in raised.value.faults]
    assert places == [
        ("base.yaml", 13, 11), ("base.yaml", 22, 48), ("own.yaml", 3, 1), ("own.yaml", 6, 10), ("own.yaml", 8, 17),
    ]  # fmt: skip


def test_a_broken_value_does_not_delete_what_the_base_has(mine, tmp_path):
    (tmp_path / "base.yaml").write_text(mine())
    (tmp_path / "own.yaml").write_text("extends: base.yaml\nunknowns:\n  cost: .nan\n")
    with pytest.raises(CaseErrors) as raised:
        read_case(tmp_path / "own.yaml")
    (fault,) = raised.value.faults
    assert at(fault) == (3, 9)


def test_a_missing_base_does_not_hide_the_files_own_faults(mine, tmp_path):
    (tmp_path / "own.yaml").write_text("extends: base.yaml\nname: own\nname: twice\n")
    with pytest.raises(CaseErrors) as raised:
        read_case(tmp_path / "own.yaml")
    assert [at(fault) for fault in raised.value.faults] == [(1, 10), (3, 1)]


def test_faults_of_the_model_find_their_place_through_extends(mine, tmp_path):
    (tmp_path / "base.yaml").write_text(mine())
    own = "extends: base.yaml\nplayers:\n  us:\n    wants:\n      - {id: extra, that: us.presure, worth: 1}\n"
    (tmp_path / "own.yaml").write_text(own)
    with pytest.raises(CaseErrors) as raised:
        read_case(str(tmp_path / "own.yaml"))
    (fault,) = raised.value.faults
    assert (fault.place.file.rpartition("/")[2], *at(fault)) == ("own.yaml", 5, 27)
    assert fault.path == ("players", "us", "wants", 2, "that")


# Where cases come from


@pytest.mark.parametrize("shipped", catalogue(), ids=lambda case: case.name)
def test_shipped_cases_have_no_mistakes(shipped):
    file = read_case(shipped.name)
    assert offramp.load_case(f"{shipped.group}/{shipped.name}").digest == file.case.digest
    assert min(check_case(file.case).states.values()) > 0


def test_what_is_shipped():
    names = [case.name for case in catalogue()]
    assert {"coercion", "crisis-bargaining", "iran-2009"} <= set(names)
    assert find_shipped("coercion") == find_shipped("literature/coercion.yaml") != None  # noqa: E711
    assert find_shipped("iran/coercion") is None
    assert find_shipped("") is None


@pytest.mark.parametrize(
    ("source", "says", "hint"),
    [
        ("coercoin", "no shipped case `coercoin`", "did you mean `coercion`?"),
        ("nowhere.yaml", "cannot read nowhere.yaml", "offramp cases"),
        ("no/where", "cannot read no/where", "offramp cases"),
        ("a\0b.yaml", "cannot read", "offramp cases"),
        (".", "no shipped case", "offramp cases"),
    ],
)
def test_no_such_case(source, says, hint):
    with pytest.raises(UsageError) as raised:
        read_case(source)
    assert says in raised.value.message
    assert hint in raised.value.hint


def test_a_file_is_named_after_itself(mine, tmp_path):
    path = tmp_path / "own-case.yaml"
    path.write_text(mine(("name: mine\n", "")))
    assert read_case(path).case.name == "own-case"
    assert parse_case(mine(("name: mine\n", ""))).case.name == "case"


def test_a_folder_is_no_case(tmp_path):
    with pytest.raises(UsageError):
        read_case(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "a", "[]", "{}", "offramp: 1", "players: {}", "offramp: 1\nplayers: {us: }", b"\xff", "a: &a [*a]"]
)
def test_next_to_nothing(faults_of, text):
    assert faults_of(text)


def test_texts_without_a_word_are_faults(faults_of):
    found = faults_of("""\
offramp: 1
name: empty
sources: {one: {title: One}}
players:
  us:
    options: {push: {}}
    wants: [{that: us.push, worth: 1, source: one, quote: ""}]
strategies: {go: {}}
mechanisms:
  M1: {says: "  ", source: one, quote: " "}
left_out: {M1: so}
claims:
  C1: {says: "", factual: true}
tensions:
  X1: {says: "", between: [M1, C1]}
""")
    own_words, copied = "write the sentence in your own words", "copy a few words of the source, or leave `quote` out"
    assert [(str(fault.place), fault.message, fault.hint) for fault in found] == [
        ("mine.yaml:7:59", "`quote` is empty", copied),
        ("mine.yaml:10:14", "`says` is empty", own_words),
        ("mine.yaml:10:40", "`quote` is empty", copied),
        ("mine.yaml:13:14", "`says` is empty", own_words),
        ("mine.yaml:15:14", "`says` is empty", own_words),
    ]
