"""Use cases of sending: plan which notices are due, make their messages, send or only show them.

The rules are in delivery/.
"""
