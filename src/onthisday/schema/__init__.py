"""How people write an almanac, a config and channels: plain trees in, values out.

A tree is what a YAML or JSON parser returns. Every problem is found at once. The JSON Schemas are
made from the same declarations. Nothing here does I/O.

Not here: reading files (adapters/files/), and rules about entries that are well written (checks/).
"""
