"""Tests of sending: which notices are due, the ledger, the sender, messages, and whole ticks."""
