#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# tui.sh [CAPTURE]: what `remora tui` costs, beside termshark and tshark where they are installed, in one table: tui.py says what
# is measured. Without a CAPTURE a million packets are made of the samples. Takes some five minutes; live it wants root.
set -eu
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null && cmake --build build/release --target remora-cli flood bench-store >/dev/null
work=$(mktemp -d "${TMPDIR:-/var/tmp}/remora-tui-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
if [ $# -gt 0 ]; then
	capture=$1
else
	capture=$work/million.pcap
	build/release/tests/bench-store --make "$capture" 1000000 samples/captures/*.pcap*
fi
peers=
for peer in termshark tshark; do
	if command -v "$peer" >/dev/null; then peers="$peers $peer"; else echo "$peer is not installed, and not measured"; fi
done
python3 tests/bench/tui.py build/release/bin/remora build/release/tests/flood "$capture" $peers
