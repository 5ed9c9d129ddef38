"""How we speak to readers in their language: words, plurals, numbers, and the patterns of dates.

- ``locale``: a language with its catalogue.
- ``catalogues/``: one catalogue a language. Translators edit the ``.po`` files.

Not here: what is said (views/ and the templates of site/). They say it in English, and the
catalogues translate it.
"""
