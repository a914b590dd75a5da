import pytest

from offramp.casefile.reading import MOST_DEPTH, MOST_FAULTS
from offramp.casefile.tree import MOST_BYTES, Tree, read_tree
from offramp.errors import CaseErrors, Place


def faults(text):
    with pytest.raises(CaseErrors) as raised:
        read_tree(text, "f.yaml")
    found = raised.value.faults
    assert found
    for fault in found:
        assert fault.place is not None
        assert fault.message
        assert fault.hint
        assert len(str(fault)) < 500
    return [(fault.place.line, fault.place.column, fault.message) for fault in found]


def one(text):
    found = faults(text)
    assert len(found) == 1, found
    return found[0]


def test_values_and_places():
    tree = read_tree('offramp: 1\nplayers:\n  us:   {pace: 2.5}\n  "on": [a, no, "1"]\nempty:\n', "f.yaml")
    assert tree.data == {
        "offramp": 1,
        "players": {"us": {"pace": 2.5}, "on": ["a", "no", "1"]},
        "empty": None,
    }
    assert tree.place(("players", "us", "pace")) == Place("f.yaml", 3, 16)
    assert tree.place(("players", "us", "pace"), at_key=True) == Place("f.yaml", 3, 10)
    assert tree.place(("players", "on", 2)) == Place("f.yaml", 4, 17)
    assert tree.place(("players", "on"), at_key=True) == Place("f.yaml", 4, 3)
    assert tree.place(("empty",)) == Place("f.yaml", 5, 1)


def test_a_place_falls_back_to_what_is_around_it():
    tree = read_tree("a:\n  b: {c: 1}\n", "f.yaml")
    assert tree.place(("a", "b", "x", 3)) == Place("f.yaml", 2, 6)
    assert tree.place(("a", "b", "x"), at_key=True) == Place("f.yaml", 2, 6)
    assert tree.place(("nothing",)) == tree.place(()) == Place("f.yaml", 1, 1)


def test_columns_count_characters():
    tree = read_tree("\ufeffä: 🙂\r\nb: {é: 1, c: 2}\r\n".encode(), "f.yaml")
    assert tree.place(("ä",)) == Place("f.yaml", 1, 4)
    assert tree.place(("b", "c")) == Place("f.yaml", 2, 14)


def test_keys_are_text():
    assert read_tree("1: a\ntrue: b\nno: c\n~: d\n", "f").data == {"1": "a", "true": "b", "no": "c", "~": "d"}


def test_texts_of_several_lines():
    data = read_tree("a: |\n  x\n  y\nb: >\n  x\n  y\nc: x\n  y\nd: 'it''s\n\n  1'\n", "f").data
    assert data == {"a": "x\ny\n", "b": "x y\n", "c": "x y", "d": "it's\n1"}


def test_aliases_are_written_out():
    tree = read_tree("a: &a {x: [1]}\nb: *a\nc: &t k\nd: {*t : 2}\n", "f")
    assert tree.data == {"a": {"x": [1]}, "b": {"x": [1]}, "c": "k", "d": {"k": 2}}
    assert tree.place(("b",)) == Place("f", 2, 4)
    assert tree.place(("b", "x")) == tree.place(("a", "x"))
    tree.data["a"]["x"].append(2)
    assert tree.data["b"]["x"] == [1]


