"""How each strategy fares: outcomes over the worlds, and courses of events.

* bands.py         outcomes by strategy over the worlds, and the worlds that count
* ranges.py        the range of values that an outcome can take
* courses.py       paths over time, the states most visited, storylines
* numerics.py      how far the numbers can be trusted as numbers
* values.py        what was found, as frozen values; course_values.py: courses
"""
