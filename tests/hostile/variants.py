#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Small captures, damaged byte by byte, through the whole program.

Every packet is cut at every byte, and every byte is set to 0x00 and to 0xff; of the bytes of a packet
of more than 2 kB each nth, others by each seed. The variants go into
large captures, one per link type, which remora reads in every form: it must exit with 0, say
nothing of a sanitizer, print well-formed text, and keep what it shows within what encloses it.
"""

import argparse
import glob
import gzip
import os
import random
import struct
import subprocess
import sys
import tempfile
import xml.parsers.expat

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACES = (os.path.join(ROOT, "samples", "captures"),
	os.path.join(os.path.dirname(ROOT), "shared", "captures"))
BATCH = 5000  # packets in one capture
FORMS = (["-T", "none"], ["-T", "line"], ["-T", "breakdown"], ["-T", "tree", "-x"], ["-T", "json"],
	["-T", "fields", "-e", "frame.protocols", "-e", "_ws.col.info"])


# ---- reading packets ----

def read_pcap(data):
	order = "<" if data[:1] in (b"\xd4", b"\x4d", b"\x34") else ">"
	linktype = struct.unpack_from(order + "I", data, 20)[0] & 0xffff
	head = 24 if data[:4] in (b"\x34\xcd\xb2\xa1", b"\xa1\xb2\xcd\x34") else 16
	at = 24
	while at + head <= len(data):
		cap, wire = struct.unpack_from(order + "II", data, at + 8)
		yield linktype, data[at + head:at + head + cap], wire
		at += head + cap


def read_pcapng(data):
	at, order, linktypes = 0, "<", []
	while at + 12 <= len(data):
		if data[at:at + 4] == b"\x0a\x0d\x0d\x0a":
			order, linktypes = "<" if data[at + 8:at + 9] == b"\x4d" else ">", []
		kind, length = struct.unpack_from(order + "II", data, at)
		if kind == 1:
			linktypes.append(struct.unpack_from(order + "H", data, at + 8)[0])
		elif kind == 6:
			interface, _, _, cap, wire = struct.unpack_from(order + "5I", data, at + 8)
			yield linktypes[interface], data[at + 28:at + 28 + cap], wire
		elif kind == 3:
			wire = struct.unpack_from(order + "I", data, at + 8)[0]
			yield linktypes[0], data[at + 12:at + min(12 + wire, length - 4)], wire
		at += max(length, 12)


def read_packets(path):
	with open(path, "rb") as file:
		data = file.read()
	if data[:2] == b"\x1f\x8b":
		data = gzip.decompress(data)
	return read_pcapng(data) if data[:4] == b"\x0a\x0d\x0d\x0a" else read_pcap(data)


# ---- variants ----

CUT = -1


WORK = 1 << 22  # bytes that are taken apart for one packet, in each way


def places(count, seed):
	step = 1 + count * count // WORK
	return range(seed % step, count, step)


def changes(packet, seed):
	"""(position, byte to put there or CUT) of all variants."""
	for at in places(len(packet) + 1, seed):
		yield at, CUT
	for at in places(len(packet), seed):
		for value in (0x00, 0xff):
			if packet[at] != value:
				yield at, value


def change(packet, at, value):
	return packet[:at] if value == CUT else packet[:at] + bytes((value,)) + packet[at + 1:]


def packets_at_hand(largest, name):
	for place in PLACES:
		if not os.path.isdir(place):
			print("note: %s is missing, left out" % os.path.relpath(place, ROOT))
		for path in sorted(glob.glob(os.path.join(place, "**", "*.pcap*"), recursive=True)):
			if os.path.getsize(path) <= largest and name in path:
				for number, found in enumerate(read_packets(path), 1):
					yield "%s packet %d" % (os.path.basename(path), number), found


def all_variants(packets, wanted, seed):
	"""(link type, bytes, length on the wire, description) of the variants that are wanted."""
	for name, (linktype, packet, wire) in packets:
		for at, value in changes(packet, seed):
			if wanted():
				what = "cut" if value == CUT else "set to 0x%02x" % value
				yield linktype, change(packet, at, value), wire, "%s byte %d %s" % (name, at, what)


def batches(chosen):
	"""Groups of one link type, at most BATCH long."""
	groups = {}
	for variant in chosen:
		group = groups.setdefault(variant[0], [])
		group.append(variant)
		if len(group) == BATCH:
			yield groups.pop(variant[0])
	yield from groups.values()


def write_capture(file, group):
	file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, group[0][0]))
	for number, (_, data, wire, _) in enumerate(group):
		file.write(struct.pack("<IIII", number, 0, len(data), max(wire, len(data))) + data)
	file.flush()


# ---- judging ----

class Nesting:
	"""Follows PDML: fields lie within the packet and the field above, layers within lengths."""

	LENGTHS = {"ip.len": 20, "udp.length": 8}  # and what a sensible one is at least

	def __init__(self, group):
		self.group = group
		self.complaints = []
		self.number = -1
		self.above = []   # bits of the fields that are open
		self.layer = None # (name, first byte)
		self.ends = []    # (name, first bit behind it) for layers that tell their length

	def complain(self, text):
		self.complaints.append("%s: %s" % (self.group[self.number][3], text))

	def start(self, tag, attrs):
		if tag == "packet":
			self.number += 1
			self.ends = []
		elif tag == "proto":
			self.layer = (attrs["name"], int(attrs["pos"]))
			self.above = []
			if attrs["size"] != "0":
				self.within(attrs["name"], 8 * int(attrs["pos"]), 8 * int(attrs["size"]))
		elif tag == "field":
			self.field(attrs)

	def within(self, name, bit, bits):
		size = 8 * len(self.group[self.number][1])
		if bit < 0 or bit + bits > size:
			self.complain("%s reaches to bit %d of %d" % (name, bit + bits, size))
		for layer, end in self.ends:
			if layer != self.layer[0] and bit + bits > end and bit < end:
				self.complain("%s reaches out of %s" % (name, layer))

	def field(self, attrs):
		bits = None
		if "bitpos" in attrs:
			bits = (int(attrs["bitpos"]), int(attrs["bitpos"]) + int(attrs["bits"]))
			self.within(attrs["name"], bits[0], bits[1] - bits[0])
			around = next((b for b in reversed(self.above) if b), None)
			if around and not around[0] <= bits[0] <= bits[1] <= around[1]:
				self.complain("%s lies outside the field above it" % attrs["name"])
			least = self.LENGTHS.get(attrs["name"])
			if least and attrs["show"].isdigit() and int(attrs["show"]) >= least:
				self.ends.append((self.layer[0], 8 * (self.layer[1] + int(attrs["show"]))))
		self.above.append(bits)

	def end(self, tag):
		if tag == "field":
			self.above.pop()


def run(program, path, arguments):
	process = subprocess.run([program, "read", path, "-n"] + arguments, stdout=subprocess.PIPE,
		stderr=subprocess.PIPE, check=False)
	errors = process.stderr.decode("utf-8", "replace")
	if process.returncode != 0 or "Sanitizer" in errors or "runtime error" in errors:
		return None, ["remora read %s: exit code %d\n%s" % (" ".join(arguments), process.returncode,
			errors[:3000])]
	return process.stdout, []


def judge(program, group):
	"""All complaints about one batch."""
	with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
		write_capture(file, group)
		output, complaints = run(program, file.name, ["-T", "pdml"])
		if output is not None:
			nesting = Nesting(group)
			parser = xml.parsers.expat.ParserCreate()
			parser.StartElementHandler, parser.EndElementHandler = nesting.start, nesting.end
			try:
				parser.Parse(output, True)
			except xml.parsers.expat.ExpatError as error:
				complaints.append("PDML: %s, near %s" % (error, group[nesting.number][3]))
			complaints += nesting.complaints
			if nesting.number + 1 != len(group):
				complaints.append("%d packets of %d came back" % (nesting.number + 1, len(group)))
		for form in FORMS:
			output, more = run(program, file.name, form)
			complaints += more
			if output is not None:
				try:
					output.decode("utf-8")
				except UnicodeDecodeError as error:
					complaints.append("%s: %s" % (" ".join(form), error))
	return complaints


def main():
	parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
	parser.add_argument("--remora", default=os.path.join(ROOT, "build", "dev", "bin", "remora"))
	parser.add_argument("--sample", type=int, default=0, metavar="N", help="about N of all variants")
	parser.add_argument("--seed", type=int, default=1)
	parser.add_argument("--largest", type=int, default=4096, metavar="BYTES", help="of a capture")
	parser.add_argument("--file", default="", metavar="TEXT", help="captures with this in their name")
	options = parser.parse_args()
	packets = list(packets_at_hand(options.largest, options.file))
	total = sum(3 * len(places(len(packet), 0)) for _, (_, packet, _) in packets)
	share = options.sample / total if options.sample and total else 1.0
	luck = random.Random(options.seed)
	chosen = all_variants(packets, lambda: luck.random() < share, options.seed)
	count = wrong = 0
	for group in batches(chosen):
		count += len(group)
		for complaint in judge(options.remora, group)[:20]:
			print(complaint)
			wrong += 1
	print("%d variants, %d complaints" % (count, wrong))
	return int(wrong > 0 or count == 0)


if __name__ == "__main__":
	sys.exit(main())
