#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""wireshark.py REMORA: install, status and uninstall of the plugin, with Wiresharks of several versions.

Wireshark 4.0 is a script called tshark that lists what lies in its folders; 4.4 is the name of a library. Where a real tshark is
on this machine, it proves the load of a plugin that was made for it.
"""
import os
import re
import shutil
import subprocess
import sys

from machine import findings, machine

PLUGIN = """
const char plugin_version[] = "0.1.0";
const int plugin_want_major = MAJOR, plugin_want_minor = MINOR;
const char field[] = FIELD;
void plugin_register(void) {}
unsigned plugin_describe(void) { return 1; }
"""
TSHARK = """#!/bin/sh
case $1 in
--version) echo 'TShark (Wireshark) 4.0.99 (made up).' ;;
-G)	for file in "$WIRESHARK_PLUGIN_DIR"/4.0/epan/*.so "$HOME"/.local/lib/wireshark/plugins/4.0/epan/*.so; do
		[ -e "$REFUSES$file" ] || continue
		case " $seen " in *" ${file##*/} "*) echo "'${file##*/}' was found in multiple directories" >&2; continue ;; esac
		echo "remora.so 0.1.0 dissector $file"
		seen="$seen ${file##*/}"
	done
	[ -z "$REFUSES" ] || echo "Couldn't load plugin 'remora.so': no" >&2 ;;
