# SPDX-License-Identifier: BSD-3-Clause
"""What tshark says: how it is run, how PDML becomes instances, and a cache of both.

An instance is one occurrence of one key in one frame, as a tuple
	(text, first bit, width in bits, kind)
with bits counted from the first bit of the frame; -1 means "no bits". A frame is a dictionary
{key: [instance, ...]} in the order of the tree.
"""

import codecs
import functools
import glob
import hashlib
import marshal
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.parsers.expat

# The first line is the contract: nothing is reassembled, sequence numbers are absolute, checksums
# are verified. Nothing else may be added that changes what tshark dissects.
PREFERENCES = (
	"tcp.desegment_tcp_streams:FALSE", "ip.defragment:FALSE", "ipv6.defragment:FALSE",
	"tcp.relative_sequence_numbers:FALSE",
	"ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE",
)

# How exactly tshark told us where an instance lies.
MADE, ITEM, EXACT, OTHER, LAYER = range(5)
# MADE   generated: no bytes at all
# ITEM   whole bytes of the frame, no mask: a narrower field may lie within
# EXACT  a mask or the row's own bit pattern says which bits
# OTHER  bytes of another buffer (decrypted, decompressed, de-chunked)
# LAYER  a protocol, not a field

# Only frames that were packets have it; tshark also numbers pcapng's custom blocks and journals.
PACKET = "frame.encap_type"

# What is below it are remarks, not fields: kept as the texts of instances of this one key.
EXPERT = "_ws.expert"

FORMAT = 14  # of the cache; raise it when a tuple changes its meaning

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.path.join(os.path.dirname(ROOT), "shared", "captures")
SAMPLES = os.path.join(ROOT, "samples", "captures")


def demand_tshark():
	"""Ends the test as skipped where there is no tshark to agree with."""
	if not shutil.which("tshark"):
		print("tshark is missing: nothing to agree with")
		sys.exit(77)


def options():
	"""tshark's arguments for everything that is compared."""
	args = ["-n"]
	for preference in PREFERENCES:
		args += ["-o", preference]
	return args


def captures(pattern="*", folders=()):
	"""Every capture at hand, small ones first; says so when the shared ones are missing."""
	if not folders and not os.path.isdir(SHARED):
		print("note: ../shared/captures is missing, only samples/captures is judged")
	paths = []
	for folder in folders or (SHARED, SAMPLES):
		paths += glob.glob(os.path.join(folder, "**", "*.pcap*"), recursive=True)
	wanted = re.compile(glob_to_regex(pattern))
	paths = [p for p in paths if wanted.fullmatch(os.path.basename(p))]
	return sorted(paths, key=lambda p: (os.path.getsize(p), p))


def glob_to_regex(pattern):
	"""A glob whose * and ? cross dots; alternatives are separated by commas."""
	alternatives = []
	for part in pattern.split(","):
		alternatives.append(re.escape(part).replace(r"\*", ".*").replace(r"\?", "."))
	return "|".join(alternatives)


@functools.lru_cache()
def version():
	out = subprocess.run(["tshark", "--version"], stdout=subprocess.PIPE,
		stderr=subprocess.DEVNULL, check=True).stdout
	return out.split(b"\n", 1)[0].decode()


class Cache:
	"""Results of slow runs, kept by the hash of all they depend on."""

	def __init__(self, folder):
		self.folder = folder
		self.salt = "%d %s %s" % (FORMAT, version(), options())
		os.makedirs(folder, exist_ok=True)

	def place(self, what, path, more):
		digest = hashlib.sha256(("%s|%s|%s|" % (self.salt, what, more)).encode())
		if path:
			with open(path, "rb") as file:
				digest.update(file.read())
		return os.path.join(self.folder, digest.hexdigest()[:32])

	def get(self, what, path, make, more=""):
		try:
			with open(self.place(what, path, more), "rb") as file:
				return marshal.load(file)
		except (OSError, EOFError, ValueError, TypeError):
			pass
		return self.put(what, path, make(), more)

	def put(self, what, path, result, more=""):
		with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
			marshal.dump(result, file)
		os.replace(file.name, self.place(what, path, more))
		return result


