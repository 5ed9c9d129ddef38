"""deploy/install: it installs, upgrades and goes back to the version before.

The script really runs, in file systems that are thrown away. Only systemctl is replaced, by a
script that notes how it is called.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operation.confined import open_folder
from tests.website.fixtures import SHIPPED
from tests.website.servers import CADDY

BIN = Path(sys.executable).parent
SCRIPT = SHIPPED / "deploy" / "install"

SYSTEMCTL = """#!/bin/sh
echo "$*" >> {told}
case $* in
"is-enabled --quiet onthisday-tick.timer" | "is-enabled --quiet onthisday-work.service") exit 1 ;;
esac
"""

NAMESPACE = """
mount -t tmpfs tmpfs "$1"
for name in etc opt srv var; do
    mkdir -p "$1/$name" "$1/.$name"
    mount -t overlay overlay -o "lowerdir=/$name,upperdir=$1/$name,workdir=$1/.$name" "/$name"
done
rm -rf /opt/onthisday* /srv/onthisday /etc/onthisday /var/lib/onthisday
shift
exec "$@"
"""
"""The first argument is an empty folder. All changes go there. The rest is the command to run."""

STEPS = """
part() { echo "== $1"; : > {told}; }
part first
SITE=history.example.org ./deploy/install
cat {told}
part again
./deploy/install
cat {told}
part layout
stat -c '%A %U %n' /srv/onthisday /srv/onthisday/config.yaml /var/lib/onthisday \
    /etc/onthisday/environment
cat /srv/onthisday/config.yaml /etc/systemd/system/caddy.service.d/onthisday.conf
cat /etc/caddy/Caddyfile
part edits
echo '# mine' >> /srv/onthisday/config.yaml
echo 'SLACK_URL=x' >> /etc/onthisday/environment
runuser -u onthisday -- /opt/onthisday/bin/onthisday --config /srv/onthisday/config.yaml tick
sed -i 's/^__version__.*/__version__ = "9.9.9"/' src/onthisday/version.py
part upgrade
REQUIREMENTS=everything.txt ./deploy/install | tee said
part after
grep -c -e '# mine' -e SLACK_URL=x /srv/onthisday/config.yaml /etc/onthisday/environment
head -n 1 /opt/onthisday/requirements.txt
ls /var/lib/onthisday/upgrades
/opt/onthisday/bin/onthisday --version
part back
sh -euc "$(grep 'ln -sfn' said)"
/opt/onthisday/bin/onthisday --version
part broken
echo 'site: {titel: x}' > /srv/onthisday/config.yaml
./deploy/install 2>&1 || echo "it ended with $?"
readlink /opt/onthisday
part further
echo 'store: ${STORE}' > /srv/onthisday/config.yaml
RUN=work ./deploy/install
cat {told}
"""


@pytest.mark.program
def test_shellcheck_finds_nothing() -> None:
    done = subprocess.run(
        [BIN / "shellcheck", SCRIPT], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout


def checkout(folder: Path) -> Path:
    """Copy the files that the script needs beside it."""
    made = folder / "checkout"
    made.mkdir()
    for name in ("src", "deploy", "almanac"):
        shutil.copytree(SHIPPED / name, made / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "config.yaml"):
        shutil.copy(SHIPPED / name, made)
    return made


def stand_ins(folder: Path) -> Path:
    """Write the programs that stand in for real ones: systemctl, and a sleep that does not wait."""
    made, told = folder / "stand-ins", folder / "told"
    made.mkdir()
    (made / "systemctl").write_text(SYSTEMCTL.replace("{told}", str(told)))
    (made / "sleep").write_text("#!/bin/sh\n")
    for path in made.iterdir():
        path.chmod(0o755)
    return made


def run_steps(folder: Path) -> dict[str, str]:
    """Run the steps as root, in file systems of their own; return what each part printed."""
    (folder / "written").mkdir()
    environ = {"PATH": f"{stand_ins(folder)}:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    namespace = ["unshare", "--mount", "--propagation", "private", "sh", "-euc", NAMESPACE, "sh",
                 str(folder / "written")]  # fmt: skip
    if subprocess.run([*namespace, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no file systems may be laid over others here")
    steps = STEPS.replace("{told}", str(folder / "told"))
    done = subprocess.run(
        [*namespace, "sh", "-euc", steps], cwd=checkout(folder), env=environ,
        capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    parts = done.stdout.split("== ")[1:]
    return {name: said for name, _, said in (part.partition("\n") for part in parts)}


def can_be_run() -> bool:
    """Return True if this machine has what the script needs, and a test may be root here."""
    python = [
        "/usr/bin/python3",
        "-c",
        "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))",
    ]
    needed = ("unshare", "runuser", "apt-get", "systemd-sysusers", "systemd-tmpfiles")
    if CADDY is None or not all(shutil.which(name) for name in needed):
        return False
    as_root = subprocess.run(["id", "-u"], capture_output=True, text=True, check=True)
    return as_root.stdout == "0\n" and not subprocess.run(python, check=False).returncode


@pytest.mark.program
@pytest.mark.slow
def test_it_installs_once_upgrades_beside_and_goes_back() -> None:
    if not can_be_run():
        pytest.skip("this needs root, Debian's python3-venv, systemd and caddy")
    with open_folder() as folder:
        said = run_steps(folder)
    first = said["first"]
    assert "onthisday 0.1.0 runs." in first
    assert {
        "enable --quiet onthisday-serve.service", "restart onthisday-serve.service",
        "enable --quiet --now onthisday-backup.timer", "restart caddy.service",
    } <= set(first.splitlines())  # fmt: skip
    assert "/var/lib/onthisday" in first
    assert "/etc/onthisday/environment" in first

    assert "written:" not in said["again"], "a second time it changes nothing"
    assert "start onthisday-serve.service" in said["again"].splitlines()
    assert "restart onthisday-serve.service" not in said["again"].splitlines()

    layout = said["layout"].splitlines()
    assert layout[:4] == [
        "drwxr-xr-x root /srv/onthisday", "-rw-r--r-- root /srv/onthisday/config.yaml",
        "drwx------ onthisday /var/lib/onthisday", "-rw------- root /etc/onthisday/environment",
    ]  # fmt: skip
    assert any(line.startswith("  url: https://history.example.org/ ") for line in layout)
    assert "Environment=SITE=history.example.org UPSTREAM=127.0.0.1:8080" in layout
    assert (SHIPPED / "deploy" / "compose" / "Caddyfile").read_text() in said["layout"]

    assert "a copy of the ledger" in said["upgrade"]
    assert "onthisday 9.9.9 runs." in said["upgrade"]
    config, environment, lock, copy, version = said["after"].splitlines()
    assert config.endswith(":1")
    assert environment.endswith(":1")
    assert lock.endswith("everything.txt")
    assert "-onthisday-0.1.0-" in copy
    assert version == "onthisday 9.9.9"
    assert said["back"] == "onthisday 0.1.0\n"

    assert 'unknown key "titel"' in said["broken"]
    assert "it ended with 1" in said["broken"]
    assert said["broken"].splitlines()[-1].startswith("onthisday-0.1.0-"), "it stays in use"

    assert "enable --quiet onthisday-work.service" in said["further"].splitlines()
    assert "disable --quiet --now onthisday-backup.timer" in said["further"].splitlines()
    assert "a copy of the ledger" not in said["further"], "PostgreSQL's own tools make them"
