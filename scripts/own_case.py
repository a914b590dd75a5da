"""Run the commands of the README's own case in an empty folder and print what a reader sees.

    python scripts/own_case.py             prints the transcript
    python scripts/own_case.py --update    writes it to docs/own-case/transcript.txt, and parts of it into the README

tests/docs checks the file, and every console block of the README against it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "docs" / "own-case"
COMMANDS = ("offramp check ferry.yaml", "offramp run ferry.yaml --worlds 64")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--update", action="store_true", help="write the transcript and the console blocks of the README"
    )
    asked = parser.parse_args()
    text = transcript()
    if asked.update:
        (HERE / "transcript.txt").write_text(text, encoding="utf-8")
        readme = ROOT / "README.md"
        readme.write_text(refreshed(readme.read_text(encoding="utf-8"), text), encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def transcript() -> str:
    """Return the commands and what they print, standard output before standard error."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "ferry.yaml", folder)
        return "\n".join(_shown(command, Path(folder)) for command in COMMANDS)


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


def _shown(command: str, folder: Path) -> str:
    plain = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "TTY_COMPATIBLE")}
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
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
