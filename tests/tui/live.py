#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""live.py REMORA [NAME...]: remora tui on interfaces that carry packets, in a real terminal: a veth pair and a TAP in a network
namespace of the test's own. Each function that begins with `test_` is a test."""
import ctypes
import fcntl
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

from tmux import Terminal, run_tests

remora = str(pathlib.Path(sys.argv[1]).resolve())
CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 2, 0x1000


def ip(*words):
	subprocess.run(["ip", *words], check=True)


def namespace():
	"""A network of our own: near and far are the two ends of a cable."""
	if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
		return False
	for name in ("all", "default"):
		path = pathlib.Path(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6")
		if path.exists():
			path.write_text("1")
	ip("link", "add", "near", "type", "veth", "peer", "name", "far")
	for name in ("near", "far", "lo"):
		ip("link", "set", name, "up")
	return True


def datagram(port, text):
	payload = text.encode()
	udp = struct.pack(">HHHH", 4040, port, 8 + len(payload), 0) + payload
	header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, b"\xc0\0\x02\x01", b"\xc0\0\x02\x02")
	return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + header + udp


class Sender:
	def __init__(self):
		self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
		self.socket.bind(("far", 0))

	def send(self, count, port=9):
		frame = datagram(port, "hello")
		for _ in range(count):
			self.socket.send(frame)


def started(t, *words):
	t.run(remora, "tui", *words)
	return t.wait("LIVE")


def count(file):
	"""Packets of a file that tshark reads without a word."""
	done = subprocess.run(["tshark", "-n", "-r", file, "-T", "fields", "-e", "frame.number"], capture_output=True, check=False,
		text=True)
	noise = [line for line in done.stderr.splitlines() if "Running as user" not in line]
	assert done.returncode == 0 and not noise, done.stderr
	return done.stdout.count("\n")


def test_veth():
	with Terminal() as t:
		started(t, "near")
		Sender().send(5)
		screen = t.wait("5 packets")
		assert "4040 → 9" in screen and "0 dropped" in screen and "sandboxed" in screen, screen
		t.keys("q")
		t.wait("in no file")
		t.keys("q")
		t.ended(0)


def test_tap():
	tap = os.open("/dev/net/tun", os.O_RDWR)
	fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", b"tap7", IFF_TAP | IFF_NO_PI))
	ip("link", "set", "tap7", "up")
	with Terminal() as t:
		started(t, "tap7")
		for _ in range(3):
			os.write(tap, datagram(53, "x"))
		t.wait("3 packets")
		t.keys("M-7")
		screen = t.wait("0 dropped by the kernel")
		assert "tap7" in screen, screen
	os.close(tap)


def test_two_interfaces():
	with Terminal() as t:
		started(t, "-i", "near", "-i", "far")
		Sender().send(4)
		t.wait("8 packets")
		t.keys("M-7")
		t.wait("together")


def test_stop_and_start():
	with Terminal() as t:
		sender = Sender()
		started(t, "near")
		sender.send(2)
		t.wait("2 packets")
		t.keys("P")
		t.wait("P starts it again")
		sender.send(3)
		time.sleep(0.5)
		assert "2 packets" in t.screen()
		t.keys("P")
		t.wait("capturing again")
		time.sleep(0.3)
		sender.send(4)
		t.wait("6 packets")


def test_pause_and_go_live():
	with Terminal() as t:
		sender = Sender()
		started(t, "near")
		sender.send(3)
		t.wait("Frame 3")
		t.keys("p")
		t.wait("paused")
		sender.send(4)
		t.wait("paused, 4 more")
		assert "Frame 3" in t.screen()
		t.keys("End")
		t.wait("Frame 7")
		t.keys("k", "k")
		t.wait("Frame 5")
		sender.send(2)
		t.wait("9 packets")
		assert "Frame 5" in t.screen()
		t.keys("F")
		t.wait("Frame 9")


def test_capture_filter():
	with Terminal() as t:
		sender = Sender()
		started(t, "near", "udp", "port", "77")
		sender.send(5, 9)
		sender.send(2, 77)
		t.wait("2 packets")
		assert "4040 → 9" not in t.screen()


def test_display_filter():
	with Terminal() as t:
		sender = Sender()
		started(t, "near", "-Y", "udp.dstport == 77")
		sender.send(5, 9)
		sender.send(2, 77)
		t.wait("2 of 7")


def test_killed():
	with Terminal() as t:
		t.folder.chmod(0o777)
		file = t.folder / "killed.pcapng"
		started(t, "near", "-w", file)
		Sender().send(1000)
		t.wait("1,000 packets")
		time.sleep(1.1)
		Sender().send(500)
		os.kill(t.pid_of("remora"), signal.SIGKILL)
		time.sleep(0.3)
		assert 1000 <= count(file) <= 1500


def test_ring():
	with Terminal() as t:
		sender = Sender()
		started(t, "near", "-w", t.folder / "ring.pcapng", "-b", "packets:100", "-b", "files:2")
		for _ in range(9):
			sender.send(50)
			time.sleep(0.1)
		t.wait("450 packets")
		files = sorted(t.folder.glob("ring_*.pcapng"))
		assert [int(file.name[5:10]) for file in files] == [4, 5], files
		t.keys("g", "g")
		time.sleep(0.3)
		t.keys("M-7")
		t.wait("2 files, packet 301 is the first")
		t.keys("M-1", "q")
		t.ended(0)
		assert [count(file) for file in files] == [100, 50]


def test_save_what_was_captured():
	with Terminal() as t:
		t.folder.chmod(0o777)
		started(t, "near")
		Sender().send(20)
		t.wait("20 packets")
		t.keys(":")
		t.type(f"save all {t.folder}/all.pcapng")
		t.keys("Enter")
		t.wait("20 packets saved")
		t.keys("q")
		t.ended(0)
		assert count(t.folder / "all.pcapng") == 20


def test_flood():
	"""Nothing is lost without being told, and keys are answered meanwhile."""
	with Terminal() as t:
		file = t.folder / "flood.pcapng"
		started(t, "near", "-w", file)
		sender = Sender()
		for _ in range(20):
			sender.send(1000)
			t.keys("k")
		t.wait("20,000 packets" if "0 dropped" in t.screen() else "dropped")
		t.keys("G", "q")
		t.ended(0)
		assert count(file) == 20000


def test_no_right():
	with Terminal() as t:
		t.run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", remora, "tui", "near")
		screen = t.wait("remora: ")
		assert "near" in screen, screen
		t.ended(2)


def test_no_such_interface():
	with Terminal() as t:
		t.run(remora, "tui", "-i", "nowhere0")
		t.wait("nowhere0")
		t.ended(2)


def main():
	if shutil.which("tmux") is None or shutil.which("tshark") is None:
		print("skipped: tmux or tshark is missing")
		return 77
	if os.getuid() != 0 or not namespace():
		print("skipped: no network namespace can be made here")
		return 77
	return run_tests(globals())


sys.exit(main())
