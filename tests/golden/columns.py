#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""columns.py REMORA: a line, which remembers what its columns said before and needs no details, says what they say one by one.

Looks at the samples with every form of time, and at ../shared/captures if they are there.
"""
import pathlib
import re
import subprocess
import sys

COLUMNS = ("number", "time", "source", "destination", "protocol", "length", "info")
MOST = 10000    # bytes of a line
top = pathlib.Path(__file__).resolve().parent.parent.parent


def lines(remora, path, form, *more):
	run = subprocess.run([remora, "read", "-t", form, *more, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
	return [b" ".join(line.split()) for line in run.stdout.split(b"\n")]


def differs(remora, path, form):
	"""Whether a line does, and how many there are."""
	line = lines(remora, path, form)
	apart = lines(remora, path, form, "-T", "fields", *(word for column in COLUMNS for word in ("-e", "_ws.col." + column)))
	for one, other in zip(line, apart):
		if other[:MOST] not in (one[:MOST], re.sub(rb" bad \S+ checksum", b"", one, count=1)[:MOST]):
			print(f"{path}: -t {form}: line {one!r}, columns {other!r}")
			return True, len(line)
	return len(line) != len(apart), len(line)


def main():
	places = ((top / "samples/captures", ("r", "d", "dd", "e", "a", "ad", "udoy")), (top.parent / "shared/captures", ("r",)))
	paths = [(path, forms) for place, forms in places for path in sorted(place.rglob("*.pcap*")) if path.stat().st_size < 1 << 20]
	found = [differs(sys.argv[1], path, form) for path, forms in paths for form in forms]
	wrong, seen = sum(differ for differ, _ in found), sum(packets for _, packets in found)
	print(f"{len(paths)} captures, {seen} lines, {wrong} differ")
	return int(wrong > 0 or seen == 0)


sys.exit(main())
