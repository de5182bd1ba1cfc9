#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# run.sh [CAPTURE]: what reading costs, remora beside its peers in the same run. Prints figures, judges nothing.
# CPU seconds are user + system of the whole process, the least of RUNS (3) turns, in each of which a program runs again until
# it has had a fifth of a second, so that the least of a short one is no less certain; instructions are callgrind's.
# Without a CAPTURE a corpus is made from samples/captures (tests/bench/corpus.sh). Needs build/release, tshark, tcpdump, valgrind.
set -eu
cd "$(dirname "$0")/../.."
remora=build/release/bin/remora
runs=${RUNS:-3}
[ -x $remora ] || { echo "run.sh: $remora is missing: cmake --preset release && cmake --build --preset release" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
capture=${1:-}
if [ -z "$capture" ]; then
	sh tests/bench/corpus.sh "$work" 40
	capture=$work/mixed.pcap
fi
short=$work/short.pcap                  # what slow peers are given
editcap -F pcap -r "$capture" "$short" 1-20000
editcap -F pcap -r "$capture" "$work/first.pcap" 1

cpu() { # COMMAND…: user + system seconds of one run
	local t
	t=$( { TIMEFORMAT='%3U %3S'; time "$@" >/dev/null 2>&1; } 2>&1 )
	awk '{ printf "%.3f\n", $1 + $2 }' <<<"$t"
}
turn() { # FILE COMMAND…: notes what each run takes
	local into=$1 had=0 t
	shift
	while [ $had -lt 200 ]; do      # milliseconds, and one for each start
		t=$(cpu "$@")
		echo "$t" >> "$into"
		had=$((had + 10#${t/./} + 1))
	done
}
least() { sort -n "$1" | head -n 1; }

pair() { # NAME FILE OURS… -- THEIRS…: both in turn
	local name=$1 file=$2 ours=() theirs=() i
	shift 2
	while [ "$1" != -- ]; do ours+=("$1"); shift; done
	shift
	theirs=("$@")
	: > "$work/a"; : > "$work/b"
	for ((i = 0; i < runs; i++)); do
		turn "$work/a" "${ours[@]}" "$file"
		turn "$work/b" "${theirs[@]}" -r "$file"
	done
	awk -v n="$name" -v a="$(least "$work/a")" -v b="$(least "$work/b")" -v t="${theirs[*]}" \
		'BEGIN { printf "%-34s %8.3f s %8.3f s %7.1f x   %s\n", n, a, b, b / (a > 0 ? a : 0.001), t }'
	echo "$(least "$work/a") $(least "$work/b")" > "$work/last"
}

fields() { # WHAT OURS THEIRS SECONDS-FILE: what a field costs each of the two
	awk -v w="$1" -v a="$2" -v b="$3" '{ printf "%-34s %8.1f ns %7.1f ns %6.1f x   of %d and %d fields\n",
		w, $1 / a * 1e9, $2 / b * 1e9, $2 / b / ($1 / a), a, b }' "$4"
}

packets=$($remora read -T fields -e frame.number "$capture" | tail -n 1)
echo "$packets packets, $(wc -c < "$capture") bytes; peers that print trees get the first 20,000 packets"
echo
printf '%-34s %10s %10s %9s\n' 'CPU time' remora peer ratio
pair 'a line a packet' "$capture" $remora read -- tcpdump -nn
pair 'a line a packet' "$capture" $remora read -- tshark -n
pair 'a line a packet (20,000)' "$short" $remora read -- tshark -n
pair 'tree (20,000)' "$short" $remora read -V -- tshark -n -V
mv "$work/last" "$work/tree"
pair 'JSON (20,000)' "$short" $remora read -T json -- tshark -n -T json
mv "$work/last" "$work/json"
ours=$($remora read -V "$short" | grep -cE '^ +[0-9]+\.[0-7] |^ {15}[A-Z]' || true)
theirs=$(tshark -n -V -r "$short" 2>/dev/null | grep -c '^ ' || true)
fields 'a field of the tree' "$ours" "$theirs" "$work/tree"        # rows below a layer's heading
ours=$($remora read -T json "$short" | grep -oE '"[a-z_0-9.]+":' | wc -l)
theirs=$(tshark -n -T json -r "$short" 2>/dev/null | grep -cE '^ {10,}"' || true)
fields 'a key of the JSON' "$ours" "$theirs" "$work/json"
echo
printf '%-34s %10s\n' 'CPU time of a filter' seconds
for filter in 'ip.ttl < 60' 'tcp.flags.syn == 1 && ip.src == 10.0.0.0/8' 'dns' 'tcp.port in {80, 443}'; do
	printf '%-44s %8.3f\n' "$filter" "$(for i in 1 2 3; do cpu $remora read -w /dev/null -F pcap -Y "$filter" "$capture"; done | sort -n | head -n 1)"
done
echo
echo "memory: $( { command time -f '%M kB at most' $remora read -T none "$capture" > /dev/null; } 2>&1 )"
if command -v valgrind >/dev/null; then
	instructions() { # ARGUMENT…: what callgrind counts
		valgrind --tool=callgrind --callgrind-out-file=/dev/null $remora read "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
	}
	some=$($remora read -T fields -e frame.number "$short" | tail -n 1)
	for form in 'none' 'none --subfields 1' 'line'; do      # beyond what a single packet takes
		n=$(($(instructions -T $form "$short") - $(instructions -T $form "$work/first.pcap")))
		echo "instructions a packet, -T $form: $((n / (some - 1)))"
	done
fi
