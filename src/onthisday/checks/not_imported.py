"""Tables, calendars and family trees that lie in the almanac's folder, where nobody reads them.

A curator who puts ``births.csv`` there may expect to see its rows. `import` makes entries of them.

Called by cli/check.py, which gets the names of the files. Nothing here does I/O.
"""

from collections.abc import Callable, Container, Iterable, Iterator

FORMATS = {
    "csv": "csv", "tsv": "csv", "xlsx": "xlsx", "ics": "ics", "ged": "gedcom", "gedcom": "gedcom",
}  # fmt: skip
"""The format that `import` takes a file for, by the end of its name."""


def format_of(name: str) -> str | None:
    """Return the format of a file that can be imported; None if its name says none."""
    return FORMATS.get(name.rpartition(".")[2].lower())


def not_imported(
    names: Iterable[str], imported: Container[str], shown: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Yield the name of each file whose content is not in the almanac, and what to do.

    - ``names``: the files beside the almanac's own.
    - ``imported``: the names of files that are documents.
    - ``shown``: returns the path of a file as a person would type it.
    """
    for name in sorted(names):
        form = format_of(name)
        if form is not None and name not in imported:
            command = f"`onthisday import {form} {shown(name)}`"
            yield name, f"is not read as it lies here; {command} makes entries of it"
