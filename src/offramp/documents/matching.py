"""Which document belongs to which source of a case, and whether both say the same about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from offramp.documents.names import fold_name, near_names
from offramp.documents.parts import Document
from offramp.documents.typography import plain
from offramp.errors import Path
from offramp.model import Source

__all__ = ["Mismatch", "compare", "match_documents"]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A case describes a source otherwise than its document does."""

    source: str
    field: str
    """title, author or date"""
    case: str
    document: str
    hint: str = ""

    @property
    def path(self) -> Path:
        """Where the case says so."""
        return ("sources", self.source, self.field)

    @property
    def message(self) -> str:
        """Say what differs."""
        return f"the {self.field} is `{self.case}` here, and `{self.document}` in the document"


def match_documents(
    sources: Mapping[str, Source], documents: Sequence[Document]
) -> tuple[dict[str, Document], list[Document]]:
    """Give each source its document, by the file's name or else by title; return those left over too."""
    matched: dict[str, Document] = {}
    for document in documents:
        stem = FilePath(document.file).stem
        if stem in sources:
            matched.setdefault(stem, document)
    taken = {id(document) for document in matched.values()}
    for document in documents:
        if id(document) in taken or FilePath(document.file).stem in sources or document.title is None:
            continue
        for id_, source in sources.items():
            if id_ not in matched and _fold_title(source.title) == _fold_title(document.title):
                matched[id_] = document
                taken.add(id(document))
                break
    return matched, [document for document in documents if id(document) not in taken]


def compare(source: Source, document: Document) -> Iterator[Mismatch]:
    """Compare title, author and date where both are told."""
    if document.title is not None and _fold_title(source.title) != _fold_title(document.title):
        yield Mismatch(source.id, "title", source.title, document.title, "write it as the document does")
    names = [author.name for author in document.authors]
    if source.author is not None and names and not _same_authors(source.author, names):
        theirs = " and ".join(names)
        words = [word for name in names for word in name.split()]
        near = any(near_names(word, words) for word in re.findall(r"\w+", source.author))
        hint = f"did you mean `{theirs}`, as the document spells it?" if near else "write it as the document does"
        yield Mismatch(source.id, "author", source.author, theirs, hint)
    if source.date is not None and document.date is not None:
        short, long = sorted((source.date, document.date), key=len)
        if not f"{long}-".startswith(f"{short}-"):
            yield Mismatch(source.id, "date", source.date, document.date, "write it as the document does")


def _fold_title(title: str) -> str:
    return plain(title).text.casefold().strip(" .")


def _same_authors(stated: str, names: Sequence[str]) -> bool:
    """Whether a line names these authors: every surname, and no word that none of them has, but for initials."""
    ours = {word for word in fold_name(stated).split() if word not in ("and", "et", "al")}
    theirs = {word for name in names for word in fold_name(name).split()}
    surnames = {fold_name(name).split()[-1] for name in names}
    strange = {word for word in ours - theirs if not (len(word) == 1 and any(t.startswith(word) for t in theirs))}
    return surnames <= ours and not strange
