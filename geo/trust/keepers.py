"""Keepers: who may review on the page, and in which role; an account is known here alone.

The operator keeps the list: a CSV file, `account,role`. An account is an e-mail address that the
log-in provider has verified, or the id (`sub`) that it gives to a person, which has no @ in it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from geo.catalogue import csv_file
from geo.catalogue.history import ROLES
from geo.errors import CatalogueError

COLUMNS = ("account", "role")
LONGEST = timedelta(hours=12)  # a log-in counts: about a working day
AHEAD = timedelta(minutes=5)  # that the clock of the provider may be


def read(path: Path) -> Mapping[str, str]:
    """Return the role of each account.

    Raises
    ------
    CatalogueError : it cannot be read, or has a fault: then nobody may come. No account is repeated
    """
    table = csv_file.read(path, columns=COLUMNS)
    if table.issues:
        raise CatalogueError("\n".join(map(str, table.issues)))
    found: dict[str, str] = {}
    for line, (account, role) in zip(table.lines, table.frame.to_numpy().tolist(), strict=True):
        if not account.strip() or role not in ROLES:
            roles = ", ".join(ROLES)
            raise CatalogueError(f"{path.name}:{line} wanted an account and one of {roles}.")
        found[_same(account)] = role
    return found


def role(listed: Mapping[str, str], claims: Mapping[str, object]) -> str:
    """Return the role of whoever has logged in, '' if they are not on the list.

    `claims` is what the provider says of them (OpenID Connect Core 1.0, section 5.1).

    >>> listed = {"ana@help.example": "volunteer"}
    >>> role(listed, {"email": "Ana@help.example", "email_verified": True})
    'volunteer'
    >>> role(listed, {"email": "Ana@help.example"})
    ''
    """
    email, own = (str(claims.get(name) or "") for name in ("email", "sub"))
    accounts = [email] if claims.get("email_verified") is True and "@" in email else []
    accounts += [own] if "@" not in own else []
    return next((listed[_same(one)] for one in accounts if _same(one) in listed), "")


def is_recent(claims: Mapping[str, object], now: datetime) -> bool:
    """Say whether somebody logged in less than `LONGEST` ago."""
    begun = claims.get("iat")
    if not isinstance(begun, int | float):
        return False
    age = timedelta(seconds=now.timestamp() - begun)
    return -AHEAD <= age <= LONGEST


def _same(account: str) -> str:
    """Return an account as it is compared: an address of mail without regard to capitals."""
    bare = account.strip()
    return bare.casefold() if "@" in bare else bare
