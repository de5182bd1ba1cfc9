#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""long.py REMORA: comments and names as long as a pcapng file can say them are whole in every form that has them."""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

LONGEST = 65535
COMMENT = (b'say "\x1b[1m" \\ \xff, ' * LONGEST)[:LONGEST]
ESCAPED = COMMENT.replace(b"\\", b"\\\\").replace(b"\x1b", b"\\x1b").replace(b"\xff", b"\\xff").decode()
NAME = "n" * LONGEST
PACKETS = 3


def block(kind, body):
	size = struct.pack("<I", len(body) + 12)
	return struct.pack("<I", kind) + size + body + size


def option(code, value):
	return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4) + bytes(4)


def capture():
	packet = struct.pack("<5I", 0, 0, 1, 4, 4) + b"\x45\0\0\x04" + option(1, COMMENT)
	return (block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1)) +
		block(1, struct.pack("<HHI", 101, 0, 0) + option(2, NAME.encode())) + PACKETS * block(6, packet))


def main():
	wrong = []

	def check(what, is_so):
		if not is_so:
			wrong.append(what)

	with tempfile.TemporaryDirectory() as work:
		path = pathlib.Path(work, "long.pcapng")
		path.write_bytes(capture())

		def read(*words):
			return subprocess.run([sys.argv[1], "read", *words, path], stdout=subprocess.PIPE, check=True).stdout.decode()

		quoted = ESCAPED.replace('"', '""')
		rows = read("-T", "fields", "-E", "quote=d", "-e", "frame.comment", "-e", "frame.number", "-e", "frame.interface_name")
		check("fields", rows == "".join(f'"{quoted}"\t"{n}"\t"{NAME}"\n' for n in range(1, PACKETS + 1)))
		objects = [json.loads(line) for line in read("-T", "ndjson").splitlines()]
		check("ndjson", len(objects) == PACKETS and all(len(o["comments"][0]) >= LONGEST for o in objects))
		check("json", json.loads(read("-T", "json")) == objects)
		fields = xml.etree.ElementTree.fromstring(read("-T", "pdml")).iterfind(".//field[@name='frame.comment']")
		check("pdml", [field.get("show") for field in fields] == PACKETS * [ESCAPED])
		check("tree", read("-V").count(ESCAPED[-100:].rstrip() + "\n") == PACKETS)
		check("line", read().count("\n") == PACKETS)
	print("a comment of", LONGEST, "bytes:", ", ".join(wrong) + " cut it or change it" if wrong else "whole in every form")
	return int(bool(wrong))


sys.exit(main())
