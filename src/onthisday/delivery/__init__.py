"""The rules of sending: which days are due, what a reply means, when to try again.

The protocols `Ledger`, `Sender` and `Clock` are here too. Nothing is read, written or sent here,
and the time is an argument. service/sending/ uses these rules.
"""
