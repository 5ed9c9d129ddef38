"""Fuzzers: each tries what nobody thought of, from one number that decides everything (the seed).

    python -m tests.fuzz                        all of them, ten seconds each, with new seeds
    python -m tests.fuzz addresses --seed 7     one trial again
    python -m tests.fuzz replies --seconds 3600

A fuzzer is a module with a context manager ``trying``. It gives a function that tries one seed, and
raises if something is wrong. To add one, write its module and name it in FUZZERS (run.py).
"""
