#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# plugin.sh [CAPTURE]: what the plugin costs Wireshark, tshark with it and without in turn. Prints figures, judges nothing.
# CPU seconds are user + system of the whole process, the median of RUNS (5); instructions are callgrind's, less a start, a
# frame. Without a CAPTURE a corpus is made of samples/captures. Needs build/release, tshark; for instructions valgrind.
set -eu
cd "$(dirname "$0")/../.."
plugin=build/release/plugin/remora.so
runs=${RUNS:-5} frames=${FRAMES:-40000} counted=${COUNTED:-4000}
[ -f $plugin ] || { echo "plugin.sh: $plugin is missing: cmake --preset release && cmake --build --preset release" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
capture=${1:-}
if [ -z "$capture" ]; then
	sh tests/bench/corpus.sh "$work" 40 >/dev/null
	capture=$work/mixed.pcap
fi
editcap -F pcap -r "$capture" "$work/some.pcap" 1-"$frames"
editcap -F pcap -r "$capture" "$work/few.pcap" 1-"$counted"
editcap -F pcap -r "$capture" "$work/one.pcap" 1
frames=$(capinfos -TrcM "$work/some.pcap" | cut -f 2)
counted=$(capinfos -TrcM "$work/few.pcap" | cut -f 2)

series=$(tshark --version 2>/dev/null | sed -n '1s/.* \([0-9]*\.[0-9]*\)\..*/\1/p')
mkdir -p "$work/with/$series/epan" "$work/without/$series/epan" "$work/extcap" "$work/home"
cp $plugin "$work/with/$series/epan/remora.so"
chmod -R a+rX "$work"
user=()
if [ "$(id -u)" = 0 ]; then     # for whom Wireshark loads no plugin
	user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	chown 65534:65534 "$work/home"
fi
host() { # with|without COMMAND…
	local plugins=$work/$1
	shift
	"${user[@]}" env HOME="$work/home" WIRESHARK_PLUGIN_DIR="$plugins" WIRESHARK_EXTCAP_DIR="$work/extcap" "$@"
}

cpu() { # with|without ARGUMENT…: user + system seconds of one tshark
	local t
	t=$( { TIMEFORMAT='%3U %3S'; time host "$@" >/dev/null 2>&1; } 2>&1 )
	awk '{ printf "%.3f\n", $1 + $2 }' <<<"$t"
}
median() { sort -n "$1" | sed -n "$(( (runs + 1) / 2 ))p"; }

pair() { # NAME FILE "ARGUMENTS without" "ARGUMENTS with"
	local name=$1 file=$2 i without with
	read -ra without <<<"$3"
	read -ra with <<<"$4"
	: >"$work/a"; : >"$work/b"
	for ((i = 0; i < runs; i++)); do
		cpu without tshark -n -r "$file" "${without[@]}" >>"$work/a"
		cpu with tshark -n -r "$file" "${with[@]}" >>"$work/b"
	done
	awk -v n="$name" -v a="$(median "$work/a")" -v b="$(median "$work/b")" \
		'BEGIN { printf "%-46s %8.3f s %8.3f s %7.3f\n", n, a, b, b / a }'
}

echo "$frames frames of $(basename "$capture"), $(tshark --version 2>/dev/null | head -n 1)"
printf '%-46s %10s %10s %7s\n' 'CPU time, median' without with ratio
pair 'start-up (one frame)' "$work/one.pcap" '' ''
pair 'summary' "$work/some.pcap" '' ''
pair 'summary, -Y remora.ip.ttl==64' "$work/some.pcap" '' '-Y remora.ip.ttl==64'
pair '-Y ip.ttl==64, -Y remora.ip.ttl==64' "$work/some.pcap" '-Y ip.ttl==64' '-Y remora.ip.ttl==64'
pair '-V' "$work/some.pcap" '-V' '-V'
# The same native fields for Wireshark to build: a filter over all that have a name of ours, true at its first word.
natives=$(host with tshark -G fields 2>/dev/null | cut -f 3 | sort -u |
	awk '{ if (sub(/^remora\./, "")) ours[$0]; else theirs[$0] } END { for (key in ours) if (key in theirs) printf "||%s", key }')
pair 'native fields by -Y, -z remora,crosscheck' "$work/some.pcap" "-q -Y frame$natives" '-q -z remora,crosscheck'
echo
memory() { # with|without FILE ARGUMENT…
	local plugins=$1 file=$2
	shift 2
	{ host "$plugins" /usr/bin/env time -f '%M' tshark -n -r "$file" "$@" >/dev/null; } 2>&1 | tail -n 1
}
if command -v time >/dev/null; then
	printf '%-46s %7s kB %7s kB\n' 'memory, one frame' "$(memory without "$work/one.pcap")" "$(memory with "$work/one.pcap")"
	printf '%-46s %7s kB %7s kB\n' "memory, $frames frames" \
		"$(memory without "$work/some.pcap")" "$(memory with "$work/some.pcap")"
	printf '%-46s %7s kB %7s kB\n' "memory, $frames frames, filtered" \
		"$(memory without "$work/some.pcap" -Y ip.ttl==64)" "$(memory with "$work/some.pcap" -Y remora.ip.ttl==64)"
fi
command -v valgrind >/dev/null || exit 0
count() { # with|without FILE ARGUMENT…: instructions
	local plugins=$1 file=$2
	shift 2
	host "$plugins" valgrind --tool=callgrind --callgrind-out-file=/dev/null tshark -n -r "$file" "$@" 2>&1 >/dev/null |
		sed -n 's/.*Collected : //p'
}
each() { # NAME WITHOUT WITH START-WITHOUT START-WITH
	awk -v n="$1" -v a=$(( ($2 - $4) / (counted - 1) )) -v b=$(( ($3 - $5) / (counted - 1) )) \
		'BEGIN { printf "%-46s %10d %10d %7.3f\n", n, a, b, b / a }'
}
echo
printf '%-46s %10s %10s %7s\n' 'instructions' without with ratio
a=$(count without "$work/one.pcap") b=$(count with "$work/one.pcap")
awk -v a="$a" -v b="$b" 'BEGIN { printf "%-46s %8.1f M %8.1f M %7.4f\n", "start-up", a / 1e6, b / 1e6, b / a }'
plain=$(count without "$work/few.pcap")
each 'a frame, summary' "$plain" "$(count with "$work/few.pcap")" "$a" "$b"
each 'a frame, summary, -Y remora.ip.ttl==64' "$plain" "$(count with "$work/few.pcap" -Y remora.ip.ttl==64)" "$a" "$b"
each 'a frame, -Y ip.ttl==64, remora.ip.ttl==64' "$(count without "$work/few.pcap" -Y ip.ttl==64)" "$(count with "$work/few.pcap" -Y remora.ip.ttl==64)" "$a" "$b"
each 'a frame, native fields by -Y, cross-check' "$(count without "$work/few.pcap" -q -Y "frame$natives")" \
	"$(count with "$work/few.pcap" -q -z remora,crosscheck)" \
	"$(count without "$work/one.pcap" -q -Y "frame$natives")" "$(count with "$work/one.pcap" -q -z remora,crosscheck)"
