#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""hostile.py REMORA: what packets, files and names say never reaches a terminal as it is, in no pane, menu or message.

The texts are those of tests/hostile/text.py, in every place where a sender may put text. First scripts look at every packet of
them in every pane; then everything that the program writes to a real terminal is read.
"""
import csv
import json
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "hostile"))
import text as attacks

remora = str(pathlib.Path(sys.argv[1]).resolve())
CONTROLS = re.compile(  # what ncurses itself says
	r"\x1b\[[0-9;?]*[@-~]|\x1b[()][0-9A-Za-z]|\x1b[=>78HM]|[\r\n\b\x0e\x0f\t\x07]")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "ASAN_OPTIONS": "detect_leaks=0"}


def look(where, output):
	"""Complains of what must not be there."""
	text = CONTROLS.sub("", output.decode("utf-8"))
	found = attacks.DECEIVES.search(text)
	return [] if found is None else [f"{where}: {found.group()!a} comes out: {text[max(0, found.start() - 60):found.end() + 20]!a}"]


def script(count, work):
	"""Every packet in every pane, what is made of its fields, and the list as a table."""
	yield ":resize 160x60"
	yield "e"
	for _ in range(count):
		yield ":save-screen -"
		yield "Tab"
		for _ in range(6):
			yield "PgDn =" if _ == 3 else "PgDn y"
			yield ":save-screen -"
			yield "Esc a"
			yield ":save-screen -"
			yield "Backspace"
		yield "Tab"
		yield ":save-screen -"
		yield "Tab j"
	yield "Alt-7"
	yield ":save-screen -"
	yield "Alt-1 o"
	yield ":save-screen -"
	yield "Esc"
	yield ":recent"
	yield ":save-screen -"
	yield "Esc"
	yield ":find owned"
	yield ":save-screen -"
	for end in ("csv", "tsv", "json"):
		yield f":save all {work}/list.{end}"


def tables(name, count, work):
	"""The tables hold a row for each packet, the same in each, and nothing raw."""
	complaints = []
	texts = {}
	for end in ("csv", "tsv", "json"):
		path = work / f"list.{end}"
		data = path.read_bytes()
		path.unlink()
		complaints += look(f"{name}, {end}", data)
		texts[end] = data.decode("utf-8")
	as_json = [list(row.items()) for row in json.loads(texts["json"])]
	title, *rows = csv.reader(texts["csv"].splitlines(True))
	as_csv = [list(zip(title, row)) for row in rows]
	title, *rows = (line.split("\t") for line in texts["tsv"].splitlines())
	as_tsv = [list(zip(title, row)) for row in rows]
	# A title that two columns have is one key of an object.
	if len(as_json) != count or as_csv != as_tsv or [dict(row) for row in as_csv] != [dict(row) for row in as_json]:
		complaints.append(f"{name}: the tables differ")
	return complaints


def scripted(name, capture, count, work):
	steps = work / "steps"
	steps.write_text("\n".join(script(count, work)) + "\n")
	done = subprocess.run([remora, "tui", capture, "--script", steps], capture_output=True, check=False, timeout=300,
		env={**ENVIRONMENT, "XDG_CONFIG_HOME": str(work / "config")})
	complaints = look(name, done.stdout) + look(name + ", errors", done.stderr) + tables(name, count, work)
	if name == "ESC" and b"\\x1b]0;owned" not in done.stdout:
		complaints.append("the texts are not even seen")
	if done.returncode not in (0, 3):
		complaints.append(f"{name}: exit {done.returncode}: {done.stderr[-2000:].decode('utf-8', 'replace')}")
	return complaints


def read_for(fd, seconds):
	output = b""
	end = time.monotonic() + seconds
	while time.monotonic() < end and select.select([fd], [], [], 0.05)[0]:
		try:
			output += os.read(fd, 1 << 16)
		except OSError:
			break
	return output


def on_terminal(name, capture, count, work):
	"""All that a terminal is told."""
	pid, fd = pty.fork()
	if pid == 0:
		os.execve(remora, [remora, "tui", capture], {**ENVIRONMENT, "XDG_CONFIG_HOME": str(work / "config")})
	fcntl_size(fd, 60, 160)
	os.kill(pid, signal.SIGWINCH)
	output = read_for(fd, 3)
	for key in [b"e"] + [b"\t" + b"\x1b[6~" * 3 + b"\t\tj"] * count + [b"\x1b7", b"\x1b1", b"q"]:
		os.write(fd, key)
		output += read_for(fd, 0.02)
	output += read_for(fd, 1)
	os.close(fd)
	os.waitpid(pid, 0)
	return look(name + ", on a terminal", output)


def fcntl_size(fd, rows, columns):
	import fcntl
	import termios
	fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def main():
	complaints, packets = [], 0
	with tempfile.TemporaryDirectory() as folder:
		work = pathlib.Path(folder)
		for name, text in attacks.ATTACKS.items():
			frames = list(attacks.packets(text))
			packets += len(frames)
			# The file's name is hostile, too.
			path = os.path.join(os.fsencode(folder), text.replace(b"\0", b"").replace(b"/", b"") + b".pcapng")
			with open(path, "wb") as file:
				file.write(attacks.pcapng(frames, text))
			complaints += scripted(name, path, len(frames), work)
			complaints += on_terminal(name, path, len(frames), work)
	print("\n".join(complaints[:50]), end="\n" if complaints else "")
	print(f"{packets} hostile packets, {len(complaints)} complaints")
	return 1 if complaints or not packets else 0


sys.exit(main())
