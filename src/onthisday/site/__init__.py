"""The site: the paths that it has on a day, and the content of each path. No I/O is done here.

``website`` is what `build` and `serve` ask. ``page`` is what the other modules share. Each of the
others makes the paths of one part of the site. ``rendering`` fills in the templates.
"""
