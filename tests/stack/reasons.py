#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""reasons.py ROOT NOTES…: every reason for which a frame can end is one for which a frame of a test did end.

NOTES are what the unit tests have written about their frames, tests/unit/seen.h."""
import pathlib
import re
import sys

root, *notes = map(pathlib.Path, sys.argv[1:])
reasons = re.findall(r"^REM_REASON\(\d+, (\w+),", (root / "stack/include/remora/reasons.def").read_text(), re.M)
seen = {name for file in notes if file.exists() for name in file.read_text().split()}
missing = [name for name in reasons if name not in seen]
for name in missing:
    print(f"no frame of any test ended with {name}")
print(f"{len(reasons)} reasons, {len(missing)} of them never provoked")
sys.exit(1 if missing or not reasons else 0)
