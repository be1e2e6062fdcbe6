"""Packages: programs of the system that tests need, as Debian has them; only root installs any."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence

PATIENCE_S = 600


def debian(*names: str) -> list[list[str]]:
    """Return the commands that install packages, without what Debian but recommends with them."""
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    return [["apt-get", "update", "-qq"], install]


def may_install() -> bool:
    """Return whether we are root, on a system that has Debian's packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def carry_out(commands: Iterable[Sequence[str]]) -> str:
    """Run commands one after the other, whatever becomes of each; return what they said."""
    said = ""
    for command in commands:
        done = subprocess.run(
            command,
            check=False,
            timeout=PATIENCE_S,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said += f"{' '.join(command)}\n{done.stdout}"
    return said
