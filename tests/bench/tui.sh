#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# tui.sh CAPTURE: what `remora tui` costs, beside termshark and tshark where they are installed, in one run: tui.py says what is
# measured. CAPTURE should have a million packets, as what corpus.sh makes.
set -eu
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null && cmake --build --preset release --target remora-cli flood >/dev/null
capture=${1:?a capture, as tests/bench/corpus.sh makes them}
peers=
for peer in termshark tshark; do
	if command -v "$peer" >/dev/null; then peers="$peers $peer"; else echo "$peer is not installed, and not measured"; fi
done
exec python3 tests/bench/tui.py build/release/bin/remora build/release/tests/flood "$capture" $peers
