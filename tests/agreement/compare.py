# SPDX-License-Identifier: BSD-3-Clause
"""Joins the instances of one frame by key and finds what differs."""

import collections

import oracle
import values

TEXT, BIT, WIDTH, KIND = range(4)
MOST_PAIRS = 400  # leftovers of one key beyond this are compared in order only

# PDML's own head of a packet, and what Wireshark wraps around fields that belong to nobody.
PRELUDE = {"geninfo", "num", "len", "caplen", "timestamp", "fake-field-wrapper"}


class Ours:
	"""Turns remora's PDML into frames of instances, and checks it against the frame's bytes."""

	def __init__(self, keys, frames):
		self.keys = keys
		self.frames = frames
		self.result = []
		self.unknown = collections.Counter()  # keys that tshark does not have
		self.wrong = []  # (frame, text): PDML that contradicts itself or the frame
		self.current = None
		self.bytes = b""

	def start(self, tag, attrs):
		if tag == "field" or tag == "proto":
			name = attrs.get("name", "")
			if not name or name in PRELUDE:
				return
			if name not in self.keys:
				self.unknown[name] += 1
				return
			if tag == "proto":
				pos, size = int(attrs["pos"]), int(attrs["size"])
				instance = ("", pos * 8, size * 8, oracle.LAYER)
			else:
				instance = self.instance(name, attrs)
			self.current.setdefault(name, []).append(instance)
		elif tag == "packet":
			number = len(self.result)
			self.bytes = self.frames[number] if number < len(self.frames) else None
			self.current = {}
			self.result.append(self.current)

	def end(self, tag):
		pass

	def instance(self, name, attrs):
		text = attrs.get("show", "")
		if attrs["size"] == "0" or "bitpos" not in attrs:
			return (text, -1, -1, oracle.MADE)
		bit, width = int(attrs["bitpos"]), int(attrs["bits"])
		pos, size = int(attrs["pos"]), int(attrs["size"])
		if bit // 8 != pos or (bit + width + 7) // 8 > pos + size:
			self.wrong.append((len(self.result), "%s: bitpos=%d bits=%d is not in pos=%d size=%d"
				% (name, bit, width, pos, size)))
		raw = attrs.get("unmaskedvalue") or (attrs.get("value") if width % 8 == bit % 8 == 0 else None)
		if raw and self.bytes is not None and self.bytes[pos:pos + size].hex() != raw:
			self.wrong.append((len(self.result), "%s: value=%s is not what the frame has at %d: %s"
				% (name, raw[:32], pos, self.bytes[pos:pos + size].hex()[:32])))
		return (text, bit, width, oracle.EXACT)


def bits_agree(ours, theirs):
	"""0: they differ, 1: the same bits, 2: ours lie within an item of theirs that has no mask."""
	kind = theirs[KIND]
	if kind == oracle.MADE or kind == oracle.OTHER:
		return 1
	if kind == oracle.LAYER:
		return int(theirs[BIT] < 0 or ours[BIT] == theirs[BIT])
	if ours[BIT] == theirs[BIT] and ours[WIDTH] == theirs[WIDTH]:
		return 1
	if kind == oracle.ITEM and ours[BIT] >= theirs[BIT] \
			and ours[BIT] + ours[WIDTH] <= theirs[BIT] + theirs[WIDTH]:
		return 2
	return 0


def protocols(frame):
	"""tshark's list of a frame's protocols."""
	return frame["frame.protocols"][0][0].split(":") if "frame.protocols" in frame else []


class Streams:
	"""What tshark has found in the streams of a capture so far."""

	def __init__(self):
		self.found = {}

	def of(self, frame):
		"""The protocols found in earlier frames of this frame's innermost stream."""
		names = [(kind, frame[kind + ".stream"][-1][TEXT]) for kind in ("tcp", "udp")
			if kind + ".stream" in frame]
		earlier = set().union(*(self.found.get(name, ()) for name in names))
		for kind, number in names:
			words = protocols(frame)
			if kind in words:
				behind = words[len(words) - words[::-1].index(kind):]
				self.found.setdefault((kind, number), set()).update(behind)
		return earlier


