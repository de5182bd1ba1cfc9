#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""live.py REMORA FLOOD [NAME...]: remora tui on interfaces that carry packets, in a real terminal: a veth pair and a TAP in a network
namespace of the test's own. Each function that begins with `test_` is a test."""
import ctypes
import fcntl
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

from tmux import Terminal, run_tests

remora, flood = (str(pathlib.Path(name).resolve()) for name in sys.argv[1:3])
del sys.argv[2]
KILLS = int(os.environ.get("KILLS", "6"))
NOBODY = 65534
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


def datagram(port, text, protocol=17):
	"""A datagram of UDP, or what has the ports of another protocol in its place."""
	payload = text.encode()
	udp = struct.pack(">HHHH", 4040, port, 8 + len(payload), 0) + payload
	header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, protocol, 0, b"\xc0\0\x02\x01", b"\xc0\0\x02\x02")
	return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + header + udp


class Sender:
	def __init__(self):
		self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
		self.socket.bind(("far", 0))

	def send(self, count, port=9, protocol=17):
		frame = datagram(port, "hello", protocol)
		for _ in range(count):
			self.socket.send(frame)


def started(t, *words):
	t.run(remora, "tui", *words)
	return t.wait("LIVE")


def column(file, field):
	"""A field of every packet of a file that tshark reads without a word."""
	done = subprocess.run(["tshark", "-n", "-r", file, "-T", "fields", "-e", field], capture_output=True, check=False, text=True)
	noise = [line for line in done.stderr.splitlines() if "Running as user" not in line]
	assert done.returncode == 0 and not noise, done.stderr
	return done.stdout.split()


def count(file):
	return len(column(file, "frame.number"))


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
	"""At any moment: what is there is whole packets, from the first on, and of those that are a second old none is missing."""
	dice = random.Random(int(os.environ.get("SEED", "7")))
	for _ in range(KILLS):
		rate, size = dice.choice([500, 5000, 50000]), dice.choice([60, 154, 1400])
		with Terminal() as t:
			file = t.folder / "killed.pcapng"
			started(t, "near", "-w", file)
			with subprocess.Popen([flood, "far", str(rate * 3), str(rate), str(size)], stdout=subprocess.DEVNULL) as sender:
				began = time.time()
				time.sleep(dice.uniform(0, 1.5))
				os.kill(t.pid_of("remora"), signal.SIGKILL)
				ended = time.time()
				sender.kill()
			time.sleep(0.2)
			found = [int(payload[:16], 16) for payload in column(file, "udp.payload")]
			assert found == list(range(len(found))), (rate, size, len(found))
			last = max(map(float, column(file, "frame.time_epoch")), default=0)
			assert ended - max(began, last) < 1, (rate, size, len(found))


def test_full_disk():
	"""It is said, the packets that were captured stay, and the file is whole."""
	with Terminal(width=140) as t:
		disk = t.folder / "disk"
		disk.mkdir()
		if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "none", disk], check=False, stderr=subprocess.DEVNULL).returncode:
			return
		try:
			started(t, "near", "-w", disk / "a.pcapng")
			subprocess.run([flood, "far", "600", "2000", "1400"], check=True, stdout=subprocess.DEVNULL)
			t.wait("No space left on device")
			t.keys("k", "k")
			assert "cannot write" in t.wait("Frame ")
			t.keys("P")
			t.wait("the capture has ended")
			t.keys("q")
			t.ended(2)
			found = [int(payload[:16], 16) for payload in column(disk / "a.pcapng", "udp.payload")]
			assert len(found) > 100 and found == list(range(len(found))), found
		finally:
			subprocess.run(["umount", "-l", disk], check=True)


def test_interface_goes_away():
	ip("link", "add", "here", "type", "veth", "peer", "name", "there")
	ip("link", "set", "here", "up")
	ip("link", "set", "there", "up")
	with Terminal() as t:
		started(t, "here")
		ip("link", "del", "there")
		t.wait("here: ")
		assert "interface gone" in t.screen()
		t.keys("M-7")
		t.wait("captured, 0 dropped")


def test_no_argument():
	"""The interfaces are asked about by who has the rights, and chosen from in the sandbox."""
	with Terminal() as t:
		t.run(remora, "tui", "-w", t.folder / "chosen.pcapng")
		screen = t.wait("Capture on")
		assert "near" in screen and "nothing is captured yet" in screen, screen
		t.keys("q")
		t.wait("Capture on", gone=True)
		t.keys(":")
		t.type("capture nowhere0")
		t.keys("Enter")
		t.wait("nowhere0: there is no such interface")
		t.keys(":")
		t.type("capture nea")
		t.keys("Tab", "Enter")
		t.wait("LIVE")
		Sender().send(3)
		assert "sandboxed" in t.wait("3 packets")
		t.keys("q")
		assert "3 packets captured on near, 0 dropped" in t.ended(0)
		assert count(t.folder / "chosen.pcapng") == 3
		t.run(remora, "tui")
		t.wait("Capture on")
		t.keys("Enter")
		t.wait("LIVE")


