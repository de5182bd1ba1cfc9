#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""names.py REMORA LITERAL: names of values mean in filters what they mean to tshark.

Takes every name that `tshark -G values` has for a value of one of remora's keys. remora need not know it, but where it does,
the value is the same.
"""
import collections
import shutil
import subprocess
import sys

LEAST = 5000  # names that both know


def said(*words, text=None):
	return subprocess.run(words, input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, encoding="utf-8").stdout


def names_of(keys):
	"""(key, first value, last value, name) of all of tshark's."""
	for line in said("tshark", "-G", "values").rstrip("\n").split("\n"):
		kind, key, *rest = (line + "\t").split("\t")
		if key not in keys:
			continue
		if kind == "V":
			yield key, int(rest[0], 0), int(rest[0], 0), rest[1]
		elif kind == "R":
			yield key, int(rest[0], 0), int(rest[1], 0), rest[2]
		elif kind == "T":
			yield from ((key, 1, 1, rest[0]), (key, 0, 0, rest[1]))


def main():
	if shutil.which("tshark") is None:
		print("skipped: tshark is missing")
		return 77
	remora, literal = sys.argv[1:]
	keys = {line.split()[0] for line in said(remora, "fields").splitlines()}
	names = list(names_of(keys))
	means = collections.defaultdict(list)
	for key, first, last, name in names:
		means[key, name.lower()].append((first, last))
	quoted = (f'{key} == "{name}"' for key, _, _, name in ((*n[:3], n[3].replace("\\", "\\\\").replace('"', '\\"')) for n in names))
	values = said(literal, text="\n".join(quoted) + "\n").split("\n")
	same = wrong = 0
	for (key, _, _, name), value in zip(names, values):
		if value == "-":
			continue
		if any(first <= int(value) <= last for first, last in means[key, name.lower()]):
			same += 1
		else:
			wrong += 1
			print(f'{key} == "{name}" is taken for {value}')
	print(f"{len(names)} names, {same} known, {wrong} of them for another value")
	return int(wrong > 0 or same < LEAST)


sys.exit(main())
