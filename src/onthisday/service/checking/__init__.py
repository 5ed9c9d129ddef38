"""Use cases of `check`: find all that is wrong in an almanac, and correct what a program can."""
