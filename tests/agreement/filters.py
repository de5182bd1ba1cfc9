#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Display filters: remora must select the frames that tshark -Y selects, in every capture.

tshark's side is one run per file: a Lua listener per filter, compiled by the same code as -Y.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

import fields
import oracle
import rules

# Not a filter under test: the frames whose payload tshark leaves alone, having seen it before.
REPEATED = ("tcp.analysis.retransmission || tcp.analysis.fast_retransmission || "
	"tcp.analysis.spurious_retransmission || tcp.analysis.out_of_order || "
	"tcp.analysis.keep_alive || tcp.analysis.zero_window_probe")

LISTENERS = """
for number, filter in ipairs(filters) do
	local frames = {}
	local listener = Listener.new("frame", filter)
	function listener.packet(pinfo)
		frames[#frames + 1] = pinfo.number
	end
	function listener.draw()
		print(number .. ":" .. table.concat(frames, " "))
	end
end
"""


def read_filters():
	with open(os.path.join(oracle.HERE, "filters.txt"), encoding="utf-8") as file:
		return [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]


def select(path, filters):
	"""The frames that tshark selects: a list for each filter."""
	with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
		script.write("local filters = {%s}\n" % ", ".join(json.dumps(f) for f in filters) + LISTENERS)
		script.flush()
		run = subprocess.run(["tshark", "-q", "-r", path, "-X", "lua_script:" + script.name]
			+ oracle.options(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
	found = {}
	for line in run.stdout.decode().split("\n"):
		number, colon, frames = line.partition(":")
		if colon and number.isdigit():
			found[int(number)] = [int(frame) for frame in frames.split()]
	if len(found) != len(filters):
		sys.exit("filters.py: tshark on %s: %s" % (path, run.stderr.decode()[:500]))
	return [found[number] for number in range(1, len(filters) + 1)]


def encapsulated(path, cache):
	"""Frames in which tshark goes through a protocol that remora does not know to one that it does."""
	keys = cache.get("keys", None, oracle.known_keys)
	frames = cache.get("pdml", path, lambda: oracle.dissect(path, keys))
	return {number for number, frame in enumerate(frames, 1)
		if rules.foreign(frame["frame.protocols"][0][0].split(":"))}


class Subject:
	"""remora on one capture."""

	def __init__(self, program, path):
		self.program, self.path = program, path

	def frames(self, filter_):
		"""(frames selected, complaint): frames is None when remora failed."""
		run = subprocess.run([self.program, "read", self.path, "-n", "-Y", filter_, "-T", "fields",
			"-e", "frame.number"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
		if run.returncode not in (0, 3):
			return None, run.stderr.decode("utf-8", "replace").strip()
		return [int(line) for line in run.stdout.split()], None


def judge(job):
	"""Differences in one capture: [(filter, only remora, only tshark, complaint)], excused."""
	path, options, filters = job
	cache = oracle.Cache(options.cache)
	asked = [REPEATED] + filters
	theirs = cache.get("filters", path, lambda: select(path, asked), LISTENERS + "\n".join(asked))
	apart, subject = set(theirs[0]) | encapsulated(path, cache), Subject(options.remora, path)
	differences, excused = [], 0
	for filter_, selected in zip(filters, theirs[1:]):
		ours, complaint = subject.frames(filter_)
		if ours is None:
			differences.append((filter_, [], [], complaint))
			continue
		mine, other = set(ours), set(selected)
		excused += len((mine ^ other) & apart)
		more, fewer = sorted(mine - other - apart), sorted(other - mine - apart)
		if more or fewer or ours != sorted(mine):
			differences.append((filter_, more, fewer, None))
	return os.path.basename(path), differences, excused, [len(frames) for frames in theirs[1:]]


def main():
	parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
	parser.add_argument("--remora", default=None)
	parser.add_argument("--cache", default=os.path.join(oracle.ROOT, "build", "agreement"))
	parser.add_argument("--file", default="*", metavar="GLOB", help="only these captures")
	parser.add_argument("--filter", default=None, metavar="TEXT", help="only filters with this text")
	parser.add_argument("--jobs", type=int, default=2)
	parser.add_argument("--known", type=int, default=0, metavar="N",
		help="so many filters are known to differ (KNOWN.md); more of them fail")
	options = parser.parse_args()
	options.remora = fields.program(options.remora)
	filters = [f for f in read_filters() if options.filter is None or options.filter in f]
	paths = oracle.captures(options.file)[::-1]
	wrong, hits = {}, collections.Counter()
	excused = 0
	with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
		for name, differences, left, counts in pool.map(judge, [(p, options, filters) for p in paths]):
			excused += left
			hits.update(dict(zip(filters, counts)))
			for filter_, more, fewer, complaint in differences:
				wrong.setdefault(filter_, []).append((name, more, fewer, complaint))
	for filter_, files in sorted(wrong.items(), key=lambda item: -len(item[1])):
		print("%s: differs in %d files" % (filter_, len(files)))
		for name, more, fewer, complaint in files[:1 if files[0][3] else 3]:
			if complaint:
				print("    %s: %s" % (name, complaint.replace("\n", "\n        ")))
			else:
				print("    %s: only remora %s, only tshark %s" % (name, more[:8], fewer[:8]))
	print("%d filters (%d of them select something), %d files: %d filters differ, "
		"%d selections excused in repeated segments and foreign encapsulations" % (len(filters), sum(hits[f] > 0 for f in filters),
		len(paths), len(wrong), excused))
	return int(len(wrong) > options.known)


if __name__ == "__main__":
	oracle.demand_tshark()
	os.environ["TZ"] = "UTC"
	sys.exit(main())
