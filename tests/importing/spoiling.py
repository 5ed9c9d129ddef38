"""Good files made bad, as disks, editors and strangers make them. The same seed, the same file."""

from random import Random

_PIECES = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\r", b"\n\n", b'"', b"\\", b":", b";", b"=", b"{", b"[",
    b"&amp;", b"9" * 400, b"A" * 5000, b"\xe2\x80\xae", b"\x1b[31m", b"\t", b"<b>", b"-1", b"1e999",
)  # fmt: skip


def spoiled(content: bytes, seed: int) -> bytes:
    """Return a file that is cut, in another encoding, mixed up or filled with other bytes."""
    random = Random(seed)
    for _ in range(random.randint(1, 4)):
        content = random.choice(_WAYS)(content, random)
    return content


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _put(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    return content[:place] + random.choice(_PIECES) + content[place:]


def _flip(content: bytes, random: Random) -> bytes:
    raw = bytearray(content)
    for _ in range(min(len(raw), 20)):
        raw[random.randrange(len(raw))] = random.randrange(256)
    return bytes(raw)


def _repeat(content: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] * random.randint(1, 20) + content[end:]


def _drop(content: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[end:]


def _mix(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def _encode(content: bytes, random: Random) -> bytes:
    encoding = random.choice(["utf-16", "utf-16-le", "cp1252", "utf-32", "utf-7"])
    return content.decode("utf-8", "replace").encode(encoding, "replace")


_WAYS = (_cut, _put, _put, _flip, _repeat, _drop, _mix, _encode)
