"""The days that the five documents of the shipped almanac name, and their places."""

from pathlib import Path

TEXTS = Path(__file__).parents[2].parent / "shared" / "documents"
"""Where the texts may be. They belong to other people, so the project does not hold them."""

WRITTEN = {
    "000": ["20 1956-02-25", "133 2025-02-25", "156 1956-02-25", "210 1956-02-25",
            "4224 1961-10-31", "6569 1971-09-11"],
    "001": ["42 1956-02-25", "184 1956-02-14"],
    "002": ["0 1956-02-25", "34 1956-02-25"],
    "003": ["17 1956-06-04", "162 1956-02-25"],
    "004": ["44 1958-03-27", "208 1956-02-25", "471 1956-02-25"],
}  # fmt: skip
INFERRED = {
    "000": ["417 1956-02-25 earlier", "1201 1956-02-25 earlier", "4784 1961-11-07 earlier"],
    "001": ["345 1956-02-25 paragraph", "2079 1956-02-26 earlier"],
    "002": [], "003": [], "004": [],
}  # fmt: skip
PROPOSED = ("1956-02-14", "1956-02-25", "1956-06-04", "1958-03-27", "1961-10-31", "1971-09-11")


def texts(folder: Path) -> dict[str, str]:
    """Return the texts in a folder, by the number of their document."""
    paths = ((number, next(folder.glob(f"{number}_*.txt"), None)) for number in WRITTEN)
    return {number: path.read_bytes().decode() for number, path in paths if path is not None}
