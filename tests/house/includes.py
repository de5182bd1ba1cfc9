#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""includes.py ROOT: every #include points down (stack/DESIGN.md, section 1).

tui -> analyzer -> stack, plugin -> stack, samples -> stack; inside the stack net -> proto -> core, platform -> net,
drivers -> core. Outside stack/ nothing of stack/ is included but its public headers, as "remora/…".
"""
import pathlib
import re
import sys

# room -> the rooms it may look into; its own folder is always open to it
DOORS = {
    "stack/core": ["stack/include"],
    "stack/proto": ["stack/include", "stack/core"],
    "stack/net": ["stack/include", "stack/core", "stack/proto"],
    "stack/drivers": ["stack/include", "stack/core"],
    "stack/platform": ["stack/include", "stack/core", "stack/net", "stack/drivers"],
    "stack/include": [],
    "analyzer": ["stack/include"],
    "tui": ["stack/include", "analyzer"],
    "plugin": ["stack/include"],
    "samples": ["stack/include"],
    "tests": ["stack/include", "analyzer", "tui", "plugin", "samples"],
}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)
SEARCH = ["stack/include", "stack", "analyzer", "tui", "plugin", "tests"]  # the folders named with -I


def room_of(path):
    return next((room for room in sorted(DOORS, key=len, reverse=True) if path.startswith(room + "/")), None)


def resolve(root, file, name):
    """The file of the tree that NAME means in FILE, or None where it is a system's header."""
    for folder in [file.parent, *(root / folder for folder in SEARCH)]:
        target = folder / name
        if target.is_file():
            return target.resolve().relative_to(root).as_posix()
    return None


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    files = [f for room in DOORS for f in (root / room).rglob("*") if f.suffix in (".c", ".h", ".def")]
    wrong = seen = 0
    for file in sorted(set(files)):
        name = file.relative_to(root).as_posix()
        room = room_of(name)
        text = file.read_text()
        for match in INCLUDE.finditer(text):
            target = resolve(root, file, match[2])
            seen += 1
            if target is None:
                ok = match[1] == "<" and not match[2].startswith("remora/")
                why = "is not in the tree: system headers stand in <>"
            else:
                ok = room_of(target) in [room, *DOORS[room]]
                why = f"is {target}, which {room}/ may not look into"
            if not ok:
                line = text.count("\n", 0, match.start()) + 1
                print(f'{name}:{line}: "{match[2]}" {why}')
                wrong += 1
    print(f"{len(set(files))} files, {seen} includes, {wrong} wrong")
    return 1 if wrong or not seen else 0


sys.exit(main())
