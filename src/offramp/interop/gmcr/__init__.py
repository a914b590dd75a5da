"""Files of GMCR+ (``.gmcr``), from and to cases.

* json_nodes.py, json_reading.py   JSON with places
* fields.py       values of the wanted type
* keys.py         which keys there are
* names.py        names that can be told apart
* choice.py       whether rankings or statements count
* conditions.py   sets of states
* rankings.py     rankings of the feasible states
* reading.py      a file -> `Gmcr`
* parts.py        what a model is made of
* states.py       sets of states as numbers; how high each is ranked
* preferences.py  an order of states -> statements or wants of a case
* to_case.py      `Gmcr` -> the text of a case
* from_case.py    a case -> the text of a file
"""
