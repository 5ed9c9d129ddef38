"""Use cases of checking: everything that can be found wrong with an almanac; what can be mended."""
