#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""board.py IMAGE: the stack on QEMU's mps2-an385, on a TAP in a network namespace: it leases an address from dnsmasq,
answers ping, serves its pages to curl, and moves bytes each way while one frame in a hundred is lost.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import tap  # noqa: E402

SECONDS, MEGABYTES = 60, 10
TAP, ROUTER = "tap0", "192.0.2.1"


def skip(why):
	print("skipped:", why)
	sys.exit(77)


def run(*command, **more):
	return subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=120, **more).stdout.decode()


def lose(percent):
	"""Frames of both directions, by chance."""
	rules = [f"add chain netdev loss {name} {{ type filter hook {hook} device {TAP} priority 0; }}\n"
		f"add rule netdev loss {name} numgen random mod 100 < {percent} drop\n"
		for name, hook in (("in", "ingress"), ("out", "egress"))]
	run("nft", "-f", "-", input=("add table netdev loss\n" + "".join(rules)).encode())


def pattern(n):
	return bytes((i * 167 >> 3) & 0xff for i in range(2048)) * (n // 2048 + 1)


def start(folder, image, seconds=SECONDS):
	dnsmasq = subprocess.Popen(["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--user=root",
		f"--interface={TAP}", "--bind-interfaces", "--dhcp-range=192.0.2.50,192.0.2.60,2m",
		f"--dhcp-leasefile={folder}/leases", f"--pid-file={folder}/pid"], stderr=subprocess.DEVNULL)
	said = open(f"{folder}/said", "wb")
	board = subprocess.Popen(["qemu-system-arm", "-M", "mps2-an385", "-display", "none", "-monitor", "none", "-serial", "none",
		"-semihosting-config", f"enable=on,target=native,arg={seconds}", "-nic", f"tap,ifname={TAP},script=no,downscript=no",
		"-kernel", image], stdout=said, stderr=subprocess.STDOUT)
	return dnsmasq, board


def leased(folder):
	for _ in range(150):
		with open(f"{folder}/said", encoding="utf-8", errors="replace") as file:
			for line in file:
				if line.startswith("board: leased "):
					return line.split()[-1]
		time.sleep(0.1)
	sys.exit("the board leases no address: " + open(f"{folder}/said").read())


def exercise(folder, address):
	site = f"http://{address}"
	print(run("ping", "-c", "5", "-i", "0.2", "-s", "1000", address).splitlines()[-1])
	for page in ("", "status", "bytes/100"):
		run("curl", "-sS", "--fail", "-m", "10", f"{site}/{page}", "-o", f"{folder}/{page.split('/')[0] or 'front'}")
	assert b"A board speaks" in open(f"{folder}/front", "rb").read()
	status = json.load(open(f"{folder}/status"))
	assert status["reasons"] and 0 < status["stack"] < 16384, status
	assert open(f"{folder}/bytes", "rb").read() == pattern(100)[:100]

	lose(1)
	n = MEGABYTES << 20
	begin = time.monotonic()
	run("curl", "-sS", "--fail", "-m", "60", f"{site}/bytes/{n}", "-o", f"{folder}/down")
	down = time.monotonic()
	assert open(f"{folder}/down", "rb").read() == pattern(n)[:n], "what came is not what was sent"
	with open(f"{folder}/up", "wb") as file:
		file.write(pattern(n)[:n])
	begin_up = time.monotonic()
	answer = run("curl", "-sS", "--fail", "-m", "60", "-T", f"{folder}/up", f"{site}/upload/x")
	up = time.monotonic()
	assert answer == f"{n} bytes, 0 of them wrong\n", answer
	print(f"{MEGABYTES} MB under 1 % loss: {8 * n / (down - begin) / 1e6:.1f} Mbit/s from the board, "
		f"{8 * n / (up - begin_up) / 1e6:.1f} Mbit/s to it")
	status = json.loads(run("curl", "-sS", "--fail", "-m", "10", site + "/status"))
	print("stack of calls:", status["stack"], "bytes; frames by reason:", status["reasons"])


def main():
	os.environ["PATH"] += ":/usr/sbin:/sbin"
	for tool in ("qemu-system-arm", "dnsmasq", "nft", "curl", "ping", "ip"):
		if not shutil.which(tool):
			skip(tool + " is missing")
	tap.enter()
	tap.make(TAP, ROUTER + "/24")
	with tempfile.TemporaryDirectory(prefix="remora-board-") as folder:
		children = start(folder, sys.argv[1])
		try:
			exercise(folder, leased(folder))
		finally:
			for child in children:
				child.kill()
				child.wait()


if __name__ == "__main__":
	main()
