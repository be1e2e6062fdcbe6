"""Nginx: the one on the machine, run on the files of docs/deploy, on ports that are free.

Debian's package is installed by `make nginx`, if we are root; without it the tests that need it
are skipped, counted and named.
"""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo.settings import ROOT
from tests.support import packages

SHIPPED = ROOT / "docs" / "deploy" / "nginx"
DEBIAN = packages.debian("nginx-light", "curl")
PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx")  # not on the path of everybody
MISSING = "There is no nginx. Run `make nginx` as root."


def find() -> str | None:
    """Return the path of nginx, None without one."""
    return shutil.which("nginx") or next((one for one in PLACES if Path(one).exists()), None)


@dataclass(frozen=True)
class Proxy:
    """A running nginx."""

    process: "subprocess.Popen[bytes]"
    folder: Path  # of its own files; its rules are in the folder `rules` of it
    port: int

    @property
    def url(self) -> str:
        """Return the address under which readers come."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def servers(self) -> Path:
        """Return the file that lists the processes."""
        return self.folder / "rules" / "servers.conf"

    def reload(self) -> None:
        """Have the rules read again."""
        self.process.send_signal(signal.SIGHUP)

    def log(self) -> str:
        """Return all that it has written down, of readers and of itself."""
        logs = sorted((self.folder / "logs").iterdir())
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in logs)


def lay_out(folder: Path, port: int, ports: Sequence[int]) -> Path:
    """Write the shipped files for `port` and processes on `ports`; return the main one.

    Only what an operator edits is altered: the ports, the processes, the certificate.
    """
    rules = folder / "rules"
    shutil.copytree(SHIPPED, rules)
    (folder / "logs").mkdir()
    certify(rules / "certificate")
    site = (rules / "site.conf").read_text(encoding="utf-8")
    site = re.sub(r"    listen \[::\].*\n", "", site)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    site = site.replace("listen 443 ", f"listen 127.0.0.1:{port} ")
    (rules / "site.conf").write_text(site, encoding="utf-8")
    lines = (rules / "servers.conf").read_text(encoding="utf-8").splitlines(keepends=True)
    servers = [line for line in lines if line.startswith("server")]
    kept = [re.sub(r":\d+", f":{one}", servers[n], count=1) for n, one in enumerate(ports)]
    (rules / "servers.conf").write_text("".join(kept), encoding="utf-8")
    return rules / "nginx.conf"


def certify(folder: Path) -> None:
    """Write a certificate of 127.0.0.1 that nobody has signed, and its key."""
    folder.mkdir()
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    whose = ("-subj", "/CN=127.0.0.1", "-days", "2", "-keyout", key, "-out", certificate)
    subprocess.run(["openssl", "req", *kind, *whose], check=True, capture_output=True)


def check(main: Path) -> "subprocess.CompletedProcess[str]":
    """Have nginx read the rules and say what it thinks of them."""
    asked = [*_command(main.parents[1], main), "-t"]
    return subprocess.run(asked, check=False, capture_output=True, text=True)


@contextmanager
def running(folder: Path, ports: Sequence[int]) -> Iterator[Proxy]:
    """Run it before processes on `ports` until the block is left."""
    port = free_port()
    main = lay_out(folder, port, ports)
    process = subprocess.Popen([*_command(folder, main), "-g", f"daemon off; {_user()}"])
    try:
        _wait(port, process)
        yield Proxy(process, folder, port)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _command(folder: Path, main: Path) -> list[str]:
    found = find()
    assert found, MISSING
    return [found, "-p", f"{folder}/", "-c", str(main), "-e", "stderr"]


def _user() -> str:
    """Return the directive that leaves the folder of a test to us, where we are root."""
    return "user root;" if os.geteuid() == 0 else ""


def of_nobody() -> ssl.SSLContext:
    """Return the terms of a connection on which the certificate of a test is good enough."""
    terms = ssl.create_default_context()
    terms.check_hostname, terms.verify_mode = False, ssl.CERT_NONE
    return terms


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    terms = of_nobody()
    end = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as plain:
                terms.wrap_socket(plain).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx did not start.")


if __name__ == "__main__" and not find():
    if packages.may_install():
        print("No nginx found: installing one for the tests.")
        print(packages.carry_out(DEBIAN), end="")
    if not find():
        print(f"{MISSING} Its tests are skipped.", file=sys.stderr)
