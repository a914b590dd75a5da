"""Run the commands of the README's own case and of docs/essay-to-case.md in empty folders and print what a reader sees.

    python scripts/transcripts.py             prints the transcripts
    python scripts/transcripts.py --update    writes them beside the examples, and parts of them into the pages

tests/docs checks the files, and every console block of the pages against them.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


@dataclass(frozen=True)
class Example:
    """A folder of files that a page works with, and the commands it shows."""

    folder: str
    files: tuple[str, ...]
    commands: tuple[str, ...]
    page: Path

    @property
    def written(self) -> Path:
        """Where the transcript is kept."""
        return DOCS / self.folder / "transcript.txt"

    def transcript(self) -> str:
        """Return the commands and what they print, standard output before standard error."""
        with tempfile.TemporaryDirectory() as folder:
            for file in self.files:
                shutil.copy(DOCS / self.folder / file, folder)
            return "\n".join(_shown(command, Path(folder)) for command in self.commands)


OWN = Example(
    "own-case", ("ferry.yaml",), ("offramp check ferry.yaml", "offramp run ferry.yaml --worlds 64"), ROOT / "README.md"
)
ESSAY = Example(
    "essay-to-case",
    ("marsh-2021.md", "gates.yaml"),
    (
        "offramp read marsh-2021.md",
        "offramp check gates.yaml --documents .",
        "offramp run gates.yaml --worlds 64",
        'offramp trace gates.yaml "needs no trust"',
    ),
    DOCS / "essay-to-case.md",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write the transcripts and the blocks of the pages")
    asked = parser.parse_args()
    for example, refresh in ((OWN, refreshed), (ESSAY, refreshed_essay)):
        text = example.transcript()
        if asked.update:
            example.written.write_text(text, encoding="utf-8")
            page = example.page.read_text(encoding="utf-8")
            example.page.write_text(refresh(page, text), encoding="utf-8")
        else:
            sys.stdout.write(text)
    return 0


def excerpts(text: str) -> list[str]:
    """Return the parts of the transcript that the README shows: check, answer, table, tested verdicts."""
    checked, run = text.split("\n$ offramp run", 1)
    answer, rest = f"$ offramp run{run}".split("\nSTRATEGIES AND OUTCOMES\n", 1)
    table, rest = rest.split("\nVERDICTS\n", 1)
    verdicts = re.split(r"\n[^\n]*cannot be tested here\n", rest, maxsplit=1)[0]
    parts = [checked, answer, table.split("\n\n", 1)[1], f"VERDICTS\n{verdicts}"]
    return [part.rstrip("\n") + "\n" for part in parts]


def refreshed(readme: str, text: str) -> str:
    """Return the README with the parts of a transcript in place of its console blocks; the one with a mistake stays."""
    parts = iter(excerpts(text))

    def put(block: re.Match[str]) -> str:
        return block[0] if "Did you mean" in block[1] else f"```console\n{next(parts)}```"

    return re.sub(r"^```console\n(.*?)^```$", put, readme, flags=re.MULTILINE | re.DOTALL)


def refreshed_essay(page: str, text: str) -> str:
    """Return the page with whole commands in its console blocks, and two verdicts of the run in its text block."""
    printed = {part.splitlines()[0]: part for part in re.split(r"\n(?=\$ )", text)}
    run = next(part for command, part in printed.items() if " run " in command)
    verdicts = re.findall(r"^(?:threats|no-trust)  .*?\n\n", run, flags=re.MULTILINE | re.DOTALL)
    page = re.sub(r"^```text\n.*?^```$", lambda _: f"```text\n{''.join(verdicts).rstrip()}\n```", page, count=1,
                  flags=re.MULTILINE | re.DOTALL)  # fmt: skip

    def put(block: re.Match[str]) -> str:
        command = block[1].splitlines()[0]
        return block[0] if " run " in command else f"```console\n{printed[command].rstrip()}\n```"

    return re.sub(r"^```console\n(.*?)^```$", put, page, flags=re.MULTILINE | re.DOTALL)


def _shown(command: str, folder: Path) -> str:
    plain = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "TTY_COMPATIBLE")}
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env={**plain, "COLUMNS": "80", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = (done.stdout + done.stderr).splitlines()
    return "\n".join([f"$ {command}", *(line.rstrip() for line in lines)]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
