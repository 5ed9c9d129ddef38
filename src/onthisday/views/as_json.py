"""Views as the trees that JSON is written from (INTERFACE.md, "Occasions as JSON")."""

from typing import Any


def tree_of(value: Any) -> Any:
    """Return a told value as the tree that JSON is written from."""
    if hasattr(value, "_fields"):
        return {field.rstrip("_"): tree_of(getattr(value, field)) for field in value._fields}
    if isinstance(value, tuple):
        return [tree_of(item) for item in value]
    return value
