#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""alone.py REMORA: a packet looks the same alone as behind others, whose lines the printers remember.

Looks at the samples, and at ../shared/captures if they are there, up to MOST packets of each.
"""
import pathlib
import subprocess
import sys

MOST = 24
top = pathlib.Path(__file__).resolve().parent.parent.parent


def lines(remora, path, form, *more):
	"""What is printed, without the blank lines that keep packets apart."""
	run = subprocess.run([remora, "read", "-T", form, *more, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
		check=False)
	if run.returncode not in (0, 3):
		sys.exit(f"{path}: -T {form}: remora ended with {run.returncode}")
	return [line for line in run.stdout.split(b"\n") if line.strip()]


def differs(remora, path, form):
	"""Whether a packet does, and how many there are."""
	together = lines(remora, path, form, "-c", str(MOST))
	packets = len(lines(remora, path, "fields", "-e", "frame.number", "-c", str(MOST)))
	alone = []
	for number in range(1, packets + 1):
		alone += lines(remora, path, form, "-c", str(MOST), "-Y", f"frame.number == {number}")
	for one, other in zip(together, alone):
		if one != other:
			print(f"{path}: -T {form}: behind others {one!r}, alone {other!r}")
			return True, packets
	return len(together) != len(alone) or len(together) < packets, packets


def main():
	places = [top / "samples/captures", top.parent / "shared/captures"]
	paths = sorted(path for place in places for path in place.rglob("*.pcap*") if path.stat().st_size < 1 << 20)
	found = [differs(sys.argv[1], path, form) for path in paths for form in ("tree", "ndjson")]
	wrong, seen = sum(differ for differ, _ in found), sum(packets for _, packets in found)
	print(f"{len(paths)} captures, {seen} packets in two forms, {wrong} differ")
	return int(wrong > 0 or seen == 0)


sys.exit(main())
