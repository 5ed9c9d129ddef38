"""Tests of drafts: finding dates in texts, and proposing entries."""
