"""Notices and attempts: which days are due, what a reply means, when to try again.

The protocols `Ledger`, `Sender` and `Clock` are here too. Pure: the instant is an argument, and
nothing is read, written or sent. service/sending/ uses these rules.
"""
