#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Display filters: remora must select the frames that tshark -Y selects, in every capture.

Each side walks over a capture once: tshark with a Lua listener for every filter, compiled by the same
code as -Y, remora as the program `select`; a sample also goes through `remora read -Y`.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import fields
import oracle
import rules

# Where tshark goes by more than the frame, or gives up: a filter for those frames, the filters under test that they do not
# count for, and why. KNOWN.md says more.
APART = (
	("tcp.analysis.retransmission || tcp.analysis.fast_retransmission || "
		"tcp.analysis.spurious_retransmission || tcp.analysis.out_of_order || "
		"tcp.analysis.keep_alive || tcp.analysis.zero_window_probe", ".", "payload it has seen before is left alone"),
	("_ws.malformed || (dhcp && _ws.short)", ".", "it gives up"),
	("(http && !http.request && !http.response) || quic.header_form == 0 || "
		"(tcp.payload && frame.protocols matches \"tcp$\")", "http|quic|data|protocols", "it follows the stream"),
	("http && data", "data|protocols", "a body of a media type that it does not know is a layer"),
	("quic && tls", "tls", "it decrypts"),
	("tls.record.opaque_type", "tls.record", "it knows the version from an earlier record"),
)
# So many filters of each capture also go through `remora read -Y`, the way a user's do.
THROUGH_THE_PROGRAM = 3

