# SPDX-License-Identifier: BSD-3-Clause
"""TAPs in a network namespace of the test's own, and the kernel's end of connections over them."""
import ctypes
import os
import socket
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000


def enter():
	"""Goes on in a fresh namespace; where there is none to be had, the test is skipped."""
	if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0 or not os.path.exists("/dev/net/tun"):
		print("skipped: namespaces and TAPs need root")
		sys.exit(77)
	ip("link set lo up")


def ip(words):
	subprocess.run(["ip", *words.split()], check=True)


def make(name, address=None):
	ip(f"tuntap add {name} mode tap")
	if address:
		ip(f"addr add {address} dev {name}")
	ip(f"link set {name} up")


def connect(address, port, timeout=20):
	"""To a stack that has only just been started."""
	for _ in range(50):
		try:
			return socket.create_connection((address, port), timeout=timeout)
		except OSError:
			time.sleep(0.1)
	sys.exit("nobody answers")


def rate(seconds, move):
	"""Mbit/s and bytes, while `move` moves bytes and returns how many."""
	begin, n = time.monotonic(), 0
	while time.monotonic() - begin < seconds:
		n += move()
	return n * 8e-6 / (time.monotonic() - begin), n
