#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Text from packets, files and arguments must not reach a terminal, a JSON or an XML parser raw.

Every field that a sender fills with text, filled with what terminals obey (ESC, C1 raw and in UTF-8),
what deceives readers (bidirectional and invisible characters) and what is not UTF-8, in every form
of output: not one such byte may come out, rows stay rows, JSON and PDML parse.
"""

import argparse
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.parsers.expat

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ATTACKS = {
	"ESC": b"\x1b]0;owned\x07\x1b[2J\x1bc",
	"raw C1": b"a\x9b2Jb\x90c\x85d",
	"UTF-8 C1": "a\u009b2Jb\u0090c\u0085d".encode(),
	"bidi": "a\u202egnp.exe\u2066b\u2069\u200b\ufeff\u2028\U000e0041".encode(),
	"not UTF-8": b"a\xff\xfeb\xc3(c\xed\xa0\x80d\xc0\xaf\xf4\x90\x80\x80",
	"C0": b"a\x00b\x08c\x7fd\te\x0b\x0cf",
	"line end": b"a\rb\nc\r\nd",
	"markup": b"\"'<&>\\\\u0000]]>{}%n%s",
}
DECEIVES = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
	"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")
COLOUR = re.compile("\x1b\\[[0-9;]*m")


# ---- packets ----

def ethernet(kind, payload):
	return b"\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02" + struct.pack(">H", kind) + payload


def ipv4(protocol, payload):
	return ethernet(0x0800, struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 1, 0, 64, protocol, 0,
		b"\x0a\x00\x00\x01", b"\x0a\x00\x00\x02") + payload)


def ipv6(next_header, payload):
	return ethernet(0x86dd, struct.pack(">IHBB", 6 << 28, len(payload), next_header, 64)
		+ bytes(15) + b"\x01" + bytes(15) + b"\x02" + payload)


def datagram(source, destination, payload):
	return struct.pack(">HHHH", source, destination, 8 + len(payload), 0) + payload


def udp(source, destination, payload):
	return ipv4(17, datagram(source, destination, payload))


def tcp(source, destination, payload):
	return ipv4(6, struct.pack(">HHIIBBHHH", source, destination, 1, 1, 0x50, 0x18, 1024, 0, 0) + payload)


def block(text):
	return bytes((len(text),)) + text


def dns(port, question, answers=b"", count=0):
	return udp(port, port, struct.pack(">HHHHHH", 1, 0x8400, 1, count, 0, 0) + question + answers)


def name(text):
	return block(text[:63]) + b"\x07example\x00"


def record(kind, data):
	return b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data


def dhcp(options, server=b"", file=b""):
	return udp(68, 67, struct.pack(">BBBBIHH16x16s64s128s", 1, 1, 6, 0, 1, 0, 0, b"\x02" * 6,
		server[:64], file[:128]) + b"\x63\x82\x53\x63\x35\x01\x01" + options + b"\xff")


def dhcpv6(code, text):
	return ipv6(17, datagram(546, 547, b"\x01\x00\x00\x01" + struct.pack(">HH", code, len(text)) + text))


def client_hello(server, protocol):
	sni = struct.pack(">HBH", len(server) + 3, 0, len(server)) + server
	alpn = struct.pack(">H", len(protocol) + 1) + block(protocol)
	extensions = struct.pack(">HH", 0, len(sni)) + sni + struct.pack(">HH", 16, len(alpn)) + alpn
	hello = b"\x03\x03" + bytes(32) + b"\x00\x00\x02\xc0\x2f\x01\x00" + struct.pack(">H", len(extensions)) + extensions
	handshake = b"\x01" + struct.pack(">I", len(hello))[1:] + hello
	return tcp(40000, 443, b"\x16\x03\x01" + struct.pack(">H", len(handshake)) + handshake)


def packets(text):
	"""One packet for each place where a sender may put text."""
	question = name(text) + b"\x00\x01\x00\x01"
	yield tcp(40000, 80, b"GET /" + text + b" HTTP/1.1\r\nHost: a\r\n\r\n")
	yield tcp(40000, 80, b"GET / HTTP/1.1\r\nHost: " + text + b"\r\nCookie: a=" + text + b"\r\n\r\n")
	yield tcp(40000, 80, text + b" / HTTP/1.1\r\n\r\n")
	yield tcp(40000, 80, b"POST / HTTP/1.1\r\n" + text + b": a\r\nUser-Agent: " + text + b"\r\n\r\n" + text)
	yield tcp(80, 40000, b"HTTP/1.1 404 " + text + b"\r\nServer: " + text + b"\r\n\r\n" + text)
	yield dns(53, question)
	yield dns(53, question, record(16, block(text)) + record(5, name(text)) + record(12, name(text)), 3)
	yield dns(53, question, record(257, b"\x00" + block(text) + text) + record(13, block(text) * 2)
		+ record(35, b"\x00\x01\x00\x01" + block(text) * 3 + b"\x00"), 3)
	yield dns(5353, question, record(12, name(text)) + record(33, b"\x00" * 6 + name(text)), 2)
	yield dns(5355, question)
	yield dhcp(b"".join(bytes((code,)) + block(text) for code in (12, 14, 15, 17, 18, 40, 56, 60, 62, 64, 66, 67, 81, 100)))
	yield dhcp(b"", text, text)
	for code in (6, 13, 15, 16, 18, 39, 59):
		yield dhcpv6(code, b"\x00\x01" + text if code in (13, 15) else text)
	yield client_hello(text, text)
	yield udp(123, 123, b"\x24\x01\x00\x00" + bytes(8) + (text + bytes(4))[:4] + bytes(32))
	yield udp(9, 9, text)
	yield ipv4(1, b"\x08\x00\x00\x00\x00\x01\x00\x01" + text)


# ---- captures ----

def pcap(frames):
	head = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1)
	return head + b"".join(struct.pack("<IIII", 1, 0, len(f), len(f)) + f for f in frames)


def padded(data):
	return data + bytes(-len(data) % 4)


def option(code, text):
	return struct.pack("<HH", code, len(text)) + padded(text)


def blocked(kind, body):
	length = len(body) + 12
	return struct.pack("<II", kind, length) + body + struct.pack("<I", length)


def pcapng(frames, text):
	"""The same frames in a file that is hostile itself: comments, names, descriptions."""
	options = lambda *codes: b"".join(option(code, text) for code in codes) + bytes(4)
	out = blocked(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1) + options(1, 2, 3, 4))
	out += blocked(1, struct.pack("<HHI", 1, 0, 65535) + options(1, 2, 3, 12, 15))
	address = b"\x0a\x00\x00\x01" + text.replace(b"\0", b"") + b"\0"
	out += blocked(4, struct.pack("<HH", 1, len(address)) + padded(address) + bytes(4))
	for frame in frames:
		out += blocked(6, struct.pack("<IIIII", 0, 0, 1, len(frame), len(frame)) + padded(frame) + options(1))
	return out


# ---- judging ----

class Judge:
	def __init__(self, program):
		self.program = program
		self.complaints = []

	def complain(self, where, text):
		self.complaints.append("%s: %s" % (where, text))

	def run(self, where, arguments, codes=(0,), data=None):
		"""Runs remora; its output, if any was allowed to come out."""
		process = subprocess.run([self.program, "read"] + arguments, stdout=subprocess.PIPE,
			stderr=subprocess.PIPE, input=data, check=False)
		if process.returncode not in codes:
			self.complain(where, "exit code %d: %s" % (process.returncode, process.stderr[:300]))
		for stream in (process.stdout, process.stderr):
			self.look(where, stream)
		return process.stdout.decode("utf-8", "replace")

	def look(self, where, output):
		try:
			text = output.decode("utf-8")
		except UnicodeDecodeError as error:
			self.complain(where, error)
			return
		found = DECEIVES.search(COLOUR.sub("", text) if "colour" in where else text)
		if found:
			around = text[max(0, found.start() - 40):found.end() + 10]
			self.complain(where, "%a comes out: %a" % (found.group(), around))

	def rows(self, where, text, count):
		if text.count("\n") != count:
			self.complain(where, "%d lines for %d packets" % (text.count("\n"), count))

	def json(self, where, text):
		def pairs(items):
			keys = [key for key, _ in items]
			if len(keys) != len(set(keys)):
				self.complain(where, "a key occurs twice: %s" % sorted(keys))
			return dict(items)
		try:
			json.loads(text, object_pairs_hook=pairs)
		except ValueError as error:
			self.complain(where, error)

	def pdml(self, where, text):
		try:
			xml.parsers.expat.ParserCreate().Parse(text.encode(), True)
		except xml.parsers.expat.ExpatError as error:
			self.complain(where, error)

	def capture(self, where, path, count):
		"""Every form of output for one capture."""
		self.rows(where + " line", self.run(where + " line", [path, "-T", "line"]), count)
		self.rows(where + " breakdown", self.run(where + " breakdown", [path, "-T", "breakdown"]), count)
		self.run(where + " tree", [path, "-T", "tree", "-x"])
		for form in ("line", "tree", "breakdown"):
			self.run(where + " colour " + form, [path, "-T", form, "--color=always"])
		self.pdml(where + " pdml", self.run(where + " pdml", [path, "-T", "pdml"]))
		text = self.run(where + " json", [path, "-T", "json"])
		self.json(where + " json", text)
		if shutil.which("jq"):
			jq = subprocess.run(["jq", "length"], input=text.encode(), stdout=subprocess.PIPE, check=False)
			if jq.returncode or int(jq.stdout or b"-1") != count:
				self.complain(where + " jq", jq.stdout)
		text = self.run(where + " ndjson", [path, "-T", "ndjson"])
		self.rows(where + " ndjson", text, count)
		for line in text.splitlines():
			self.json(where + " ndjson", line)
		for more in ([], ["-E", "header=y", "-E", "separator=,", "-E", "quote=d"], ["-E", "aggregator=;"]):
			self.fields(where, path, count, more)

	def fields(self, where, path, count, more):
		keys = self.text_keys()
		arguments = [path, "-T", "fields"] + more
		for key in keys:
			arguments += ["-e", key]
		text = self.run(where + " fields", arguments)
		self.rows(where + " fields " + " ".join(more), text, count + (more[:2] == ["-E", "header=y"]))

	def text_keys(self):
		"""All keys of remora whose values are words: the test names none itself."""
		if not hasattr(self, "keys"):
			out = subprocess.run([self.program, "fields"], stdout=subprocess.PIPE, check=True).stdout.decode()
			words = [line.split() for line in out.splitlines()]
			self.keys = ["_ws.col.info", "frame.comment", "frame.interface_name"] + [w[0] for w in words
				if len(w) > 1 and "." in w[0] and {"text", "name", "bytes", "none"} & set(w[1:4])]
		return self.keys

	def arguments(self, folder, name_, text):
		"""Words of the command line come back in error messages."""
		word = text.replace(b"\0", b"").replace(b"/", b"")
		path = os.path.join(os.fsencode(folder), word)
		with open(path, "wb") as file:
			file.write(pcap(list(packets(text)))[:-3])
		self.run(name_ + " file name", [path, "-T", "line"], (3,))
		self.run(name_ + " missing file", [path + b".missing"], (2,))
		for place in (["-Y"], ["-T", "fields", "-e"], ["-T"], ["-d"], ["-f"], ["-E"], ["-t"], ["--us"]):
			self.run(name_ + " argument of " + place[-1], [path] + place + [word], (0, 1, 3))


def main():
	parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
	parser.add_argument("--remora", default=os.path.join(ROOT, "build", "dev", "bin", "remora"))
	options = parser.parse_args()
	judge, count = Judge(options.remora), 0
	with tempfile.TemporaryDirectory() as folder:
		for name_, text in ATTACKS.items():
			frames = list(packets(text))
			count += len(frames)
			for kind, data in (("pcap", pcap(frames)), ("pcapng", pcapng(frames, text))):
				path = os.path.join(folder, "hostile." + kind)
				with open(path, "wb") as file:
					file.write(data)
				judge.capture("%s %s" % (name_, kind), path, len(frames))
			judge.arguments(folder, name_, text)
	for complaint in judge.complaints[:100]:
		print(complaint)
	print("%d hostile packets in pcap and pcapng, %d complaints" % (count, len(judge.complaints)))
	return int(bool(judge.complaints))


if __name__ == "__main__":
	sys.exit(main())
