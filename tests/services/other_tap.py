#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""other_tap.py TAP (old|new): an httptap that is not ours, with what lneto's are known for. Both name the TAP's own link address
and a buffer's size as the MTU. The old one says nothing of frames that wait and answers "" at once; the new one says so in
"DataReady", but its /recv sits in read(2), and whoever sends meanwhile is told that the TAP is in use.
"""
import base64
import fcntl
import http.server
import json
import os
import select
import struct
import sys
import threading

TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 2, 0x1000
name, kind = sys.argv[1:]
tap = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
with open(f"/sys/class/net/{name}/address") as file:
	address = file.read().strip()
use = threading.Lock()


def ready():
	return bool(select.select([tap], [], [], 0)[0])


class Answers(http.server.BaseHTTPRequestHandler):
	protocol_version = "HTTP/1.1"
	disable_nagle_algorithm = True

	def answer(self, code, text=""):
		self.send_response(code)
		self.send_header("Content-Length", str(len(text)))
		self.end_headers()
		self.wfile.write(text.encode())

	def in_use(self, act):
		if not use.acquire(timeout=0.001):
			self.answer(500, "resource in use\n")
			return
		try:
			text = act()
		finally:
			use.release()
		self.answer(200, text)

	def do_GET(self):
		if self.path.startswith("/info"):
			info = {"MTU": 65535, "IPPrefix": "192.168.10.1/24", "HardwareAddr": address}
			self.answer(200, json.dumps(info | ({"DataReady": ready()} if kind == "new" else {}), separators=(",", ":")) + "\n")
		elif kind == "old" and not ready():
			self.answer(200, '""\n')
		else:
			self.in_use(lambda: json.dumps(base64.b64encode(os.read(tap, 65536)).decode()) + "\n")

	def do_POST(self):
		frame = base64.b64decode(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
		self.in_use(lambda: str(os.write(tap, frame))[:0])

	def log_message(self, *words):
		pass


http.server.ThreadingHTTPServer(("127.0.0.1", 7070), Answers).serve_forever()
