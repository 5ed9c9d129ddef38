"""Entries and documents as programs for references read them, one module a format.

Here is decided how a work is written in BibTeX and in CSL-JSON. Called by site/entry_citations.py
and service/exporting/. Not here: how pages and messages name a source (views/source_words.py).
"""
