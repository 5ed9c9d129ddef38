"""Build the program from this checkout into a folder from which pip installs it.

    python3 deploy/package.py DIR
    cd DIR && pip install --require-hashes --only-binary=:all: -r requirements.txt

DIR gets our wheel, and `requirements.txt`: each package with its version and the hashes of its
files. pip refuses any other file, and runs nobody's code while it installs. The same checkout and
the same Python give the same bytes. `--requirements everything.txt` adds the extras, as Apprise.
`github/set_up.py`, the Dockerfile and `install` call this.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "deploy" / "requirements"

CHOICES = ("program.txt", "everything.txt")

MADE = "# deploy/package.py made it from"
"""How the requirements that this writes begin. The name of the lock file follows."""

NO_WHEEL = "feedgen"
"""The one package that the index has as source only. It is built here too, from the locked source,
because pip would else build it at each install, with a setuptools that nothing pins."""

SAME_BYTES = {"SOURCE_DATE_EPOCH": "1580601600"}
"""The time that the files in a wheel get. It is hatchling's own, 2020-02-02."""


def main() -> None:
    """Read the arguments, and build."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--requirements", choices=CHOICES, help="default: as the last time in DIR")
    args = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - it runs before anything is installed
        sys.exit(f"package.py: Python 3.11 or later is needed; this is {sys.version.split()[0]}")
    try:
        args.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"package.py: {args.folder} cannot be made: {error.strerror}")
    before = chosen_before(args.folder)
    package(args.folder.resolve(), args.requirements or before)


def chosen_before(folder: Path) -> str:
    """Return the lock file from which the folder was made; at first the smaller one."""
    first = made_before(folder).partition("\n")[0]
    return next((lock for lock in CHOICES if first.endswith(lock)), CHOICES[0])


def made_before(folder: Path) -> str:
    """Return the requirements of an earlier run; empty at first. End where they are not ours."""
    made = folder / "requirements.txt"
    text = made.read_text(encoding="utf-8", errors="replace") if made.is_file() else ""
    if text and not text.startswith(MADE):
        sys.exit(f"package.py: {made} is not from package.py; name a folder of its own")
    return text


def package(folder: Path, lock: str) -> None:
    """Put the wheels and the requirements into a folder, in the place of those of an earlier run.

    The folder stays as it is until all is built. Other files in it are left alone.
    """
    locked = (LOCKS / lock).read_text(encoding="utf-8")
    found = re.search(rf"^{NO_WHEEL}==.*\n(?: .*\n)*", locked, re.MULTILINE)
    if found is None:
        sys.exit(f"package.py: {NO_WHEEL} is not in {lock}; write it anew with deploy/lock.py")
    with tempfile.TemporaryDirectory() as temporary:
        built = Path(temporary)
        build(found[0], built)
        lines = [f"./{wheel.name} --hash=sha256:{digest(wheel)}" for wheel in built.glob("*.whl")]
        text = "\n".join([f"{MADE} {lock}", *sorted(lines), locked.replace(found[0], "")])
        (built / "requirements.txt").write_text(text, encoding="utf-8", newline="\n")
        replace(folder, built)


def replace(folder: Path, built: Path) -> None:
    """Remove the wheels of an earlier run from a folder, and copy there what was built."""
    for name in re.findall(r"^\./([^/\s]+\.whl) ", made_before(folder), re.MULTILINE):
        (folder / name).unlink(missing_ok=True)
    for file in built.iterdir():
        shutil.copyfile(file, folder / file.name)


def build(source: str, folder: Path) -> None:
    """Build the wheels of a locked source and of this checkout, with the locked tools."""
    with tempfile.TemporaryDirectory() as tools:
        venv.create(tools, with_pip=True)
        python = Path(tools, "Scripts/python.exe" if os.name == "nt" else "bin/python")
        wanted = Path(tools) / "source.txt"
        wanted.write_text(source)
        pip(python, "install", "--require-hashes", "--only-binary=:all:",
            f"--requirement={LOCKS / 'build.txt'}")  # fmt: skip
        wheel = ("wheel", "--no-deps", "--no-build-isolation", f"--wheel-dir={folder}")
        pip(python, *wheel, "--require-hashes", f"--requirement={wanted}")
        pip(python, *wheel, "--no-index", ".")  # a path may have a ; which pip takes for a marker


def pip(python: Path, *words: str) -> None:
    """Run pip; end the program where it fails."""
    command = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    if subprocess.run(command, cwd=ROOT, env=os.environ | SAME_BYTES, check=False).returncode:
        sys.exit("package.py: pip failed; it says why above")


def digest(file: Path) -> str:
    """Return a file's SHA-256 in hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
