#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Field by field against tshark, joined by key: every frame of every capture at hand.

The test names no field: what tshark knows comes from `tshark -G fields`, what remora knows from
its own PDML. It fails on a difference that no rule of exceptions.txt covers, on a file with another
number of packets, and on coverage of a protocol below the floor.
"""

import argparse
import collections
import gc
import multiprocessing
import os
import re
import sys

import compare
import oracle
import rules

FLOOR = 0.90


def arguments():
	parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
	parser.add_argument("--remora", default=None, help="the program under test")
	parser.add_argument("--cache", default=os.path.join(oracle.ROOT, "build", "agreement"))
	parser.add_argument("--file", default="*", metavar="GLOB", help="only these captures")
	parser.add_argument("--largest", type=int, default=1 << 30, metavar="BYTES", help="only smaller captures")
	parser.add_argument("--key", default="*", metavar="GLOB", help="only these keys")
	parser.add_argument("--in", dest="folders", action="append", metavar="DIR",
		help="other captures than those of the project; may be repeated")
	parser.add_argument("--only-proto", default=None, metavar="PROTO[,PROTO]",
		help="only keys that begin with PROTO")
	parser.add_argument("--top", type=int, default=10, metavar="N",
		help="missing keys per protocol, and disagreements in all times ten")
	parser.add_argument("--keys", action="store_true",
		help="print what tshark finds, key by key, and stop")
	parser.add_argument("--jobs", type=int, default=2)
	parser.add_argument("--known", type=int, default=0, metavar="N",
		help="so many disagreements are known (KNOWN.md); more of them fail")
	return parser.parse_args()


def program(named):
	places = [named] if named else [os.path.join(oracle.ROOT, "build", preset, "bin", "remora")
		for preset in ("release", "dev")]
	for place in places:
		if os.access(place, os.X_OK):
			return os.path.abspath(place)
	sys.exit("fields.py: no remora at %s" % " or ".join(places))


class File:
	"""All that is found in one capture; plain data, so that it can cross processes."""

	def __init__(self, path):
		self.name = os.path.basename(path)
		self.trouble = []
		self.packets = (0, 0)
		self.total = collections.Counter()    # key: tshark's instances
		self.missed = collections.Counter()   # key: of them not ours
		self.made = collections.Counter()     # key: instances in other buffers, never counted
		self.beyond = collections.Counter()   # key: instances of protocols that the frame does not tell of


def bytes_of(frames, theirs):
	"""The bytes of each of tshark's frames; None for those that were no packets."""
	packets = iter(frames)
	return [next(packets, None) if oracle.PACKET in frame else None for frame in theirs]


def judge(job):
	path, options = job
	cache = oracle.Cache(options.cache)
	keys = oracle.keys(options.cache)
	wanted = re.compile(oracle.glob_to_regex(options.key))
	protocols = options.only_proto and options.only_proto.split(",")
	exceptions = rules.Exceptions()
	result = File(path)
	theirs = cache.get("pdml", path, lambda: oracle.dissect(path, keys))
	judge_ = compare.Judge(keys, exceptions.excuse, rules.unknown)
	result.judge = judge_
	frames = cache.get("frames", path, lambda: oracle.frames_of(path)) or []
	handler = compare.Ours(keys, bytes_of(frames, theirs))
	code, errors = 0, ""
	if not options.keys:
		try:
			code, errors = oracle.parse([options.remora, "read", path, "-T", "pdml", "-n"], handler)
		except Exception as error:  # expat's errors and broken numbers alike: our PDML is wrong
			result.trouble.append("PDML: %s: %s" % (type(error).__name__, error))
	refused = code == 2 and not frames
	if (code not in (0, 3) and not refused) or "Sanitizer" in errors or "runtime error" in errors:
		result.trouble.append("exit code %d: %s" % (code, errors.strip()[:300]))
	result.packets = (len(handler.result), len(theirs))
	result.trouble += ["frame %d: %s" % found for found in handler.wrong[:5]]
	result.unknown = handler.unknown
	if len(handler.result) != len(theirs) and not options.keys:
		result.trouble.append("%d packets, tshark has %d" % result.packets)

	def chosen(frame):
		return {key: instances for key, instances in frame.items() if wanted.fullmatch(key)
			and (not protocols or key.split(".")[0] in protocols)}

	filtered = protocols or options.key != "*"
	for number, frame in enumerate(theirs):
		mine = handler.result[number] if number < len(handler.result) else {}
		missed = judge_.frame(number + 1, chosen(mine) if filtered else mine, frame)
		beyond = judge_.beyond(mine, frame)
		for key, instances in (chosen(frame) if filtered else frame).items():
			made = sum(i[3] >= oracle.OTHER for i in instances)
			if made:
				result.made[key] += made
			count = len(instances) - made
			if key.split(".")[0] in beyond:
				result.beyond[key] += count
			elif count:
				result.total[key] += count
				result.missed[key] += min(missed.get(key, count), count)
	judge_.keys = judge_.excuse = judge_.stranger = None
	return result


def merge(files):
	"""Adds up what all files gave."""
	everything = File("")
	everything.judge = compare.Judge(None, None)
	everything.unknown = collections.Counter()
	for file in files:
		for name in ("total", "missed", "made", "beyond", "unknown"):
			getattr(everything, name).update(getattr(file, name))
		for name in ("agreed", "inside", "excused", "shorter"):
			getattr(everything.judge, name).update(getattr(file.judge, name))
		for what, (count, examples) in file.judge.differ.items():
			entry = everything.judge.differ.setdefault(what, [0, []])
			entry[0] += count
			entry[1] += [(file.name,) + example for example in examples]
	return everything


