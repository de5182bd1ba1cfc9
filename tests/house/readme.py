#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""readme.py REMORA [--fix]: what README.md says that remora prints is what it prints; --fix writes it anew.

A code block that begins with "$ remora …" is one command and all of its output.
"""
import difflib
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"(^```\n\$ remora ([^\n]*)\n)(.*?)(^```$)", re.M | re.S)


def main():
    remora = os.path.abspath(sys.argv[1])
    readme = ROOT / "README.md"
    text = readme.read_text()
    wrong = 0

    def says(arguments):
        run = subprocess.run([remora, *shlex.split(arguments)], cwd=ROOT, check=True, stdout=subprocess.PIPE,
                             env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"})
        return run.stdout.decode()

    def renew(match):
        nonlocal wrong
        head, arguments, old, end = match.groups()
        new = says(arguments)
        if new != old:
            wrong += 1
            print(f"remora {arguments}")
            print("".join(difflib.unified_diff(old.splitlines(True), new.splitlines(True), "README.md", "remora", n=0)))
        return head + new + end

    renewed, blocks = BLOCK.subn(renew, text)
    if "--fix" in sys.argv:
        readme.write_text(renewed)
        return 0
    print(f"{blocks} commands, {wrong} print something else")
    return 1 if wrong or not blocks else 0


sys.exit(main())
