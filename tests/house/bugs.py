#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""bugs.py ROOT BUILD CTEST: every test that tests/bugs.md names exists: a function that cmocka runs, or a test of ctest's."""
import pathlib
import re
import subprocess
import sys

root, build, ctest = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
listed = subprocess.run([ctest, "-N"], cwd=build, capture_output=True, text=True, check=True).stdout
known = set(re.findall(r"Test +#\d+: (\S+)", listed))
bad, cases = [], 0


def exists(name):
    program, colon, function = name.partition(": ")
    if not colon:
        return name in known
    file = root / f"tests/unit/{program}.c"
    return f"unit-{program}" in known and re.search(rf"cmocka_unit_test\w*\({function}\b", file.read_text())


for line in (root / "tests/bugs.md").read_text().splitlines():
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if not line.startswith("|") or len(cells) != 3 or cells[2] in ("tests", "---"):
        continue
    cases += 1
    if not cells[2].startswith("none: "):
        bad += [f"{cells[1]}: there is no {name}" for name in cells[2].split(", ") if not exists(name)]
print("\n".join(bad + [f"{cases} cases, {len(bad)} tests that are not there"]))
sys.exit(1 if bad or cases < 50 else 0)
