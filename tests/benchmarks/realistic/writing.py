"""A realistic almanac as a folder: config, documents, their texts, and entries as JSON Lines."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.benchmarks.realistic.documents import Volume
from tests.benchmarks.realistic.making import SEED, Tree, stream

_CONFIG = "site: {title: A realistic almanac, url: https://example.net/}\n"


def write_almanac(folder: Path, count: int, seed: int = SEED, *, texts: bool = False) -> Path:
    """Write an almanac of ``count`` entries. Return the path of its config.

    Without ``texts`` the documents are listed with their SHA-256, and their texts are not there.
    """
    almanac = folder / "almanac"
    almanac.mkdir(parents=True)
    books = dict[str, None]()
    with (
        (almanac / "entries.jsonl").open("w", encoding="utf-8") as entries,
        (almanac / "documents.yaml").open("w", encoding="utf-8") as documents,
    ):
        for made in stream(count, seed):
            if isinstance(made, Volume):
                documents.write(_volume(made))
                if texts:
                    (almanac / f"{made.id}.txt").write_text(made.text, encoding="utf-8")
            else:
                entries.write(f"{json.dumps(made, ensure_ascii=False)}\n")
                books.update(dict.fromkeys(_books(made)))
        documents.writelines(f"- {{id: {book}, title: The {book}}}\n" for book in books)
    config = folder / "config.yaml"
    config.write_text(_CONFIG, encoding="utf-8")
    return config


def _volume(volume: Volume) -> str:
    """Return the lines of `documents.yaml` for a volume."""
    digest = sha256(volume.text.encode()).hexdigest()
    return (
        f"- {{id: {volume.id}, title: The {volume.id}, file: {volume.id}.txt, sha256: {digest}}}\n"
    )


def _books(entry: Tree) -> Iterator[str]:
    """Yield the documents without a text that an entry cites."""
    answers = (answer for account in entry.get("accounts", ()) for answer in account["answers"])
    for source in (*entry["sources"], *answers):
        if "page" in source:
            yield source["document"]
