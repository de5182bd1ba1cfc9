#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""client.py [URL]: asks who has 192.168.10.1, by ARP through httptap, with nothing but the standard library."""
import base64
import json
import sys
import urllib.request

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7070"


def ask(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url + path, data), timeout=10) as answer:
        text = answer.read()
    return json.loads(text) if text else None


info = ask("/info?id=python")
own = bytes.fromhex(info["HardwareAddr"].replace(":", ""))
network = info["IPPrefix"].split("/")[0]
target = bytes(int(n) for n in network.split("."))
question = b"\xff" * 6 + own + bytes.fromhex("0806 0001 0800 06 04 0001") + own + target[:3] + b"\xc8" + b"\0" * 6 + target
ask("/send?id=python", base64.b64encode(question).decode())
for attempt in range(20):
    frame = base64.b64decode(ask("/recv?id=python&wait=1000"))
    if frame[12:14] == b"\x08\x06" and frame[20:22] == b"\0\2" and frame[28:32] == target:
        print(network, "is at", frame[22:28].hex(":"))
        break
else:
    sys.exit("nobody answers")
