#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# store.sh [PACKETS]: what the store behind `remora tui` costs on a file of a million packets (or as said), made of the
# samples: the first row, the index, filters, finding, any row. Builds what it needs, for speed.
set -eu
cd "$(dirname "$0")/../.."
packets=${1:-1000000}
work=$(mktemp -d "${TMPDIR:-/var/tmp}/remora-store-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

cmake --preset release >/dev/null
cmake --build build/release --target bench-store >/dev/null
build/release/tests/bench-store --make "$work/many.pcap" "$packets" samples/captures/*.pcap*
ls -l "$work/many.pcap" | awk '{ printf "file               %8.0f MB\n", $5 / 1e6 }'
build/release/tests/bench-store "$work/many.pcap"
