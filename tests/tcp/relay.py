#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""relay.py PEER RELAY [--seconds N] [--seeds N] [--losses N,N] [--least MBIT]: the live stack and this machine's kernel, a
relay with a round trip of 20 ms and loss in between, in a network namespace: Mbit/s in both directions, the median of some
seeds. Fails where the stack, sending at 1 % loss, is slower than LEAST. The kernel speaks cubic.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import tap  # noqa: E402

OURS, THEIRS = "10.9.0.1", "10.9.0.2"


def measure(args, loss, seed):
	peer = subprocess.Popen([args.peer, "tap1", THEIRS], stdout=subprocess.DEVNULL)
	time.sleep(0.3)
	relay = subprocess.Popen([args.relay, "tap0", "tap1", "10", str(loss), str(seed)], stdout=subprocess.PIPE)
	relay.stdout.readline()
	try:
		data = bytes(64 * 1024)
		with tap.connect(THEIRS, 9) as s:
			received, _ = tap.rate(args.seconds, lambda: s.send(data))
		with tap.connect(THEIRS, 19) as s:
			sent, _ = tap.rate(args.seconds, lambda: len(s.recv(256 * 1024)))
		if peer.poll() is not None:
			sys.exit("the stack has ended")
		return received, sent
	finally:
		for process in (relay, peer):
			process.terminate()
			process.wait()


def main():
	parser = argparse.ArgumentParser()
	parser.add_argument("peer")
	parser.add_argument("relay")
	parser.add_argument("--seconds", type=float, default=4)
	parser.add_argument("--seeds", type=int, default=3)
	parser.add_argument("--losses", default="0,10,30", help="of a thousand frames")
	parser.add_argument("--least", type=float, default=0)
	args = parser.parse_args()
	tap.enter()
	with open("/proc/sys/net/ipv6/conf/all/disable_ipv6", "w") as file:
		file.write("1")
	tap.make("tap0", OURS + "/24")
	tap.make("tap1")
	try:
		with open("/proc/sys/net/ipv4/tcp_congestion_control", "w") as file:
			file.write("cubic")
	except OSError as error:
		print(f"the kernel does not speak cubic: {error}")
	print("Mbit/s, round trip 20 ms   receiving   sending")
	slow = False
	for loss in map(int, args.losses.split(",")):
		both = [measure(args, loss, seed) for seed in range(1, args.seeds + 1)]
		received, sent = (statistics.median(column) for column in zip(*both))
		print(f"loss {loss / 10:4.1f} % each way     {received:9.2f} {sent:9.2f}", flush=True)
		slow |= loss == 10 and sent < args.least
	sys.exit(slow)


main()
