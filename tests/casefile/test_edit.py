import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.casefile.edit import CaseText
from offramp.errors import CaseErrors, UsageError

TEXT = """\
# a case
offramp: 1   # the version
date: 2006-05-01

players:
  us:   # United States
    pace: 2
    wants:
    - {id: relief, worth: 1}   # why
    - {that: x, why: 'it costs'}
1: 0x1F
no: yes
"""


def test_nothing_changes_by_itself(tmp_path):
    (tmp_path / "x.yaml").write_bytes(TEXT.encode())
    assert CaseText.open(tmp_path / "x.yaml").text() == TEXT
    assert CaseText.parse(TEXT).text() == TEXT


def test_get():
    case = CaseText(TEXT)
    assert case.get(("players", "us", "wants", 0, "worth")) == 1
    assert case.get(("1",)) == 31
    assert case.get(("no",)) == "yes"
    case.get(("players", "us"))["pace"] = 9
    assert case.get(("players", "us", "pace")) == 2
    assert case.tree.place(("offramp",)).line == 2


def test_set_keeps_comments_and_order():
    case = CaseText(TEXT)
    case.set(("players", "us", "pace"), 3.5)
    case.set(("players", "us", "wants", 1, "why"), "max(a, b): c")
    case.set(("offramp",), "2")
    case.set(("1",), None)
    changed = {
        "pace: 2": "pace: 3.5",
        "'it costs'": "'max(a, b): c'",
        "offramp: 1 ": "offramp: '2' ",
        "1: 0x1F": "1:",
    }
    wanted = TEXT
    for old, new in changed.items():
        wanted = wanted.replace(old, new)
    assert case.text().split() == wanted.split()
    assert [line.rstrip() for line in case.text().splitlines()][3:7] == wanted.splitlines()[3:7]


def test_set_adds():
    case = CaseText(TEXT)
    case.set(("players", "iran"), {"options": {"concede": {}}})
    case.set(("players", "us", "wants", 2), {"id": "new", "that": "a, b"})
    assert case.get(("players", "iran", "options")) == {"concede": {}}
    assert CaseText(case.text()).get(("players", "us", "wants", 2)) == {"id": "new", "that": "a, b"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), {}),
        (("absent", "x"), 1),
        (("players", 0), 1),
        (("players", "us", "wants", 7), 1),
        (("players", "us", "wants", "x"), 1),
        (("offramp", "x"), 1),
        (("offramp",), float("nan")),
        (("offramp",), float("inf")),
        (("offramp",), object()),
        (("offramp",), "\0"),
        (("offramp",), {1: 2}),
        (("offramp",), (1, 2)),
    ],
)
def test_what_cannot_be_set_changes_nothing(path, value):
    case = CaseText(TEXT)
    with pytest.raises(UsageError):
        case.set(path, value)
    assert case.text() == TEXT


@pytest.mark.parametrize("path", [("x",), ("players", "us", "wants", 2), ("players", 0), ("offramp", "x")])
def test_get_what_is_not_there(path):
    with pytest.raises(UsageError, match="there is no"):
        CaseText(TEXT).get(path)


def test_an_alias_is_not_changed_behind_the_readers_back():
    case = CaseText("a: &a {x: 1}\nb: *a\n")
    with pytest.raises(UsageError, match="without changing more"):
        case.set(("b", "x"), 2)


def test_anchors_used_twice():
    case = CaseText("a: &a 1\nb: &a 2\nc: *a\nd: 4\n")
    case.set(("d",), 5)
    assert case.get(("c",)) == 2


def test_tags_are_never_seen_by_the_editor():
    with pytest.raises(CaseErrors):
        CaseText("a: !!python/object/apply:os.system [true]")


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.integers() | st.booleans() | st.floats())
def test_what_is_set_is_read_again(value):
    case = CaseText(TEXT)
    try:
        case.set(("players", "us", "wants", 0, "worth"), value)
    except UsageError:
        assert case.text() == TEXT
    else:
        assert CaseText(case.text()).get(("players", "us", "wants", 0, "worth")) == value
