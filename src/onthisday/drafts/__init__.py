"""Drafts: proposals of entries, made from the text of documents.

A text goes through these modules:

1. ``paragraphs`` cuts it into paragraphs. ``languages`` guesses the language and has its words.
2. ``grammar`` makes patterns from the words. ``date_scan`` goes over a paragraph with them, and
   ``forms`` and ``vague_forms`` say which date a match means.
3. ``furniture`` knows lines whose date is of the page, not of an event.
4. ``chronology`` finds the year that a date leaves out. It follows the date that the text has come
   to (``story_date``, ``narrative``).
5. ``pairs`` knows two dates that are one day or one night. ``qualifiers`` and ``styles`` say what
   the words beside a date (``beside``) make of it: a bound, a guess, a day of another calendar.
6. ``mentions`` returns all dates that were found.
7. ``proposing`` makes proposals of them, with ``sentences``, ``context``, ``names`` and
   ``figures``. ``lives`` and ``life_words`` know which day is a birth, a death or a marriage.
   ``titles`` takes the date out of a sentence, if it may go (``date_phrases``). ``merging`` puts
   the proposals of several documents together.

Nothing here does I/O.
"""
