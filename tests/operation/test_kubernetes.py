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
REPLICATED = SHIPPED / "deploy" / "kubernetes-replicated"
KUBECTL = shutil.which("kubectl")


def written() -> list[dict[str, Any]]:
    """Return the resources as they stand in our files."""
    kustomization = yaml.safe_load((BASE / "kustomization.yaml").read_text())
    return [yaml.safe_load((BASE / name).read_text()) for name in kustomization["resources"]]


def built(folder: Path = BASE) -> list[dict[str, Any]]:
    """Return the resources that kubectl makes from our files."""
    if KUBECTL is None:
        pytest.skip("there is no kubectl")
    made = subprocess.run(
        [KUBECTL, "kustomize", str(folder)], capture_output=True, text=True, check=True, timeout=60
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


@pytest.mark.program
def test_kubernetes_takes_every_replicated_resource_and_there_is_no_volume_that_stays() -> None:
    found = built(REPLICATED)
    assert sorted(each["kind"] for each in found) == [
        "ConfigMap", "ConfigMap", "Deployment", "Deployment", "NetworkPolicy", "NetworkPolicy",
        "PodDisruptionBudget", "PodDisruptionBudget", "Secret", "Service",
    ]  # fmt: skip
    for resource in found:
        kubernetes_validate.validate(resource, "1.31", strict=True)


def deployment(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((REPLICATED / f"{name}.yaml").read_text())
    return found


@pytest.mark.program
def test_readers_come_to_the_pods_with_pages_alone() -> None:
    (service,) = (each for each in built(REPLICATED) if each["kind"] == "Service")
    serving = deployment("serve")["spec"]["template"]["metadata"]["labels"]
    assert serving.items() <= service["spec"]["selector"].items()


def test_while_pods_are_replaced_or_machines_emptied_some_of_each_kind_stay() -> None:
    budgets = list(yaml.safe_load_all((REPLICATED / "disruption.yaml").read_text()))
    for name in ("serve", "work"):
        spec = deployment(name)["spec"]
        labels = spec["template"]["metadata"]["labels"]
        assert spec["replicas"] == 2
        assert spec["selector"]["matchLabels"] == labels
        (budget,) = (each for each in budgets if each["metadata"]["name"] == f"onthisday-{name}")
        assert budget["spec"] == {"maxUnavailable": 1, "selector": {"matchLabels": labels}}
        for spread in spec["template"]["spec"]["topologySpreadConstraints"]:
            assert spread["labelSelector"] == {"matchLabels": labels}
    assert deployment("serve")["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_a_replicated_pod_is_as_the_single_one_but_for_its_state() -> None:
    """Its rights, its files and its probes are the same. `work` is asked where metrics are."""
    (single,) = pod()["containers"]
    for name in ("serve", "work"):
        spec = deployment(name)["spec"]["template"]["spec"]
        (container,) = spec["containers"]
        for same in ("image", "envFrom", "securityContext", "resources"):
            assert container[same] == single[same]
        user = dict(pod()["securityContext"])
        del user["fsGroupChangePolicy"]  # there is no old volume
        assert spec["securityContext"] == user
        assert spec["automountServiceAccountToken"] is False
        paths = {each["mountPath"] for each in container["volumeMounts"]}
        assert paths == {each["mountPath"] for each in single["volumeMounts"]}
        pause = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {"seconds": 0})
        assert spec["terminationGracePeriodSeconds"] > GRACE + pause["seconds"]
        assert container.get("args", ["serve"]) == [name]
        port = {"serve": "http", "work": "metrics"}[name]
        assert port in {each["name"] for each in container["ports"]}
        for probe in ("startup", "liveness", "readiness"):
            asked = single[f"{probe}Probe"]["httpGet"]
            assert container[f"{probe}Probe"]["httpGet"] == asked | {"port": port}


def test_the_ledgers_address_comes_from_the_secret() -> None:
    config = yaml.safe_load((REPLICATED / "config.yaml").read_text())
    assert config.pop("store") == "${STORE}"
    assert config == yaml.safe_load((BASE / "config.yaml").read_text())
    assert "\n# STORE=postgresql://" in (REPLICATED / "kustomization.yaml").read_text()


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
