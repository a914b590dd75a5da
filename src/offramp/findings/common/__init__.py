"""What several kinds of findings need of a case.

* labels.py     readable names
* mentions.py   the names that expressions, rules and costs mention
* dependence.py which outcomes a change can touch at all, and which unknowns an outcome can turn on
* draws.py      the unknowns that vary by themselves, in the worlds that count
"""
