"""YAML <-> Case, with places. The only reader of YAML."""

from offramp.casefile.edit import CaseText
from offramp.casefile.load import CaseFile, load_case, parse_case, read_case
from offramp.casefile.starter import starter_text
from offramp.casefile.tree import Tree, read_tree

__all__ = ["CaseFile", "CaseText", "Tree", "load_case", "parse_case", "read_case", "read_tree", "starter_text"]
