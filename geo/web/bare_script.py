"""Bare script: a script as it goes out: without what only who reads it needs."""


def bare(text: str) -> str:
    """Return a script without the lines that are comments, and without indents.

    What is written between backticks stays as it is.
    """
    lines: list[str] = []
    is_comment = is_text = False
    for line in text.splitlines():
        bare = line.strip()
        if not is_text and (is_comment or bare.startswith(("/*", "//"))):
            is_comment = not bare.startswith("//") and "*/" not in bare
            bare = "" if is_comment or bare.startswith("//") else bare.partition("*/")[2].strip()
            if not bare:
                continue
            line = bare
        if bare or is_text:
            lines.append(line if is_text else bare)
        is_text ^= line.count("`") % 2 == 1
    return "".join(f"{line}\n" for line in lines)
