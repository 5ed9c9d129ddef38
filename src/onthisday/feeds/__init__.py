"""Feeds: what they hold (feed.py), said in HTML (content.py), in each format (one module each)."""