class Judge:
	"""Compares frames of one capture and counts."""

	def __init__(self, keys, excuse, stranger=lambda name: False):
		self.keys = keys
		self.stranger = stranger  # protocol -> is it one that remora does not decode?
		self.excuse = excuse  # (kind, key, context, ours, theirs) -> rule or None
		self.agreed = collections.Counter()   # key: instances
		self.inside = collections.Counter()   # key: of them within an item
		self.excused = collections.Counter()  # rule: instances
		self.differ = {}                      # (kind, key): [count, [(frame, ours, theirs)]]
		self.shorter = collections.Counter()  # layer: same start, other length
		self.streams = Streams()
		self.earlier = set()                  # what of() said of the frame that was judged last

	def beyond(self, ours, theirs):
		"""Protocols that tshark found in the frame that was judged last, and that the frame by itself does not tell of."""
		names = protocols(theirs)
		strange = [self.stranger(name) for name in names]
		within = names[strange.index(True):] if True in strange else []
		return {name for name in names if name not in ours and (name in self.earlier or name in within)}

	def report(self, kind, key, number, context, ours, theirs, count=1):
		rule = self.excuse(kind, key, context, ours, theirs)
		if rule is not None:
			self.excused[rule] += count
			return
		entry = self.differ.setdefault((kind, key), [0, []])
		entry[0] += count
		if len(entry[1]) < 3:
			entry[1].append((number, ours and ours[TEXT:KIND], theirs and theirs[TEXT:KIND]))

	def frame(self, number, ours, theirs):
		"""Judges a frame; returns {key: how many of tshark's instances we miss} for shared keys."""
		context = {"layers": theirs, "earlier": self.streams.of(theirs)}
		self.earlier = context["earlier"]
		missed = {}
		for key, instances in ours.items():
			if key in theirs:
				missed[key] = self.key(key, number, context, instances, theirs[key])
			else:
				self.report("extra", key, number, context, instances[0], None, len(instances))
		return missed

	def same(self, key, ours, theirs):
		return ours[TEXT] == theirs[TEXT] or values.same(self.keys[key], ours[TEXT], theirs[TEXT])

	def agree(self, key, ours, theirs):
		inside = bits_agree(ours, theirs)
		if not inside or not self.same(key, ours, theirs):
			return False
		self.agreed[key] += 1
		if inside == 2:
			self.inside[key] += 1
		if theirs[KIND] == oracle.LAYER and ours[WIDTH] != theirs[WIDTH]:
			self.shorter[key] += 1
		return True

	def key(self, key, number, context, ours, theirs):
		"""Judges all instances of a key in a frame; returns how many of tshark's we miss."""
		if len(ours) == len(theirs):
			left = [(o, t) for o, t in zip(ours, theirs) if not self.agree(key, o, t)]
			ours, theirs = [o for o, _ in left], [t for _, t in left]
		if not ours and not theirs:
			return 0
		return self.pair(key, number, context, ours, theirs)

	def pair(self, key, number, context, ours, theirs):
		"""Pairs what is out of order; reports the rest; returns how many of tshark's are left."""
		moved = [0, None]
		ours, theirs = self.take(ours, theirs, lambda o, t: self.agree(key, o, t), moved)
		if moved[0]:
			self.report("order", key, number, context, moved[1][0], moved[1][1], moved[0])
		lost = len(theirs)
		for kind, test in (("bits", lambda o, t: self.same(key, o, t)),
				("value", lambda o, t: bits_agree(o, t)), ("value", lambda o, t: True)):
			pairs = []
			ours, theirs = self.take(ours, theirs, test, None, pairs)
			for o, t in pairs:
				self.report(kind, key, number, context, o, t)
		if ours:
			self.report("extra", key, number, context, ours[0], None, len(ours))
		if theirs:
			self.report("fewer", key, number, context, None, theirs[0], len(theirs))
		return lost

	@staticmethod
	def take(ours, theirs, test, moved, pairs=None):
		"""Takes pairs that pass the test out of both lists."""
		rest, free = [], list(theirs)
		last = -1
		positions = list(range(len(free)))
		for o in ours:
			for at, t in enumerate(free[:MOST_PAIRS]):
				if test(o, t):
					if moved is not None:
						if positions[at] < last:
							moved[0] += 1
							moved[1] = moved[1] or (o, t)
						last = max(last, positions[at])
					if pairs is not None:
						pairs.append((o, t))
					del free[at], positions[at]
					break
			else:
				rest.append(o)
		return rest, free
