"""Feeds and calendars, to which people subscribe. Nothing here does I/O.

- ``feed``, ``items``, ``calendar``: what is in a feed or a calendar.
- ``scope``: which entries a feed or a calendar is about.
- ``content``: the HTML of an item.
- ``safe_text``: texts and addresses as every format allows them.
- ``atom``, ``rss``, ``jsonfeed``, ``ics``, ``opml``: one module for each format.

docs/formats.md says how the programs behave with which people read feeds.
"""
