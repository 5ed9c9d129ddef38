"""Feeds and calendars. Nothing here does I/O.

``feed`` and ``calendar`` say what is in them. ``content`` makes the HTML of an item. Each format
has a module: ``atom``, ``rss``, ``jsonfeed``, ``ics``, ``opml``. docs/formats.md has the facts
about readers' programs.
"""
