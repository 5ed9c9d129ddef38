"""How people write an almanac, a config and channels: plain trees into values, with every problem
at once. The same declarations give the JSON Schema. Pure.
"""
