#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""terminal.py REMORA [NAME...]: remora tui in a real terminal, under tmux. Each function that begins with `test_` is a test."""
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import sys
import time

from tmux import Terminal, run_tests

top = pathlib.Path(__file__).resolve().parent.parent.parent
capture = top / "samples" / "captures" / "first-light.pcapng"
remora = str(pathlib.Path(sys.argv[1]).resolve())


def opened(t, *words):
	"""Opens the capture, and waits for its rows."""
	t.run(remora, "tui", *(words or (capture,)))
	return t.wait("Discover")


def test_rows_and_quit():
	with Terminal() as t:
		t.run("echo", "what was here before")
		t.wait("what was here before\n")
		screen = opened(t)
		assert "33 packets" in screen and "F1 Help" in screen, screen
		t.keys("q")
		assert "what was here before" in t.ended(0)


def test_resize():
	with Terminal(100, 30) as t:
		opened(t)
		t.resize(60, 16)
		t.wait("F10 Quit", gone=True)
		t.resize(140, 45)
		screen = t.wait("F10 Quit")
		assert len(screen.splitlines()) == 45, screen


def test_stop_and_go_on():
	with Terminal() as t:
		opened(t)
		t.keys("j", "C-z")
		t.wait("Stopped")
		t.run("fg")
		t.wait("Frame 2")
		t.keys("q")
		t.ended(0)


def modes(t):
	"""What stty says, in a file."""
	file = t.folder / "modes"
	file.unlink(missing_ok=True)
	t.type(f"stty -a >{file}.part; mv {file}.part {file}")
	t.keys("Enter")
	while not file.exists():
		time.sleep(0.02)
	return file.read_text()


def killed(number, code):
	with Terminal() as t:
		before = modes(t)
		opened(t)
		os.kill(t.pid_of("remora"), number)
		screen = t.ended(code)
		assert modes(t) == before
		assert t.tmux("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").split() == ["0", "1", "0"]
		return screen


def test_terminated():
	killed(signal.SIGTERM, 143)


def test_crashed():
	with Terminal(environment={"ASAN_OPTIONS": "detect_leaks=0:handle_segv=0"}) as t:
		before = modes(t)
		opened(t)
		os.kill(t.pid_of("remora"), signal.SIGSEGV)
		screen = t.wait("the terminal is as it was before")
		assert "F1 Help" not in screen, screen
		assert modes(t) == before
		assert t.tmux("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").split() == ["0", "1", "0"]


def test_aborted():
	assert "as it was before" in killed(signal.SIGABRT, 134)


def test_hung_up():
	with Terminal() as t:
		opened(t)
		pid = t.pid_of("remora")
		t.tmux("kill-server")
		end = time.monotonic() + 10
		while pathlib.Path(f"/proc/{pid}").exists():
			assert time.monotonic() < end, "it lives on without a terminal"
			time.sleep(0.05)


def test_no_utf8():
	with Terminal(environment={"LC_ALL": "C"}) as t:
		screen = opened(t)
		assert screen.isascii(), screen
		assert "-- Frame 1 . Ethernet / IPv4 / UDP / DHCP ---" in screen, screen


def colours(screen):
	return set(re.findall(r"\x1b\[[0-9;]*(?:3|4)8;5;([0-9]+)", screen))


def test_colours():
	with Terminal() as t:
		opened(t)
		assert "24" in colours(t.screen(escapes=True))
	with Terminal(environment={"NO_COLOR": "1"}) as t:
		opened(t)
		screen = t.screen(escapes=True)
		assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:3|4|9)[0-7]", screen) and not colours(screen), screen
		assert "\x1b[7m" in screen, screen
	with Terminal(environment={"COLORFGBG": "0;15"}) as t:
		opened(t)
		assert "153" in colours(t.screen(escapes=True))


# xterm-direct, which not every machine has.
DIRECT = r"""direct-colours|colours by red green and blue, RGB, colors#0x1000000, pairs#0x7FFF,
	setab=\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
	setaf=\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m, use=xterm-256color,
"""


def test_direct_colours():
	"""A colour's number is itself the colour there: the selected row has the ground that it has elsewhere."""
	with Terminal() as t:
		subprocess.run(["tic", "-x", "-o", t.folder / ".terminfo", "-"], input=DIRECT, text=True, check=True, stderr=subprocess.DEVNULL)
		t.run("env", "TERM=direct-colours", remora, "tui", capture)
		t.wait("Discover")
		assert "48;2;0;95;135" in t.screen(escapes=True), t.screen(escapes=True)


