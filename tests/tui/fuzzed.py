#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""fuzzed.py REMORA [RUNS [STEPS]]: captures with bytes changed at random, and somebody who presses every key and types every
command, with arguments that are none, wrong or absurd, in all sizes. The program must come to its end: under ASan and UBSan that
says a lot. The same seeds are used in every run; a failure names its own, and SEED=N tries that one alone."""
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
top = here.parent.parent
captures = sorted((top / "samples" / "captures").glob("*.pcap*"))
remora = str(pathlib.Path(sys.argv[1]).resolve())

# Those that end the script, and the one that starts another program.
NOT_TRIED = {"quit", "quit!", "wireshark"}
ACTION = re.compile(r'^ACTION\(\w+, "([^"]+)", \w+, "([^"]*)"', re.M)
actions = [(name, [key.replace("*", "x") for key in keys.replace('\\\\', '\\').split(", ") if key])
	for name, keys in ACTION.findall((top / "tui/actions.def").read_text()) if name not in NOT_TRIED]
KEYS = [key for _, keys in actions for key in keys] + ["Alt-7", "Alt-1", "Shift-Up", "Shift-Down", "J", "K", "i", "F7", "F12", "Del"]
SIZES = ["80x24", "40x10", "250x70", "20x5", "7x3", "1x1", "400x8", "12x200", "100x30", "120x40"]
WORDS = ["", "0", "1", "7", "-1", "99999999999999999999999", "1e300", "nan", "0x7", "12:00:00", "2026-11-21T23:03:43Z", "all", "marked x.pcap",
	"shown out.pcapng.zst", "all /dev/full", "/", "..", "a", "'", "\"", "\\", "%s%n", "ip.ttl", "ip.ttl == 64", "tcp.flags.", "frame[0:4] == 00",
	"dns or arp", "!(", "(((((((((((", "frame matches \"(a|b)*c\"", "tcp.port==80,http", "none", "on", "off", "theme light", "layout columns",
	"times ud", "follow on", "e", "ud", "16", "mono", "dark", "stacked", "Ctrl-T mark", "Space quit", "j down 9", "é", "\u202e\u0301漢字", "a" * 3000, str(captures[3]), str(captures[-1])]
TEXTS = ["ip", "tcp.fl", "ip.ttl == 6", " and ", "(", "\"", "漢字", "e\u0301\u0301\u0301", "\u202e", "\U0001f600", "x" * 300, "0a 0b", "/tmp/", "y"]
TYPING = ["Enter", "Esc", "Tab", "Shift-Tab", "Up", "Down", "Left", "Right", "Home", "End", "Backspace", "Del", "Ctrl-A", "Ctrl-E", "Ctrl-U",
	"Ctrl-K", "Ctrl-W", "Ctrl-Y", "Ctrl-T", "Ctrl-R", "Alt-B", "Alt-F", "Paste-Begin", "Paste-End"]


def step(rng):
	"""What somebody does next."""
	kind = rng.random()
	if kind < 0.6:
		count = rng.choice(("2", "9", "77", "99999999999")) if rng.random() < 0.05 else ""
		return " ".join([*count, rng.choice(KEYS)])
	if kind < 0.7:
		return rng.choice(TYPING)
	if kind < 0.75:
		return '"' + rng.choice(TEXTS)
	if kind < 0.87:
		return f":{rng.choice(actions)[0]} {rng.choice(WORDS)}"
	if kind < 0.92:
		return f":{rng.choice(('press', 'double', 'wheel-up', 'wheel-down'))} {rng.randrange(-1, 120)} {rng.randrange(-1, 45)}"
	return f":resize {rng.choice(SIZES)}" if kind < 0.95 else ":wait 700" if kind < 0.96 else "Esc"


def changed(data, rng):
	"""Some bytes behind the head of the file are others."""
	data = bytearray(data)
	for _ in range(rng.choice((1, 5, 50, 500))):
		data[rng.randrange(min(200, len(data) - 1), len(data))] = rng.choice((0, 255, rng.randrange(256)))
	return bytes(data[:rng.randrange(len(data) // 2, len(data))] if rng.random() < 0.2 else data)


def run(seed, steps, work):
	"""What went wrong, None if nothing did."""
	rng = random.Random(seed)
	source = captures[seed % len(captures)]
	capture, script = work / "capture", work / "script"
	capture.write_bytes(changed(source.read_bytes(), rng) if seed % 4 else source.read_bytes())
	script.write_text("\n".join(step(rng) for _ in range(steps)) + "\nEsc Esc\n:save-screen -\n")
	done = subprocess.run([remora, "tui", capture, "--script", script, "--size", "100x30"], capture_output=True, check=False, timeout=300,
		cwd=work, env={"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(work / "config"), "PATH": "/usr/bin:/bin", "HOME": str(work)})
	said = done.stderr.decode("utf-8", "replace")
	return None if done.returncode in (0, 2, 3) else f"seed {seed} ({source.name}): exit {done.returncode}\n{said[-3000:]}"


def main():
	runs = int(sys.argv[2]) if len(sys.argv) > 2 else 30
	steps = int(sys.argv[3]) if len(sys.argv) > 3 else 150
	seeds = [int(os.environ["SEED"])] if "SEED" in os.environ else range(runs)
	wrong = []
	for seed in seeds:
		with tempfile.TemporaryDirectory() as folder:
			wrong += filter(None, [run(seed, steps, pathlib.Path(folder))])
	print("\n".join(wrong), end="\n" if wrong else "")
	print(f"{len(seeds)} captures, {steps} steps in each, {len(wrong)} failed")
	return 1 if wrong else 0


sys.exit(main())
