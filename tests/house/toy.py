#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""toy.py ROOT WORK: adds the toy protocol of CONTRIBUTING.md to a copy of the tree, word for word, runs its test, and finds its
fields in Wireshark through the plugin, which does not know of it.

A line that ends in a path in backticks and a colon names the file of the code block below it. Blocks of one file are joined;
the line for protos.def is put at its end.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

BLOCK = re.compile(r"`([\w./-]+)`:\n\n```\w*\n(.*?)^```$", re.M | re.S)


def main():
    root, work = (pathlib.Path(arg).resolve() for arg in sys.argv[1:3])
    tree = work / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    for part in ("stack", "plugin", "tests/portable", "tests/radio", "tests/agreement"):
        shutil.copytree(root / part, tree / part)
    for part in ("CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "SECURITY.md",
                 "tests/CMakeLists.txt"):
        (tree / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / part, tree / part)

    blocks = BLOCK.findall((root / "CONTRIBUTING.md").read_text())
    files = {}
    for path, code in blocks:
        files[path] = files.get(path, "") + code
    for path, code in files.items():
        file = tree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file.read_text() + code if path.endswith(".def") else code)
    print(f"{len(blocks)} blocks in {len(files)} files:", *files)

    build = work / "build"
    subprocess.run(["cmake", "--preset", "stack", "-B", build], cwd=tree, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", build], cwd=tree, check=True)
    tests = [f"unit-{pathlib.Path(path).stem}" for path in files if path.startswith("tests/unit/")]
    for test in tests:
        subprocess.run([build / "tests" / test], check=True)
    return 0 if tests and in_wireshark(root, tree, work / "plugin", files) else 1


def in_wireshark(root, tree, build, files):
    """Builds the plugin with the toy in the core, and holds what Wireshark lists against the keys in the blocks."""
    subprocess.run(["cmake", "-G", "Ninja", "-S", tree, "-B", build, "-DREMORA_ANALYZER=OFF", "-DBUILD_TESTING=OFF"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", build], check=True, stdout=subprocess.DEVNULL)
    plugin = build / "plugin/remora.so"
    if not plugin.exists() or not shutil.which("tshark"):
        print("there is no Wireshark to build the plugin for")
        return os.environ.get("CI") != "true"
    sys.path.append(str(root / "tests/plugin"))
    import host
    known = host.Fields(host.Host(plugin))
    keys = set(re.findall(r'REM_FIELD\([^"]*"([\w.]+)"', "".join(files.values())))
    lacking = [key for key in keys if "remora." + key not in known.kinds]
    print(f"{len(keys)} fields in Wireshark but for {len(lacking)}", *lacking)
    return keys and not lacking and "remora.knock" in known.protocols


sys.exit(main())
