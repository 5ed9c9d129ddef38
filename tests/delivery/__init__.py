"""Tests of sending: what is due, the ledger, the sender, messages, and a tick as a whole."""
