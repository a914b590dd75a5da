"""Actor tables of KTAB, the KAPSARC Toolkit for Behavioral Analysis, as cases.

A table says of each actor how much influence it has, and on each dimension of the issue where it stands, from 0 to
100, and how much that matters to it.

* parts.py        what a table says
* checks.py       what may be wrong with its numbers
* csv_table.py    a table from a CSV file
* xml_table.py    a table from an XML file
* bargain.py      the numbers of the bargain that a case makes of it
* formulas.py   the same in the case language
* to_case.py      a table -> the text of a case
"""
