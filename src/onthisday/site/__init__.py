"""The site: which paths exist on a day, and the content of each path. No I/O is done here.

- ``website``: the whole site. `build` and `serve` call it.
- ``page``: values that the other modules share.
- ``rendering``: fills in the templates.
- each other module: one part of the site.
"""