LISTENERS = """
local protocols, times, named = {}, {}, Field.new("frame.protocols")
local every = Listener.new("frame")
function every.packet(pinfo)
	protocols[pinfo.number] = named().value
	times[pinfo.number] = pinfo.abs_ts
end
function every.draw()
	for number, words in ipairs(protocols) do
		print("frame:" .. words .. " " .. times[number])
	end
end
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
	"""The frames that tshark selects, a list for each filter; and of each frame its protocols, and when it was."""
	with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
		script.write("local filters = {%s}\n" % ", ".join(json.dumps(f) for f in filters) + LISTENERS)
		script.flush()
		run = subprocess.run(["tshark", "-q", "-r", path, "-X", "lua_script:" + script.name]
			+ oracle.options(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
	found, frames = {}, []
	for line in run.stdout.decode().split("\n"):
		number, _, rest = line.partition(":")
		if number.isdigit():
			found[int(number)] = [int(frame) for frame in rest.split()]
		elif number == "frame":
			words, time = rest.rsplit(" ", 1)
			frames.append((words, float(time)))
	if len(found) != len(filters):
		sys.exit("filters.py: tshark on %s: %s" % (path, run.stderr.decode()[:500]))
	return [found[number] for number in range(1, len(filters) + 1)], frames


class Apart:
	"""Frames in which tshark does what remora cannot, or knows more than the frame says."""

	def __init__(self, frames, selected):
		self.groups = [(re.compile(filters), set(chosen)) for (_, filters, _), chosen in zip(APART, selected)]
		words = [protocols.split(":") for protocols, _ in frames]
		self.add(".", map(rules.foreign, words))
		self.add("data|protocols|trailer|llc", (any(map(rules.unknown, protocols)) for protocols in words))
		# Its comparison of times overflows where they are 2^31 seconds apart.
		self.add("frame.time", (time >= 1 << 31 for _, time in frames))

	def add(self, filters, frames):
		self.groups.append((re.compile(filters), {n for n, apart in enumerate(frames, 1) if apart}))

	def of(self, filter_):
		return set().union(*(frames for filters, frames in self.groups if filters.search(filter_)))


def selected_in_one_walk(options, path, filters):
	"""(frames selected, complaint) for each filter: frames is None when remora refuses it."""
	run = subprocess.run([options.select, path], input="\n".join(filters) + "\n", encoding="utf-8",
		errors="replace", stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
	answers = [re.fullmatch("[0-9]+([:!])(.*)", line) for line in run.stdout.splitlines()]
	if run.returncode or len(answers) != len(filters) or None in answers:
		sys.exit("filters.py: select on %s: %s" % (path, run.stderr[-2000:]))
	return [([int(n) for n in answer[2].split()], None) if answer[1] == ":"
		else (None, answer[2].replace("\\n", "\n")) for answer in answers]


def selected_by_the_program(options, path, filter_):
	run = subprocess.run([options.remora, "read", path, "-n", "-Y", filter_, "-T", "fields",
		"-e", "frame.number"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
	if run.returncode not in (0, 3):
		return None, run.stderr.decode("utf-8", "replace").strip()
	return [int(line) for line in run.stdout.split()], None


def sample(path, filters):
	"""A few of the filters, other ones for every capture, the same ones in every run."""
	chance = random.Random(os.path.basename(path))
	return chance.sample(range(len(filters)), min(THROUGH_THE_PROGRAM, len(filters)))


def tshark_selects(cache, path, filters):
	"""What select() says, kept filter by filter: tshark is asked only for those that are new."""
	kept, frames = cache.get("filters", path, lambda: ({}, []), LISTENERS)
	missing = [f for f in filters if f not in kept]
	if missing:
		selected, frames = select(path, missing)
		kept.update(zip(missing, selected))
		cache.put("filters", path, (kept, frames), LISTENERS)
	return [kept[f] for f in filters], frames


def judge(job):
	"""Differences in one capture: [(filter, only remora, only tshark, complaint)], excused."""
	path, options, filters, cache = job
	theirs, frames = tshark_selects(cache, path, [frames for frames, _, _ in APART] + filters)
	apart, theirs = Apart(frames, theirs), theirs[len(APART):]
	ours = selected_in_one_walk(options, path, filters)
	differences, excused = [], 0
	for index in sample(path, filters):
		answer = selected_by_the_program(options, path, filters[index])
		if answer[0] != ours[index][0]:
			differences.append((filters[index], [], [], "the program selects %s, the library %s" % (
				answer[0] or answer[1], ours[index][0] or ours[index][1])))
	for filter_, (frames, complaint), selected in zip(filters, ours, theirs):
		if frames is None:
			differences.append((filter_, [], [], complaint))
			continue
		mine, other, left = set(frames), set(selected), apart.of(filter_)
		excused += len((mine ^ other) & left)
		more, fewer = sorted(mine - other - left), sorted(other - mine - left)
		if more or fewer:
			differences.append((filter_, more, fewer, None))
	return os.path.basename(path), differences, excused, [len(frames) for frames in theirs]


def main():
	parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
	parser.add_argument("--remora", default=None)
	parser.add_argument("--select", default=None, help="the program of that name beside it")
	parser.add_argument("--cache", default=os.path.join(oracle.ROOT, "build", "agreement"))
	parser.add_argument("--file", default="*", metavar="GLOB", help="only these captures")
	parser.add_argument("--in", dest="folders", action="append", metavar="DIR",
		help="other captures than those of the project; may be repeated")
	parser.add_argument("--filter", default=None, metavar="TEXT", help="only filters with this text")
	parser.add_argument("--jobs", type=int, default=2)
	parser.add_argument("--known", type=int, default=0, metavar="N",
		help="so many filters are known to differ (KNOWN.md); more of them fail")
	options = parser.parse_args()
	options.remora = fields.program(options.remora)
	if options.select is None:
		options.select = os.path.join(os.path.dirname(options.remora), "..", "tests", "select")
	filters = [f for f in read_filters() if options.filter is None or options.filter in f]
	paths, cache = oracle.captures(options.file, options.folders)[::-1], oracle.Cache(options.cache)
	wrong, hits = {}, collections.Counter()
	excused = 0
	with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
		for name, differences, left, counts in pool.map(judge, [(p, options, filters, cache) for p in paths]):
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
		"%d selections excused in streams, foreign encapsulations and malformed frames" % (len(filters),
		sum(hits[f] > 0 for f in filters), len(paths), len(wrong), excused))
	return int(len(wrong) > options.known)


if __name__ == "__main__":
	oracle.demand_tshark()
	os.environ["TZ"] = "UTC"
	sys.exit(main())
