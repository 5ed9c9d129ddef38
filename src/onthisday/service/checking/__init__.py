"""Use cases of `check`: find all that is wrong in an almanac, and mend what a program can mend."""
