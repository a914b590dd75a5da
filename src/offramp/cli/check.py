"""``offramp check CASE``"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import case_argument, fault_as_json, json_option, show_json
from offramp.cli.visible import visible_fault

if TYPE_CHECKING:
    from offramp.documents import Document
    from offramp.documents.evidence import Evidence
    from offramp.errors import CaseError, CaseErrors, DocumentError
    from offramp.findings.sentences.coverage import Coverage
    from offramp.model import Case, Claim


@click.command("check")
@case_argument
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Look up every quote in the essays that lie in this folder.",
)
@json_option
def command(case: str, documents: Path | None, as_json: bool) -> None:
    """Name every mistake of a case file as FILE:LINE:COL, with what to write instead."""
    from offramp.cli.checked import checked_as_json, show_checked
    from offramp.cli.reading import read_case
    from offramp.errors import CaseErrors, OfframpError
    from offramp.findings.check import check_case
    from offramp.findings.sentences.coverage import coverage

    unreadable: list[DocumentError] = []
    try:
        file = read_case(case)
        try:
            checked = check_case(file.case)
            covered = coverage(file.case)
            evidence = None
            if documents is not None:
                from offramp.documents import read_folder

                read, unreadable = read_folder(documents)
                evidence = _look_up(file.case, read, documents)
            faults = [*_untested(file.case, covered, case), *(evidence.faults if evidence is not None else ())]
            if faults:
                raise CaseErrors(faults)
        except CaseErrors as e:
            raise file.locate(e.faults) from None
    except OfframpError as e:
        if as_json:
            told = [fault_as_json(fault) for fault in getattr(e, "faults", (e,))]
            show_json({"ok": False, "faults": told, "unreadable": [fault_as_json(fault) for fault in unreadable]})
            sys.exit(e.exit_code)
        for fault in unreadable:
            click.echo(visible_fault(fault), err=True)
        raise
    if as_json:
        show_json(checked_as_json(file.case, checked, covered, evidence, unreadable))
    else:
        show_checked(file.case, checked, covered, evidence, unreadable)


def _look_up(case: Case, documents: Sequence[Document], folder: Path) -> Evidence:
    """Look up the quotes of a case in the documents of a folder."""
    from offramp.documents.evidence import check_evidence
    from offramp.errors import UsageError

    evidence = check_evidence(case, documents)
    if not evidence.documents:
        wanted = ", ".join(f"{id_}.txt" for id_ in list(case.sources)[:3])
        raise UsageError(
            f"no document in {folder} belongs to a source of {case.name}", code="no-document",
            hint=f"name files after the sources ({wanted}), or give the sources their documents' titles",
        )  # fmt: skip
    return evidence


def _untested(case: Case, covered: Coverage, named: str) -> Iterator[CaseError]:
    """Give the claims that another case is said to test, and does not."""
    from offramp.errors import CaseError, CaseErrors
    from offramp.model import BY_SEARCH

    others: dict[str, Case | CaseErrors | None] = {}
    for id_, name in covered.elsewhere.items():
        if name == BY_SEARCH:
            continue
        if name not in others:
            others[name] = _other(name, named)
        other, path = others[name], ("claims", id_, "tested_in")
        if other is None:
            yield CaseError(f"there is no case `{name}`", code="no-case", path=path,
                            hint="name a shipped case, or a file beside this one without its .yaml")  # fmt: skip
        elif isinstance(other, CaseErrors):
            yield CaseError(f"`{name}` has mistakes of its own: {other.faults[0]}", code="no-case", path=path,
                            hint=f"mend them first: offramp check {name}")  # fmt: skip
        elif id_ not in other.claims or not _settled(other.claims[id_]):
            yield CaseError(f"`{name}` does not test the claim `{id_}`", code="claim", path=path,
                            hint=f"add a test here, or to {name}")  # fmt: skip


def _settled(claim: Claim) -> bool:
    return claim.test is not None or claim.reach is not None or claim.untestable is not None


def _other(name: str, named: str) -> Case | CaseErrors | None:
    """Read the case of a name: beside the one that was named by its file, else a shipped one."""
    from offramp.casefile import load_case
    from offramp.cases import find_shipped
    from offramp.errors import CaseErrors, UsageError

    here = Path(named)
    beside = here.with_name(f"{name}.yaml")
    try:
        if here.is_file() and beside.is_file() and beside.resolve().parent == here.resolve().parent:
            return load_case(beside)
        return load_case(name) if find_shipped(name) is not None else None
    except CaseErrors as e:
        return e
    except (OSError, UsageError):
        return None
