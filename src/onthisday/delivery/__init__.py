"""Delivery: notices and attempts, when they are due, what a reply means, when to try again.

Also the protocols of the ledger and of who sends. Pure: the instant is an argument.
"""
