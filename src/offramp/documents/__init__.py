"""Documents: an essay in any format turned into metadata and passages, and quotes looked up in it.

* read.py      files and folders -> documents
* from_*.py    each format -> blocks, the headings and paragraphs in reading order
* layout.py    blocks -> head, body, foot, lists
* locate.py    quote -> its places
* evidence.py  a case and documents -> what became of its quotes (import it where it is used: it needs the model)
"""

from offramp.documents.locate import Place, locate
from offramp.documents.parts import Author, Document, Passage, Recommended, Section, Topic
from offramp.documents.read import read_document, read_documents, read_folder

__all__ = [
    "Author",
    "Document",
    "Passage",
    "Place",
    "Recommended",
    "Section",
    "Topic",
    "locate",
    "read_document",
    "read_documents",
    "read_folder",
]
