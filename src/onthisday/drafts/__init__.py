"""Drafts: what a document's text proposes for the almanac.

``mentions`` finds the dates that a text names; ``sentences`` says which passage holds one. The
rest is what ``mentions`` is made of: ``paragraphs`` cuts a text, ``languages`` holds the words of
each language, ``grammar`` makes forms of them, ``readings`` reads a paragraph with these forms,
``chronology`` finds the year that is not written, ``noise`` knows the lines that date no event.
All of it is pure.
"""
