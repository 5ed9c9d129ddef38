"""Check the picture of an entry: is its file there? Has it a description, a credit, a licence?

Called by service/checking/report.py, which looks for the file.
"""

from collections.abc import Iterator

from onthisday.almanac.entry import Entry
from onthisday.checks.faults import Fault

_ASKED = {
    "alt": "add alt: what it shows, for people who cannot see it",
    "credit": "add credit: who made it",
    "license": "until it has one, the picture is shown on your own site alone; add license: the "
    "licence under which others may show it",
}


def picture_faults(entry: Entry, *, is_there: bool) -> Iterator[Fault]:
    """Yield the faults of an entry's picture. ``is_there``: the almanac's folder has its file."""
    image = entry.image
    if image is None:
        return
    if image.file and not is_there:
        message = (
            f'entry "{entry.id}" shows {image.file}, which is no picture in the folder of the '
            "almanac; put it there, with the ending of what it is"
        )
        yield Fault(("image", "file"), "image", message)
    for key in ("alt", "credit", "license"):
        if getattr(image, key) is None:
            message = f'the picture of entry "{entry.id}" has no {key}; {_ASKED[key]}'
            yield Fault(("image",), "image-words", message)
