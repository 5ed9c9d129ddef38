"""Put the program and its workflow into the repository of an almanac, for GitHub to run.

    python3 deploy/github/set_up.py DIR

DIR is the top of that repository; config.yaml stands there. Run it again to upgrade. The folder
.github/onthisday is the program's and is written anew each time. The workflow is yours to edit: an
edited one is left as it is, and you are shown what is new in ours. `--requirements everything.txt`
adds the extras, such as Apprise; a later run remembers it.
"""

import argparse
import difflib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHIPPED = HERE / "onthisday.yaml"
PACKAGE = HERE.parent / "package.py"


def main() -> None:
    """Read the arguments, and set up."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    args, options = parser.parse_known_args()  # the options are package.py's
    if not (args.folder / "config.yaml").is_file():
        sys.exit(f"set_up.py: {args.folder} has no config.yaml; name the folder of an almanac")
    set_up(args.folder, options)


def set_up(folder: Path, options: list[str]) -> None:
    """Write the program and the workflow, and say what to do next."""
    program = folder / ".github" / "onthisday"
    command = [sys.executable, str(PACKAGE), str(program), *options]
    if subprocess.run(command, check=False).returncode:
        sys.exit(1)
    print(f"{program}: the program, and the hashes of all that it needs")
    workflow = folder / ".github" / "workflows" / "onthisday.yaml"
    write_workflow(workflow, program / "workflow-as-shipped.yaml")
    if not (folder / ".git").exists():
        print(f"{folder} is not the top of a git repository; GitHub reads .github only there")
    print("Next: look at `git status`, commit .github, push. deploy/README.md has the other steps.")


def write_workflow(workflow: Path, before: Path) -> None:
    """Write the workflow where nobody edited it. ``before`` holds the one of the last set-up."""
    ours = SHIPPED.read_text()
    last = before.read_text(encoding="utf-8") if before.exists() else ""
    theirs = workflow.read_text(encoding="utf-8", errors="replace") if workflow.exists() else last
    if theirs in (last, ours):
        workflow.parent.mkdir(parents=True, exist_ok=True)
        workflow.write_text(ours, encoding="utf-8")
        print(f"{workflow}: written")
    else:
        print(f"{workflow}: you edited it, so it was left as it is")
        show_news(last or theirs, ours)
    before.write_text(ours, encoding="utf-8")


def show_news(last: str, ours: str) -> None:
    """Print what changed in the shipped workflow, for a person to carry over."""
    old, new = last.splitlines(keepends=True), ours.splitlines(keepends=True)
    news = list(difflib.unified_diff(old, new, "before", "now"))
    if news:
        print("This is new in ours; carry over what you need:")
        print("".join(news), end="")


if __name__ == "__main__":
    main()
