"""Run the commands of the README's own case in an empty folder and print what a reader sees.

    python scripts/own_case.py             prints the transcript
    python scripts/own_case.py --update    writes it to docs/own-case/transcript.txt

tests/docs checks the file, and every console block of the README against it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "docs" / "own-case"
COMMANDS = ("offramp check ferry.yaml", "offramp run ferry.yaml --worlds 64")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write docs/own-case/transcript.txt")
    asked = parser.parse_args()
    text = transcript()
    if asked.update:
        (HERE / "transcript.txt").write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def transcript() -> str:
    """Return the commands and what they print, standard output before standard error."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "ferry.yaml", folder)
        return "\n".join(_shown(command, Path(folder)) for command in COMMANDS)


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
