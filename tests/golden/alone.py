#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""alone.py REMORA: a packet looks the same whatever is in front of it, though the printers remember lines.

Looks at the samples, and at ../shared/captures if they are there, up to MOST packets of each: all of them at once, then half
of them at a time, by each bit of their numbers, so that of any two packets either is printed once without the other.
"""
import pathlib
import subprocess
import sys

MOST = 24
HEADS = {"tree": b"Frame ", "ndjson": b"{"}    # what the first line of a packet begins with
top = pathlib.Path(__file__).resolve().parent.parent.parent


def packets(remora, path, form, numbers=None):
	"""What is printed, packet by packet, without the blank lines that keep them apart."""
	chosen = ["-Y", "frame.number in {%s}" % ", ".join(map(str, numbers))] if numbers else []
	run = subprocess.run([remora, "read", "-T", form, "-c", str(MOST), *chosen, path], stdout=subprocess.PIPE,
		stderr=subprocess.DEVNULL, check=False)
	if run.returncode not in (0, 3):
		sys.exit(f"{path}: -T {form}: remora ended with {run.returncode}")
	found = []
	for line in run.stdout.split(b"\n"):
		if line.startswith(HEADS[form]):
			found.append([])
		if line.strip():
			found[-1].append(line)
	return found


def halves(count):
	"""For each bit of the numbers up to count: those that have it, and those that do not."""
	numbers = range(1, count + 1)
	for bit in range(count.bit_length()):
		for want in (0, 1):
			yield [number for number in numbers if number >> bit & 1 == want]


def differs(remora, path, form):
	"""Whether a packet does, and how many there are."""
	together = packets(remora, path, form)
	for numbers in halves(len(together)):
		wanted = [together[number - 1] for number in numbers]
		found = packets(remora, path, form, numbers) if numbers else []
		if found != wanted:
			number, one, other = next(((n, a, b) for n, a, b in zip(numbers, wanted, found) if a != b), (0, wanted, found))
			print(f"{path}: -T {form}: packet {number} among all {one!r:.500}, among {numbers} {other!r:.500}")
			return True, len(together)
	return False, len(together)


def main():
	places = [top / "samples/captures", top.parent / "shared/captures"]
	paths = sorted(path for place in places for path in place.rglob("*.pcap*") if path.stat().st_size < 1 << 20)
	found = [differs(sys.argv[1], path, form) for path in paths for form in HEADS]
	wrong, seen = sum(differ for differ, _ in found), sum(count for _, count in found)
	print(f"{len(paths)} captures, {seen} packets in two forms, {wrong} differ")
	return int(wrong > 0 or seen == 0)


sys.exit(main())