@pytest.mark.parametrize("head", ["%YAML 1.2\n---\n", "---\n", "# x\n", "\n\n---\n"])
def test_heads_that_are_fine(head):
    assert read_tree(head + "a: 1\n...\n", "f").data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("", 1, 1, "empty"),
        ("# x\n", 1, 1, "empty"),
        ("---\n...\n", 1, 1, "empty"),
        ("x\n", 1, 1, "the text x"),
        ("- a\n", 1, 1, "a list"),
        ('""\n', 1, 1, "the text"),
        (b"a: 1\nb: x\xff", 2, 5, "0xff is not UTF-8"),
        ("ä: ".encode() + b"\xe4", 1, 4, "UTF-8"),
        ("a: \ufeffx", 1, 4, "U+FEFF"),
        ("a: 1\nb: \x00", 2, 4, "U+0000"),
        ("a: \x1b[1m", 1, 4, "U+001B"),
        ("a: \ud800", 1, 4, "U+D800"),
        ("a: x\u2028y", 1, 5, "U+2028"),
        ("a: 1\rb: 2", 1, 5, "U+000D"),
        ('a: "\\0"', 1, 4, "U+0000"),
        ('a: "\\ud800"', 1, 4, "U+D800"),
        ('"\\e": 1', 1, 1, "U+001B"),
        ('a: "\\U00110000"', 1, 7, "escape"),
        ('a: "\\UFFFFFFFF"', 1, 7, "escape"),
        ('a: "\\q"', 1, 6, "escape"),
        ("%YAML 1.1\n---\na: 1", 1, 1, "directive %YAML 1.1"),
        ("%YAML 2.0\n---\na: 1", 1, 1, "directive"),
        ("%TAG ! x\n---\na: 1", 1, 1, "directive"),
        ("# c\n%YAML 1." + "9" * 5000 + "\n---\na: 1", 2, 1, "directive"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
        ("a: 1\n...\nb: 2\n", 3, 1, "second document"),
        ("a: !!python/object/apply:os.system [x]\n", 1, 4, "tags"),
        ("a: !x\n", 1, 4, "tags"),
        ("!!map {a: 1}", 1, 1, "tags"),
        ("{!x a: 1}", 1, 2, "tags"),
        ("a: !<tag:yaml.org,2002:str> 1", 1, 4, "tags"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "the key a stands here again, first on line 1"),
        ("? [a]\n: 1\n", 1, 3, "a key must be text"),
        ("{a: 1}: 1\n", 1, 1, "a key must be text"),
        (": 1\n", 1, 1, "a key is missing"),
        ("a: &a {x: 1}\nb:\n  <<: *a\n", 3, 3, "merge key"),
        ("a: *b\n", 1, 4, "&b"),
        ("a: &a [*a]\n", 1, 8, "stands inside"),
        ("a: .nan\n", 1, 4, "finite"),
        ("a: 1e999\n", 1, 4, "too large"),
        ("a: " + "1" * 5000, 1, 4, "digits"),
    ],
)
def test_what_is_refused(text, line, column, says):
    found = one(text)
    assert found[:2] == (line, column), found
    assert says in found[2]


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a:\n\tb: 1\n", 2, 1, "a tab"),
        ("a: @x", 1, 4, "start with @"),
        ("a: %x", 1, 4, "start with %"),
        ("a: `x`", 1, 4, "start with `"),
        ("a: *", 1, 4, "start with *"),
        ("a: & b", 1, 4, "start with &"),
        ("a: 1\nb:2\n", 2, 1, "a space is missing after the colon in b:2"),
        ("a: 1\nb\nc: 2\n", 2, 1, "has no colon"),
        ("a: b: c\n", 1, 5, "a colon"),
        ("test: c[x; a = 1, b: c] > 2\n", 1, 20, "a colon"),
        ("a: 'x\nb: 1\n", 1, 4, "never closed"),
        ('a: "x\nb: "y"\n', 1, 4, "closes on a later line"),
        ("a: [1, 2\nb: 3\n", 1, 4, "the [ opened here is not closed"),
        ("a: {x: 1,\nb: 2\n", 1, 4, "the { opened here"),
        ("a: [\n", 1, 4, "the [ opened here is not closed"),
        ('a: "x" y\n', 1, 8, "left over"),
        ("a: [x] > 2\n", 1, 8, "left over"),
        ("a: - b\n", 1, 4, "a list item"),
        ("a: |x\n", 1, 4, "several lines"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "does not fit"),
        ("a: {b: [c}\n", 1, 10, "missing before }"),
        ("a: [,]\n", 1, 5, "a value is missing"),
        ("a: {b: @c}\n", 1, 8, "start with @"),
    ],
)
def test_broken_yaml_is_explained(text, line, column, says):
    found = one(text)
    assert found[:2] == (line, column), found
    assert says in found[2]


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("o: {of: max(a, b), rate: 1}", 9, "max(a, b) at the comma"),
        ("o: {of: clip(a, 0, max(b, 1)), x: 1}", 9, "clip(a, 0, max(b, 1)) at the comma"),
        ("o: {max(a, b): 1}", 5, "max(a, b)"),
        ("o: [max(a, b), c]", 5, "max(a, b)"),
        ("o: [x: f(a, b)]", 8, "f(a, b)"),
        ("o: {of: f(a, b: c), d: 1}", 9, "f(a, b: c)"),
        ("o: {why: it rose, then fell, rate: 1}", 10, "it rose, then"),
        ("o: {why: a, b, c, d}", 10, "a, b, c, d"),
        ("o: {range: 0, 1}", 12, "0, 1 at the comma"),
        ("o: {of: max(a, b[c], d)}", 9, "max(a, b... at the comma"),
        ("o: {that: c[x; a = 1, b: c] > 2}", 11, "after c"),
        ("o: {when: a[b] > 1, set: {x: y}}", 11, "after a"),
        ("o: {a: b: c}", 8, "at the colon after b"),
        ("o: {a:1, b: 2}", 5, "a space is missing"),
        ("o: {b: smile :(, c: d}", 8, "not closed"),
    ],
)
def test_expressions_that_yaml_split(text, column, says):
    found = one(text)
    assert found[:2] == (1, column), found
    assert says in found[2]