def known_keys():
	"""All keys of tshark: {key: ((type, base, mask), ...)}; protocols have the type FT_PROTOCOL."""
	out = subprocess.run(["tshark", "-G", "fields"], stdout=subprocess.PIPE,
		stderr=subprocess.DEVNULL, check=True).stdout.decode("utf-8", "replace")
	keys = {}
	for line in out.split("\n"):
		column = line.split("\t")
		if column[0] == "F" and len(column) >= 7:
			mask = int(column[6], 0) if column[6] else 0
			keys.setdefault(column[2], []).append((column[3], column[5], mask))
		elif column[0] == "P" and len(column) >= 3:
			keys.setdefault(column[2], []).append(("FT_PROTOCOL", "", 0))
	return {key: tuple(kinds) for key, kinds in keys.items()}


@functools.lru_cache()
def keys(folder):
	"""known_keys() through the cache in a folder, once for a process and the workers it forks: they are many."""
	return Cache(folder).get("keys", None, known_keys)


# ---- the bytes of the frames, to tell the frame from other buffers ----

def frames_of(path):
	"""The captured bytes of each frame, through tshark's own idea of where frames are; None if it refuses the file."""
	with tempfile.TemporaryDirectory() as folder:
		copy = os.path.join(folder, "copy.pcapng")
		subprocess.run(["tshark", "-r", path, "-w", copy, "-F", "pcapng"],
			stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
		if not os.path.exists(copy):
			return None
		with open(copy, "rb") as file:
			data = file.read()
	frames, at = [], 0
	while at + 12 <= len(data):
		kind, length = struct.unpack_from("<II", data, at)
		if kind == 6:
			caplen = struct.unpack_from("<I", data, at + 20)[0]
			frames.append(data[at + 28:at + 28 + caplen])
		at += length
	return frames


# ---- PDML ----

PATTERN = re.compile(r"([01.][01. ]*) = ")


def pattern_bits(showname, pos, size, frame):
	"""The bits that a row like `0100 .... = Version: 4` points at, if the frame agrees."""
	match = PATTERN.match(showname)
	if not match:
		return None
	digits = match.group(1).replace(" ", "").rjust(size * 8, ".")
	run = re.fullmatch(r"(\.*)([01]+)\.*", digits)
	if not run or len(digits) != size * 8:
		return None
	first, width = run.end(1), len(run.group(2))
	whole = int.from_bytes(frame[pos:pos + size], "big") >> (len(digits) - first - width)
	if whole & ((1 << width) - 1) != int(run.group(2), 2):
		return None
	return pos * 8 + first, width


def mask_bits(kinds, attrs, pos, size):
	"""The bits under the mask that turns `unmaskedvalue` into `value`, for either byte order."""
	masks = [mask for _, _, mask in kinds if mask]
	raw = bytes.fromhex(attrs["unmaskedvalue"])
	value = int(attrs["value"] or "0", 16)
	for order in ("big", "little"):
		whole = int.from_bytes(raw, order)
		for mask in masks:
			low = (mask & -mask).bit_length() - 1
			width = mask.bit_length() - low
			if mask.bit_length() > size * 8 or (whole & mask) >> low != value:
				continue
			if order == "big":
				return (pos + size) * 8 - low - width, width
			if low // 8 != (low + width - 1) // 8:
				return None  # scattered by the byte order: no run of bits
			return (pos + low // 8) * 8 + 8 - low % 8 - width, width
	return None


class Open:
	"""An item that has begun and not ended."""

	__slots__ = ("other", "place", "inner")

	def __init__(self, other):
		self.other = other    # does it lie in another buffer than the frame?
		self.place = None     # (list, index) of its instance, if it has no value that could tell
		self.inner = []       # the places of the instances directly within it


class Pdml:
	"""Turns tshark's PDML into frames of instances."""

	def __init__(self, keys, frames):
		self.keys = keys
		self.frames = frames
		self.result = []
		self.skip = 0  # depth inside an expert item
		self.open = []
		self.current = None
		self.seen = {}  # equal instances are one object: most of them repeat
		self.packets = 0
		self.bytes = b""

	def start(self, tag, attrs):
		if self.skip:
			if self.skip == 1:
				self.current.setdefault(EXPERT, []).append((attrs["name"], -1, -1, MADE))
			self.skip += 1
			return
		self.open.append(Open(bool(self.open) and self.open[-1].other))
		if tag == "field":
			name = attrs["name"]
			if name == EXPERT:
				self.skip = 1
				self.open.pop()
			elif "size" not in attrs:  # PDML's way to write the protocol "data"
				self.current.setdefault(name, []).append(("", -1, -1, LAYER))
			elif name in self.keys:
				instance = self.instance(name, attrs)
				kept = self.current.setdefault(sys.intern(name), [])
				kept.append(self.seen.setdefault(instance, instance))
				place = kept, len(kept) - 1
				if not attrs.get("value"):
					self.open[-1].place = place
				if len(self.open) > 1:
					self.open[-2].inner.append(place)
		elif tag == "proto":
			name = attrs["name"]
			if name != "geninfo" and name != "fake-field-wrapper":
				pos, size = int(attrs["pos"]), int(attrs["size"])
				self.current.setdefault(name, []).append(("", pos * 8, size * 8, LAYER))
		elif tag == "packet":
			self.bytes = b""
			self.current = {}
			self.result.append(self.current)

	def end(self, tag):
		if self.skip:
			self.skip -= 1
		else:
			self.settle(self.open.pop())

	def settle(self, item):
		"""Within an item without a value what stands beside bytes of another buffer is of that buffer, and so is the item."""
		if item.place is None or not any(kept[index][3] == OTHER for kept, index in item.inner):
			return
		for kept, index in item.inner + [item.place]:
			if kept[index][3] in (MADE, ITEM, EXACT):
				kept[index] = kept[index][:3] + (OTHER,)

	def instance(self, name, attrs):
		text = attrs.get("show", "")
		size = int(attrs["size"])
		if size == 0:
			if name == PACKET and self.packets < len(self.frames):
				self.bytes = self.frames[self.packets]
				self.packets += 1
			return (text, -1, -1, MADE)
		pos = int(attrs["pos"])
		raw = attrs.get("unmaskedvalue") or attrs.get("value")
		if raw:
			self.open[-1].other = self.bytes[pos:pos + size].hex() != raw
		if self.open[-1].other:
			return (text, pos * 8, size * 8, OTHER)
		bits = None
		raw = attrs.get("unmaskedvalue")
		if raw:
			bits = mask_bits(self.keys[name], attrs, pos, size)
		if bits is None:
			bits = pattern_bits(attrs.get("showname", ""), pos, size, self.bytes)
		if bits is None:
			return (text, pos * 8, size * 8, ITEM)
		return (text, bits[0], bits[1], EXACT)


NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Cleaned:
	"""Output made fit for an XML parser: tshark lets some of a hostile packet's bytes through."""

	def __init__(self, stream):
		self.stream = codecs.getreader("utf-8")(stream, "replace")

	def read(self, size):
		return NOT_XML.sub("\ufffd", self.stream.read(size // 4, size // 4)).encode()


def parse(command, handler, clean=False):
	"""Runs a command and feeds its XML to a handler; returns (exit code, error text)."""
	with tempfile.TemporaryFile() as errors:
		run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
		parser = xml.parsers.expat.ParserCreate()
		parser.StartElementHandler = handler.start
		parser.EndElementHandler = handler.end
		try:
			parser.ParseFile(Cleaned(run.stdout) if clean else run.stdout)
		finally:
			run.stdout.read()
			run.stdout.close()
			code = run.wait()
		errors.seek(0)
		return code, errors.read().decode("utf-8", "replace")


def dissect(path, keys):
	"""All instances that tshark finds in a capture, frame by frame."""
	command, frames = ["tshark", "-r", path, "-T", "pdml"] + options(), frames_of(path)
	if frames is None:
		return []
	try:
		handler = Pdml(keys, frames)
		parse(command, handler)
	except xml.parsers.expat.ExpatError:
		handler = Pdml(keys, frames)
		parse(command, handler, clean=True)
	return handler.result