def show(instance):
	if instance is None:
		return "nothing"
	text, bit, width = instance
	text = repr(text) if len(repr(text)) <= 60 else repr(text)[:57] + "..."
	return "%s @%d+%d" % (text, bit, width) if bit >= 0 else text


def print_differences(judge_, top):
	differences = sorted(judge_.differ.items(), key=lambda item: -item[1][0])
	if not differences:
		return
	print("\nDisagreements (@first bit+width; count, then examples: remora, tshark)")
	for (kind, key), (count, examples) in differences[:top * 10]:
		print("  %-6s %-42s %7d" % (kind, key, count))
		for name, number, ours, theirs in examples[:3]:
			print("         %s:%d  %s | %s" % (name, number, show(ours), show(theirs)))
	if len(differences) > top * 10:
		print("  ... and %d more keys" % (len(differences) - top * 10))


def print_coverage(everything, stateful, top):
	"""The table per protocol; returns the part of all instances that are covered, and the smallest part of a protocol's."""
	table = {}
	for key, count in everything.total.items():
		protocol = key.split(".")[0]
		if protocol not in rules.PROTOCOLS:
			continue
		row = table.setdefault(protocol, [0, 0, 0, []])
		if stateful.of(key):
			row[2] += count
			continue
		missed = everything.missed[key]
		row[0] += count
		row[1] += count - missed
		if missed:
			row[3].append((missed, count, key))
	beyond = collections.Counter()
	for key, count in everything.beyond.items():
		beyond[key.split(".")[0]] += count
	print("\nCoverage of tshark's stateless field instances; beyond: of protocols that tshark found in a frame because of an"
		"\nearlier one, or within a protocol that remora does not decode")
	print("  %-10s %10s %10s %8s %10s %8s  missing most" % ("protocol", "tshark", "remora", "%", "stateful", "beyond"))
	total = covered = 0
	least = 1.0
	for protocol in rules.PROTOCOLS:
		if protocol not in table:
			continue
		count, ours, other, missing = table[protocol]
		total, covered = total + count, covered + ours
		least = min(least, ours / count if count else 1.0)
		missing.sort(reverse=True)
		print("  %-10s %10d %10d %7.2f%% %10d %8d  %s" % (protocol, count, ours,
			100.0 * ours / max(count, 1), other, beyond[protocol],
			" ".join("%s:%d" % (key, n) for n, _, key in missing[:top])))
	share = covered / total if total else 1.0
	print("  %-10s %10d %10d %7.2f%%" % ("all", total, covered, 100.0 * share))
	return share, least


def print_keys(everything, stateful, options):
	"""What a developer of a decoder wants to know: the keys to provide, by weight."""
	keys = oracle.keys(options.cache)
	for key, count in everything.total.most_common():
		kinds = " | ".join("%s %s %s" % (kind, base, hex(mask) if mask else "") for kind, base, mask in keys[key])
		print("%8d %-44s %-40s %s" % (count, key, kinds, stateful.of(key) or ""))


def main():
	options = arguments()
	options.remora = None if options.keys else program(options.remora)
	paths = [path for path in oracle.captures(options.file, options.folders)[::-1]
		if os.path.getsize(path) <= options.largest]
	if not paths:
		sys.exit("fields.py: no capture at hand")
	oracle.keys(options.cache)      # before there are workers
	with multiprocessing.Pool(options.jobs, maxtasksperchild=16) as pool:
		files = list(pool.imap_unordered(judge, [(path, options) for path in paths], chunksize=1))
	everything, stateful = merge(files), rules.Stateful()
	if options.keys:
		print_keys(everything, stateful, options)
		return 0
	judge_ = everything.judge
	failures = sum(count for count, _ in judge_.differ.values())
	for file in sorted(files, key=lambda f: f.name):
		for line in file.trouble:
			print("%s: %s" % (file.name, line))
			failures += 1
	print_differences(judge_, options.top)
	share, least = print_coverage(everything, stateful, options.top)
	print("\nExceptions")
	for index, (_, _, _, text) in enumerate(rules.Exceptions().rules):
		print("  %8d  %s%s" % (judge_.excused[index], text, "" if judge_.excused[index] else "  (unused)"))
	if everything.unknown:
		print("\nKeys that tshark does not know: %s" % " ".join("%s:%d" % item
			for item in everything.unknown.most_common(options.top * 3)))
	print("\n%d files, %d packets, %d instances agree (%d within an item of tshark's), %d excused, "
		"%d disagree, coverage %.2f %%" % (len(files), sum(f.packets[0] for f in files),
		sum(judge_.agreed.values()), sum(judge_.inside.values()), sum(judge_.excused.values()),
		failures, 100.0 * share))
	whole = (options.only_proto, options.key, options.file, options.largest, options.folders) == (None, "*", "*", 1 << 30, None)
	return int(failures > options.known or (whole and least < FLOOR))


if __name__ == "__main__":
	oracle.demand_tshark()
	os.environ["TZ"] = "UTC"  # tshark prints local times
	gc.disable()  # millions of tuples, no cycles
	sys.exit(main())
