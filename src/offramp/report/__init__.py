"""Findings -> what people read: a page, JSON, a terminal, Markdown, a notebook.

* words.py, argument_words.py, weight_words.py: the sentences, shared by all of them
* lines.py         wrapped lines on a terminal
* trust.py         when not to trust a result
* html.py          the report of a run as one page, from the parts in part_*.py
* reach_page.py    what it would take, as one page
* shell.py         what such a page shares: policy, style sheet, scripts
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
