"""Finding dates in texts."""
