"""Take a mend out of a copy of the program, and show that the simulation finds the fault.

    python -m tests.simulation.without 9
    python -m tests.simulation.without            each of mends/, one after another

A file in mends/ takes one mend out. Its number is that of the fault. If the code has changed much,
a patch may not fit any more, and `patch` says so. Then write the patch anew. If its first line says
that machines share a store, they do so in all worlds that are tried.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def tried(patch: Path, worlds: int) -> str:
    """Run worlds without a mend. Return the line about the fault that was found, or ""."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("src", "tests"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        with patch.open("rb") as text:
            subprocess.run(["patch", "-p1", "--quiet"], cwd=folder, stdin=text, check=True)
        words = [sys.executable, "-m", "tests.simulation", "--seed=1", f"--worlds={worlds}"]
        if "share a store" in patch.read_text(encoding="utf-8").partition("\n")[0]:
            words += ["--replicated", "--days=30", "--channels=12"]
        paths = os.pathsep.join((str(Path(folder) / "src"), folder))
        done = subprocess.run(
            words,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    return next((line for line in done.stdout.splitlines() if line.startswith("seed ")), "")


def main() -> int:
    """Try the mends. Return 1 if a fault was not found."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.simulation.without")
    parser.add_argument("number", type=int, nargs="?", help="the fault's; default: all")
    parser.add_argument("--worlds", type=int, default=30, help="how many seeds to try at most")
    args = parser.parse_args()
    missed = 0
    for patch in sorted((HERE / "mends").glob("*.patch")):
        if args.number is None or int(patch.name[:2]) == args.number:
            found = tried(patch, args.worlds)
            missed += not found
            print(f"{patch.stem}: {found or 'NOT FOUND'}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
