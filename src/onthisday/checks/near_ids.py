"""Find ids that differ only by case, such as `Moon` and `moon`.

On many disks of macOS and Windows, both are one folder, so the site cannot be written there. Called
by service/checking/report.py.
"""

from collections.abc import Iterable, Iterator

from onthisday.checks.faults import Fault


def near_id_faults(kind: str, ids: Iterable[str]) -> Iterator[tuple[str, Fault]]:
    """Yield each id that is like an earlier one, and its fault. ``kind``: `entry` or `document`."""
    first: dict[str, str] = {}
    for name in ids:
        other = first.setdefault(name.casefold(), name)
        if other != name:
            message = (
                f'{kind} "{name}" and {kind} "{other}" would be one folder on many disks of macOS '
                "and Windows; give one of the two another id"
            )
            yield name, Fault(("id",), "near-id", message)
