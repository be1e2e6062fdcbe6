"""Regular: a file is opened only if it is one: a pipe, a device or a folder is refused at once.

To open a named pipe waits until somebody writes into it, and a device may never end: a server that
was pointed at one would stand still.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

KINDS = {
    stat.S_IFIFO: "it is a named pipe",
    stat.S_IFCHR: "it is a device",
    stat.S_IFBLK: "it is a device",
    stat.S_IFSOCK: "it is a socket",
    stat.S_IFDIR: "it is a folder",
}


def open_file(path: Path) -> BinaryIO:
    """Open a file to read its bytes; a link is followed.

    Raises
    ------
    OSError : there is none, it may not be read, or it is no regular file; `strerror` says which
    """
    _check(path, path.stat().st_mode)  # first, for to open some devices already does something
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _check(path, os.fstat(number).st_mode)
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def _check(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        what = KINDS.get(stat.S_IFMT(mode), "it is something else than a file")
        raise OSError(errno.EINVAL, what, str(path))
