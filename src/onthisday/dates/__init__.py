"""Dates: what documents write, and the days on which it is remembered.

``edtf`` reads historical dates, ``calendars`` converts Julian to Gregorian and knows how long a
month is, ``feasts`` computes the days that move with Easter, ``zones`` says when a local day
begins. All of it is pure.
"""
