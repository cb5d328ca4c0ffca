"""The templates of `.deploy` are sound by themselves and agree with the code.

Compose's own schema is on no package index, so its file is held to the rules that matter here.
"""

import re
import shlex
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from yamllint import linter
from yamllint.config import YamlLintConfig

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / ".deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
VERSIONS = ("1.32", "1.35")
STYLE = """
extends: default
rules:
  line-length: {max: 110}
  document-start: disable
  braces: {max-spaces-inside: 0}
  comments: {min-spaces-from-content: 1}
"""
# Read by a package and not by our settings.
OTHERS = {"FORWARDED_ALLOW_IPS", "CHARTER_DATA", "SENTRY_DSN", "EMAIL_FROM"}


def documents(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text()) if one]


EVERY = [one for path in MANIFESTS for one in documents(path)]


def pods() -> list[dict[str, Any]]:
    """The pod templates of all that runs."""
    found = []
    for one in EVERY:
        spec = one.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "containers" in spec.get("template", {}).get("spec", {}):
            found.append(spec["template"]["spec"])
    return found


def settings() -> set[str]:
    """The environment variables that `charter/settings.py` says it knows."""
    head = (ROOT / "charter" / "settings.py").read_text().split('"""')[1]
    return set(re.findall(r"\b[A-Z][A-Z_]{5,}\b", head)) | OTHERS


@pytest.mark.parametrize("path", [*MANIFESTS, DEPLOY / "compose.yaml"], ids=lambda path: path.name)
def test_the_yaml_is_well_written(path):
    problems = linter.run(path.read_text(), YamlLintConfig(STYLE), str(path))
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "manifest", EVERY, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}"
)
def test_each_manifest_is_what_kubernetes_takes(manifest, version):
    kubernetes_validate.validate(manifest, version, strict=True)


def test_the_schema_would_notice():
    broken = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "x"},
        "spec": {"prots": 1},
    }
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, VERSIONS[0], strict=True)


def test_what_is_named_is_there():
    names = {(one["kind"], one["metadata"]["name"]) for one in EVERY}
    for pod in pods():
        claims = {
            volume["persistentVolumeClaim"]["claimName"]
            for volume in pod["volumes"]
            if "persistentVolumeClaim" in volume
        }
        assert {("PersistentVolumeClaim", claim) for claim in claims} <= names
        volumes = {volume["name"] for volume in pod["volumes"]}
        for container in pod["containers"]:
            assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
            maps = [s["configMapRef"]["name"] for s in container["envFrom"] if "configMapRef" in s]
            assert {("ConfigMap", name) for name in maps} <= names
    assert {one["metadata"].get("namespace", "charter") for one in EVERY} == {"charter"}


def test_selectors_choose_the_pods_they_mean():
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in EVERY
              if one["kind"] == "Deployment"]  # fmt: skip
    for one in EVERY:
        if one["kind"] in ("Service", "PodDisruptionBudget", "Deployment"):
            selector = one["spec"]["selector"]
            wanted = selector.get("matchLabels", selector)
            chosen = [found for found in labels if wanted.items() <= found.items()]
            assert len(chosen) == 1, one["metadata"]["name"]


def test_no_pod_has_more_than_it_needs():
    for pod in pods():
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        for container in pod["containers"]:
            kept = container["securityContext"]
            assert kept["readOnlyRootFilesystem"] is True
            assert kept["allowPrivilegeEscalation"] is False
            assert kept["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]


def test_every_setting_is_one_that_the_code_knows():
    known = settings()
    given = {name for one in EVERY if one["kind"] == "ConfigMap" for name in one["data"]}
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    given |= set(compose["services"]["web-1"]["environment"])
    given |= set(re.findall(r"--from-literal=([A-Z_]+)", (DEPLOY / "README.md").read_text()))
    assert given <= known, given - known


def test_the_probes_ask_what_is_answered():
    asked = re.findall(r"path: (/\S*z)\b", (DEPLOY / "kubernetes" / "web.yaml").read_text())
    assert set(asked) == {"/healthz", "/readyz"}


def test_no_secret_is_written_down():
    text = "".join(path.read_text() for path in DEPLOY.rglob("*") if path.is_file())
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        for value in re.findall(rf"^\s*{name}[:=] ?(.*)$", text, re.MULTILINE):
            assert value == "" or value.startswith("${"), (name, value)
    assert not any(one["kind"] == "Secret" for one in EVERY)


# --- compose ------------------------------------------------------------------------------------


@pytest.fixture
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_compose_names_only_what_it_declares(compose):
    for name, service in compose["services"].items():
        for other in service.get("depends_on", ()):
            assert other in compose["services"], name
        for network in service["networks"]:
            assert network in compose["networks"], name
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists(), volume


def test_compose_asks_for_nothing_that_the_example_leaves_out(compose):
    wanted = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    offered = set(re.findall(r"^(\w+)=", (DEPLOY / "example.env").read_text(), re.MULTILINE))
    assert wanted == offered


def test_the_database_is_not_reached_from_outside_and_the_web_only_by_the_proxy(compose):
    services = compose["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert list(services["database"]["networks"]) == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("web-1", "web-2"):
        shared = set(services[name]["networks"]) & set(services["proxy"]["networks"])
        assert shared == {"inside"}
        believed = services[name]["environment"]["FORWARDED_ALLOW_IPS"]
        assert believed == services["proxy"]["networks"]["inside"]["ipv4_address"]
    caddy = (DEPLOY / "Caddyfile").read_text()
    assert "reverse_proxy web-1:8000 web-2:8000" in caddy


# --- the image ----------------------------------------------------------------------------------


def test_the_image_holds_what_the_application_needs_and_runs_as_nobody_special():
    lines = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    told = [shlex.split(line) for line in lines if line and not line.startswith("#")]
    copied = {
        source
        for words in told
        if words[0] == "COPY" and not words[1].startswith("--from")
        for source in words[1:-1]
    }
    assert copied == {
        "accounts", "charter", "static", "templates", "manage.py", "pyproject.toml", "README.md",
    }  # fmt: skip
    assert all((ROOT / source).exists() for source in copied)
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert copied <= {line.removeprefix("!") for line in allowed}
    users = [words[1] for words in told if words[0] == "USER"]
    assert users == ["10001:10001"]
    pods_as = {pod["securityContext"]["runAsUser"] for pod in pods()}
    assert pods_as == {10001}
