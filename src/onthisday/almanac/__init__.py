"""The almanac: entries, the documents that prove them, and which entries fall on a day.

Nothing here does I/O. Three protocols say what the code that does I/O must offer:

- ``library``: read the compiled almanac.
- ``compiled``: write the compiled almanac.
- ``source``: read and edit the curator's files.
"""
