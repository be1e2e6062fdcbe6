"""Postgres: a server of the tests' own with PostGIS, in a folder of its own, on a free port.

One that is on the machine is never touched. Debian's packages are installed by `make postgres`,
if we are root; without them the tests that need a server are skipped, counted and named.
"""

import os
import pwd
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import packages

DEBIAN = packages.debian("postgresql-postgis")
MISSING = "no PostgreSQL with PostGIS: run `make postgres` as root"
UNPRIVILEGED = "nobody"  # the server refuses to run as root
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # the folder is thrown away
    "shared_buffers": "64MB",
    "max_connections": "40",
    "log_min_messages": "warning",
}


@dataclass(frozen=True)
class Server:
    """A running server: its programs, its folder, its port."""

    programs: Path
    folder: Path
    port: int
    options: Mapping[str, str]

    def url(self, role: str = "owner", database: str = "postgres") -> str:
        """Return the address of a database, for a role."""
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = " ".join(f"-c {name}={value}" for name, value in self.options.items())
        options = f"-p {self.port} -k {self.folder} {given}"
        self._control("start", "-w", "-l", str(self.folder / "log"), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` breaks connections off, `immediate` is a crash."""
        self._control("stop", "-w", "-m", mode)

    def _control(self, *arguments: str) -> None:
        _run(self.folder, self.programs / "pg_ctl", "-D", self.folder / "data", *arguments)


def find() -> Path | None:
    """Return the folder of the newest server's programs that has PostGIS, None without one."""
    libraries = sorted(Path("/usr/lib/postgresql").glob("*/lib/postgis-*.so"))
    programs = [library.parents[1] / "bin" for library in libraries]
    return next((one for one in reversed(programs) if (one / "initdb").exists()), None)


@contextmanager
def running(folder: Path, **options: str) -> Iterator[Server]:
    """Run a server in `folder` until the block ends; its role `owner` may do everything.

    `options` are the server's own, in place of those of `OPTIONS`.

    Raises
    ------
    RuntimeError : there are no programs, or the server does not start
    """
    programs = find()
    if programs is None:
        raise RuntimeError("There is no PostgreSQL with PostGIS. Run `make postgres` as root.")
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        folder.chmod(0o711)
        os.chown(folder, pwd.getpwnam(UNPRIVILEGED).pw_uid, -1)
    made = ["-D", folder / "data", "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    _run(folder, programs / "initdb", "--no-sync", *made)
    server = Server(programs, folder, _free_port(), OPTIONS | options)
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _run(folder: Path, program: Path, *arguments: object) -> None:
    """Run a program of the server's as somebody who is not root."""
    as_root = os.geteuid() == 0
    user = pwd.getpwnam(UNPRIVILEGED) if as_root else None
    said = folder / "said"
    with said.open("w") as out:  # a server that goes on must not hold a pipe open
        done = subprocess.run(
            [program, *map(str, arguments)],
            check=False,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            timeout=60,
            user=user and user.pw_uid,
            group=user and user.pw_gid,
            extra_groups=[] if user else None,
        )
    if done.returncode:
        raise RuntimeError(f"{program.name} failed: {said.read_text()}")


if __name__ == "__main__" and not find():
    if packages.may_install():
        print("No PostgreSQL with PostGIS found: installing one for the tests of the store.")
        print(packages.carry_out(DEBIAN), end="")
    if not find():
        print("There is no PostgreSQL with PostGIS. Its tests are skipped.", file=sys.stderr)
