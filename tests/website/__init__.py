"""Tests of feeds, pages, the static site and the server."""
