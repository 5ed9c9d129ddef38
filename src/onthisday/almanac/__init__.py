"""The almanac: entries, the documents that they rest on, and the entries that fall on a day.

Three protocols say what other code must offer: ``library`` for code that reads the almanac,
``source`` for the curator's files, ``compiled`` for code that writes the compiled almanac. Nothing
here does I/O.
"""
