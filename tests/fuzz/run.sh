#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# run.sh [SECONDS [NAME...]]: fuzz every target, or those named, for so many seconds each (default 60). The seeds come from
# corpus/NAME; what is found new stays in build/fuzz/found/NAME, a crash is saved there as crash-*, and ends the run.
set -eu
seconds=${1:-60}
[ $# = 0 ] || shift
cd "$(dirname "$0")"
build=../../build/fuzz

[ -x "$build/bin" ] || sh build.sh || exit
if [ $# = 0 ]; then
	set -- $(ls "$build/bin" | sed -n 's/^fuzz_//p')
fi
for name; do
	[ -x "$build/bin/fuzz_$name" ] || { echo "skipped: fuzz_$name is not built"; exit 77; }
	found=$build/found/$name
	mkdir -p "$found"
	dictionary=
	[ ! -f "$name.dict" ] || dictionary=-dict=$name.dict
	echo "fuzz_$name: $seconds s"
	"$build/bin/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=70000 -len_control=10 \
		-print_final_stats=1 -verbosity=0 $dictionary -artifact_prefix="$found/" "$found" "corpus/$name"
done
