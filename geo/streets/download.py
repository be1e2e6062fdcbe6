"""Download: a file of another server: whole or not at all, taken up where it was cut off.

What has come stays beside as `NAME.part`, with what the server calls that edition of the file in
`NAME.tag`, and is gone on with by HTTP ranges (RFC 9110, sections 13.1.5 and 14).
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import requests

from geo.errors import StreetsError

SECONDS = 30.0  # to connect, and without a byte
TRIES = 4  # of a file that is cut off, each from where the last one ended
CHUNK = 1 << 18
LOCAL = "Or fetch the file on another machine and name it: --from FILE.zip."

Progress = Callable[[int, int], None]  # bytes so far, bytes in all (0: not known)


def fetch(url: str, path: Path, progress: Progress, seconds: float = SECONDS) -> bool:
    """Put the file at `url` into `path` and return True; False if the server has no such file.

    Raises
    ------
    StreetsError : the server cannot be reached, cuts off again and again, or sends something
        else than a zip; the disk does not take it. Nothing is at `path` then.
    """
    part = path.with_name(f"{path.name}.part")
    tag = path.with_name(f"{path.name}.tag")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(TRIES):
            state = _go_on(url, part, tag, progress, seconds)
            if state == "none":
                return False
            if state == "whole":
                part.replace(path)
                tag.unlink(missing_ok=True)
                return True
    except requests.RequestException as error:
        fix = f"Check the connection, and STREETS_SOURCE. {LOCAL}"
        raise StreetsError(f"{url}: not reached ({_why(error)}). {fix}") from None
    except OSError as error:
        _forget(part, tag)
        fix = "Make room, or name another folder (STREETS)."
        raise StreetsError(f"{path}: cannot be kept ({error.strerror or error}). {fix}") from None
    came = part.stat().st_size if part.exists() else 0
    fix = f"Run the command again: it goes on from there. {LOCAL}"
    raise StreetsError(f"{url}: cut off {TRIES} times, {came:,} bytes came. {fix}")


def _go_on(url: str, part: Path, tag: Path, progress: Progress, seconds: float) -> str:
    """Ask for what is missing; return 'whole', 'cut' or 'none'."""
    came = part.stat().st_size if part.exists() and tag.exists() else 0
    headers = {"Accept-Encoding": "identity"}
    if came:
        headers |= {"Range": f"bytes={came}-", "If-Range": tag.read_text(encoding="utf-8")}
    with requests.get(url, headers=headers, stream=True, timeout=seconds) as answer:
        if answer.status_code in (404, 410):
            return "none"
        if answer.status_code == 416:  # what is here is not a beginning of what is there
            _forget(part, tag)
            return "cut"
        if answer.status_code not in (200, 206):
            raise StreetsError(
                f"{url}: the server answered {answer.status_code}. Try later. {LOCAL}"
            )
        if answer.status_code == 200:
            came = 0
        elif _range(answer)[0] != came:
            _forget(part, tag)
            return "cut"
        size = _range(answer)[1] or came + int(answer.headers.get("Content-Length") or 0)
        _make_room(part, size - came)
        edition = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        if edition and not edition.startswith("W/"):
            tag.write_text(edition, encoding="utf-8")
        else:
            tag.unlink(missing_ok=True)
        return _receive(answer, part, came, size, progress)


def _receive(
    answer: requests.Response, part: Path, came: int, size: int, progress: Progress
) -> str:
    answer.raw.enforce_content_length = False  # what came before a cut is kept, and counted below
    with part.open("r+b" if came else "wb") as file:
        file.seek(came)
        try:
            for chunk in answer.iter_content(CHUNK):
                if not came and not chunk.startswith(b"PK"):
                    raise _no_zip(answer, part)
                file.write(chunk)
                came += len(chunk)
                progress(came, size)
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            return "cut"
    if not came:
        raise _no_zip(answer, part)
    return "cut" if came < size else "whole"


def _no_zip(answer: requests.Response, part: Path) -> StreetsError:
    _forget(part, part.with_suffix(".tag"))
    kind = answer.headers.get("Content-Type") or "no type told"
    why = f"the server sent something else than a zip file ({kind})"
    return StreetsError(f"{answer.url}: {why}. Check STREETS_SOURCE, and any proxy. {LOCAL}")


def _range(answer: requests.Response) -> tuple[int, int]:
    """Return where the bytes of an answer begin and how long the whole is; 0 for not told."""
    told = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
    if told is None:
        return 0, 0
    return int(told[1]), int(told[2]) if told[2] != "*" else 0


def _make_room(part: Path, size: int) -> None:
    free = shutil.disk_usage(part.parent).free
    if free < size:
        raise OSError(f"{size:,} bytes are to come, {free:,} are free")


def _forget(*paths: Path) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:  # the folder itself is what fails
            continue


def _why(error: requests.RequestException) -> str:
    return "no answer in time" if isinstance(error, requests.Timeout) else type(error).__name__
