"""Findings -> what people read: a page, JSON, a terminal, Markdown, a notebook.

* words.py, argument_words.py, weight_words.py: the sentences, shared by all of them
* lines.py         wrapped lines on a terminal
* trust.py         when not to trust a result
* html.py          one self-contained page, from the parts in part_*.py
* results_json.py  results.json and its schema
* terminal.py      for a terminal (the only one that needs rich; import it where it is used)
* markdown.py      for a repository or a message
* notebook.py      a small table
"""

from offramp.report.html import render_html
from offramp.report.markdown import render_markdown
from offramp.report.notebook import html_table
from offramp.report.results_json import results_schema, to_json

__all__ = ["html_table", "render_html", "render_markdown", "results_schema", "to_json"]
