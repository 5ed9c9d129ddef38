"""Write the lock files in deploy/requirements: each package's version, and the hashes of its files.

    python deploy/lock.py              # keeps the versions that still fit pyproject.toml
    python deploy/lock.py --upgrade    # takes the newest versions

It needs uv (`pip install uv`). `program.txt` is what the program needs, `everything.txt` adds all
extras but `dev`, `build.txt` is what builds wheels. They are three files because pip installs all
that a file names, and what builds the program must not stand beside the channels' secrets.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "deploy" / "requirements"

COMPILE = (
    "pip", "compile", "--quiet", "--universal", "--python-version=3.11",
    "--generate-hashes", "--only-binary=:all:", "--no-binary=feedgen",
    "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links",
)  # fmt: skip
"""feedgen alone has no wheel on the index; package.py builds it. A second one without a wheel ends
this with an error, because building it would run its code."""


def main(options: list[str]) -> None:
    """Write the three files; what is in two of them has one version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = set(project["project"]["optional-dependencies"]) - {"dev"}
    named = [f"--extra={name}" for name in sorted(extras)]
    everything = LOCKS / "everything.txt"
    lock(everything, "pyproject.toml", *named, *options)
    lock(LOCKS / "program.txt", "pyproject.toml", f"--constraints={everything}", *options)
    builders = [*project["build-system"]["requires"], "setuptools"]  # setuptools builds feedgen
    lock(LOCKS / "build.txt", "-", *options, given="\n".join(builders))


def lock(file: Path, *words: str, given: str = "") -> None:
    """Write one file; end the program where uv does not."""
    beside = str(Path(sys.executable).parent)
    uv = shutil.which("uv", path=beside) or shutil.which("uv")
    if uv is None:
        sys.exit("lock.py: uv is not installed; install it with: pip install uv")
    command = [uv, *COMPILE, *words, f"--output-file={file.relative_to(ROOT)}"]
    if subprocess.run(command, cwd=ROOT, input=given, text=True, check=False).returncode:
        sys.exit(f"lock.py: uv could not write {file}; it says why above")


if __name__ == "__main__":
    main(sys.argv[1:])
