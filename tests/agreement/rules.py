# SPDX-License-Identifier: BSD-3-Clause
"""The two lists of words about keys: what is not stateless, and what may differ."""

import os
import re

import compare
import oracle

MOST_EXCEPTIONS = 12

# The prefixes of tshark's keys in the protocols that remora decodes.
PROTOCOLS = ("frame eth llc vlan ieee8021ad sll null ppp arp ip ipv6 ah esp gre vxlan icmp igmp icmpv6 "
	"udp udplite tcp dhcp dhcpv6 dns mdns llmnr ntp http tls quic").split()

# Words of frame.protocols that tshark writes between them.
LINKS = ("ethertype", "raw", "data")


def lines(name, columns):
	with open(os.path.join(oracle.HERE, name), encoding="utf-8") as file:
		for number, line in enumerate(file, 1):
			if not line.strip() or line.startswith("#"):
				continue
			parts = line.split(None, columns - 1)
			if len(parts) < columns:
				raise SystemExit("%s:%d: %d columns wanted" % (name, number, columns))
			yield [part.strip() for part in parts]


class Stateful:
	"""Which class, if any, says that a key is not read from the frame."""

	def __init__(self):
		self.classes = [(name, re.compile(oracle.glob_to_regex(keys)))
			for name, keys, _ in lines("stateful.txt", 3)]
		self.known = {}

	def of(self, key):
		if key not in self.known:
			self.known[key] = next((name for name, keys in self.classes if keys.fullmatch(key)), None)
		return self.known[key]


def silent(key, context, ours, theirs):
	last = words(context)[-1:]
	return last in (["eth"], ["sll"]) or last in (["tcp"], ["udp"]) and last[0] + ".payload" in context["layers"]


def quoted(key, context, ours, theirs):
	names = words(context)
	return "tcp" in names and not {"icmp", "icmpv6"}.isdisjoint(names[:names.index("tcp")])


def unopened(key, context, ours, theirs):
	ports = context["layers"].get("udp.port", ())
	return words(context)[-2:] == ["udp", "data"] and any(port[compare.TEXT] == "443" for port in ports)


def followed(key, context, ours, theirs):
	return not context["earlier"].isdisjoint(words(context))


def unknown(word):
	"""Is a word of frame.protocols a protocol that remora does not decode?"""
	return word.split(".")[0] not in PROTOCOLS and word not in LINKS


def words(context):
	return compare.protocols(context["layers"])


def beyond(key, context, ours, theirs):
	return any(unknown(word) for word in words(context))


def foreign(protocols):
	"""Does a list like eth:ethertype:mpls:ip lead through a protocol that remora does not know?"""
	strange = [unknown(word) for word in protocols]
	return True in strange and False in strange[strange.index(True):]


def within(key, context, ours, theirs):
	return foreign(words(context))


def deeper(key, context, ours, theirs):
	if ours is None or theirs is None:
		return False
	mine, other = ours[0].split(":"), theirs[0].split(":")
	same = len(os.path.commonprefix([mine, other]))
	if same == len(other):
		return False
	if same > 0 and (other[same] == other[same - 1] or mine[same - 1:] == ["quic"]):  # behind keys
		return True
	return unknown(other[same])


GAVE_UP = {"_ws.malformed", "_ws.short", "_ws.unreassembled"}


def malformed(key, context, ours, theirs):
	return not GAVE_UP.isdisjoint(context["layers"])


AGREED = {"tls.record.opaque_type", "tcp.flags.ace"}


def agreed(key, context, ours, theirs):
	return not AGREED.isdisjoint(context["layers"])


CONDITIONS = {
	"agreed": agreed,
	"always": lambda key, context, ours, theirs: True,
	"sections": lambda key, context, ours, theirs: context["layers"]["frame.section_number"][0][0] != "1",
	"malformed": malformed,
	"silent": silent,
	"quoted": quoted,
	"unopened": unopened,
	"followed": followed,
	"beyond": beyond,
	"within": within,
	"deeper": deeper,
}


class Exceptions:
	"""The rules, and the number of instances that each excused."""

	def __init__(self):
		self.rules = []
		for kinds, keys, condition, reason in lines("exceptions.txt", 4):
			if condition == "newer":  # than the tshark of this test, which is of 4.0
				continue
			if condition not in CONDITIONS:
				raise SystemExit("exceptions.txt: unknown condition %s" % condition)
			self.rules.append((kinds.split(","), re.compile(oracle.glob_to_regex(keys)),
				CONDITIONS[condition], "%s %s %s: %s" % (kinds, keys, condition, reason)))
		if len(self.rules) > MOST_EXCEPTIONS:
			raise SystemExit("exceptions.txt: %d rules, %d at most" % (len(self.rules), MOST_EXCEPTIONS))

	def excuse(self, kind, key, context, ours, theirs):
		"""The index of the rule that covers a difference, or None."""
		for index, (kinds, keys, condition, _) in enumerate(self.rules):
			if (kind in kinds or "*" in kinds) and keys.fullmatch(key) \
					and condition(key, context, ours, theirs):
				return index
		return None
