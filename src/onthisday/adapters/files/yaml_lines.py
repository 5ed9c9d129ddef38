"""Find the lines of paths in a YAML text. Only findings need them, so that a text is read twice.

Used by folders.py and app/config_file.py.
"""

from collections.abc import Sequence
from typing import Any

import yaml

from onthisday.adapters.files.yaml_items import items_of
from onthisday.errors import TreePath


def yaml_lines(text: str, paths: Sequence[TreePath]) -> list[int | None]:
    """Return for each path the line of its key or item, counted from 1. Findings show these lines.

    If the text does not have the key or item, use the line of the nearest key or item that contains
    it. If the text cannot be read, its items are read one by one. The line of a path is None in an
    item that cannot be read, and in a text that is no list.
    """
    root = _composed(text)
    if root is None:
        return _lines_in_items(text, paths)
    lines = _Lines()
    return [lines.of(root, path) for path in paths]


def _composed(text: str) -> Any:
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def _lines_in_items(text: str, paths: Sequence[TreePath]) -> list[int | None]:
    items, roots, lines = items_of(text), dict[int, Any](), _Lines()

    def line_of(path: TreePath) -> int | None:
        place = path[0]
        if not isinstance(place, int) or place >= len(items):
            return None
        if place not in roots:
            roots[place] = _composed(items[place].text)
        root = roots[place]
        return None if root is None else items[place].line - 1 + lines.of(root, (0, *path[1:]))

    return list(map(line_of, paths))


class _Lines:
    """Finds the lines of paths. The keys of each mapping are looked through only once."""

    def __init__(self) -> None:
        self._keys: dict[int, dict[str, tuple[int, Any]]] = {}

    def of(self, node: Any, path: TreePath) -> int:
        line: int = node.start_mark.line + 1
        for part in path:
            found = self._child(node, part)
            if found is None:
                break
            line, node = found
        return line

    def _child(self, node: Any, part: str | int) -> tuple[int, Any] | None:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return node.value[part].start_mark.line + 1, node.value[part]
        if not isinstance(node, yaml.MappingNode):
            return None
        if id(node) not in self._keys:  # of two equal keys the first counts
            self._keys[id(node)] = {
                key.value: (key.start_mark.line + 1, value)
                for key, value in reversed(node.value)
                if isinstance(key, yaml.ScalarNode)
            }
        return self._keys[id(node)].get(str(part))
