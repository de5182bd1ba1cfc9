#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""tui.py REMORA FLOOD CAPTURE [PEER...]: what the TUI costs, seen from the other end of a terminal: the time from its start to the
first row, processor time until all is indexed, memory, a filter, processor time while nothing happens. With root also live: from
a packet to its row, and 100,000 packets a second for twenty seconds, with keys pressed meanwhile and every packet counted. Each
PEER (termshark, tshark) does the same in the same run, as far as it can. One table at the end has all of it beside what it may be;
an exclamation mark stands behind what is more."""
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
small = str(pathlib.Path(__file__).resolve().parents[2] / "samples/captures/first-light.pcapng")
HZ = os.sysconf("SC_CLK_TCK")
FILTER = "tcp.port == 443"
PATIENCE = 100  # seconds that a peer has for the whole file, and again for a filter
ROWS = {  # what is measured, in what, and what remora may take
	"first row": ("ms", 50),
	"memory at the start": ("MB", 20),
	"idle, of a processor": ("%", 0.5),
	"all of it indexed, processor": ("s", 1.5),
	"all of it indexed, by the clock": ("s", None),
	"all of it indexed, memory": ("MB", 80),
	"a filter over it, processor": ("s", 0.5),
	"a filter over it, first answer": ("ms", None),
	"from packet to row, median": ("ms", 50),
	"under load, key to answer, most": ("ms", 100),
	"under load, packets unaccounted for": ("", 0),
}
measured = {}  # (row, program): a number, or a text about it
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

	def settle(self, seconds=PATIENCE):
		"""Until it has done next to nothing for two seconds: processor time and time that took, most memory, and whether it ended."""
		begin, spent, peak = time.monotonic(), self.cpu(), 0
		while time.monotonic() < begin + seconds:
			before = spent
			self.rest(2)
			spent, peak = max(spent, self.cpu()), max(peak, self.memory())
			if spent - before < 0.1:
				return spent, time.monotonic() - begin - 2, peak, True
		return spent, seconds, peak, False

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


def note(program, row, value, about=""):
	"""Something is known: said at once, and kept for the table."""
	measured[row, program] = value
	print(f"{program + ': ' + row:48} {written(row, value):>10}   {about}", flush=True)


def written(row, value):
	unit, most = ROWS[row]
	if not isinstance(value, (int, float)):
		return value or "-"
	digits = 0 if unit in ("ms", "") or value >= 100 else 1 if value >= 10 else 2
	return f"{value:,.{digits}f} {unit}".rstrip()


def print_table(title):
	programs = ["remora", *peers]
	lines = [[title, *programs, "may be"], ["---"] * (len(programs) + 2)]
	for row, (unit, most) in ROWS.items():
		cells = [written(row, measured.get((row, program))) for program in programs]
		mine = measured.get((row, "remora"))
		if most is not None and isinstance(mine, (int, float)) and mine > most:
			cells[0] += " !"
		lines.append([row, *cells, "" if most is None else f"{most} {unit}".rstrip()])
	widths = [max(map(len, column)) for column in zip(*lines)]
	print()
	for line in lines:
		fill = "-" if line[0] == "---" else " "
		print("| " + " | ".join((cell if fill == " " else "").ljust(width, fill) for cell, width in zip(line, widths)) + " |")


def spread(values):
	return f"of {len(values)}: {1000 * min(values):.0f} to {1000 * max(values):.0f}"


def at_rest(name, s, whose):
	"""What a small file costs once it is shown, and ten seconds in which nothing happens."""
	note(name, "memory at the start", s.memory(), whose)
	before = s.cpu()
	s.rest(10)
	note(name, "idle, of a processor", 10 * (s.cpu() - before))


def remora_on_file(count):
	firsts = []
	for _ in range(5):
		s = Screen(remora, "tui", capture)
		firsts.append(s.wait(rb"\d+\.\d{6}"))
		s.end()
	note("remora", "first row", 1000 * statistics.median(firsts), spread(firsts))
	s = Screen(remora, "tui", small)
	s.wait(rb"Discover")
	s.rest(0.5)
	at_rest("remora", s, "with the broker")
	s.end()
	s = Screen(remora, "tui", capture)
	took = s.wait(count.encode())
	note("remora", "all of it indexed, processor", s.cpu())
	note("remora", "all of it indexed, by the clock", took)
	note("remora", "all of it indexed, memory", s.memory())
	before = s.cpu()
	s.type(b"/" + FILTER.encode() + b"\r")
	took = s.wait(rb" of \d+", 60)
	s.rest(2)
	note("remora", "a filter over it, processor", s.cpu() - before, f"{s.memory():.1f} MB")
	note("remora", "a filter over it, first answer", 1000 * took)
	s.end()


def at_least(value, whole, unit):
	return value if whole else f"> {value:,.0f} {unit}"


def termshark_on_file():
	s = Screen("termshark", "-r", small)
	s.wait(rb"[0-9]+[.][0-9]{4,}")
	s.rest(2)
	at_rest("termshark", s, "with its processes")
	s.end(signal.SIGKILL)
	s = Screen("termshark", "-r", capture)
	note("termshark", "first row", 1000 * s.wait(rb"[0-9]+[.][0-9]{4,}"))
	cpu, took, peak, whole = s.settle()
	note("termshark", "all of it indexed, processor", at_least(cpu, whole, "s"))
	note("termshark", "all of it indexed, by the clock", at_least(took, whole, "s"))
	note("termshark", "all of it indexed, memory", at_least(peak, whole, "MB"), "with its processes")
	if whole:
		s.type(b"/")
		s.rest(0.5)
		s.type(FILTER.encode() + b"\r")
		after, _, _, whole = s.settle()
		note("termshark", "a filter over it, processor", at_least(after - cpu, whole, "s"))
	s.end(signal.SIGKILL)


def tshark_on_file():
	s = Screen("tshark", "-n", "-r", capture)
	note("tshark", "first row", 1000 * s.wait(rb"[0-9]+[.][0-9]{4,}"))
	s.end()
	for rows, more in (("all of it indexed", []), ("a filter over it", ["-Y", FILTER])):
		began = time.monotonic()
		child = subprocess.Popen(["tshark", "-n", "-r", capture, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
		_, _, usage = os.wait4(child.pid, 0)
		child.returncode = 0
		note("tshark", f"{rows}, processor", usage.ru_utime + usage.ru_stime)
		if not more:
			note("tshark", "all of it indexed, by the clock", time.monotonic() - began)
			note("tshark", "all of it indexed, memory", usage.ru_maxrss / 1024)


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
	row = "from packet to row, median"
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
		note(name, row, "none comes")
		s.end(signal.SIGKILL)
		return
	s.rest(3)
	took = []
	try:
		for port in map(marker, range(1, markers + 1)):
			far.send(frame(port))
			took.append(s.wait(str(port).encode(), 30))
			s.rest(0.1)
		note(name, row, 1000 * statistics.median(took), spread(took))
	except SystemExit:
		note(name, row, 1000 * statistics.median(took) if took else "none comes", f"{len(took)} of {markers}, then one did not come")
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
		sent = sender.stdout.read().strip()
	note("remora", "under load, key to answer, most", 1000 * max(keys), f"{spread(keys)}, median {1000 * statistics.median(keys):.0f}; {sent}")
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
	os.waitpid(s.pid, 0)
	missing = seconds * rate - captured - kernel - here
	note("remora", "under load, packets unaccounted for", abs(missing) + abs(captured - in_file), f"of {seconds * rate}: {shown} shown, "
		f"{captured - shown} filtered out, {kernel} dropped by the kernel, {here} by remora; {in_file} in the file")


def main():
	count = int(subprocess.run(["capinfos", "-c", "-M", capture], capture_output=True, text=True, check=True).stdout.split()[-1])
	title = f"{count:,} packets, {os.path.getsize(capture) / 1e6:.0f} MB"
	print(f"{title}, load {os.getloadavg()[0]:.1f} at the start")
	remora_on_file(f"{count:,} packets")
	if "termshark" in peers:
		termshark_on_file()
	if "tshark" in peers:
		tshark_on_file()
	if lay_cable():
		rows("remora", [remora, "tui", "near"], 30)
		if "termshark" in peers:
			rows("termshark", ["termshark", "-i", "near"], 10)
		if "tshark" in peers:
			rows("tshark", ["tshark", "-n", "-l", "-i", "near"], 10)
		under_load()
	else:
		print("live: needs root")
	print_table(title)
	return 1 if measured.get(("under load, packets unaccounted for", "remora"), 0) else 0


sys.exit(main())
