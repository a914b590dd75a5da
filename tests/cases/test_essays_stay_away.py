"""What is shipped quotes the essays in short: no text of the repository holds a long run of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ESSAYS = ROOT.parent / "shared" / "essays"
SHIPPED = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "src/offramp")
LONG = 16
"""Words; a quote has one fewer at most."""


def words(text: str) -> list[str]:
    """Return the words in small letters, whatever stands between them: quotes that follow each other are one run."""
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’](?=\w)", "", text.casefold()))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return (tuple(found[n : n + LONG]) for n in range(len(found) - LONG + 1))


def texts() -> list[Path]:
    """Return Markdown, case files and other texts that are shipped."""
    found = [file for name in SHIPPED for file in [ROOT / name, *(ROOT / name).rglob("*")]]
    return [file for file in found if file.suffix in (".md", ".yaml", ".txt", ".json", ".html") and file.is_file()]


@pytest.fixture(scope="module")
def essays() -> frozenset[tuple[str, ...]]:
    if not ESSAYS.is_dir():
        pytest.skip(f"the essays are not at hand ({ESSAYS})")
    files = [file for ending in ("*.txt", "*.md") for file in ESSAYS.glob(ending)]
    return frozenset(run for file in files for run in runs(file.read_text(encoding="utf-8")))


def test_no_shipped_text_holds_a_long_run_of_the_essays(essays: frozenset[tuple[str, ...]]) -> None:
    assert len(essays) > 1000
    assert len(texts()) > 20
    copied = {
        f"{file.relative_to(ROOT)}: {' '.join(run)}"
        for file in texts()
        for run in runs(file.read_text(encoding="utf-8"))
        if run in essays
    }
    assert not copied, "\n".join(sorted(copied))
