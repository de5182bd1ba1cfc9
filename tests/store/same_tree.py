#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""same_tree.py LINES REMORA FOLDER: the lines of the store's tree are those of `remora read -V`, in every sample."""
import pathlib
import subprocess
import sys


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def trees(text):
    """The packets of `remora read -V`, as lists of lines without needless blanks."""
    packets = []
    for line in text.splitlines():
        words = " ".join(line.split())
        if line.startswith("Frame "):
            packets.append([])
        elif words and not line.startswith("Comment: "):
            packets[-1].append(words)
    return packets


def main():
    lines, remora, folder = sys.argv[1:]
    packets = wrong = 0
    for file in sorted(pathlib.Path(folder).glob("*.pcap*")):
        ours, now = [], []
        for line in run(lines, file).splitlines():
            if line.startswith("end of packet "):
                ours.insert(0, now)
                now = []
            else:
                now.append(" ".join(line.split()))
        theirs = trees(run(remora, "read", "-V", file))
        packets += len(theirs)
        if len(ours) != len(theirs):
            print(f"{file.name}: {len(ours)} packets instead of {len(theirs)}")
            wrong += 1
        for number, (our, their) in enumerate(zip(ours, theirs), 1):
            for a, b in zip(our + [""] * len(their), their + [""] * (len(our) - len(their))):
                if a != b:
                    print(f"{file.name} packet {number}:\n  the tree has  {b}\n  the store has {a}")
                    wrong += 1
                    break
    print(f"{packets} packets, {wrong} wrong")
    return 1 if wrong or packets < 500 else 0


sys.exit(main())
