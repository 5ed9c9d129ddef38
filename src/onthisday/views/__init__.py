"""Views: occasions joined with their documents, as readers see them, and the words for them."""
