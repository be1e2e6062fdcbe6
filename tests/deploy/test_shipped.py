"""What docs/deploy ships is accepted by the programs it is for, and grants no more than is needed.

What no container engine and no running systemd can be asked here is asked as far as it goes:
docs/deploy/README.md says how far.
"""

import os
import re
import shutil
import subprocess

import pytest
import yaml

from geo import settings
from geo.settings import ROOT
from tests.deploy import containerfile, fleet, nginx

DEPLOY = ROOT / "docs" / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "containers/compose.yaml").read_text(encoding="utf-8"))
PROCESSES = re.findall(
    r"^server [\w.]+:(\d+) ", (nginx.SHIPPED / "servers.conf").read_text(), flags=re.MULTILINE
)
UNITS = sorted((DEPLOY / "systemd").iterdir())
LEAST_EXPOSED = 2.0  # of 10, as systemd-analyze reckons: 9 is a unit without any bound


@pytest.mark.skipif(nginx.find() is None, reason=nginx.MISSING)
def test_nginx_takes_the_rules_without_a_warning(tmp_path):
    main = nginx.lay_out(tmp_path, nginx.free_port(), PROCESSES)
    said = nginx.check(main)
    assert said.returncode == 0, said.stderr
    assert "[warn]" not in said.stderr
    assert (main.parent / "servers.conf").read_text() in (
        nginx.SHIPPED / "servers.conf"
    ).read_text()


@pytest.mark.skipif(nginx.find() is None, reason=nginx.MISSING)
def test_nginx_takes_the_processes_of_the_containers(tmp_path):
    main = nginx.lay_out(tmp_path, nginx.free_port(), PROCESSES)
    text = (DEPLOY / "containers/servers.conf").read_text(encoding="utf-8")
    named = set(re.findall(r"^server (\w+):8501 ", text, flags=re.MULTILINE))
    assert named == {name for name in COMPOSE["services"] if name.startswith("app")}
    (main.parent / "servers.conf").write_text(re.sub(r"app\d", "127.0.0.1", text))
    assert nginx.check(main).returncode == 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="There is no systemd-analyze.")
def test_systemd_takes_the_units_without_a_word(tmp_path):
    for unit in UNITS:
        shutil.copy(unit, tmp_path)
    named = [unit.name.replace("@.", "@8501.") for unit in UNITS]
    # It looks whether the programs are there; nginx need not be on this machine.
    proxy = tmp_path / "service-map-proxy.service"
    proxy.write_text(proxy.read_text().replace("/usr/sbin/nginx", "/bin/true"))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(f"./{name}" for name in named)],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="There is no systemd-analyze.")
@pytest.mark.parametrize("name", ["service-map@.service", "service-map-proxy.service"])
def test_a_unit_may_hardly_do_anything_to_the_machine(name):
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", f"./{name}"],
        check=False,
        cwd=DEPLOY / "systemd",
        capture_output=True,
        text=True,
    ).stdout
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert found, said
    assert float(found[1]) <= LEAST_EXPOSED


def test_the_settings_that_are_shipped_are_settings_and_say_that_nginx_stands_before():
    lines = (DEPLOY / "settings.env").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    given = settings.read(told)
    assert (given.proxies, given.origins) == (1, ("https://help.example",))
    documented = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert [name for name in told if f"| `{name}` |" not in documented] == []


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_container_is_nobody_may_write_nothing_and_says_whether_it_is_well(name):
    service = COMPOSE["services"][name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert all(entry.startswith("/") for entry in service["tmpfs"])
    assert "privileged" not in service


def test_only_nginx_is_to_be_reached_from_outside():
    services = COMPOSE["services"]
    assert [name for name in services if "ports" in services[name]] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_the_container_and_the_unit_run_the_same_command():
    unit = (DEPLOY / "systemd/service-map@.service").read_text(encoding="utf-8")
    (run,) = re.findall(r"-m streamlit run \S+", unit)
    assert run in " ".join(containerfile.command(8501))
    assert containerfile.given("USER") == ["10001:10001"] == [COMPOSE["x-app"]["user"]]


def test_nothing_of_a_deployment_is_copied_into_a_container(tmp_path):
    containerfile.copy(tmp_path)
    copied = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert {
        "app.py",
        "geo/streets/store.py",
        "data/services.csv",
        ".streamlit/config.toml",
    } <= copied
    assert not [
        name for name in copied if re.search(r"__pycache__|^data/(streets|reports|cache)", name)
    ]
    assert not [
        name for name in copied if re.match(r"docs|tests/(?!constraints\.txt)|\.git|\.venv", name)
    ]


# Root may write anywhere, whatever the folder says, unless that is taken from it.
NO_MORE_THAN_OTHERS = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []


@pytest.mark.slow
@pytest.mark.skipif(
    bool(NO_MORE_THAN_OTHERS) and shutil.which("setpriv") is None, reason="There is no setpriv."
)
def test_what_is_copied_is_enough_and_runs_from_a_folder_that_cannot_be_written(tmp_path):
    containerfile.copy(tmp_path / "app")
    subprocess.run(["chmod", "-R", "a-w", tmp_path / "app"], check=True)
    port, log = nginx.free_port(), tmp_path / "log"
    given = {"HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1", "REPORTS": "off"}
    tried = subprocess.run([*NO_MORE_THAN_OTHERS, "touch", tmp_path / "app/new"], check=False)
    assert tried.returncode != 0
    process = fleet.start(port, tmp_path / "app", log, given, *NO_MORE_THAN_OTHERS)
    try:
        fleet.wait(port, process)
    finally:
        process.kill()
        process.wait()
        subprocess.run(["chmod", "-R", "u+w", tmp_path / "app"], check=True)
    assert "Traceback" not in log.read_text(encoding="utf-8")
