import os

import pytest

from offramp.casefile.extends import MOST_BASES, read_chain
from offramp.casefile.merging import merge
from offramp.casefile.tree import read_tree
from offramp.errors import CaseErrors, Place


def merged(base, own):
    tree, faults = merge(read_tree(base, "base.yaml"), read_tree(own, "own.yaml"))
    if faults:
        raise CaseErrors(faults)
    return tree


def fault(call, *args, **more):
    with pytest.raises(CaseErrors) as raised:
        call(*args, **more)
    (only,) = raised.value.faults
    assert only.hint
    return only


def test_mappings_merge_by_key_and_null_deletes():
    tree = merged("a: 1\nb: {x: 1, y: 2}\nc: [1, 2]\nd: 4\n", "e: 5\nb: {y: 3, z: 4}\nd:\nc: [3]\na: {k: }\n")
    assert tree.data == {"a": {"k": None}, "b": {"x": 1, "y": 3, "z": 4}, "c": [3], "e": 5}
    assert list(tree.data) == ["a", "b", "c", "e"]


def test_places_point_into_the_file_where_the_text_stands():
    tree = merged("a: 1\nb: {x: 1, y: 2}\nw:\n- {id: p, v: 1}\n", "b: {y: 3}\nw:\n- {id: q}\n- {id: p, u: 2}\n")
    assert tree.place(("a",)) == Place("base.yaml", 1, 4)
    assert tree.place(("b", "x")) == Place("base.yaml", 2, 8)
    assert tree.place(("b", "x"), at_key=True) == Place("base.yaml", 2, 5)
    assert tree.place(("b", "y")) == Place("own.yaml", 1, 8)
    assert tree.place(("b", "y"), at_key=True) == Place("own.yaml", 1, 5)
    assert tree.place(("w", 0, "v")) == Place("base.yaml", 4, 14)
    assert tree.place(("w", 0, "u")) == Place("own.yaml", 4, 14)
    assert tree.place(("w", 1)) == Place("own.yaml", 3, 3)
    assert tree.place(()) == Place("own.yaml", 1, 1)


def test_items_with_an_id_merge_by_it():
    base = "w: [{id: p, a: 1, b: 2}, {that: x}, {id: q, a: 1}, {id: r}]"
    own = "w: [{id: new}, {id: q, remove: true}, {id: p, b: null, c: 3}, {that: y}]"
    assert merged(base, own).data == {
        "w": [{"id": "p", "a": 1, "c": 3}, {"that": "x"}, {"id": "r"}, {"id": "new"}, {"that": "y"}]
    }


@pytest.mark.parametrize(
    ("base", "own"),
    [
        ("[{id: p}]", "[]"),
        ("[{id: p}]", "[{that: x}]"),
        ("[{that: x}]", "[{id: p}]"),
        ("[1]", "[2]"),
        ("{a: 1}", "[2]"),
    ],
)
def test_other_lists_replace(base, own):
    assert merged(f"w: {base}", f"w: {own}").data == read_tree(f"w: {own}", "x").data


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("w: [{id: z, remove: true}]", "no z to remove in base.yaml"),
        ("w: [{id: p, a: 1}, {id: p, a: 2}]", "stands twice"),
        ("w: [{id: p, remove: false}]", "takes an item away"),
        ("w: [{id: p, remove: true, a: 1}]", "takes an item away"),
    ],
)
def test_faults_of_items(own, says):
    found = fault(merged, "w: [{id: p}, {id: q}]", own)
    assert says in found.message
    assert found.place.file == "own.yaml"


SHIPPED = {
    "iran-base": ("a: 1\nb: {x: 1}\n", "cases/iran-base.yaml"),
    "iran-2006": ("extends: iran-base\nb: {y: 2}\n", "cases/iran-2006.yaml"),
    "loop-a": ("extends: loop-b\n", "cases/loop-a.yaml"),
    "loop-b": ("extends: loop-a\n", "cases/loop-b.yaml"),
    "reaches": ("extends: secret.yaml\n", "cases/reaches.yaml"),
    "faulty": ("a: 1\na: 2\n", "cases/faulty.yaml"),
} | {f"n{i}": (f"extends: n{i + 1}\n", f"cases/n{i}.yaml") for i in range(MOST_BASES + 5)}  # fmt: skip