@pytest.mark.parametrize(
    "text",
    [
        'o: {of: "max(a, b)", rate: 1}',
        "o: {of: (a + b) * 2}",
        "o: [a > b, b < c]",
        "o: [f(a), f(b)]",
        "o: {a, b}",
        "o: f(a, b)",
        "o: {a: , b: }",
        "o: {x: , y}",
        "o: [{a: 1}, b, [c]]",
        "o: {a: a) first, b: b) second}",
    ],
)
def test_what_is_not_split(text):
    assert isinstance(read_tree(text, "f"), Tree)


def test_all_faults_at_once_in_order():
    text = "a: !x 1\na: 2\nb: {of: max(x, y), c: .inf}\n<<: 1\n? [k]\n: 1\n"
    assert [(line, column) for line, column, _ in faults(text)] == [
        (1, 4),
        (2, 1),
        (3, 9),
        (3, 23),
        (4, 1),
        (5, 3),
    ]


def test_the_number_of_faults_is_bounded():
    assert len(faults("".join(f"a: {i}\n" for i in range(1000)))) == MOST_FAULTS
    assert len(faults("a: !x\n" * 1000)) <= MOST_FAULTS
    assert len(faults("\x00" * 1000)) == MOST_FAULTS


def test_size_and_depth():
    text = "a: " + "x" * (MOST_BYTES - 3)
    assert len(read_tree(text, "f").data["a"]) == MOST_BYTES - 3
    assert "larger than 1 MB" in one(text + "x")[2]
    assert "larger than 1 MB" in one("a: " + "ä" * (MOST_BYTES // 2))[2]
    assert "larger than 1 MB" in one(b"\xff" * (MOST_BYTES + 1))[2]
    inside = MOST_DEPTH - 1
    assert read_tree("a: " + "[" * inside + "]" * inside, "f")
    assert "nesting" in one("a: " + "[" * (inside + 1) + "]" * (inside + 1))[2]


def test_aliases_that_explode():
    text = "k0: &k0 [1, 1, 1]\n" + "".join(f"k{i}: &k{i} [{', '.join([f'*k{i - 1}'] * 9)}]\n" for i in range(1, 30))
    assert "more than" in one(text)[2]
    assert "nesting" in one("k0: &k0 1\n" + "".join(f"k{i}: &k{i} [[*k{i - 1}]]\n" for i in range(1, 3000)))[2]
