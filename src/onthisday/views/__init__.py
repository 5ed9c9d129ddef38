"""Views: an occasion joined with its documents, as readers are shown it; and its words."""
