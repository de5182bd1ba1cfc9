#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""tui.py REMORA CAPTURE [PEER...]: what the TUI costs, seen from the other end of a terminal: the time from its start to the first
row, processor time until all is indexed, memory at the start and at the end, processor time while nothing happens. With root
also live: from a packet to its row, and to a key's answer while packets pour in. Each PEER (termshark, say) is started on the
same capture, in the same run."""
import ctypes
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import socket
import statistics
import struct
import subprocess
import sys
import termios
import time

remora, capture = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
HZ = os.sysconf("SC_CLK_TCK")


class Screen:
	"""A program on a terminal of 120 columns and 40 rows."""

	def __init__(self, *words):
		self.seen = b""
		self.start = time.monotonic()
		self.pid, self.fd = pty.fork()
		if self.pid == 0:
			os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
			fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
			os.execvp(words[0], words)

	def wait(self, pattern, seconds=300):
		"""Until something comes that matches, in seconds since now."""
		begin, end = time.monotonic(), time.monotonic() + seconds
		while time.monotonic() < end:
			if re.search(pattern, self.seen):
				self.seen = b""
				return time.monotonic() - begin
			if select.select([self.fd], [], [], 0.01)[0]:
				self.seen += os.read(self.fd, 1 << 16)
		raise SystemExit(f"{pattern!r} does not come: {self.seen[-500:]!r}")

	def rest(self, seconds):
		end = time.monotonic() + seconds
		while time.monotonic() < end:
			if select.select([self.fd], [], [], 0.01)[0]:
				os.read(self.fd, 1 << 16)
		self.seen = b""

	def type(self, text):
		os.write(self.fd, text)

	def processes(self):
		"""Those that it started too."""
		found, grown = {self.pid}, True
		while grown:
			grown = False
			for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
				try:
					fields = stat.read_text().rsplit(") ", 1)[1].split()
				except OSError:
					continue
				pid = int(stat.parent.name)
				if int(fields[1]) in found and pid not in found:
					found.add(pid)
					grown = True
		return found

	def cpu(self):
		total = 0
		for pid in self.processes():
			fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
			total += int(fields[11]) + int(fields[12])
		return total / HZ

	def memory(self):
		"""Megabytes: what the processes have to themselves, and their part of what they share."""
		total = 0
		for pid in self.processes():
			match = re.search(r"^Pss:\s+(\d+)", pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
			total += int(match[1])
		return total / 1024

	def end(self):
		os.kill(self.pid, signal.SIGTERM)
		os.close(self.fd)
		os.waitpid(self.pid, 0)


def median(values):
	return f"{1000 * statistics.median(values):.0f} ms (of {len(values)}: {1000 * min(values):.0f} to {1000 * max(values):.0f})"


def on_file(count):
	firsts = []
	for _ in range(5):
		s = Screen(remora, "tui", capture)
		firsts.append(s.wait(rb"\d+\.\d{6}"))
		s.end()
	print(f"first row             {median(firsts)}")
	small = Screen(remora, "tui", str(pathlib.Path(__file__).resolve().parents[2] / "samples/captures/first-light.pcapng"))
	small.wait(rb"Discover")
	small.rest(0.5)
	print(f"memory at the start   {small.memory():.1f} MB, with the broker")
	before = small.cpu()
	small.rest(10)
	print(f"idle                  {10 * (small.cpu() - before):.2f} % of a processor")
	small.end()
	s = Screen(remora, "tui", capture)
	took = s.wait(count.encode())
	print(f"all of it indexed     {took:.2f} s, {s.cpu():.2f} s of processor time, {s.memory():.1f} MB")
	before = s.cpu()
	s.type(b"/tcp.port == 443\r")
	took = s.wait(rb" of \d+", 60)
	s.rest(2)
	print(f"a filter over it      {s.cpu() - before:.2f} s of processor time, {s.memory():.1f} MB; its first answer after {1000 * took:.0f} ms")
	s.end()


def peers(names):
	for name in names:
		try:
			s = Screen(name, "-r", capture) if name != "tshark" else Screen("tshark", "-n", "-r", capture)
			took = s.wait(rb"\d+\.\d{4,}")
			print(f"{name:10}            first row after {1000 * took:.0f} ms, {s.memory():.0f} MB then")
			s.end()
		except (SystemExit, OSError) as why:
			print(f"{name}: {str(why)[:100]}")


def frame(port):
	udp = struct.pack(">HHHH", 4040, port, 8 + 100, 0) + bytes(100)
	header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, b"\xc0\0\x02\x01", b"\xc0\0\x02\x02")
	return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + header + udp


def live():
	if os.getuid() != 0 or ctypes.CDLL(None).unshare(0x40000000) != 0:
		print("live: needs root")
		return
	for name in ("all", "default"):
		path = pathlib.Path(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6")
		if path.exists():
			path.write_text("1")
	for words in ("link add near type veth peer name far", "link set near up", "link set far up"):
		subprocess.run(["ip", *words.split()], check=True)
	far = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
	far.bind(("far", 0))
	s = Screen(remora, "tui", "near")
	s.wait(rb"LIVE")
	s.rest(1)
	rows = []
	for port in range(20001, 20031):
		far.send(frame(port))
		rows.append(s.wait(str(port).encode(), 10))
		s.rest(0.1)
	print(f"from packet to row    {median(rows)}")
	sent, keys, end = 30, [], time.monotonic() + 5
	burst = frame(9)
	while time.monotonic() < end:
		tick = time.monotonic()
		for _ in range(2000):
			far.send(burst)
		sent += 2000
		s.seen = b""
		s.type(b"?" if len(keys) % 2 == 0 else b"q")
		keys.append(s.wait(rb"Keys" if len(keys) % 2 == 0 else rb"F10", 10))
		time.sleep(max(0, 0.02 - (time.monotonic() - tick)))
	print(f"{sent / 5000:.0f} k packets/s: key to answer  {median(keys)}")
	s.type(b"\x1b7")
	s.rest(1.5)
	s.type(b"\x0c")
	took = time.monotonic()
	while b"dropped by" not in s.seen and time.monotonic() - took < 10:
		s.seen += os.read(s.fd, 1 << 16)
	counts = re.search(rb"(\d+) captured, (\d+) dropped by the kernel, (\d+) by", s.seen)
	if counts is not None:
		got = [int(n) for n in counts.groups()]
		print(f"sent {sent}, captured {got[0]}, dropped by the kernel {got[1]}, by remora {got[2]}: "
			f"{'all accounted for' if sum(got) == sent else sum(got) - sent}")
	s.end()


def main():
	count = subprocess.run(["capinfos", "-c", "-M", capture], capture_output=True, text=True, check=True).stdout.split()[-1]
	on_file(f"{int(count):,} packets")
	peers(sys.argv[3:])
	live()


main()
