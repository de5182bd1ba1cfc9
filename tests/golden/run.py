#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""run.py REMORA [--update]: what remora prints, compared to the letter.

Each cases/NAME.cmd holds the words behind `remora`, in shell quoting, and in front of them what to add to the environment; NAME.txt what it then prints (standard output, then standard
error, then the exit code). Paths are relative to the top of the tree; {transcript} is the capture that transcript.py makes,
{unknown} the same with a link type that is nobody's (LINKTYPE_USER0), {broken} a folder with a libpcap that is none.
Dropping the two files in is enough; --update writes what is printed now.
"""
import difflib
import itertools
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
top = here.parent.parent


def printed(remora, words):
	more = dict(word.split("=", 1) for word in itertools.takewhile(lambda word: re.match(r"[A-Z_]+=", word), words))
	done = subprocess.run([remora] + words[len(more):], cwd=top, stdin=subprocess.DEVNULL, capture_output=True, check=False,
		env={"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C.UTF-8", **more})
	return (done.stdout + done.stderr).decode("utf-8") + f"exit {done.returncode}\n"


def main():
	remora = str(pathlib.Path(sys.argv[1]).resolve())
	failed = 0
	with tempfile.TemporaryDirectory() as work:
		made = {name: pathlib.Path(work, name + ".pcap") for name in ("transcript", "unknown")}
		subprocess.run([sys.executable, here / "transcript.py", made["transcript"]], check=True)
		capture = made["transcript"].read_bytes()
		made["unknown"].write_bytes(capture[:20] + (147).to_bytes(4, "little") + capture[24:])
		made["broken"] = pathlib.Path(work, "broken")
		made["broken"].mkdir()
		for name in ("libpcap.so.0.8", "libpcap.so.1", "libpcap.so"):
			(made["broken"] / name).touch()
		cases = sorted((here / "cases").glob("*.cmd"))
		for case in cases:
			words = shlex.split(case.read_text().format(**made))
			text = printed(remora, words).replace(work + "/", "")
			want = case.with_suffix(".txt")
			if "--update" in sys.argv:
				want.write_text(text)
			elif text != want.read_text():
				failed += 1
				sys.stdout.writelines(difflib.unified_diff(want.read_text().splitlines(True), text.splitlines(True),
					want.name, "now"))
	print(f"{len(cases) - failed} passed, {failed} failed")
	return 1 if failed or not cases else 0


sys.exit(main())
