#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""stack.py [--seconds N] [--rounds N] NAME=PROGRAM...: live stacks on a TAP, one after the other in each round, against the
kernel of this machine: bytes received and sent, CPU time of the stack's process per KiB, one-byte round trips. Everything
happens in network namespaces of its own. Programs are called with a TAP and an address (tests/bench/peer).
"""
import argparse
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import tap  # noqa: E402

TAP, OURS, THEIRS = "tap0", "10.9.0.1", "10.9.0.2"


def cpu(pid):
	"""Nanoseconds that the process has had of a processor."""
	with open(f"/proc/{pid}/schedstat") as file:
		return int(file.read().split()[0])


def rate(pid, seconds, move):
	"""Mbit/s and nanoseconds of the stack per KiB, while `move` moves bytes and returns how many."""
	before = cpu(pid)
	mbit, n = tap.rate(seconds, move)
	return mbit, (cpu(pid) - before) / (n / 1024)


def measure(program, seconds):
	stack = subprocess.Popen([program, TAP, THEIRS], stdout=subprocess.DEVNULL)
	try:
		data = bytes(256 * 1024)
		with tap.connect(THEIRS, 9) as s:
			received = rate(stack.pid, seconds, lambda: s.send(data))
		with tap.connect(THEIRS, 19) as s:
			sent = rate(stack.pid, seconds, lambda: len(s.recv(256 * 1024)))
		with tap.connect(THEIRS, 7) as s:
			s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
			trips, end = 0, time.monotonic() + seconds / 2
			while time.monotonic() < end:
				s.send(b"x")
				s.recv(1)
				trips += 1
	finally:
		stack.send_signal(signal.SIGKILL)
		stack.wait()
	return *received, *sent, trips / (seconds / 2)


def main():
	options = argparse.ArgumentParser(description=__doc__.split(":", 1)[1])
	options.add_argument("--seconds", type=float, default=2)
	options.add_argument("--rounds", type=int, default=5)
	options.add_argument("programs", nargs="+", metavar="NAME=PROGRAM")
	options = options.parse_args()
	tap.enter()
	tap.make(TAP, OURS + "/24")
	peers = dict(word.split("=", 1) for word in options.programs)
	seen = {name: [] for name in peers}
	for _ in range(options.rounds):
		for name, program in peers.items():
			seen[name].append(measure(os.path.abspath(program), options.seconds))
	print(f"{'medians of ' + str(options.rounds):12} {'received':>14} {'sent':>14} {'round trips':>14}   CPU of the stack, received / sent")
	for name, rows in seen.items():
		rx, rx_cpu, tx, tx_cpu, trips = map(statistics.median, zip(*rows))
		print(f"{name:12} {rx:7.0f} Mbit/s {tx:7.0f} Mbit/s {trips:12.0f}/s   {rx_cpu:5.0f} / {tx_cpu:.0f} ns a KiB")


main()