esac
"""


def compile_plugin(m, name, major, minor, abi=None, field="remora.breakdown"):
	"""A plugin as Wireshark would take it; linked to libwireshark.so.ABI, if one is given."""
	source, plugin, library = m.root / "plugin.c", m.root / name, m.root / f"libwireshark.so.{abi}"
	source.write_text(PLUGIN)
	build = ["cc", "-shared", "-fPIC", "-nostdlib", "-s", "-Wl,-z,noseparate-code,--no-as-needed"]
	link = []
	if abi:
		subprocess.run([*build, f"-Wl,-soname,libwireshark.so.{abi}", "-x", "c", "/dev/null", "-o", library], check=True)
		link = [library]
	subprocess.run([*build, f"-DMAJOR={major}", f"-DMINOR={minor}", f'-DFIELD="{field}"', source, *link, "-o", plugin], check=True)
	return plugin


def installed(m, version="4.0", name="remora.so"):
	return m.home / ".local/lib/wireshark/plugins" / version / "epan" / name


def about(text, version):
	return [f for f in findings(text) if f[1].startswith("Wireshark " + version)]


def place(m, plugin, path):
	for folder in (path.parent.parent, path.parent):
		folder.mkdir(parents=True, exist_ok=True)
		m.own(folder)
	shutil.copy(plugin, path)
	m.own(path)


def install(m, fits):
	"""From nothing to installed, and once more."""
	text, code = m.run("wireshark", "status")
	assert code == 0
	[old], [new] = about(text, "4.0"), about(text, "4.4")
	assert old == ["warn", "Wireshark 4.0.99", "remora's plugin is not installed", ["remora wireshark install"]], old
	assert new[1] == "Wireshark 4.4.3" and "is for Wireshark 4.0 (libwireshark.so.16)" in new[2], new
	text, code = m.run("wireshark", "install")
	[old], [new] = about(text, "4.0"), about(text, "4.4")
	assert code == 0 and old[0] == "ok" and new[0] == "warn", text
	assert old[2] == "remora 0.1.0 is now installed, and tshark loads it ~/.local/lib/wireshark/plugins/4.0/epan", old
	assert installed(m).read_bytes() == fits.read_bytes() and installed(m).stat().st_mode & 0o777 == 0o644
	assert [f.name for f in installed(m).parent.iterdir()] == ["remora.so"] and not installed(m, "4.4").exists()
	inode = installed(m).stat().st_ino
	text, code = m.run("wireshark", "install")
	assert code == 0 and about(text, "4.0")[0][2].startswith("remora 0.1.0 is installed"), text
	assert installed(m).stat().st_ino == inode
	text, code = m.run("wireshark", "status")
	assert code == 0 and about(text, "4.0")[0][0] == "ok", text


def replace(m, fits, other_build, other_version):
	for plugin, verdict, words in ((other_build, "warn", "another build"), (other_version, "fail", "is for Wireshark 4.4")):
		place(m, plugin, installed(m))
		text, code = m.run("wireshark", "status")
		[found] = about(text, "4.0")
		assert found[0] == verdict and words in found[2] and code == (2 if verdict == "fail" else 0), text
		assert found[3] == ["remora wireshark install"], found
		text, code = m.run("wireshark", "install")
		assert code == 0 and installed(m).read_bytes() == fits.read_bytes(), text


def refuse(m, other_abi, other_version, foreign):
	text, code = m.run("wireshark", "install", REFUSES="/nowhere")
	[found] = about(text, "4.0")
	assert code == 2 and "does not load: Couldn't load plugin 'remora.so': no" in found[2], text
	for plugin in (other_abi, other_version):
		installed(m).unlink(missing_ok=True)
		text, code = m.run("wireshark", "install", "--from", str(plugin))
		assert about(text, "4.0")[0][0] == "warn" and not installed(m).exists(), text
	assert code == 0 and installed(m, "4.4").exists(), text  # the other version has its Wireshark
	text, code = m.run("wireshark", "install", "--from", str(foreign))
	assert code == 2 and text == f"remora: {foreign} is no plugin of remora\n", text
	m.run("wireshark", "uninstall")
	folder = installed(m).parent
	folder.chmod(0o555)
	text, code = m.run("wireshark", "install")
	folder.chmod(0o755)
	[found] = about(text, "4.0")
	assert code == 2 and found[2].startswith("it cannot be written: Permission denied"), text


def copies(m, fits):
	"""Two plugins for one Wireshark: of the same file name, of another."""
	common = m.common / "4.0/epan"
	m.run("wireshark", "install")
	place(m, fits, common / "remora.so")
	text, code = m.run("wireshark", "status")
	assert code == 0 and [f[0] for f in about(text, "4.0")] == ["ok", "warn"], text
	assert about(text, "4.0")[1][3] == ["remora wireshark uninstall"]
	m.run("wireshark", "uninstall")
	text, code = m.run("wireshark", "install")
	assert code == 0 and about(text, "4.0")[0][2].endswith(str(common)) and not installed(m).exists(), text
	shutil.rmtree(common)
	m.run("wireshark", "install")
	place(m, fits, installed(m, name="old.so"))
	text, code = m.run("wireshark", "status")
	assert code == 2 and about(text, "4.0")[1][3] == [f"rm {installed(m, name='old.so')}"], text


def uninstall(m, foreign):
	place(m, foreign, installed(m, name="other.so"))
	text, code = m.run("wireshark", "uninstall")
	assert code == 0 and len(about(text, "4.0")) == 2, text  # remora.so and old.so
	assert [f.name for f in installed(m).parent.iterdir()] == ["other.so"]
	installed(m, name="other.so").unlink()
	text, code = m.run("wireshark", "uninstall")
	assert code == 0 and "nothing of remora" in text, text
	for content in (b"not a plugin", foreign.read_bytes()):
		installed(m).write_bytes(content)
		for action in ("install", "uninstall", "status"):
			text, code = m.run("wireshark", action)
			assert code == 2 and about(text, "4.0")[0][3] == [f"rm {installed(m)}"], text
			assert installed(m).read_bytes() == content
	installed(m).unlink()
	m.run("wireshark", "install")
	text, code = m.run("wireshark", "uninstall")
	assert code == 0 and not installed(m).parent.parent.exists(), text


def damage(m, fits):
	"""Every cut is told in one line; a changed byte of the header too, if it matters."""
	whole, path = fits.read_bytes(), m.root / "damaged.so"

	def is_refused(content):
		path.write_bytes(content)
		text, code = m.run("wireshark", "install", "--from", str(path))
		told = re.fullmatch(rf"remora: {path} (is|has) [a-zA-Z ]+\n", text)
		assert (code == 2) if told else about(text, "4.0"), text
		return bool(told)

	cuts = [is_refused(whole[:at]) for at in range(0, len(whole), 64)]
	changes = [is_refused(whole[:at] + b"\xff" + whole[at + 1:]) for at in range(64)]
	assert all(cuts) and sum(changes) > 20, (cuts, changes)
	m.run("wireshark", "uninstall")
	os.mkfifo(m.root / "pipe")
	for name in ("pipe", "home"):
		assert m.run("wireshark", "install", "--from", name) == (f"remora: {name} is no file of a plugin\n", 2)
	assert m.run("wireshark", "install", "--from", "absent") == ("remora: absent cannot be read: No such file or directory\n", 2)
	print(f"{len(cuts)} cuts, {sum(changes)} of {len(changes)} changes refused")


def usage(m):
	for words in ([], ["remove"], ["install", "twice"], ["status", "--from", "x"], ["uninstall", "--from", "x"]):
		text, code = m.run("wireshark", *words)
		assert code == 1 and text.startswith("remora: wireshark wants install, uninstall or status"), text
	if m.is_root:
		text, code = m.run("wireshark", "install", as_root=True, SUDO_USER="somebody")
		[trap] = [f for f in findings(text) if f[1] == "root"]
		assert trap[3] == ["sudo -H -u somebody remora wireshark install"] and "tshark loads" not in text, text
		assert m.run("wireshark", "uninstall", as_root=True)[1] == 0


def real(m):
	"""The tshark of this machine loads what it was made for."""
	said = subprocess.run(["tshark", "--version"], capture_output=True, check=False, text=True).stdout
	version = re.search(r"(\d+)\.(\d+)\.\d+", said)
	plugin = compile_plugin(m, "real.so", version[1], version[2])
	text, code = m.run("wireshark", "install", "--from", str(plugin), PATH=os.environ["PATH"])
	[found] = about(text, version[0])
	assert code == 0 and "tshark loads it" in found[2], text
	print(f"tshark {version[0]} loads it")


def main():
	with machine(sys.argv[1]) as m:
		fits = compile_plugin(m, "prefix/fits.so", 4, 0, 16)
		other_version = compile_plugin(m, "other_version.so", 4, 4, 18)
		foreign = compile_plugin(m, "foreign.so", 4, 0, 16, "somebody.else")
		(m.path / "tshark").write_text(TSHARK)
		(m.path / "tshark").chmod(0o755)
		(m.lib / "libwireshark.so.18.0.3").touch()
		place(m, fits, m.root / "prefix/lib/remora/4.0/remora.so")
		m.own(m.root / "prefix/lib/remora/4.0")
		install(m, fits)
		replace(m, fits, compile_plugin(m, "other_build.so", 4, 0), other_version)
		refuse(m, compile_plugin(m, "other_abi.so", 4, 0, 17), other_version, foreign)
		copies(m, fits)
		uninstall(m, foreign)
		damage(m, fits)
		usage(m)
		if shutil.which("tshark"):
			real(m)
	return 0


sys.exit(main())
