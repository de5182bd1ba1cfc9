#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""The judge judged: what must count as agreement, and what must not."""

import unittest

import compare
import oracle
import rules
import values

KEYS = {
	"a.int": (("FT_UINT16", "BASE_HEX", 0),), "a.flag": (("FT_BOOLEAN", "8", 0x40),),
	"a.text": (("FT_STRING", "", 0),), "a.mac": (("FT_ETHER", "", 0),),
	"a.le": (("FT_UINT16", "BASE_HEX", 0x0ff0),), "a": (("FT_PROTOCOL", "", 0),),
	"frame.encap_type": (("FT_INT16", "BASE_DEC", 0),),
}


def differences(ours, theirs):
	judge = compare.Judge(KEYS, lambda *what: None)
	judge.frame(1, ours, theirs)
	return {what: count for what, (count, _) in judge.differ.items()}


def pdml(frame, *fields):
	handler = oracle.Pdml(KEYS, [frame])
	handler.start("packet", {})
	for attrs in ({"name": oracle.PACKET, "size": "0", "pos": "0", "show": "1"},) + fields:
		handler.start("field", attrs)
		handler.end("field")
	return handler.result[0]


class Values(unittest.TestCase):
	def same(self, kind, ours, theirs, base="BASE_DEC"):
		return values.same(((kind, base, 0),), ours, theirs)

	def test_same(self):
		for kind, ours, theirs in (
				("FT_UINT16", "0x0050", "80"), ("FT_BOOLEAN", "True", "1"), ("FT_CHAR", "71", "'G'"),
				("FT_ETHER", "00-11-22-33-44-55", "00:11:22:33:44:55"), ("FT_BYTES", "0a:0b", "0a0b"),
				("FT_IPv6", "fe80:0:0:0:0:0:0:1", "fe80::1"), ("FT_DOUBLE", "0.015625", "0.0156"),
				("FT_ABSOLUTE_TIME", "2013-05-02T20:20:33.51081Z", "May  2, 2013 20:20:33.510810000 UTC"),
				("FT_RELATIVE_TIME", "1.5", "1.500000000"), ("FT_STRING", "a\\x1b\\r\\n", "a\x1b "),
				("FT_STRING", "it\\xc0\\xa7s\\x80", "it's\ufffd")):
			self.assertTrue(self.same(kind, ours, theirs), (kind, ours, theirs))

	def test_different(self):
		for kind, ours, theirs in (
				("FT_UINT16", "0x0051", "80"), ("FT_BOOLEAN", "0", "1"), ("FT_STRING", "a", "A"),
				("FT_ETHER", "00:11:22:33:44:56", "00:11:22:33:44:55"), ("FT_BYTES", "0a", "0a0b"),
				("FT_ABSOLUTE_TIME", "May  2, 2013 20:20:33.510810001 UTC",
					"May  2, 2013 20:20:33.510810000 UTC"),
				("FT_DOUBLE", "0.0160", "0.0156"), ("FT_RELATIVE_TIME", "-1.5", "1.5"), ("FT_UINT8", "", "0")):
			self.assertFalse(self.same(kind, ours, theirs), (kind, ours, theirs))


class Bits(unittest.TestCase):
	def test_mask(self):
		frame = pdml(b"\x12\x40\x30", {"name": "a.flag", "size": "1", "pos": "1", "show": "1",
			"value": "1", "unmaskedvalue": "40"})
		self.assertEqual(frame["a.flag"], [("1", 9, 1, oracle.EXACT)])

	def test_little_endian_mask_that_scatters_is_an_item(self):
		frame = pdml(b"\x34\x12", {"name": "a.le", "size": "2", "pos": "0", "show": "0x0023",
			"value": "23", "unmaskedvalue": "3412"})
		self.assertEqual(frame["a.le"], [("0x0023", 0, 16, oracle.ITEM)])

	def test_pattern(self):
		attrs = {"name": "a.int", "size": "1", "pos": "0", "show": "4", "value": "45",
			"showname": "0100 .... = Version: 4"}
		self.assertEqual(pdml(b"\x45", attrs)["a.int"], [("4", 0, 4, oracle.EXACT)])
		attrs["showname"] = "0110 .... = Version: 6"  # not what the frame has: no pattern
		self.assertEqual(pdml(b"\x45", attrs)["a.int"], [("4", 0, 8, oracle.ITEM)])

	def test_other_buffer(self):
		attrs = {"name": "a.int", "size": "2", "pos": "0", "show": "0x0001", "value": "0001"}
		self.assertEqual(pdml(b"\x00\x01", attrs)["a.int"][0][3], oracle.ITEM)
		self.assertEqual(pdml(b"\x00\x02", attrs)["a.int"][0][3], oracle.OTHER)


	def test_container_in_another_buffer(self):
		handler = oracle.Pdml(KEYS, [b"\x00\x01\x40"])
		handler.start("packet", {})
		handler.start("field", {"name": oracle.PACKET, "size": "0", "pos": "0", "show": "1"})
		handler.end("field")
		for number in "0001", "0002":  # what the frame has, and what it has not
			handler.start("field", {"name": "a.text", "size": "3", "pos": "0", "show": "", "value": ""})
			for name, value in ("a.le", "0001"), ("a.int", number):
				handler.start("field", {"name": name, "size": "2", "pos": "0", "show": "1", "value": value})
				handler.end("field")
			handler.end("field")
		kinds = {name: [i[3] for i in handler.result[0][name]] for name in ("a.text", "a.int", "a.le")}
		self.assertEqual(kinds["a.int"], [oracle.ITEM, oracle.OTHER])
		self.assertEqual(kinds["a.text"], kinds["a.int"])
		self.assertEqual(kinds["a.le"], kinds["a.int"])  # though its bytes happen to stand there in the frame, too


