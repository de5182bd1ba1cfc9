#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""golden.py REMORA [--update] [NAME...]: screens of scripts, compared to the letter.

Each screens/NAME.keys is a script (tui/script.h) whose first line says how `remora tui` is called: "# FILE OPTIONS…", and in
front of that what to add to the environment. NAME.txt is what it then prints: the screens that it saves to standard output,
standard error and the exit code. Paths are relative to the top of the tree; {work} is a folder of the script's own,
in which `settings` is a copy of settings/. Dropping the two files in is enough; --update writes what is
printed now.
"""
import concurrent.futures
import difflib
import itertools
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
top = here.parent.parent


def printed(remora, case, work):
	"""What a script prints."""
	lines = case.read_text().splitlines(True)
	words = shlex.split(lines[0].lstrip("# ").format(work=work))
	more = dict(word.split("=", 1) for word in itertools.takewhile(lambda word: re.match(r"[A-Z_]+=", word), words))
	shutil.copytree(here / "settings", work / "settings")
	for file in (work / "settings").iterdir():
		os.utime(file, (1e9, 1e9))  # what was just written may be about to grow
	script = work / "script"
	script.write_text("".join(lines[1:]).replace("{work}", str(work)))
	done = subprocess.run([remora, "tui", *words[len(more):], "--script", script], cwd=top, capture_output=True, check=False,
		stdin=subprocess.DEVNULL, timeout=120,
		env={"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(work), **more})
	text = (done.stdout + done.stderr).decode("utf-8") + f"exit {done.returncode}\n"
	return text.replace(str(work), "{work}")


def check(remora, case, update):
	"""The difference to what is wanted, None if there is none."""
	with tempfile.TemporaryDirectory() as work:
		text = printed(remora, case, pathlib.Path(work))
	want = case.with_suffix(".txt")
	if update:
		want.write_text(text)
		return None
	old = want.read_text() if want.exists() else ""
	return None if text == old else "".join(
		difflib.unified_diff(old.splitlines(True), text.splitlines(True), want.name, "now"))


def main():
	remora = str(pathlib.Path(sys.argv[1]).resolve())
	named = [word for word in sys.argv[2:] if not word.startswith("--")]
	cases = [case for case in sorted((here / "screens").glob("*.keys")) if not named or case.stem in named]
	with concurrent.futures.ThreadPoolExecutor(2) as pool:
		wrong = list(filter(None, pool.map(lambda case: check(remora, case, "--update" in sys.argv), cases)))
	print("\n".join(wrong), end="")
	print(f"{len(cases) - len(wrong)} passed, {len(wrong)} failed")
	return 1 if wrong or not cases else 0


sys.exit(main())
