"""The rules of `check`. They look at entries and documents and return faults.

Each module has rules of one kind:

- about one entry: ``pictures``, ``citing``, ``answers``, ``dating``, ``not_yet``
- about several entries: ``likeness``, ``duplicates``, ``tags``
- about documents: ``documents``, ``not_yet``
- about cited passages and the documents' texts: ``cited_text``, ``passages``, ``near_passage``,
  ``moved``, ``digests``, ``not_in_passage`` (with the room ``saying``)

schema/rules.py lists every rule with its severity. Nothing here does I/O: texts, today's date and
other entries are arguments.

Not here: errors because of which an almanac cannot be read (schema/) or compiled
(service/reading/compiling.py). Those errors are found first.

Called by service/checking/. The site also calls ``passages`` and ``cited_text``.
"""
