"""``offramp resume DIR``"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offramp.cli.arguments import cluster_option, json_option, workers_option
from offramp.cli.stopping import stoppable

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
@stoppable()
def command(folder: Path, workers: int | None, cluster: str | None, as_json: bool) -> None:
    """Go on with a run that was stopped or killed: compute the worlds that are missing, and none else.

    FOLDER is what the run writes, such as NAME.offramp. The numbers are those of a run that was never stopped. Refused
    where the case, or what computes it, is not what it was.
    """
    from offramp.cli.carried_out import carry_out_and_show
    from offramp.cli.reading import read_case
    from offramp.runs import read_manifest

    manifest, before = read_manifest(folder)
    file = read_case(manifest.asked.source)
    _refuse_changed(folder, manifest, before, file)
    carry_out_and_show(folder, file, manifest.asked, workers=workers, cluster=cluster, as_json=as_json)


def _refuse_changed(folder: Path, manifest: Manifest, before: Any, file: CaseFile) -> None:
    """Refuse to go on with another case, or to mix numbers of one version with those of another."""
    from offramp.errors import UsageError
    from offramp.play.gpu import available
    from offramp.runs import here, identity
    from offramp.shapes import ENSEMBLE_TOLERANCE

    asked = manifest.asked
    if file.case.digest != manifest.digest:
        raise UsageError(
            _what_differs(before, file), code="changed",
            hint=f"put it back, or run it with `offramp run`: what does not depend on it is taken from {folder}, whose "
            "report is replaced",
        )  # fmt: skip
    if asked.gpu and not available():
        raise UsageError("the run was computed on a GPU, and there is none here", code="no-gpu",
                         hint="resume it where it began, or run it anew without --gpu into another folder")  # fmt: skip
    if identity(file.case, asked.seed, ENSEMBLE_TOLERANCE, gpu=asked.gpu) == manifest.identity:
        return
    now_here = here()
    old = {**manifest.versions.libraries, "processor": manifest.versions.processor}
    new = {**now_here.libraries, "processor": now_here.processor}
    other = [f"{name} {old.get(name, 'none')}, now {new[name]}" for name in new if old.get(name) != new[name]]
    if other or now_here.code != manifest.versions.code or asked.gpu:
        by = ", ".join(other) or (
            "another GPU" if now_here.code == manifest.versions.code else "offramp of the same version, changed"
        )
        raise UsageError(
            f"the run was computed by other code ({by}), whose numbers may differ in the last digits",
            code="changed", hint=f"install what it was computed with, or run the case anew into {folder}",
        )  # fmt: skip
    raise UsageError(
        f"the manifest of the run in {folder} was edited: its seed, {asked.seed}, is not that of its numbers",
        code="no-run", hint="put it back, or run the case with `offramp run`, --out there and --force",
    )  # fmt: skip


def _what_differs(before: Any, file: CaseFile) -> str:
    import json

    from offramp.runs import differences

    what = "the case is not what it was when the run began"
    if before is None:
        return f"{what}, and what it was is not there any more"
    found = list(differences(before, json.loads(json.dumps(file.tree.data, default=str))))
    lines = [f"  {line}" for line in islice(found, SHOWN)]
    if len(found) > SHOWN:
        lines.append(f"  and {len(found) - SHOWN} more")
    return "\n".join([f"{what}:", *lines])
