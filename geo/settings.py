"""Settings: what an operator may set, read from the environment once.

| variable | default | what it sets |
|---|---|---|
| `CATALOGUE` | `data/services.csv` | the catalogue file to serve |
| `EXIT_TO` | `https://www.weather.gov/` | where the exit button goes |
"""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"


@dataclass(frozen=True)
class Settings:
    """The values in force."""

    catalogue: Path = DATA / "services.csv"
    exit_to: str = "https://www.weather.gov/"


def read(environment: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Return the settings that `environment` gives, defaults for the rest.

    >>> read({}).exit_to
    'https://www.weather.gov/'
    """
    given = {}
    if environment.get("CATALOGUE"):
        given["catalogue"] = Path(environment["CATALOGUE"])
    if environment.get("EXIT_TO"):
        given["exit_to"] = environment["EXIT_TO"]
    return Settings(**given)
