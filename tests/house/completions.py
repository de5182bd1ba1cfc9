#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""completions.py REMORA: what bash, zsh and fish offer behind the beginnings of commands.

Each shell that is found is given the completions that remora prints, and asked as if somebody pressed the tabulator.
"""
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import time

# A line, words that must be offered, words that must not be.
CASES = (
	("remora ", "read fields protos web.pcap", "--help one-more"),
	("remora pro", "protos", "read web.pcap"),
	("remora --disp", "--display-filter", "--help"),
	("remora read --cap", "--capture-filter", "--count"),
	("remora read -T ", "line breakdown tree json ndjson pdml fields none", "web.pcap"),
	("remora -T nd", "ndjson", "line"),
	("remora web.pcap --format js", "json", "ndjson"),
	("remora read -t ad", "ad adoy", "u"),
	("remora read -F ", "pcapng pcap nspcap", "web.pcap"),
	("remora read -e tcp.ack", "tcp.ack_raw", "tcp.seq_raw"),
	("remora read -e _ws.col.in", "_ws.col.info", "_ws.col.time"),
	("remora read -O ud", "udp udplite", "tcp"),
	("remora read --classes so", "source", "size"),
	("remora read -w w", "web.pcap", "read"),
	("remora read w", "web.pcap", "read"),
	("remora fields --c", "--classes", "--count"),
	("remora fields ud", "udp udplite", "tcp web.pcap"),
	("remora wireshark ", "install uninstall status", "udp web.pcap"),
	("remora wireshark --from w", "web.pcap", "status"),
)
PATIENCE = 10  # seconds

BASH = """
source remora.bash
COMP_LINE=$1 COMP_POINT=${#1}
read -ra COMP_WORDS <<<"$1"
[[ $1 == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_remora remora "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""

# Whatever completion adds is written down beside it.
ZSHRC = """
PS1='> ' PS2= RPS1= LISTMAX=1000000
autoload -U compinit && compinit -u -D
source remora.zsh
compadd() {
	local -a found
	[[ $* == *-[OAD]* ]] || { builtin compadd -O found "$@"; print -l -- $found >>offered; }
	builtin compadd "$@"
}
finished() { print END >>offered; }
zle -N finished
bindkey '^X' finished
print ready >>offered
"""


def bash(line):
	run = subprocess.run(["bash", "-c", BASH, "bash", line], stdout=subprocess.PIPE, check=True, encoding="utf-8")
	return run.stdout.split()


def fish(line):
	run = subprocess.run(["fish", "--no-config", "-c", "source remora.fish; complete -C $argv[1]", line], stdout=subprocess.PIPE,
		check=True, encoding="utf-8")
	return [word.split("\t")[0] for word in run.stdout.splitlines()]


def wait_for(path, last):
	"""What stands in the file once its last line is this."""
	end = time.monotonic() + PATIENCE
	while time.monotonic() < end:
		words = path.read_text().split("\n")[:-1] if path.exists() else []
		if words[-1:] == [last]:
			return words[:-1]
		time.sleep(0.01)
	return ["(no answer)"]


def zsh(line):
	"""A terminal is needed to press the tabulator in: only there do completions run."""
	offered = pathlib.Path("offered")
	offered.write_text("")
	pathlib.Path(".zshrc").write_text(ZSHRC)
	pid, terminal = pty.fork()
	if pid == 0:
		os.execvpe("zsh", ["zsh", "-d", "-i"], {**os.environ, "ZDOTDIR": os.getcwd(), "TERM": "dumb"})
	try:
		wait_for(offered, "ready")
		offered.write_text("")
		os.write(terminal, line.encode() + b"\t\x18")
		return wait_for(offered, "END")
	finally:
		os.close(terminal)
		os.kill(pid, 9)
		os.waitpid(pid, 0)


def wrong_in(shell, complete):
	wrong = 0
	for line, wanted, unwanted in CASES:
		found = [re.sub(r"[= /]+$", "", word) for word in complete(line)]
		missing = [word for word in wanted.split() if word not in found]
		surplus = [word for word in unwanted.split() if word in found]
		if missing or surplus:
			wrong += 1
			print(f"{shell}: \"{line}\": missing {missing}, not wanted {surplus}, offered {found[:20]}")
	return wrong


def main():
	remora = os.path.abspath(sys.argv[1])
	shells = {"bash": bash, "zsh": zsh, "fish": fish}
	missing = [name for name in shells if shutil.which(name) is None]
	with tempfile.TemporaryDirectory() as work:
		os.environ["PATH"] = os.path.dirname(remora) + ":" + os.environ["PATH"]
		os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = work
		os.chdir(work)
		pathlib.Path("web.pcap").touch()
		wrong = 0
		for name, complete in shells.items():
			if name in missing:
				continue
			pathlib.Path("remora." + name).write_text(subprocess.run([remora, "--completion", name], stdout=subprocess.PIPE,
				check=True, encoding="utf-8").stdout)
			wrong += wrong_in(name, complete)
	print(f"{len(shells) - len(missing)} shells, {len(CASES)} lines each, {wrong} wrong")
	if missing:
		print("skipped: " + " and ".join(missing) + " missing")
	return 1 if wrong else 77 if missing else 0


sys.exit(main())
