"""Imports: how long a large HSDS feed takes to come in, and how much memory.

`python -m tests.bench.imports [SERVICES]` writes a feed of made-up services of both counties, takes
it in twice in processes of their own, as a zip of tables and as lines of JSON, and reads the
catalogue with it once; it prints a line each.
"""

import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from geo.exchange import hsds
from geo.settings import DATA

SERVICES = 100_000
TOWNS = (("Tracy", "95376", 37.7397, -121.4252), ("Brawley", "92227", 32.9787, -115.5303))
HEADERS = {
    "organizations": ("id", "name", "description"),
    "services": (
        "id", "organization_id", "name", "description", "url", "status", "fees_description",
        "eligibility_description", "last_modified",
    ),
    "locations": ("id", "location_type", "name", "latitude", "longitude"),
    "service_at_location": ("id", "service_id", "location_id"),
    "addresses": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country",
        "address_type",
    ),
    "phones": ("id", "service_id", "number", "type", "description"),
    "schedules": (
        "id", "service_at_location_id", "freq", "byday", "opens_at", "closes_at", "description",
    ),
    "languages": ("id", "service_id", "code", "name"),
    "service_areas": ("id", "service_id", "name"),
    "taxonomy_terms": ("id", "code", "name", "description"),
    "attributes": ("id", "link_id", "link_entity", "taxonomy_term_id"),
}  # fmt: skip
KINDS = ("food", "clinic", "legal_aid", "job_training")


def write_zip(services: int, path: Path) -> None:
    """Write a feed of so many services as a tabular data package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, header in HEADERS.items():
            with packed.open(f"{name}.csv", "w", force_zip64=True) as raw:
                text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
                rows = csv.writer(text)
                rows.writerow(header)
                for number in range(_count(name, services)):
                    rows.writerows(_rows(name, number))
                text.flush()
                text.detach()


def write_lines(services: int, path: Path) -> None:
    """Write the same feed nested, an object a line."""
    with path.open("w", encoding="utf-8") as out:
        for number in range(services):
            out.write(json.dumps(_nested(number)) + "\n")


def _count(name: str, services: int) -> int:
    return {"organizations": services // 5 + 1, "taxonomy_terms": 1}.get(name, services)


def _rows(name: str, n: int) -> list[tuple[object, ...]]:
    city, code, lat, lon = TOWNS[n % 2]
    area = tuple(hsds.AREAS.values())[1 - n % 2]
    phone = f"{(209, 760)[n % 2]}-{200 + n // 10_000 % 700}-{n % 10_000:04d}"
    name_of = f"Made-up {('Oak', 'Elm', 'Ash')[n % 3]} Service number {n}"
    told: dict[str, list[tuple[object, ...]]] = {
        "organizations": [(f"o{n}", f"Organization {n}", "Made up.")],
        "services": [
            (f"s{n}", f"o{n // 5}", name_of, "Helps people with what they need. " * 4,
             f"https://example.org/{n}", "active", "Free", "Anyone in need",
             "2026-05-01T00:00:00Z"),
        ],
        "locations": [
            (f"l{n}", "physical", name_of, f"{lat + n % 97 / 9e4:.6f}", f"{lon + n % 89 / 9e4:.6f}")
        ],
        "service_at_location": [(f"a{n}", f"s{n}", f"l{n}")],
        "addresses": [
            (f"d{n}", f"l{n}", f"{n} Example Street", city, "CA", code, "US", "physical")
        ],
        "phones": [(f"p{n}", f"s{n}", phone, "voice", "")],
        "schedules": [
            (f"h{n}", f"a{n}", "WEEKLY", "MO,TU,WE", "08:00", "12:00", ""),
            (f"i{n}", f"a{n}", "WEEKLY", "MO,TU,WE", "13:00", f"{15 + n % 4}:30", ""),
        ],
        "languages": [(f"e{n}", f"s{n}", "en", "English"), (f"f{n}", f"s{n}", "es", "Spanish")],
        "service_areas": [(f"r{n}", f"s{n}", area)],
        "taxonomy_terms": [
            (hsds.key("taxonomy_term", "types", kind), kind, kind, kind) for kind in KINDS
        ],
        "attributes": [
            (f"t{n}", f"s{n}", "service", hsds.key("taxonomy_term", "types", KINDS[n % 4]))
        ],
    }  # fmt: skip
    return told[name]


def _nested(n: int) -> dict[str, object]:
    def things(name: str) -> list[dict[str, object]]:
        return [dict(zip(HEADERS[name], row, strict=True)) for row in _rows(name, n)]

    (service,), (at,), (place,) = map(things, ("services", "service_at_location", "locations"))
    kind = next(row for row in _rows("taxonomy_terms", 0) if row[1] == KINDS[n % 4])
    term = dict(zip(HEADERS["taxonomy_terms"], kind, strict=True))
    return service | {
        "organization": {"id": f"o{n // 5}", "name": f"Organization {n // 5}"},
        "phones": things("phones"),
        "languages": things("languages"),
        "service_areas": things("service_areas"),
        "attributes": [{"id": f"t{n}", "taxonomy_term": term}],
        "service_at_locations": [
            at
            | {
                "location": place | {"addresses": things("addresses")},
                "schedules": things("schedules"),
            }
        ],
    }


def measured(*arguments: str, catalogue: Path) -> tuple[float, float]:
    """Return the processor time in s and the most memory in GB that a command of ours took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = (
        "import sys, resource; from geo.__main__ import main; code = main(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "CATALOGUE": str(catalogue)},
        capture_output=True,
        text=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, int(told.stderr.split()[-1]) / 1e6


def main() -> None:
    """Measure and print."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else SERVICES
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / "services.csv"
        catalogue.write_bytes((DATA / "services.csv").read_bytes())
        for write, name in ((write_zip, "feed.zip"), (write_lines, "feed.ndjson")):
            path = Path(folder) / name
            write(services, path)
            for what in ("first", "again"):
                took = measured("import", "hsds", str(path), "--source", "Bench",
                                catalogue=catalogue)  # fmt: skip
                _say(f"{services:,} services, {name}, {what}", *took)
            if name == "feed.zip":
                _say("check of the catalogue with them", *measured("check", catalogue=catalogue))
            (Path(folder) / "imported" / "Bench.csv").unlink()


def _say(what: str, seconds: float, gigabytes: float) -> None:
    print(f"{what}: {seconds:.1f} s of processor time, {gigabytes:.2f} GB", flush=True)


if __name__ == "__main__":
    main()
