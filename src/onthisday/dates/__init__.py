"""Dates: the dates that documents write, and the days on which people remember them.

- ``historical_date`` is the value of a date that a document gives.
- ``edtf``, ``edtf_single`` and ``edtf_digits`` read such dates.
- ``human_dates`` and ``date_advice`` say what to write if a person typed a date that is not EDTF.
- ``ranges`` compares dates.
- ``calendars`` converts Julian days to Gregorian ones and knows how long a month is.
- ``feasts`` computes the days that move with Easter.
- ``zones`` says when a local day begins.

Nothing here reads a clock or a file.
"""
