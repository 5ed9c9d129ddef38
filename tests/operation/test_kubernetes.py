"""The kustomization: its resources fit Kubernetes' own schemas, and its pod has few rights."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from onthisday.app.listening import GRACE
from onthisday.app.workspace import Almanac
from tests.delivery.fakes import instant
from tests.website.fixtures import SHIPPED, entry_of, write_almanac

BASE = SHIPPED / "deploy" / "kubernetes"
KUBECTL = shutil.which("kubectl")


def written() -> list[dict[str, Any]]:
    """Return the resources as they stand in our files."""
    kustomization = yaml.safe_load((BASE / "kustomization.yaml").read_text())
    return [yaml.safe_load((BASE / name).read_text()) for name in kustomization["resources"]]


def built() -> list[dict[str, Any]]:
    """Return the resources that kubectl makes from our files."""
    if KUBECTL is None:
        pytest.skip("there is no kubectl")
    made = subprocess.run(
        [KUBECTL, "kustomize", str(BASE)], capture_output=True, text=True, check=True, timeout=60
    )
    return list(yaml.safe_load_all(made.stdout))


def pod() -> dict[str, Any]:
    (found,) = (each for each in written() if each["kind"] == "StatefulSet")
    spec: dict[str, Any] = found["spec"]["template"]["spec"]
    return spec


@pytest.mark.program
def test_kubernetes_takes_every_resource() -> None:
    found = built()
    assert sorted(each["kind"] for each in found) == [
        "ConfigMap", "ConfigMap", "NetworkPolicy", "Secret", "Service", "StatefulSet",
    ]  # fmt: skip
    for resource in found:
        kubernetes_validate.validate(resource, "1.31", strict=True)


def test_there_is_one_pod_which_may_write_its_state_alone() -> None:
    (found,) = (each for each in written() if each["kind"] == "StatefulSet")
    assert found["spec"]["replicas"] == 1, "the ledger is a file"
    (container,) = pod()["containers"]
    security = container["securityContext"]
    assert security["readOnlyRootFilesystem"] is True
    assert security["allowPrivilegeEscalation"] is False
    assert security["capabilities"] == {"drop": ["ALL"]}
    assert pod()["securityContext"]["runAsNonRoot"] is True
    assert pod()["automountServiceAccountToken"] is False
    writable = {m["mountPath"] for m in container["volumeMounts"] if not m.get("readOnly")}
    assert writable == {"/srv/onthisday/var", "/tmp"}


def test_it_is_asked_for_its_health_where_it_tells_it() -> None:
    (container,) = pod()["containers"]
    paths = {
        name: container[f"{name}Probe"]["httpGet"]["path"]
        for name in ("startup", "liveness", "readiness")
    }
    assert paths == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/healthz?ready"}


def test_it_has_longer_to_end_than_the_service_takes() -> None:
    assert pod()["terminationGracePeriodSeconds"] > GRACE


def test_the_almanac_that_it_brings_is_in_order(tmp_path: Path) -> None:
    shutil.copytree(BASE / "almanac", tmp_path / "almanac")
    shutil.copy(BASE / "config.yaml", tmp_path)
    day = Almanac.open(str(tmp_path / "config.yaml")).on(instant("2026-01-01T00:00").date())
    assert [each.id for each in day.occasions] == ["an-entry"]


def test_an_almanac_in_a_config_map_is_read_and_an_edit_of_it_is_live(tmp_path: Path) -> None:
    """The kubelet makes each file a link through the link `..data`, and an edit replaces that."""
    config = write_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    folder = tmp_path / "almanac"
    laid_out(folder, "..1")
    day = instant("2026-02-25T00:00").date()
    assert [each.id for each in Almanac.open(str(config)).on(day).occasions] == ["first"]
    shutil.copytree(folder / "..1", folder / "..2")
    lines = (folder / "..2" / "all.jsonl").read_text()
    (folder / "..2" / "all.jsonl").write_text(lines.replace('"first"', '"other"'))
    (folder / "..new").symlink_to("..2")
    os.replace(folder / "..new", folder / "..data")
    assert [each.id for each in Almanac.open(str(config)).on(day).occasions] == ["other"]


def laid_out(folder: Path, version: str) -> None:
    """Move a folder's files into a version's folder, and make the links that the kubelet makes."""
    names = [path.name for path in folder.iterdir()]
    (folder / version).mkdir()
    (folder / "..data").symlink_to(version)
    for name in names:
        (folder / name).rename(folder / version / name)
        (folder / name).symlink_to(f"..data/{name}")
