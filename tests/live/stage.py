# SPDX-License-Identifier: BSD-3-Clause
"""A network of one's own: two ends of a cable in a fresh namespace, and remora listening at one of them."""
import os
import pathlib
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

NEAR, FAR = "cable0", "cable1"  # packets are sent into the one, and captured at the other
COUNTS = re.compile(r"remora: (\d+) packets captured on (.+), (\d+) shown(?:, (\d+) not looked at)?, (\d+) dropped by the kernel, "
	r"(\d+) dropped here\n")


def enter():
	"""Goes on in a namespace that ends with this process; where there is none to be had, the test is skipped."""
	if os.environ.get("REMORA_STAGE") == "1":
		return
	words = ["unshare", "--net", "--mount", "--"] if os.getuid() == 0 else ["unshare", "--user", "--map-root-user", "--net", "--mount", "--"]
	if subprocess.run([*words, "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
		print("skipped: no network namespaces here")
		sys.exit(77)
	os.execvpe(words[0], [*words, sys.executable, *sys.argv], {**os.environ, "REMORA_STAGE": "1"})


def run(*words, **more):
	return subprocess.run(words, check=True, capture_output=True, text=True, **more).stdout


def family(pid):
	"""A process and all that come from it."""
	found = [pid]
	for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
		try:
			fields = entry.read_text().rpartition(")")[2].split()
		except OSError:
			continue
		if int(fields[1]) == pid:
			found += family(int(entry.parent.name))
	return found


def lay_cable(near=NEAR, far=FAR):
	"""The kernel itself sends nothing into it."""
	for kind in ("all", "default"):
		path = pathlib.Path(f"/proc/sys/net/ipv6/conf/{kind}/disable_ipv6")
		if path.exists() and os.access(path, os.W_OK):
			path.write_text("1")
	run("ip", "link", "add", near, "type", "veth", "peer", "name", far)
	for end in (near, far):
		run("ip", "link", "set", end, "arp", "off", "up")


def frame(number, port=5001, size=60, source_port=5000, protocol=17):
	"""A UDP datagram, or what has the ports of another protocol in its place."""
	payload = struct.pack(">Q", number).ljust(size - 42, b"\0")
	ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 28 + len(payload), number & 0xffff, 0x4000, 64, protocol, 0, bytes([192, 0, 2, 1]),
		bytes([192, 0, 2, 2]))
	total = sum(struct.unpack(">10H", ip))
	total = (total & 0xffff) + (total >> 16)
	ip = ip[:10] + struct.pack(">H", ~(total + (total >> 16)) & 0xffff) + ip[12:]
	return (bytes.fromhex("020000000002020000000001") + b"\x08\x00" + ip
		+ struct.pack(">4H", source_port, port, 8 + len(payload), 0) + payload)


class Sender:
	def __init__(self, near=NEAR):
		self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
		self.socket.bind((near, 0))

	def send(self, count, **how):
		for number in range(count):
			self.socket.send(frame(number, **how))


class Remora:
	"""remora live, from the moment it says that it captures."""
	def __init__(self, program, *words, prefix=(), env=None, stdout=subprocess.PIPE, ready=True, **more):
		self.said = ""
		environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", **(env or {})}
		self.process = subprocess.Popen([*prefix, program, "live", *words], stdin=subprocess.DEVNULL, stdout=stdout,
			stderr=subprocess.PIPE, env=environment, **more)
		if ready:
			self.until("capturing on ")

	def until(self, words, seconds=20):
		"""Reads standard error until it has these words."""
		end, fd = time.monotonic() + seconds, self.process.stderr.fileno()
		while words not in self.said:
			assert select.select([fd], [], [], max(0, end - time.monotonic()))[0], f"no {words!r}: {self.said}"
			more = os.read(fd, 65536).decode()
			assert more, f"no {words!r} before the end: {self.said}"
			self.said += more

	def end(self, how=signal.SIGINT, seconds=20, leaks=True):
		"""What it printed, and its counts as a dictionary."""
		if how is not None and self.process.poll() is None:
			self.process.send_signal(how)
		out, err = self.process.communicate(timeout=seconds)
		self.said += err.decode()
		if not leaks:  # who looks for them may not look into this process, and says so
			self.said = "\n".join(line for line in self.said.splitlines() if not line.startswith("==")) + "\n"
		assert "Sanitizer" not in self.said and "runtime error" not in self.said, self.said
		return (out or b"").decode(), self.counts()

	def counts(self):
		found = COUNTS.findall(self.said)
		assert found, self.said
		captured, where, shown, unread, kernel, here = found[-1]
		return {"captured": int(captured), "on": where, "shown": int(shown), "unread": int(unread or 0), "kernel": int(kernel),
			"here": int(here)}


def passed_by(counts):
	return counts["captured"] + counts["unread"] + counts["kernel"] + counts["here"]


def tshark(path, *words):
	"""What tshark reads from a file, which it must do without a warning."""
	done = subprocess.run(["tshark", "-n", "-r", path, *words], capture_output=True, text=True, check=False)
	complaints = [line for line in done.stderr.splitlines() if not line.startswith("Running as user")]
	assert done.returncode == 0 and not complaints, (done.returncode, done.stderr)
	return done.stdout.splitlines()


def perform(scenes):
	"""Calls each of the functions with a folder of its own; a word on the command line names the one that is wanted."""
	wanted = sys.argv[2:]
	for scene in scenes:
		if wanted and scene.__name__ not in wanted:
			continue
		began = time.monotonic()
		with tempfile.TemporaryDirectory(prefix="remora-") as folder:
			scene(pathlib.Path(folder))
		print(f"{scene.__name__:<24} {time.monotonic() - began:5.1f} s", flush=True)
