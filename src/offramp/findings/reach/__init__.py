"""What it would take to reach a target: packages of levers, what stands in their way, and what only others can change.

* reach.py      the search and what is made of it, step by step; values.py: the frozen answer
* question.py   what is asked; told.py: what the race found, as values
* claims.py     claims of the sources that speak of what can be reached
* blocked.py    the worlds in which the best package falls short
* theirs.py     what the others' unknowns would have to be
* assumed.py    what a view changes
* lasting.py    what would last with its settings; wants.py: what would have to be wanted for it to
"""
