"""Change a case file and keep its comments and the order of its keys."""

from __future__ import annotations

import copy
import io
import re
import warnings
from pathlib import Path as FilePath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning, YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from offramp.casefile.tree import MOST_BYTES, Tree, Value, read_tree
from offramp.errors import CaseErrors, Path, UsageError

__all__ = ["CaseText"]


class CaseText:
    """The text of one case file, which can be read and changed element by element.

    Parameters
    ----------
    text : str or bytes
        The case, as for ``read_tree``, which checks it before anything else looks at it.
    file : str
        The name to use in places.
    """

    def __init__(self, text: str | bytes, file: str = "case") -> None:
        self._tree = read_tree(text, file)
        self._text = (text.decode("utf-8") if isinstance(text, bytes) else text).removeprefix("\ufeff")
        self._file = file

    @classmethod
    def open(cls, path: FilePath | str) -> CaseText:
        """Read a file.

        Parameters
        ----------
        path : pathlib.Path or str
            The file.

        Returns
        -------
        CaseText
            Its text.
        """
        with FilePath(path).open("rb") as stream:
            return cls(stream.read(MOST_BYTES + 1), str(path))

    @classmethod
    def parse(cls, text: str | bytes, file: str = "case") -> CaseText:
        """Take a text; the same as the constructor.

        Parameters
        ----------
        text : str or bytes
            The case.
        file : str
            The name to use in places.

        Returns
        -------
        CaseText
            The text.
        """
        return cls(text, file)

    @property
    def tree(self) -> Tree:
        """The values and places of the present text."""
        return self._tree

    def get(self, path: Path) -> Value:
        """Look up an element.

        Parameters
        ----------
        path : Path
            Keys and list positions from the top.

        Returns
        -------
        Value
            A copy of it.

        Raises
        ------
        UsageError
            Where there is no such element.
        """
        return copy.deepcopy(_walk(self._tree.data, path))

    def set(self, path: Path, value: Value) -> None:
        """Replace an element, or add a key to a mapping or an item at the end of a list.

        Parameters
        ----------
        path : Path
            The element; what it stands in must be there.
        value : Value
            Plain values as in ``Tree.data``.

        Raises
        ------
        UsageError
            Where the element cannot stand, or the text would not say the same when read again.
        """
        if not path:
            raise UsageError("the whole case cannot be set", hint="name a key")
        yaml = YAML(typ="rt", pure=True)
        yaml.preserve_quotes = True
        yaml.width = MOST_BYTES
        try:
            yaml.map_indent, yaml.sequence_indent, yaml.sequence_dash_offset = self._indents()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ReusedAnchorWarning)
                document = yaml.load(self._text)
            wanted = copy.deepcopy(self._tree.data)
            _put(_walk(wanted, path[:-1]), path, copy.deepcopy(value))
            _put(_walk(document, path[:-1]), path, copy.deepcopy(value))
            stream = io.StringIO()
            yaml.dump(document, stream)
            text = stream.getvalue()
            tree = read_tree(text, self._file)
        except (
            YAMLError,
            CaseErrors,
            ValueError,
            TypeError,
            AttributeError,
            RuntimeError,
            LookupError,
        ) as error:
            raise UsageError(f"{_dotted(path)} cannot be set: {error}", code="cannot-set") from error
        if tree.data != wanted:
            hint = "edit the file by hand"
            raise UsageError(f"{_dotted(path)} cannot be set without changing more", code="cannot-set", hint=hint)
        self._text, self._tree = text, tree

    def text(self) -> str:
        """The text as it stands now; unchanged, byte for byte, as long as nothing was set.

        Returns
        -------
        str
            YAML.
        """
        return self._text

    def _indents(self) -> tuple[int, int, int]:
        """Indents of mappings and lists and the offset of the dash, as at the first place in the text."""
        mapping = _NESTED.search(self._text)
        dash = _DASH.search(self._text)
        offset = len(dash[2]) - len(dash[1]) if dash else 2
        return (len(mapping[2]) - len(mapping[1]) if mapping else 2), offset + 2, offset


_NESTED = re.compile(r"^( *)[^\s#-][^#\n]*:[ \t]*(?:#.*)?\n(?:\s*#.*\n)*(\1 +)[^\s#-]", re.MULTILINE)
_DASH = re.compile(r"^( *)[^\s#-][^#\n]*:[ \t]*(?:#.*)?\n(?:\s*#.*\n)*(\1 *)- ", re.MULTILINE)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _walk(value: Any, path: Path) -> Any:
    """The element of nested mappings and lists, ours or ruamel's."""
    for i, step in enumerate(path):
        if isinstance(value, dict) and isinstance(step, str):
            found = [key for key in value if str(key) == step]
            if found:
                value = value[found[0]]
                continue
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
            continue
        hint = "name keys and list positions from the top"
        raise UsageError(f"there is no {_dotted(path[: i + 1])} in the case", code="no-element", hint=hint)
    return value


def _put(parent: Any, path: Path, value: Value) -> None:
    step = path[-1]
    if isinstance(parent, dict) and isinstance(step, str):
        key = next((key for key in parent if str(key) == step), step)
        parent[key] = _styled(parent.get(key), value)
    elif isinstance(parent, list) and isinstance(step, int) and 0 <= step < len(parent):
        parent[step] = _styled(parent[step], value)
    elif isinstance(parent, list) and step == len(parent):
        parent.append(value)
    else:
        raise UsageError(f"{_dotted(path)} has no place in the case", code="no-element", hint="set its parent")


def _styled(old: Any, new: Value) -> Value:
    """Keep the quotes that the old text had."""
    if isinstance(old, SingleQuotedScalarString | DoubleQuotedScalarString) and isinstance(new, str):
        return type(old)(new)
    return new
