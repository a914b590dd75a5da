"""``offramp resume DIR``"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offramp.cli.arguments import cluster_option, json_option, workers_option

if TYPE_CHECKING:
    from offramp.casefile import CaseFile
    from offramp.runs import Manifest

SHOWN = 12
"""Differences named."""


@click.command("resume")
@click.argument("folder", type=click.Path(path_type=Path))
@workers_option
@cluster_option
@json_option
def command(folder: Path, workers: int | None, cluster: str | None, as_json: bool) -> None:
    """Go on with a run that was stopped or killed: compute the worlds that are missing, and none else.

    FOLDER is what the run writes, such as NAME.offramp. The numbers are those of a run that was never stopped. Refused
    where the case, or what computes it, is not what it was.
    """
    from offramp.cli.carried_out import carry_out_and_show
    from offramp.cli.reading import read_case
    from offramp.runs import Asked, read_manifest

    manifest, before = read_manifest(folder)
    file = read_case(manifest.source)
    _refuse_changed(folder, manifest, before, file)
    asked = Asked(
        manifest.source, manifest.worlds, manifest.seed, manifest.strategies, manifest.until, manifest.command,
        manifest.gpu, manifest.begun,
    )  # fmt: skip
    carry_out_and_show(folder, file, asked, workers=workers, cluster=cluster, as_json=as_json)


def _refuse_changed(folder: Path, manifest: Manifest, before: Any, file: CaseFile) -> None:
    """Refuse to mix numbers of one case, or one version, with those of another."""
    import json

    from offramp.errors import UsageError
    from offramp.play.gpu import available
    from offramp.runs import differences, here, identity
    from offramp.shapes import ENSEMBLE_TOLERANCE

    anew = f"put it back, or run it anew with `offramp run`: the numbers in {folder} stay, its report is replaced"
    if file.case.digest != manifest.digest:
        now = json.loads(json.dumps(file.tree.data, default=str))
        found = list(differences(before, now))
        lines = [f"  {line}" for line in islice(found, SHOWN)]
        if len(found) > SHOWN:
            lines.append(f"  and {len(found) - SHOWN} more")
        what = "\n".join(["the case is not what it was when the run began:", *lines])
        raise UsageError(what, code="changed", hint=anew)
    if manifest.gpu and not available():
        raise UsageError("the run was computed on a GPU, and there is none here", code="no-gpu",
                         hint="resume it where it began, or run it anew without --gpu into another folder")  # fmt: skip
    if identity(file.case.digest, manifest.seed, ENSEMBLE_TOLERANCE, gpu=manifest.gpu) != manifest.identity:
        now_here = here()
        old = {**manifest.versions.libraries, "processor": manifest.versions.processor}
        new = {**now_here.libraries, "processor": now_here.processor}
        other = [f"{name} {old.get(name, 'none')}, now {new[name]}" for name in new if old.get(name) != new[name]]
        raise UsageError(
            f"the run was computed by other code ({', '.join(other) or 'offramp of the same version, changed'}), whose"
            " numbers may differ in the last digits",
            code="changed", hint=f"install what it was computed with, or run the case anew into {folder}",
        )  # fmt: skip