def test_dumb():
	for environment, why in (({"TERM": "dumb"}, "TERM is dumb"), ({"TERM": ""}, "TERM is not set"),
			({"TERM": "nobody-knows"}, "finds no description of this TERM")):
		with Terminal() as t:
			t.run("env", *(f"{k}={v}" for k, v in environment.items()), remora, "tui", capture)
			screen = t.wait(why)
			assert "remora read" in screen.replace("\n", ""), screen
			t.ended(1)


def test_no_terminal():
	done = subprocess.run([remora, "tui", capture], stdin=subprocess.DEVNULL, capture_output=True, check=False, text=True)
	assert done.returncode == 1 and done.stdout == "", done
	assert done.stderr.count("\n") == 1 and "remora read" in done.stderr, done.stderr


def test_packets_from_standard_input():
	with Terminal() as t:
		t.run("cat", capture, "|", remora, "tui", "-")
		t.wait("33 packets")
		t.keys("j", "j")
		assert "standard input" in t.wait("Frame 3")
		t.keys("q")
		t.ended(0)


def test_piped_in():
	"""Nothing needs to be said about what is handed over."""
	with Terminal() as t:
		t.run("cat", capture, "|", remora, "tui")
		assert "standard input" in t.wait("33 packets")
		t.keys("q")
		t.ended(0)


def test_growing_file():
	with Terminal() as t:
		file = t.folder / "grows.pcapng"
		data = capture.read_bytes()
		file.write_bytes(data[:2000])
		opened(t, file)
		t.wait("33 packets", gone=True)
		with file.open("ab") as more:
			more.write(data[2000:])
		t.wait("33 packets")
		t.keys("q")
		t.ended(0)


def test_shrinking_file():
	"""What cannot be read any more says so in its row; the rest stays."""
	with Terminal() as t:
		file = t.folder / "shrinks.pcapng"
		file.write_bytes((capture.parent / "http.pcapng").read_bytes())
		t.run(remora, "tui", file)
		t.wait("279 packets")
		os.truncate(file, 20000)
		t.keys("G")
		t.wait(" 279  the file shrank")
		t.keys("g", "g")
		t.wait("who has 192.0.2.80")
		t.keys("q")
		t.wait("READY")


def test_to_the_end_while_it_is_read():
	"""The last row is the last of all, whether it has been found by then or not."""
	with Terminal() as t:
		file, packets = t.folder / "many.pcap", 300000
		record = struct.pack("<IIII", 1, 0, 60, 60) + bytes(60)
		file.write_bytes(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1) + record * packets)
		t.run(remora, "tui", file)
		t.wait("F1 Help")
		t.keys("G")
		t.wait(f"Frame {packets} ")
		t.keys("g", "g", "/")
		t.type('frame matches "\\\\x00{3}"')
		t.keys("Enter", "G")
		t.wait(f"Frame {packets} ", seconds=60)


def mouse(t, button, x, y):
	"""A press, or a turn of the wheel, as terminals report it; a button is let go again."""
	for what in (button, 3) if button == 0 else (button,):
		t.type("\x1b[M" + "".join(chr(32 + n) for n in (what, x, y)))


def test_mouse():
	with Terminal() as t:
		opened(t)
		mouse(t, 0, 20, 7)
		t.wait("Frame 4")
		mouse(t, 65, 20, 7)
		t.wait("Frame 7")
		mouse(t, 0, 2, 30)
		t.wait("1 to ")


def test_paste():
	with Terminal() as t:
		opened(t)
		t.tmux("set-buffer", "q\nicmp\n")
		t.tmux("paste-buffer", "-p")
		t.keys("/")
		t.wait("Esc as it was")
		t.tmux("set-buffer", "icmp")
		t.tmux("paste-buffer", "-p")
		t.wait("4 of 33")
		t.keys("Enter")
		t.wait("F1 Help")


def test_interrupt_does_not_end_it():
	with Terminal() as t:
		opened(t)
		t.keys("C-c", "j")
		t.wait("Frame 2")
		os.kill(t.pid_of("remora"), signal.SIGINT)
		t.keys("j")
		t.wait("Frame 3")


def read_when_there(t, file):
	"""What is in a file that somebody is about to write; it is gone then."""
	end = time.monotonic() + 20
	while not file.exists():
		assert time.monotonic() < end, f"{file} is not written:\n{t.screen()}"
		time.sleep(0.03)
	text = file.read_text()
	file.unlink()
	return text


def wireshark(t, program):
	"""Something in place of Wireshark, which writes what it is called with."""
	words = t.folder / "words"
	program.parent.mkdir(exist_ok=True)
	program.write_text(f'#!/bin/sh\ncp "$([ "$1" = -r ] && echo "$2" || echo "$1")" {t.folder}/copy\necho "$@" >{words}.part && mv {words}.part {words}\n')
	program.chmod(0o755)
	t.folder.chmod(0o777)
	t.run("export", f"TMPDIR={t.folder}", f"PATH={program.parent}:/usr/bin:/bin")
	return words


