"""The rules of `check`. They look at entries and documents and return faults.

Each module has rules of one kind:

- about one entry: ``pictures``, ``citing``, ``answers``, ``dating``, ``anachronism``, ``no_day``,
  ``untranslated``
- about several entries: ``likeness``, ``duplicates``, ``tags``, ``guessed_days``
- about documents: ``documents``, ``links``
- about cited passages and the documents' texts: ``cited_text``, ``passages``, ``near_passage``,
  ``moved``, ``digests``, ``not_in_passage`` (with the room ``saying``)

schema/rules.py lists every rule with its severity. Nothing here does I/O: texts, today's date and
other entries are arguments.

Not here: errors because of which an almanac cannot be read (schema/) or compiled
(service/reading/). An entry with one of those errors is not looked at here.

Called by service/checking/. The site also calls ``passages`` and ``cited_text``.
"""
