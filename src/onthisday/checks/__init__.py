"""The rules of `check`: entries and documents in, faults out. Each module has rules of one kind.

- about one entry: ``pictures``, ``citing``, ``answers``, ``dating``, ``not_yet``
- about several entries: ``likeness``, ``duplicates``, ``tags``
- about documents: ``documents``, ``not_yet``
- about passages and the texts that they are in: ``cited_text``, ``passages``, ``near_passage``,
  ``moved``

schema/rules.py lists every rule with its severity. Nothing here does I/O: texts, today's date and
other entries are arguments.

Not here: errors that make an almanac impossible to read (schema/) or to compile
(service/reading/compiling.py). They are found first.

Called by service/checking/. The site also calls ``passages`` and ``cited_text``.
"""
