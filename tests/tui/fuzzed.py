#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""fuzzed.py REMORA [RUNS]: captures with bytes changed at random, scrolled through by script in every pane, in all sizes. The
program must come to its end: under ASan and UBSan that says a lot. The same seeds are used in every run."""
import pathlib
import random
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
captures = sorted((here.parent.parent / "samples" / "captures").glob("*.pcap*"))
remora = str(pathlib.Path(sys.argv[1]).resolve())
KEYS = ["j", "k", "PgDn", "PgUp", "G", "g g", "Tab", "Shift-Tab", "h", "l", "Enter", "Space", "e", "E", "|", "\\", "+", "<", "n",
	"]", "[", "R", "t", "a", "!", "&", "Backspace", "y", "Esc", "=", "o", "C", "b", "Alt-7", "Alt-1", "T", "3 j", "Ctrl-D",
	"Ctrl-U", "Home", "End", ":find a", ":column ip.ttl", ":resize 40x10", ":resize 250x70", ":resize 80x24", ":resize 7x3",
	":press 10 5", ":press 60 15", ":press 3 15", ":double 30 16", ":wheel-down 10 10", "m x", "' x", ":screen capture", ":copy"]


def changed(data, rng):
	"""Some bytes behind the head of the file are others."""
	data = bytearray(data)
	for _ in range(rng.choice((1, 5, 50, 500))):
		data[rng.randrange(min(200, len(data) - 1), len(data))] = rng.choice((0, 255, rng.randrange(256)))
	return bytes(data[:rng.randrange(len(data) // 2, len(data))] if rng.random() < 0.2 else data)


def main():
	runs = int(sys.argv[2]) if len(sys.argv) > 2 else 30
	failed = 0
	with tempfile.TemporaryDirectory() as folder:
		work = pathlib.Path(folder)
		for seed in range(runs):
			rng = random.Random(seed)
			source = captures[seed % len(captures)]
			capture, script = work / "capture", work / "script"
			capture.write_bytes(changed(source.read_bytes(), rng))
			script.write_text("\n".join(rng.choices(KEYS, k=150)) + "\n:save-screen -\n")
			done = subprocess.run([remora, "tui", capture, "--script", script, "--size", "100x30"], capture_output=True,
				check=False, timeout=120, env={"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(work / "config"), "PATH": "/usr/bin:/bin"})
			if done.returncode not in (0, 2, 3):
				failed += 1
				print(f"seed {seed} ({source.name}): exit {done.returncode}\n{done.stderr[-3000:].decode('utf-8', 'replace')}")
	print(f"{runs} captures scrolled through, {failed} failed")
	return 1 if failed else 0


sys.exit(main())
