"""Write a form with a file as `multipart/form-data` (RFC 7578). For mastodon_pictures.py."""

import hashlib

from onthisday.messages.uploading import Picture


def form_of(words: dict[str, str], picture: Picture) -> tuple[str, bytes]:
    """Return the content type and the body of a form: texts, and a picture as ``file``.

    The line between the parts is made from the picture, so the same form is always the same bytes.
    The file's name is not told, because only its ending counts.
    """
    line = f"onthisday-{hashlib.sha256(picture.content).hexdigest()}"
    name = f"picture.{picture.media_type.partition('/')[2]}"
    parts = [_part(line, f'name="{key}"', "", value.encode()) for key, value in words.items()]
    kind = f"Content-Type: {picture.media_type}\r\n"
    parts.append(_part(line, f'name="file"; filename="{name}"', kind, picture.content))
    body = b"".join((*parts, f"--{line}--\r\n".encode()))
    return f"multipart/form-data; boundary={line}", body


def _part(line: str, what: str, kind: str, value: bytes) -> bytes:
    head = f"--{line}\r\nContent-Disposition: form-data; {what}\r\n{kind}\r\n"
    return b"".join((head.encode(), value, b"\r\n"))
