"""What people already have, read as entries: one module a format. Nothing here does I/O.

incoming.py is what an importer gets, found.py what it yields, formats.py the list of the formats.
What becomes of it (ids, updates, checks, writing) is decided in service/importing/.
"""
