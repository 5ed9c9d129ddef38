"""The almanac: entries, the documents that they rest on, and what falls on a day.

Also the protocols of whoever keeps one: ``library`` for readers, ``source`` for a curator's files,
``compiled`` for what is written when files change. Pure.
"""
