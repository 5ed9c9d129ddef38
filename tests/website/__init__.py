"""Feeds, pages, the static site, the server."""
