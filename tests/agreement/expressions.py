#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Which display filters are valid: remora must accept and refuse what tshark -Y accepts and refuses."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

import oracle

ANY_CAPTURE = os.path.join(oracle.SAMPLES, "http-ipv6.pcapng")

COMPILES = """
for number, filter in ipairs(filters) do
	print(number .. (pcall(Listener.new, "frame", filter) and ":" or "!"))
end
"""


def read_expressions():
	"""{section: [expression, ...]}"""
	sections = {}
	with open(os.path.join(oracle.HERE, "expressions.txt"), encoding="utf-8") as file:
		for line in file.read().split("\n"):
			heading = re.fullmatch(r"\[([a-z ]+)\]", line)
			if heading:
				section = sections.setdefault(heading[1], [])
			elif line.strip() and not line.startswith("# "):
				section.append(line)
	return sections


def verdicts(output, count):
	"""From lines like `3:` and `4! why` to [(True, ""), (False, "why")]."""
	found = [re.fullmatch("([0-9]+)([:!])(.*)", line) for line in output.split("\n")]
	found = [(line[2] == ":", line[3]) for line in found if line]
	if len(found) != count:
		sys.exit("expressions.py: %d verdicts on %d expressions" % (len(found), count))
	return found


def tshark_says(expressions):
	with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
		script.write("local filters = {%s}\n" % ", ".join(json.dumps(e) for e in expressions) + COMPILES)
		script.flush()
		run = subprocess.run(["tshark", "-q", "-n", "-r", ANY_CAPTURE, "-X", "lua_script:" + script.name],
			stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", check=False)
	return verdicts(run.stdout, len(expressions))


def remora_says(program, expressions):
	run = subprocess.run([program, ANY_CAPTURE], input="\n".join(expressions) + "\n", encoding="utf-8",
		stdout=subprocess.PIPE, check=True)
	return verdicts(run.stdout, len(expressions))


def main():
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("select", help="the program of that name")
	options = parser.parse_args()
	sections, wrong, accepted = read_expressions(), 0, 0
	both, alone = sections["both"], sections["remora alone"]
	theirs = tshark_says(both + alone)
	ours = remora_says(options.select, both + alone)
	for number, (expression, (they, _), (we, why)) in enumerate(zip(both + alone, theirs, ours)):
		accepted += they
		if we != (they if number < len(both) else True) or (number >= len(both) and they):
			wrong += 1
			print("%s\n    tshark %s it, remora %s it%s" % (expression, "accepts" if they else "refuses",
				"accepts" if we else "refuses", why.replace("\\n", "\n        ")))
	print("%d expressions, %d of them valid, and %d that remora alone accepts: %d are wrong" % (
		len(both), accepted, len(alone), wrong))
	return int(wrong > 0)


if __name__ == "__main__":
	oracle.demand_tshark()
	sys.exit(main())
