"""Drafts: what a document's text proposes for the almanac.

``mentions`` finds the dates that a text names; ``sentences`` says which passage holds one. The
rest is what ``mentions`` is made of, in the order of its work: ``paragraphs`` cuts a text;
``languages`` has the words of each language, ``grammar`` makes patterns of them, and ``date_scan``
goes over a paragraph with the ``forms`` and ``vague_forms`` that say what a match means;
``furniture`` knows the lines that date no event; ``chronology`` finds the year that is not written,
by the ``story_date`` that the text has come to, which moves by what ``narrative`` says of where a
date stands. All of it is pure.
"""
