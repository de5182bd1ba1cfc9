#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""reasons.py ROOT LAST: every reason for which a frame ends as it does, up to code LAST, is asked for by some test in C."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
reasons = re.findall(r"^REM_REASON\((\d+), (\w+),", (root / "stack/include/remora/reasons.def").read_text(), re.M)
tests = "\n".join(file.read_text() for file in (root / "tests/unit").glob("*.c"))
wanted = [name for code, name in reasons if int(code) <= int(sys.argv[2])]
missing = [name for name in wanted if not re.search(rf"\bREM_WHY_{name}\b", tests)]
for name in missing:
    print(f"no test provokes {name}")
print(f"{len(wanted)} reasons, {len(missing)} missing")
sys.exit(1 if missing or not wanted else 0)
