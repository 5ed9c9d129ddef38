"""The files of the cache, beside the compiled almanac. All of them may be deleted at any time.

workspace.py has the compiled almanac itself. Each function loads only what its own file needs.
"""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onthisday.app.workspace import Workspace

if TYPE_CHECKING:
    from onthisday.adapters.files.announced_file import AnnouncedFile
    from onthisday.adapters.sqlite.passage_file import PassageFile
    from onthisday.app.searching import SearchCache


def passages(workspace: Workspace) -> "PassageFile":
    """Return the memory of passages that were proved.

    `check` needs it if a document has changed.
    """
    from onthisday.adapters.sqlite.passage_file import PassageFile

    name = f"{os.path.basename(workspace.config_file)}.passages.db"
    return PassageFile(workspace.path(os.path.join("var", "cache", name)))


def announced(workspace: Workspace) -> "AnnouncedFile":
    """Return the memory of what the hub was told of the feeds."""
    from onthisday.adapters.files.announced_file import AnnouncedFile

    return AnnouncedFile(*workspace.cache_paths("hub.json"))


def search_cache(workspace: Workspace) -> "SearchCache":
    """Return what searches the almanac: beside the compiled almanac, or in the user's cache.

    If it can be written in neither place, it is in a temporary file.
    """
    from onthisday.app.searching import SearchCache

    return SearchCache([*workspace.cache_paths("search.db")])


def build_cache(workspace: Workspace, folder: str) -> Iterator[str]:
    """Return the places for the memory of what `build` wrote to a folder."""
    import hashlib

    own = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:16]
    return workspace.cache_paths(f"build-{own}.db")