class Frames(unittest.TestCase):
	def test_beyond(self):
		judge = compare.Judge(KEYS, lambda *what: None, lambda name: name == "wlan")
		frame = lambda words: {"frame.protocols": [(words, -1, -1, 0)], "udp.stream": [("0", -1, -1, 0)]}
		beyond = []
		for words, ours in (("eth:ip:udp:quic", {"quic": []}), ("eth:ip:udp:quic", {"udp": [], "eth": [], "ip": []}),
				("wlan:llc:ip", {}), ("eth:ip:udp:dns", {"eth": [], "ip": [], "udp": []})):
			theirs = frame(words)
			judge.frame(1, {}, theirs)
			beyond.append(judge.beyond(ours, theirs))
		self.assertEqual(beyond, [set(), {"quic"}, {"wlan", "llc", "ip"}, set()])

	def test_agreement(self):
		for ours, theirs in (
				([("80", 0, 16, 2)], [("0x0050", 0, 16, 1)]), ([("80", 4, 4, 2)], [("0x0050", 0, 16, 1)]),
				([("80", 4, 4, 2)], [("80", -1, -1, 0)]), ([("80", 4, 4, 2)], [("80", 0, 8, 3)])):
			self.assertEqual(differences({"a.int": ours}, {"a.int": theirs}), {}, (ours, theirs))

	def test_disagreement(self):
		first, second = ("1", 0, 8, 2), ("2", 8, 8, 2)
		for kind, ours, theirs in (
				("value", [("81", 0, 16, 2)], [("80", 0, 16, 1)]), ("bits", [("80", 1, 4, 2)], [("80", 0, 4, 2)]),
				("bits", [("80", 12, 8, 2)], [("80", 0, 16, 1)]), ("bits", [("80", -1, -1, 0)], [("80", 0, 16, 1)]),
				("order", [second, first], [first, second]), ("fewer", [second], [first, second]),
				("extra", [first, second], [second]), ("value", [("x", 0, 16, 2)], [("80", 0, 16, 1)])):
			self.assertEqual(differences({"a.int": ours}, {"a.int": theirs}), {(kind, "a.int"): 1}, kind)

	def test_extra_and_missing_keys(self):
		self.assertEqual(differences({"a.int": [("1", 0, 8, 2)]}, {}), {("extra", "a.int"): 1})
		self.assertEqual(differences({}, {"a.int": [("1", 0, 8, 2)]}), {})  # that is coverage

	def test_layers_begin_where_they_begin(self):
		layer = lambda bit, width: {"a": [("", bit, width, oracle.LAYER)]}
		self.assertEqual(differences(layer(112, 160), layer(112, 320)), {})
		self.assertEqual(differences(layer(112, 160), layer(120, 160)), {("bits", "a"): 1})


class Rules(unittest.TestCase):
	def test_exceptions_are_few_and_well_formed(self):
		self.assertLessEqual(len(rules.Exceptions().rules), rules.MOST_EXCEPTIONS)

	def test_foreign(self):
		for protocols, foreign in (("eth:ethertype:ip:udp:dns", False), ("eth:ethertype:mpls:ip:udp", True),
				("eth:ethertype:ip:tcp:smb:nbns", False), ("radiotap:wlan:llc:ip", True)):
			self.assertEqual(rules.foreign(protocols.split(":")), foreign, protocols)

	def test_deeper_is_only_where_remora_cannot_follow(self):
		for ours, theirs, excused in (
				("eth:ip:tcp:data", "eth:ip:tcp:smb", True), ("eth:ip:tcp", "eth:ip:tcp:smb:nbns", True),
				("eth:ip:tcp:data", "eth:ip:tcp:tls", False), ("eth:ip:udp:ntp", "eth:ip:udp:tacacs", True),
				("eth:ip:udp:quic", "eth:ip:udp:quic:tls", True), ("eth:arp", "eth:arp:arp", True),
				("data", "radiotap:wlan", True), ("data", "eth", False), ("eth:ip:tcp:data", "eth:ip:tcp", False),
				("eth:ip:udp", "eth:ip:tcp:smb", False), ("eth:ip:tcp:http", "eth:ip:tcp:http", False)):
			self.assertEqual(rules.deeper("frame.protocols", None, (ours,), (theirs,)), excused, (ours, theirs))

	def test_state_is_not_asked_for_but_bits_are(self):
		stateful = rules.Stateful()
		for key in ("tcp.stream", "tcp.analysis.flags", "dns.response_in", "ip.fragments", "_ws.expert"):
			self.assertIsNotNone(stateful.of(key), key)
		for key in ("tcp.seq_raw", "ip.frag_offset", "ipv6.fraghdr.offset", "dns.id", "tcp.len", "frame.time_delta",
				"tcp.window_size_value", "tcp.options.mss", "ip.checksum.status", "tls.handshake.type"):
			self.assertIsNone(stateful.of(key), key)


if __name__ == "__main__":
	unittest.main()
