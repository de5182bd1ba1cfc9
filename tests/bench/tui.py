#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""tui.py REMORA FLOOD CAPTURE [PEER...]: what the TUI costs, seen from the other end of a terminal: the time from its start to the
first row, processor time until all is indexed, memory, a filter, processor time while nothing happens. With root also live: from
a packet to its row, and 100,000 packets a second for twenty seconds, with keys pressed meanwhile and every packet counted. Each
PEER (termshark, tshark) does the same in the same run, as far as it can."""
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
import tempfile
import termios
import time

remora, flood = (str(pathlib.Path(name).resolve()) for name in sys.argv[1:3])
capture, peers = sys.argv[3], sys.argv[4:]
HZ = os.sysconf("SC_CLK_TCK")
FILTER = "tcp.port == 443"
home = tempfile.TemporaryDirectory(prefix="remora-bench-", ignore_cleanup_errors=True)


class Screen:
	"""A program on a terminal of 120 columns and 40 rows."""

	def __init__(self, *words):
		self.seen = b""
		self.pid, self.fd = pty.fork()
		if self.pid == 0:
			os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", HOME=home.name)
			fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
			os.execvp(words[0], words)

	def read(self, seconds=0.01):
		if select.select([self.fd], [], [], seconds)[0]:
			try:
				self.seen += os.read(self.fd, 1 << 16)
			except OSError:  # it has ended
				return False
		return True

	def wait(self, pattern, seconds=300):
		"""Until something comes that matches; the seconds that took."""
		begin = time.monotonic()
		while time.monotonic() < begin + seconds:
			found = re.search(pattern, self.seen)
			if found:
				self.seen = self.seen[found.end():]
				return time.monotonic() - begin
			if not self.read():
				break
		raise SystemExit(f"{pattern!r} does not come: {self.seen[-500:]!r}")

	def rest(self, seconds):
		end = time.monotonic() + seconds
		while time.monotonic() < end and self.read():
			pass
		self.seen = b""

	def settle(self, seconds=900):
		"""Until it has done next to nothing for two seconds; the processor time that took."""
		end, spent, peak = time.monotonic() + seconds, self.cpu(), 0
		while time.monotonic() < end:
			before = spent
			self.rest(2)
			spent, peak = max(spent, self.cpu()), max(peak, self.memory())
			if spent - before < 0.1:
				break
		return spent, peak

	def type(self, text):
		os.write(self.fd, text)

	def processes(self):
		"""Those that it started too."""
		parents = {}
		for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
			try:
				parents[int(stat.parent.name)] = int(stat.read_text().rsplit(") ", 1)[1].split()[1])
			except OSError:
				continue
		found, grown = {self.pid}, True
		while grown:
			more = {pid for pid, parent in parents.items() if parent in found} - found
			found |= more
			grown = bool(more)
		return found

	def cpu(self):
		"""Of all of them, with those that have ended."""
		total = 0
		for pid in self.processes():
			try:
				fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
			except OSError:
				continue
			total += sum(map(int, fields[11:15]))
		return total / HZ

	def memory(self):
		"""Megabytes: what the processes have to themselves, and their part of what they share."""
		total = 0
		for pid in self.processes():
			try:
				text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
			except OSError:
				continue
			total += int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])
		return total / 1024

	def end(self, how=signal.SIGTERM):
		for pid in self.processes() - {self.pid}:
			try:
				os.kill(pid, how)
			except ProcessLookupError:
				pass
		os.kill(self.pid, how)
		os.close(self.fd)
		os.waitpid(self.pid, 0)


def tell(what, text):
	print(f"{what:34} {text}", flush=True)


def median(values):
	return f"{1000 * statistics.median(values):.0f} ms (of {len(values)}: {1000 * min(values):.0f} to {1000 * max(values):.0f})"


def remora_on_file(count):
	firsts = []
	for _ in range(5):
		s = Screen(remora, "tui", capture)
		firsts.append(s.wait(rb"\d+\.\d{6}"))
		s.end()
	tell("remora: first row", median(firsts))
	small = Screen(remora, "tui", str(pathlib.Path(__file__).resolve().parents[2] / "samples/captures/first-light.pcapng"))
	small.wait(rb"Discover")
	small.rest(0.5)
	tell("remora: memory at the start", f"{small.memory():.1f} MB, with the broker")
	before = small.cpu()
	small.rest(10)
	tell("remora: idle", f"{10 * (small.cpu() - before):.2f} % of a processor")
	small.end()
	s = Screen(remora, "tui", capture)
	took = s.wait(count.encode())
	tell("remora: all of it indexed", f"{s.cpu():.2f} s of processor time, {took:.2f} s in all, {s.memory():.1f} MB")
	before = s.cpu()
	s.type(b"/" + FILTER.encode() + b"\r")
	took = s.wait(rb" of \d+", 60)
	s.rest(2)
	tell("remora: a filter over it", f"{s.cpu() - before:.2f} s of processor time, {s.memory():.1f} MB; first answer after {1000 * took:.0f} ms")
	s.end()


def termshark_on_file():
	s = Screen("termshark", "-r", capture)
	tell("termshark: first row", f"{1000 * s.wait(rb'[0-9]+[.][0-9]{4,}'):.0f} ms")
	began = time.monotonic()
	cpu, peak = s.settle()
	tell("termshark: all of it indexed", f"{cpu:.0f} s of processor time, {time.monotonic() - began - 2:.0f} s in all, {peak:.0f} MB at most")
	s.type(b"/")
	s.rest(0.5)
	s.type(FILTER.encode() + b"\r")
	began = time.monotonic()
	after, _ = s.settle()
	tell("termshark: a filter over it", f"{after - cpu:.0f} s of processor time, {time.monotonic() - began - 2:.0f} s in all")
	s.end(signal.SIGKILL)


def tshark_on_file():
	s = Screen("tshark", "-n", "-r", capture)
	tell("tshark: first row", f"{1000 * s.wait(rb'[0-9]+[.][0-9]{4,}'):.0f} ms")
	s.end()
	for what, more in (("all of it", []), ("a filter over it", ["-Y", FILTER])):
		child = subprocess.Popen(["tshark", "-n", "-r", capture, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
		_, _, usage = os.wait4(child.pid, 0)
		child.returncode = 0
		tell(f"tshark: {what}", f"{usage.ru_utime + usage.ru_stime:.1f} s of processor time, {usage.ru_maxrss / 1024:.0f} MB at most")


def frame(port):
	udp = struct.pack(">HHHH", 4040, port, 8 + 100, 0) + bytes(100)
	header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, b"\xc0\0\x02\x01", b"\xc0\0\x02\x02")
	return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + header + udp


def lay_cable():
	"""False: that needs root."""
	if os.getuid() != 0 or ctypes.CDLL(None).unshare(0x40000000) != 0:
		return False
	for name in ("all", "default"):
		path = pathlib.Path(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6")
		if path.exists():
			path.write_text("1")
	for words in ("link add near type veth peer name far", "link set near up", "link set far up"):
		subprocess.run(["ip", *words.split()], check=True)
	return True


def marker(i):
	"""A port that has no digit where the one before it had it: a screen that is changed is not sent what stays."""
	return int(f"{i % 5 + 1}{i % 9}{2 * i % 7}{3 * i % 10}{4 * i % 9}")


def rows(name, words, markers):
	"""From a packet to its row. termshark shows itself when the first packets come."""
	far = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
	far.bind(("far", 0))
	s = Screen(*words)
	first = None
	for _ in range(60):
		far.send(frame(20000))
		try:
			first = s.wait(rb"20000", 0.5)
			break
		except SystemExit:
			continue
	if first is None:
		tell(f"{name}: from packet to row", "no row comes")
		s.end(signal.SIGKILL)
		return
	s.rest(3)
	took = []
	try:
		for port in map(marker, range(1, markers + 1)):
			far.send(frame(port))
			took.append(s.wait(str(port).encode(), 30))
			s.rest(0.1)
		tell(f"{name}: from packet to row", median(took))
	except SystemExit:
		tell(f"{name}: from packet to row", f"{median(took) if took else ''}; then one did not come within 30 s")
	s.end(signal.SIGKILL)


def under_load(seconds=20, rate=100000):
	file = pathlib.Path(home.name) / "flood.pcapng"
	s = Screen(remora, "tui", "near", "-w", str(file), "-Y", "frame.number % 2 == 0")
	s.wait(rb"LIVE")
	s.rest(1)
	keys = []
	with subprocess.Popen([flood, "far", str(seconds * rate), str(rate), "154"], stdout=subprocess.PIPE, text=True) as sender:
		while sender.poll() is None:
			s.seen = b""
			s.type(b"?" if len(keys) % 2 == 0 else b"q")
			keys.append(s.wait(rb"Keys" if len(keys) % 2 == 0 else rb"F10", 10))
			s.rest(0.1)
		tell("remora: sent under load", sender.stdout.read().strip())
	tell("remora: from key to answer", median(keys))
	s.rest(3)
	s.type(b"\x1b7")
	s.rest(1)
	s.type(b"\x0c")
	end = time.monotonic() + 10
	while not (found := re.search(rb"(\d+) shown", s.seen)) and time.monotonic() < end:
		s.read()
	shown = int(found[1])
	s.type(b"\x11")
	while s.read():
		pass
	captured, kernel, here = map(int, re.search(rb"(\d+) packets captured on near, (\d+) dropped by the kernel, (\d+) dropped here",
		s.seen).groups())
	in_file = int(subprocess.run(["capinfos", "-c", "-M", file], capture_output=True, text=True, check=True).stdout.split()[-1])
	tell("remora: of the packets", f"{shown} shown, {captured - shown} filtered out, {kernel} dropped by the kernel, {here} by remora: "
		f"{shown + (captured - shown) + kernel + here} of {seconds * rate}; {in_file} in the file")
	os.waitpid(s.pid, 0)
	if captured + kernel + here != seconds * rate or in_file != captured:
		raise SystemExit("packets are missing")


def main():
	count = subprocess.run(["capinfos", "-c", "-M", capture], capture_output=True, text=True, check=True).stdout.split()[-1]
	print(f"{int(count):,} packets, {os.path.getsize(capture) / 1e6:.0f} MB, load {os.getloadavg()[0]:.1f} at the start")
	remora_on_file(f"{int(count):,} packets")
	if "termshark" in peers:
		termshark_on_file()
	if "tshark" in peers:
		tshark_on_file()
	if not lay_cable():
		print("live: needs root")
		return
	rows("remora", [remora, "tui", "near"], 30)
	if "termshark" in peers:
		rows("termshark", ["termshark", "-i", "near"], 10)
	if "tshark" in peers:
		rows("tshark", ["tshark", "-n", "-l", "-i", "near"], 10)
	under_load()


main()
