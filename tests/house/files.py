#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""files.py ROOT: every source file says its licence and its sentence first, and none grows past 800 lines."""
import pathlib
import re
import sys

LIMIT = 800
ROOMS = ["stack", "analyzer", "tui", "plugin", "samples", "tests"]
C_HEAD = re.compile(r"/\* SPDX-License-Identifier: (\S+) \*/\n/\*(?: |\n \* )\S")
SCRIPT_HEAD = re.compile(r"(?:#!.*\n)?# SPDX-License-Identifier: (\S+)\n(?:# |\"\"\"|\n)\S")


def complaints(name, text):
    lines = text.count("\n")
    if lines > LIMIT:
        yield f"{lines} lines, at most {LIMIT}: look for the second idea"
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield "must end with one newline"
    if re.search(r"[ \t]$", text, re.M):
        yield "blanks at the end of a line"
    if "\r" in text:
        yield "carriage returns"
    if not name.endswith((".cmake", ".def")):
        head = (C_HEAD if name.endswith((".c", ".h")) else SCRIPT_HEAD).match(text)
        licence = "GPL-2.0-or-later" if name.startswith("plugin/") else "BSD-3-Clause"
        if not head:
            yield "must begin with an SPDX line and a line that says what the file is"
        elif head[1] != licence:
            yield f"licence is {head[1]}, {licence} here"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    wrong = count = 0
    for room in ROOMS:
        for file in sorted((root / room).rglob("*")):
            if file.suffix not in (".c", ".h", ".def", ".py", ".sh", ".cmake") or "__pycache__" in file.parts:
                continue
            count += 1
            name = file.relative_to(root).as_posix()
            for complaint in complaints(name, file.read_text()):
                print(f"{name}: {complaint}")
                wrong += 1
    print(f"{count} files, {wrong} complaints")
    return 1 if wrong or not count else 0


sys.exit(main())
