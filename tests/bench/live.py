#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""live.py [SECONDS [RATE]]: what capturing costs, remora beside its peers, over a cable in a namespace of its own.

RATE (100,000) packets of 154 bytes a second for SECONDS (20); then how long a packet takes from being sent to being a line.
Prints figures, judges nothing. Needs build/release, root, tcpdump, tshark.
"""
import os
import pathlib
import re
import select
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

top = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(top / "tests/live"))
from stage import FAR, NEAR, enter, family, frame, lay_cable  # noqa: E402

enter()
lay_cable()
seconds, rate = (int(sys.argv[i]) if len(sys.argv) > i else default for i, default in ((1, 20), (2, 100000)))
remora, flood = top / "build/release/bin/remora", top / "build/release/tests/flood"
tick = os.sysconf("SC_CLK_TCK")


def cost(pids):
	"""CPU seconds and megabytes of a family of processes."""
	cpu = memory = 0
	for pid in pids:
		fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
		cpu += (int(fields[11]) + int(fields[12])) / tick
		pss = re.search(r"Pss:\s+(\d+)", pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text())
		memory += int(pss[1]) / 1e3
	return cpu, memory


def start(words, out):
	process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, text=True, env={**os.environ,
		"LC_ALL": "C.UTF-8"})
	time.sleep(2)
	return process


def load(name, words, folder):
	with open(folder / "out", "wb") as out:
		process = start([str(word) for word in words], out)
		sent = subprocess.run([flood, NEAR, str(seconds * rate), str(rate)], capture_output=True, text=True, check=True).stdout
		time.sleep(0.5)
		cpu, memory = cost(family(process.pid))
		process.send_signal(signal.SIGINT)
		said = process.communicate(timeout=120)[1]
	counts = " ".join(line for line in said.splitlines() if re.search(r"\d+ packets?", line))
	print(f"{name:<28} {cpu:6.2f} s CPU {memory:7.1f} MB   {counts}", flush=True)
	for path in folder.iterdir():
		path.unlink()
	return sent


def latency(name, words):
	process = start([str(word) for word in words], subprocess.PIPE)
	sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
	sender.bind((NEAR, 0))
	took = []
	while not select.select([process.stdout], [], [], 1)[0]:  # until it is there
		sender.send(frame(0, port=30000))
	for port in range(30001, 30041):
		sender.send(frame(0, port=port))
		began, said = time.monotonic(), ""
		while str(port) not in said and select.select([process.stdout], [], [], 5)[0]:
			said += os.read(process.stdout.fileno(), 65536).decode()
		took.append((time.monotonic() - began) * 1e3)
		time.sleep(0.05)
	process.kill()
	process.communicate()
	print(f"{name:<28} packet to line: median {statistics.median(took):.1f} ms, most {max(took):.1f} ms", flush=True)


print(f"{seconds * rate:,} packets of 154 bytes, {rate:,} a second")
with tempfile.TemporaryDirectory() as name:
	work = pathlib.Path(name)
	os.chmod(work, 0o777)
	for row in (("remora live -w", [remora, "live", FAR, "-w", work / "a.pcapng"]),
			("remora live (lines)", [remora, "live", FAR]),
			("remora live -w --print", [remora, "live", FAR, "-w", work / "a.pcapng", "--print"]),
			("remora live -Y", [remora, "live", FAR, "-Y", "udp.port == 1"]),
			("tcpdump -w", ["tcpdump", "-i", FAR, "-n", "-w", work / "a.pcap"]),
			("tcpdump (lines)", ["tcpdump", "-i", FAR, "-n"]),
			("tshark -w", ["tshark", "-i", FAR, "-n", "-w", work / "a.pcapng"])):
		load(*row, work)
for row in (("remora live -l", [remora, "live", FAR, "-l"]), ("tcpdump -l --immediate-mode", ["tcpdump", "-i", FAR, "-n", "-l",
		"--immediate-mode"]), ("tcpdump -l", ["tcpdump", "-i", FAR, "-n", "-l"]), ("tshark -l", ["tshark", "-i", FAR, "-n", "-l"])):
	latency(*row)
