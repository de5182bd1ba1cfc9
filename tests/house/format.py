#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""format.py [--fix] [FILE...]: the C files of the tree, or those named, are laid out as .clang-format says; --fix makes them.

Three things are left to the hand that wrote them, for clang-format has no eye for tables: blanks inside of a line, as in
front of a comment; how the items of a list are grouped; whether a short case takes one line. Texts that have been found good
are remembered in build/format.good, for clang-format takes its time.
"""
import concurrent.futures
import difflib
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = (ROOT / ".clang-format").read_bytes() + pathlib.Path(__file__).read_bytes()
REMEMBERED = ROOT / "build" / "format.good"
ROOMS = ["stack", "analyzer", "tui", "plugin", "samples", "tests"]
ITEMS = re.compile(r".*,\s*(?:/\*.*\*/)?\s*")
CASE = re.compile(r"\s*(?:case\b.*|default):")


def squeezed(line):
    return re.sub(r"(?<=\S)[ \t]+", " ", line)


def left_to_the_hand(old, new):
    if "".join("".join(old).split()) != "".join("".join(new).split()):
        return False
    return all(ITEMS.fullmatch(line) for line in old + new) or bool(old and CASE.match(old[0]))


def differences(text):
    """What clang-format would change in TEXT: pairs of the lines as they are and as they should be; equal ones are None."""
    run = subprocess.run(["clang-format", "--assume-filename=x.c"], cwd=ROOT, input=text, text=True, check=True,
                         stdout=subprocess.PIPE)
    is_now, should_be = text.splitlines(True), run.stdout.splitlines(True)
    matcher = difflib.SequenceMatcher(None, [squeezed(s) for s in is_now], [squeezed(s) for s in should_be], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        old, new = is_now[a:b], should_be[c:d]
        yield a + 1, old, None if kind == "equal" or left_to_the_hand(old, new) else new


def visit(file, fix):
    text = file.read_text()
    hunks = list(differences(text))
    if fix:
        fixed = "".join("".join(old if new is None else new) for _, old, new in hunks)
        if fixed != text:
            file.write_text(fixed)
        return []
    return [f"{file.relative_to(ROOT)}:{line}\n" + "".join([f"-{s}" for s in old] + [f"+{s}" for s in new])
            for line, old, new in hunks if new is not None]


def digest(file):
    return hashlib.sha256(RULES + file.read_bytes()).hexdigest()


def main():
    if not shutil.which("clang-format"):
        print("skipped: clang-format is missing")
        return 77
    fix = "--fix" in sys.argv
    files = [pathlib.Path(arg).resolve() for arg in sys.argv[1:] if arg != "--fix"]
    files = files or sorted(f for room in ROOMS for f in (ROOT / room).rglob("*.[ch]"))
    good = set(REMEMBERED.read_text().split()) if REMEMBERED.exists() else set()
    unknown = [file for file in files if digest(file) not in good]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda file: visit(file, fix), unknown))
    wrong = [hunk for hunks in found for hunk in hunks]
    good |= {digest(file) for file, hunks in zip(unknown, found) if not hunks}
    REMEMBERED.parent.mkdir(exist_ok=True)
    REMEMBERED.write_text("\n".join(sorted(good)))
    print("\n".join(wrong[:40]))
    print(f"{len(files)} files, {len(wrong)} places to change" + (", see format.py --fix" if wrong else ""))
    return 1 if wrong else 0


sys.exit(main())
