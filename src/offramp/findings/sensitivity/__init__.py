"""What the outcomes hang on, and what that rests on.

From the worlds at hand, for a run:

* drivers.py single unknowns that stand out
* guesses.py how much of the variance rests on guesses; origins.py: what the numbers of a case rest on
* values.py  the same as frozen values

By solving more, for `offramp matters`:

* matters.py       the question and what it costs; answering.py: answering it; solves.py: what is solved
* pick_freeze.py   shares of variance by groups of unknowns; grouping.py, owners.py: the groups
* tornado.py       one unknown at a time
* breaking_even.py where another strategy would be preferred; crossings.py: the values
* matters_values.py the same as frozen values
"""
