#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""doctor.py REMORA: what the doctor finds on machines with something wrong, and how it looks."""
import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

from machine import findings, machine


def look(text, code):
	"""By group and subject: [verdict, text, commands]. The last line and the exit code must agree with the findings."""
	found, counts, group = {}, {"ok": 0, "warn": 0, "fail": 0}, None
	for verdict, _, _, _ in findings(text):
		counts[verdict] += 1
	assert text.rstrip("\n").endswith("\n\n{ok} good, {warn} to look at, {fail} failed".format(**counts)), text
	assert code == (2 if counts["fail"] else 0), (text, code)
	for part in re.split(r"\n\n", text)[:-1]:
		group, _, rest = part.partition("\n")
		for verdict, subject, words, commands in findings(rest):
			found[group, subject] = [verdict, words, commands]
	return found


def on_terminal(m, columns, **more):
	"""What remora doctor writes to a terminal that is so wide."""
	master, slave = pty.openpty()
	fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
	with subprocess.Popen([m.remora, "doctor"], env=m.environment(**more), stdin=slave, stdout=slave, stderr=slave, **m.user()) as doctor:
		os.close(slave)
		said = b""
		while True:
			try:
				said += os.read(master, 4096)
			except OSError:  # the other end is closed
				break
		code = doctor.wait()
	os.close(master)
	return said.decode("utf-8").replace("\r\n", "\n"), code


def groups(m):
	(m.lib / "libwireshark.so.18.0.3").touch()
	found = look(*m.run("doctor"))
	assert found["Wireshark", "Wireshark 4.4.3"][0] == "warn", found
	assert list(dict.fromkeys(group for group, _ in found)) == ["Capture", "Wireshark", "Libraries", "Terminal"], found
	for subject in ("GLib", "zlib", "zstd"):
		assert found["Libraries", subject][0] == "ok" and re.match(r"\d+\.\d+", found["Libraries", subject][1]), found
	if m.is_root:  # and the doctor is not
		assert found["Capture", "remora"][0] == "fail" or found["Capture", "dumpcap"][0] == "ok", found
		assert any("sudo" in command for finding in found.values() for command in finding[2]), found
		found = look(*m.run("doctor", as_root=True))
		assert found["Wireshark", "root"][0] == "warn", found


def capture(m):
	"""A dumpcap that is nobody's, one with no more rights than its user, one that has them."""
	if not m.is_root or look(*m.run("doctor"))["Capture", "remora"][1].startswith("may capture"):
		return
	program = m.path / "dumpcap"
	program.touch()
	for mode, verdict, words in ((0o700, "fail", "may not be run by this user"), (0o755, "fail", "has no right to capture"),
			(0o4755, "ok", "captures for this user")):
		program.chmod(mode)
		found = look(*m.run("doctor"))
		assert found["Capture", "dumpcap"][0] == verdict and words in found["Capture", "dumpcap"][1], found
		assert found["Capture", "remora"][0] == verdict and bool(found["Capture", "dumpcap"][2]) == (verdict == "fail"), found
	program.chmod(0o755)
	with contextlib.suppress(OSError):  # where files can have capabilities: cap_net_raw, permitted and effective
		os.setxattr(program, "security.capability", struct.pack("<5I", 0x02000001, 1 << 13, 0, 0, 0))
		found = look(*m.run("doctor"))
		assert found["Capture", "dumpcap"][0] == "ok", found
	program.unlink()


def libraries(m):
	for name in ("libpcap.so.0.8", "libpcap.so.1", "libpcap.so", "libncursesw.so.6"):
		(m.lib / name).touch()
	found = look(*m.run("doctor"))
	for subject, package in (("libpcap", "libpcap0.8"), ("ncurses", "libncursesw6")):
		verdict, words, commands = found["Libraries", subject]
		assert verdict == "warn" and "too short" in words and commands == [f"sudo apt install {package}"], found
	for path in list(m.lib.iterdir()):
		path.unlink()


def letters(m):
	assert look(*m.run("doctor"))["Terminal", "letters"] == ["ok", "UTF-8 (C.UTF-8)", []]
	found = look(*m.run("doctor", LC_ALL="C"))["Terminal", "letters"]
	assert found[0] == "warn" and found[2] == ["export LC_ALL=C.UTF-8"], found
	found = look(*m.run("doctor", LC_ALL="xx_XX.UTF-8"))["Terminal", "letters"]
	assert found[0] == "warn" and found[2] == ["sudo dpkg-reconfigure locales"], found


def terminal(m):
	text, code = on_terminal(m, 120, TERM="xterm", NO_COLOR="1")
	found = look(text, code)
	assert found["Terminal", "TERM"][:2] == ["ok", "xterm"] and found["Terminal", "size"][:2] == ["ok", "120 columns, 40 lines"], text
	assert found["Terminal", "colours"][1] == "off, as NO_COLOR is set", text
	coloured, _ = on_terminal(m, 120, TERM="xterm")
	assert "\033[1mCapture\033[0m\n" in coloured and "\033[2mok  \033[0m" in coloured, coloured
	found = look(re.sub("\033\\[\\d+m", "", coloured), code)
	assert found["Terminal", "colours"][1] == "on", coloured
	for term, command in (("dumb", "export TERM=xterm-256color"), ("no-such-terminal", "sudo apt install ncurses-term")):
		text, code = on_terminal(m, 70, TERM=term, NO_COLOR="1")
		found = look(text, code)
		assert found["Terminal", "TERM"][0] == "warn" and found["Terminal", "TERM"][2] == [command], text
		assert found["Terminal", "size"][0] == "warn", text
	assert "\033[" not in m.run("doctor", TERM="xterm")[0]
	assert "\033[" in m.run("doctor", "--color", NO_COLOR="1")[0]


def main():
	with machine(sys.argv[1]) as m:
		groups(m)
		capture(m)
		libraries(m)
		letters(m)
		terminal(m)
		text, code = m.run("doctor", "who")
		assert code == 1 and text.startswith("remora: doctor takes no arguments"), text
	return 0


sys.exit(main())
