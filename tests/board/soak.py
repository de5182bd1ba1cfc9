#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""soak.py IMAGE [SECONDS]: the stack on QEMU's board for five minutes, while frames are lost, connections break off in the
middle and come again, and SYNs from made-up senders flood it: it goes on serving, and its call stack does not grow."""
import json
import os
import random
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

import board

SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 300
MAC, GATEWAY = bytes.fromhex("020000000385"), bytes.fromhex("020000000001")
LOSS, FLOOD = 2, 500  # percent; SYNs a second
RARE = 64  # bytes by which the stack may be deeper at the end: what happens once in minutes is met late


def total(data):
	words = struct.unpack(f">{len(data) // 2}H", data)
	n = sum(words)
	while n > 0xFFFF:
		n = (n & 0xFFFF) + (n >> 16)
	return 0xFFFF - n


def syn(to, chance):
	"""From an address of TEST-NET-2 and a port that nobody has."""
	source = bytes((198, 51, 100, chance.randrange(1, 255)))
	tcp = struct.pack(">HHIIBBHHH", chance.randrange(1024, 65536), 80, chance.getrandbits(32), 0, 0x50, 2, 8192, 0, 0)
	tcp = tcp[:16] + struct.pack(">H", total(source + to + struct.pack(">HH", 6, len(tcp)) + tcp)) + tcp[18:]
	ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0) + source + to
	return MAC + GATEWAY + b"\x08\x00" + ip[:10] + struct.pack(">H", total(ip)) + ip[12:] + tcp


def flood(address, ended):
	chance = random.Random(1)
	to = socket.inet_aton(address)
	with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as wire:
		wire.bind((board.TAP, 0))
		while not ended.wait(0.1):
			for _ in range(FLOOD // 10):
				try:
					wire.send(syn(to, chance))
				except OSError:  # one of those that are lost
					pass


def get(site, path, seconds):
	done = subprocess.run(["curl", "-sS", "--fail", "-m", str(seconds), f"{site}/{path}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
	return done.returncode, done.stdout


def soak(address):
	site = f"http://{address}"
	begin, marks, served, broken, failed = time.monotonic(), [], 0, 0, 0
	while time.monotonic() - begin < SECONDS:
		code, page = get(site, "bytes/300000", 20)
		assert code != 0 or page == board.pattern(300000)[:300000], "what came is not what was sent"
		served += code == 0
		failed += code != 0
		broken += get(site, "bytes/100000000", 0.3)[0] == 28  # the client has no more time
		code, page = get(site, "status", 20)
		if code == 0:
			marks.append((time.monotonic() - begin, json.loads(page)["stack"]))
	early = max(stack for at, stack in marks if at <= SECONDS / 3)
	print(f"{SECONDS} s under {LOSS} % loss and {FLOOD} SYNs a second: {served} pages of 300 kB, {failed} that did not come in 20 s, "
		f"{broken} broken off; stack of calls: {early} bytes after a third, {marks[-1][1]} at the end")
	assert marks[-1][1] <= early + RARE, "the stack of calls grows"
	assert served > 4 * failed and broken > 0, "it does not serve any more"


def main():
	os.environ["PATH"] += ":/usr/sbin:/sbin"
	board.tap.enter()
	board.tap.make(board.TAP, board.ROUTER + "/24")
	with tempfile.TemporaryDirectory(prefix="remora-soak-") as folder:
		children = board.start(folder, sys.argv[1], SECONDS + 120)
		ended = threading.Event()
		try:
			address = board.leased(folder)
			board.lose(LOSS)
			threading.Thread(target=flood, args=(address, ended), daemon=True).start()
			soak(address)
		finally:
			ended.set()
			for child in children:
				child.kill()
				child.wait()


main()
