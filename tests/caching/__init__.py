"""Nothing that is shown is stale: neither a page nor an answer of a command.

| what is remembered | where | who reads it |
|---|---|---|
| the compiled almanac | `var/cache/config.yaml.db` | every command |
| the words of a search | `var/cache/config.yaml.search.db` | `search`, `serve` |
| passages that were proved | `var/cache/config.yaml.passages.db` | `check` |
| answers, and the almanac that they are from | memory | `serve` |
| which files a build wrote | the output folder | `build`, `tick` |

What happens, and its tests:

- A change within the same second, a file renamed, removed or restored, a copied folder:
  `changes.py`, with `test_commands.py` and `test_serve.py`.
- A file that is half written: the same. Before messages: `tests/delivery/test_young_files.py`.
- Two processes at once: `test_at_once.py`. Imports: `tests/importing/test_import.py`.
- A full disk: `test_full_disk.py`. Imports also: `tests/importing/test_import.py`.
- A cache of an older or a newer program: `test_other_programs.py`.
- The cache is deleted or damaged: `test_serve.py`, `tests/website/test_damaged_cache.py`.
- A build that was killed: `tests/website/test_killed_build.py`.

How a change is seen at all is tested in `tests/core/test_compiling.py`. `import` remembers nothing:
it looks into the almanac itself.
"""