def test_no_sandbox():
	with Terminal() as t:
		started(t, "--no-sandbox", "near")
		Sender().send(2)
		assert "no sandbox" in t.wait("2 packets")


def test_own_ssh_session():
	"""Datagrams of the sender's addresses and ports are of no TCP, so they come all the same."""
	with Terminal(environment={"SSH_CONNECTION": "192.0.2.1 4040 192.0.2.2 9"}) as t:
		started(t, "near")
		t.wait("your SSH session with 192.0.2.1 port 4040 is left out")
		t.keys("M-7")
		t.wait("left out")
		t.keys("M-1")
		Sender().send(2, protocol=6)
		Sender().send(3)
		t.wait("3 packets")
		t.keys("q", "q")
		t.ended(0)
		started(t, "-f", "", "near")
		assert "left out" not in t.screen()


def test_with_setcap():
	"""A user who is nobody, and a program that may capture."""
	with Terminal(environment={"TMPDIR": "/tmp"}) as t:
		program = t.folder / "remora-with-rights"
		t.folder.chmod(0o777)
		shutil.copy(remora, program)
		program.chmod(0o755)
		subprocess.run(["setcap", "cap_net_raw+ep", program], check=True)
		t.run("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", program, "tui", "near", "-w", t.folder / "n.pcapng")
		t.wait("LIVE")
		Sender().send(4)
		assert "sandboxed" in t.wait("4 packets")
		t.keys("M-7")
		t.wait(f"user {NOBODY}, no capabilities")
		t.keys("M-1", "q")
		t.ended(0)
		assert count(t.folder / "n.pcapng") == 4 and (t.folder / "n.pcapng").stat().st_uid == NOBODY


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
		t.wait("2 files are looked at, from packet 301 on")
		t.keys("M-1", "q")
		t.ended(0)
		assert [count(file) for file in files] == [100, 50]
		about = subprocess.run(["capinfos", "-I", files[0]], capture_output=True, text=True, check=True).stdout
		assert "Number of stat entries = 1" in about, about


def test_ring_turns_by_the_clock():
	"""Though no packet comes, and not while the capture is stopped."""
	with Terminal() as t:
		started(t, "near", "-w", t.folder / "clock.pcapng", "-b", "duration:0.4")
		Sender().send(3)
		t.wait("3 packets")
		time.sleep(1.5)
		t.keys("P")
		t.wait("P starts it again")
		files = sorted(t.folder.glob("clock_*.pcapng"))
		time.sleep(1)
		assert len(files) >= 3 and files == sorted(t.folder.glob("clock_*.pcapng")), files
		t.keys("q")
		t.ended(0)
		counts = [count(file) for file in files]
		assert sum(counts) == counts[0] + counts[1] == 3, counts


def test_ring_of_very_many():
	"""All of them are there; the newest are looked at."""
	with Terminal() as t:
		started(t, "near", "-w", t.folder / "many.pcapng", "-b", "packets:1")
		Sender().send(400)
		t.wait("400 packets")
		assert len(list(t.folder.glob("many_*.pcapng"))) == 400
		t.keys("g", "g")
		t.wait("Frame 145 ")
		t.keys("M-7")
		t.wait("256 files are looked at, from packet 145 on")


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
	seconds, rate = int(os.environ.get("SECONDS_OF_FLOOD", "3")), 100000
	with Terminal(width=140) as t:
		file = t.folder / "flood.pcapng"
		started(t, "near", "-w", file, "-Y", "frame.number % 2 == 0")
		pressed = 0
		with subprocess.Popen([flood, "far", str(seconds * rate), str(rate)], stdout=subprocess.DEVNULL) as sender:
			while sender.poll() is None:
				t.keys("?")
				t.wait("Keys", seconds=2)
				t.keys("q")
				t.wait("Keys", gone=True, seconds=2)
				pressed += 2
		assert pressed > 4
		time.sleep(1)
		t.keys("M-7")
		shown = int(re.search(r"(\d+) shown", t.wait(" shown"))[1])
		t.keys("C-q")
		counts = re.search(r"(\d+) packets captured on near, (\d+) dropped by the kernel, (\d+) dropped here", t.ended(0))
		captured, kernel, here = map(int, counts.groups())
		assert captured + kernel + here == seconds * rate and shown == captured // 2, (shown, counts.group())
		about = subprocess.run(["capinfos", "-c", "-M", file], capture_output=True, text=True, check=True).stdout
		assert int(about.split()[-1]) == captured, (about, counts.group())


def test_no_right():
	with Terminal() as t:
		t.run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", remora, "tui", "near")
		screen = t.wait("remora: ")
		assert "near" in screen, screen
		t.ended(2)
		t.run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", remora, "tui")
		t.wait("Capture on")
		t.keys("Enter")
		t.wait("this user has no right to capture; give it to the program: ")
		t.keys("q")
		t.ended(0)


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
