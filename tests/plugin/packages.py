#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""packages.py BINARY_DIR: the Debian packages hold what they should and nothing else, and the plugin loads from where they put
it; so it does from wherever `cmake --install --component wireshark-plugin` puts it.
"""

import re
import shutil
import subprocess
import sys

import host

PROGRAM = {
	"usr/bin/remora", "usr/share/man/man1/remora.1", "usr/share/doc/remora/copyright", "usr/share/doc/remora/README.md",
	"usr/share/doc/remora/SECURITY.md", "usr/share/bash-completion/completions/remora",
	"usr/share/zsh/site-functions/_remora", "usr/share/fish/vendor_completions.d/remora.fish",
}


def output(*command):
	return subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, check=True).stdout.decode()


def field(package, name):
	return output("dpkg-deb", "-f", package, name).strip()


def files(package):
	"""The files of a package; that each is root's is dpkg-deb's first word on it."""
	rows = [line.split(None, 5) for line in output("dpkg-deb", "-c", package).splitlines()]
	owners = {row[1] for row in rows}
	return {row[5].removeprefix("./") for row in rows if not row[0].startswith("d")}, owners


def loads(plugin, checks, where):
	rows = host.Host(plugin).lines("-G", "plugins")
	checks.expect(any(row.startswith("remora.so") for row in rows), f"the plugin loads {where}")


def main():
	lacking = [tool for tool in ("cpack", "dpkg-deb", "dpkg-shlibdeps", "file") if not shutil.which(tool)]
	if lacking:
		print("skipped, without", *lacking)
		sys.exit(77)
	build, checks = sys.argv[1], host.Checks()
	there = host.Host(f"{build}/plugin/remora.so")
	out = there.folder / "packages"
	output("cpack", "--config", f"{build}/CPackConfig.cmake", "-B", out)
	packages = {field(path, "Package"): path for path in out.glob("*.deb")}
	if not checks.same(set(packages), {"remora", "remora-wireshark"}, "packages"):
		checks.end()
	for name, path in packages.items():
		held, owners = files(path)
		checks.same(owners, {"root/root"}, f"who owns the files of {name}")
		checks.expect("localhost" not in field(path, "Maintainer"), f"the maintainer of {name}")
		description = field(path, "Description").splitlines()
		checks.expect(len(description) > 2 and all(re.match(" ?\\S", line) for line in description), f"description {description}")
		print(f"{path.name}: {path.stat().st_size} bytes, depends on {field(path, 'Depends')}")
		output("dpkg-deb", "-x", path, there.folder / "root")
		if name == "remora":
			checks.same(held, PROGRAM, "files of remora")
			checks.expect("libglib2.0-0" in field(path, "Depends"), "remora's libraries")
		else:
			checks.same(len(held), 2, "files of remora-wireshark")
			checks.expect(any(re.fullmatch(rf"usr/lib/[^/]+/wireshark/plugins/{there.series}/epan/remora\.so", file)
				for file in held), f"the plugin's place: {held}")
			checks.expect(re.search(r"\blibwireshark\d+\b", field(path, "Depends")), "the ABI that the plugin is bound to")
	checks.expect(output(there.folder / "root/usr/bin/remora", "--version").startswith("remora "), "the packed program")
	loads(next((there.folder / "root").rglob("remora.so")), checks, "from the package")

	first, moved = there.folder / "first", there.folder / "moved"
	output("cmake", "--install", build, "--component", "wireshark-plugin", "--prefix", first)
	shutil.move(first, moved)
	checks.same({path.name for path in moved.rglob("*") if path.is_file()}, {"remora.so", "copyright"}, "installed files")
	loads(next(moved.rglob("remora.so")), checks, "from another place than it was installed to")
	checks.end()


main()
