"""What a curator's second reader finds in an almanac that can be used: a family of rules a module.

schema/rules.py lists every rule with its severity. Of one entry: ``pictures``, ``citing``,
``answers``, ``dating``, ``not_yet``. Of entries beside each other: ``likeness``, ``duplicates``,
``tags``. Of documents: ``documents``, ``not_yet``. Of passages and the texts they are in:
``cited_text``, ``passages``, ``moved``, ``near_passage``.

Pure: texts, today's date and other entries are arguments. What makes an almanac unreadable
(schema/) or inconsistent (service/reading/compiling.py) is found before this. Called by
service/checking/report.py; proofs and texts also by the site.
"""