def selection(t):
	"""What Wireshark was given to read."""
	return subprocess.run([remora, "read", t.folder / "copy"], capture_output=True, text=True, check=True).stdout.count("\n")


def test_wireshark():
	with Terminal() as t:
		words = wireshark(t, t.folder / "program")
		(t.folder / "remora").mkdir()
		(t.folder / "remora" / "tui.conf").write_text(f"[tui]\nwireshark={t.folder}/program\n")
		opened(t, "--no-sandbox", capture)
		t.keys("j", "W")
		assert read_when_there(t, words) == f"-r {capture} -g 2\n"
		t.keys("/")
		t.type("icmp")
		t.keys("Enter", "W")
		assert read_when_there(t, words).startswith(f"-r {t.folder}")
		assert selection(t) == 4


def test_wireshark_from_the_sandbox():
	with Terminal() as t:
		words = wireshark(t, t.folder / "bin" / "wireshark")
		opened(t)
		t.keys("/")
		t.type("icmp")
		t.keys("Enter", "W")
		read_when_there(t, words)
		assert selection(t) == 4


def test_sandbox():
	with Terminal() as t:
		screens = []
		for words in ((), ("--no-sandbox",)):
			opened(t, *words, capture)
			status = pathlib.Path(f"/proc/{t.pid_of('remora')}/status").read_text()
			inside = {line.split()[0]: line.split()[1:] for line in status.splitlines()}
			closed = inside["CapEff:"] == ["0" * 16] and inside["NoNewPrivs:"] == ["1"] and inside["Seccomp:"] == ["2"]
			assert closed == (not words), status
			assert os.getuid() != 0 or (inside["Uid:"][1] != "0") == (not words), status
			t.keys("j", "j", "Tab", "j", "/")
			t.type("ip.ttl == 64")
			t.keys("Enter", "Space", "y")
			screens.append(t.wait("Copy of the"))
			t.keys("Escape")
			t.wait("F1 Help")
			t.keys("q")
			t.ended(0)
		assert screens[0] == screens[1]


def test_save_from_the_sandbox():
	with Terminal() as t:
		opened(t)
		t.folder.chmod(0o777)
		(t.folder / "letter").write_text("do not lose this")
		for which, name, says in (("all", "saved", "33 packets saved"), ("all", "saved", "is there already"),
				("all", "letter", "is there already")):
			t.keys(":")
			t.type(f"save {which} {t.folder}/{name}")
			t.keys("Enter")
			t.wait(says)
			if "there already" in says:
				t.keys("y", "Enter")
				t.wait("is no capture, and not overwritten" if name == "letter" else "33 packets saved")
		assert (t.folder / "letter").read_text() == "do not lose this"
		t.keys("w")
		t.type(f"{t.folder}/sav")
		t.keys("Tab", "Enter")
		t.wait("is there already")
		t.keys("n", "Enter")
		t.wait("not saved")
		done = subprocess.run([remora, "read", t.folder / "saved"], capture_output=True, text=True, check=True)
		assert done.stdout.count("\n") == 33


def test_load_from_the_sandbox():
	"""Another capture, as it is and packed; a file that is none stays out of reach."""
	with Terminal() as t:
		opened(t)
		t.folder.chmod(0o755)
		(t.folder / "letter").write_text("nobody shall read this")
		for name, says in ((capture.parent / "http.pcapng", "279 packets"), (t.folder / "letter", "no capture file"),
				(capture.parent / "dnssec.pcapng.zst", "162 packets"), ("/dev/zero", "no capture file"), (t.folder / "none", "No such file")):
			t.keys(":")
			t.type(f"load {name}")
			t.keys("Enter")
			t.wait(says)
		assert "162 packets" in t.screen()
		t.keys("G")
		t.wait("Frame 162")
		t.keys("M-7")
		t.wait("into a file without a name")
		t.keys("q", "q")
		t.ended(0)


def ticks(pid):
	fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
	return int(fields[11]) + int(fields[12])


def test_idle():
	with Terminal() as t:
		opened(t)
		pid = t.pid_of("remora")
		time.sleep(0.5)
		before = ticks(pid)
		time.sleep(4)
		spent = (ticks(pid) - before) / os.sysconf("SC_CLK_TCK") / 4
		print(f"  idle: {100 * spent:.2f} % of a processor")
		assert spent <= 0.02, "it is busy while nothing happens"


def main():
	if shutil.which("tmux") is None:
		print("skipped: there is no tmux")
		return 77
	return run_tests(globals())


sys.exit(main())
