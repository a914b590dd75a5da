from __future__ import annotations

from pathlib import Path

import pytest

from offramp.documents import read_document

from . import essay

ESSAYS = Path(__file__).resolve().parents[3] / "shared" / "essays"
_WRITERS = {"txt": essay.markdown, "md": essay.markdown, "html": essay.html, "pdf": essay.pdf}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The made-up essay by suffix, as documents."""
    folder = tmp_path_factory.mktemp("essay")
    found = {}
    for suffix, write in _WRITERS.items():
        text = write()
        path = folder / f"quill-2006.{suffix}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        found[suffix] = read_document(path)
    return found


@pytest.fixture(scope="session")
def essays():
    """The two reference essays, where they are at hand; their text is no part of this repository."""
    if not ESSAYS.is_dir():
        pytest.skip(f"the essays are not at hand ({ESSAYS})")
    return {id_: read_document(ESSAYS / f"{id_}.txt") for id_ in ("khalaji-2006", "singh-2009")}


@pytest.fixture
def read(tmp_path):
    """Read a text, by default as Markdown."""

    def reading(text, name="essay.md"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_document(path)

    return reading
