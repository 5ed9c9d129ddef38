"""Give a picture to a service that takes its bytes, and not its address.

A service says with an `Upload` which requests come before the message, what it takes from their
replies, and where it puts that into the message. service/sending/preparing.py sends the requests.
No input or output here; the function that reads the picture is an argument.

A picture of another site is not uploaded: its bytes are not in the almanac's folder. Why they are
not fetched: they may be large, change or move, and the curator has never seen what would be sent.
"""

from collections.abc import Callable, Generator
from typing import Any, NamedTuple

from onthisday.almanac.picture_size import size_of
from onthisday.almanac.pictures import media_type_of
from onthisday.config import Channel
from onthisday.delivery.request_reply import Reply, Request
from onthisday.messages.message import Message
from onthisday.views.view import ImageView

Pictures = Callable[[str], bytes | None]
"""Returns the bytes of a picture in the almanac's folder, by its name; None if it is not there."""

MOST = 8_000_000
"""The largest picture that is uploaded, in bytes. It has to arrive within the time of a request."""

KINDS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""The kinds of pictures that all services take."""


def no_picture(_name: str) -> bytes | None:
    """Return None. This is for those who have no pictures."""
    return None


class Picture(NamedTuple):
    """A picture that can be uploaded.

    - ``name``: the name of its file.
    - ``size``: its width and height in pixels, if they are known.
    """

    name: str
    media_type: str
    content: bytes
    size: tuple[int | None, int | None]
    image: ImageView


class Lack(NamedTuple):
    """Says why a message goes without its picture. ``reason`` is for people."""

    reason: str


class Step(NamedTuple):
    """A request of an upload, and how many seconds to wait before it is sent."""

    request: Request
    wait: float = 0.0


Steps = Generator[Step, Reply, Any]
"""The requests of an upload, one after another.

Each gets the reply to the one before, if its status is 2xx. At the end comes what the service calls
the picture; or a lack, if it cannot be shown.
"""

UNNAMED = Lack("the service does not say what it calls the picture")


class Upload(NamedTuple):
    """How a service gets a picture.

    - ``most``: the largest picture that it takes, in bytes.
    - ``where``: where people see the picture, such as ``below the text``.
    - ``steps``: returns the requests.
    - ``shown``: returns the message's request with the picture in it. It takes the request, and
      what the service calls the picture.
    - ``apart``: the picture is a message of its own, and what the service calls it is its name
      (retracting.py).
    """

    most: int
    where: str
    steps: Callable[[Message, Channel, Picture], Steps]
    shown: Callable[[Request, Any], Request]
    apart: bool = False


def picture_for_upload(message: Message) -> ImageView | None:
    """Return the first picture of a message that is a file; if none is, the first picture."""
    images = (view.image for view in message.view.occasions if view.image and view.image.file)
    return next(images, message.image)


def chosen(upload: Upload, image: ImageView, pictures: Pictures) -> Picture | Lack:
    """Return a picture as it is uploaded; or why a service cannot get it."""
    if image.file is None:
        return Lack("it is on another site; keep it beside the almanac")
    content = pictures(image.file)
    if content is None:
        return Lack(f"{image.file} is not in the almanac's folder")
    if len(content) > upload.most:
        return Lack(f"{image.file} has {len(content):,} bytes, and the most is {upload.most:,}")
    kind = media_type_of(content)
    if kind not in KINDS:
        return Lack(f"{image.file} is no JPEG, PNG, GIF or WebP")
    return Picture(image.file, kind or "", content, size_of(content), image)