def chain(text, folder=None, file="own.yaml"):
    return read_chain(text, file, folder=folder, shipped=SHIPPED.get, names=SHIPPED)


def test_no_extends():
    assert chain("a: 1").data == {"a": 1}


def test_shipped_cases():
    tree = chain("extends: iran-2006\nb: {x: 3}\n")
    assert tree.data == {"a": 1, "b": {"x": 3, "y": 2}}
    assert tree.place(("a",)).file == "cases/iran-base.yaml"
    assert ("extends",) not in tree.places
    assert ("extends",) not in tree.key_places


def test_files_of_the_same_folder(tmp_path):
    (tmp_path / "base.yaml").write_text("extends: iran-base\nc: 3\n")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "base.yaml")
    for name in ("base.yaml", "link.yaml"):
        tree = chain(f"extends: {name}\na: 5", tmp_path, str(tmp_path / "own.yaml"))
        assert tree.data == {"a": 5, "b": {"x": 1}, "c": 3}
        assert tree.place(("c",)).file == str(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "says", "hint"),
    [
        ("iran-bas", "no shipped case named iran-bas", "did you mean iran-base"),
        ("basis.yaml", "no file in the same folder named basis.yaml", "basic.yaml"),
        ("zzzzzz", "no shipped case", "there are"),
        ("../x.yaml", "same folder", "same folder"),
        ("/etc/passwd", "same folder", "shipped"),
        ("'..\\x.yaml'", "same folder", "shipped"),
        ("'C:x.yaml'", "same folder", "shipped"),
        ("..", "same folder", "shipped"),
        ("out.yaml", "leads out", "same folder"),
        ("folder.yaml", "no file", ".yaml"),
        ("pipe.yaml", "no file", ".yaml"),
        ("round.yaml", "round.yaml", "file"),
        ("[a]", "takes a name", "write"),
        ("3", "takes a name", "write"),
        ("''", "takes a name", "write"),
        ("", "takes a name", "write"),
        ("x" * 5000 + ".yaml", "cannot be read", "check"),
    ],
)
def test_bases_that_are_not_there(name, says, hint, tmp_path):
    folder = tmp_path / "cases"
    (folder / "folder.yaml").mkdir(parents=True)
    (folder / "basic.yaml").write_text("a: 1")
    (tmp_path / "x.yaml").write_text("a: 1")
    (folder / "out.yaml").symlink_to(tmp_path / "x.yaml")
    (folder / "round.yaml").symlink_to(folder / "round.yaml")
    os.mkfifo(folder / "pipe.yaml")
    found = fault(chain, f"title: t\nextends: {name}\n", folder)
    assert says in found.message
    assert hint in found.hint
    assert found.path == ("extends",)
    assert (found.place.file, found.place.line) == ("own.yaml", 2)
    assert len(str(found)) < 600


def test_files_need_a_folder():
    assert "without a folder" in fault(chain, "extends: x.yaml").message


def test_a_shipped_case_does_not_reach_into_the_folder(tmp_path):
    (tmp_path / "secret.yaml").write_text("a: 1")
    assert fault(chain, "extends: reaches", tmp_path).place.file == "cases/reaches.yaml"


def test_circles(tmp_path):
    found = fault(chain, "extends: loop-a")
    assert "own.yaml > loop-a > loop-b > loop-a" in found.message
    assert found.place.file == "cases/loop-b.yaml"
    (tmp_path / "own.yaml").write_text("extends: other.yaml")
    (tmp_path / "other.yaml").write_text("extends: own.yaml")
    found = fault(chain, "extends: other.yaml", tmp_path)
    assert "own.yaml > other.yaml > own.yaml" in found.message
    assert "circle" in fault(chain, "extends: own.yaml", tmp_path).message
    (tmp_path / "alias.yaml").symlink_to(tmp_path / "own.yaml")
    assert "circle" in fault(chain, "extends: alias.yaml", tmp_path).message


def test_the_chain_is_bounded():
    assert str(MOST_BASES) in fault(chain, "extends: n0").message


def test_faults_of_a_base_are_reported_in_the_base():
    assert fault(chain, "extends: faulty").place == Place("cases/faulty.yaml", 2, 1)


def test_a_base_that_is_too_large(tmp_path):
    (tmp_path / "big.yaml").write_text("a: " + "x" * 2_000_000)
    assert "larger" in fault(chain, "extends: big.yaml", tmp_path).message
