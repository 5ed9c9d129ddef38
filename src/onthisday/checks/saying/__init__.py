"""What words say: the figures, dates and names in them, and whether a passage says them too.

- ``statements``, ``named``: read the figures and dates, and the names, of any text.
- ``claims``: what an entry's words claim.
- ``said``, ``described``, ``times``: what a passage says, what counts as said without a passage,
  and which lengths of time two dates say.
- ``name_forms``: words alone.

The rule itself is ../not_in_passage.py.
"""
