"""Use cases: entries from files that people already have."""
