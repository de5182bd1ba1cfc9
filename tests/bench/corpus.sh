#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# corpus.sh OUTDIR [MEGABYTES]: makes the captures that figures are taken with out of samples/captures alone.
#   mixed.pcap    300 MB (or as said): every Ethernet sample, over and over
#   tenth.pcap    the first tenth of it, for seeing how cost grows
# Each copy of the samples gets new addresses and a later hour, so that no tool takes it for a retransmission; the same call
# makes the same bytes. Needs mergecap, editcap, capinfos (wireshark-common) and tcprewrite (tcpreplay).
set -eu
[ $# = 1 ] || [ $# = 2 ] || { echo "usage: corpus.sh OUTDIR [MEGABYTES]" >&2; exit 1; }
for program in mergecap editcap capinfos tcprewrite; do
	command -v $program >/dev/null || { echo "corpus.sh: $program is missing: apt-get install tcpreplay wireshark-common" >&2; exit 1; }
done
mkdir -p "$1"
out=$(cd "$1" && pwd)
megabytes=${2:-300}
cd "$(dirname "$0")/../../samples/captures"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# tcprewrite knows Ethernet.
ethernet=
for file in *.pcapng *.pcapng.*; do
	case $(capinfos -E "$file" 2>/dev/null) in
	*"Ethernet"*) ethernet="$ethernet $file" ;;
	esac
done
mergecap -a -F pcap -s 65535 -w "$work/block.pcap" $ethernet
size=$(wc -c < "$work/block.pcap")
copies=$(( (megabytes * 1000000 + size - 1) / size ))

# The samples were not recorded at one go; an hour for each copy keeps them apart.
copy=1
while [ $copy -le $copies ]; do
	tcprewrite --seed=$copy --fixcsum --infile="$work/block.pcap" --outfile="$work/copy.pcap" 2>"$work/log" ||
		{ cat "$work/log" >&2; exit 1; }
	editcap -F pcap -t $((copy * 3600)) "$work/copy.pcap" "$work/$(printf %05d $copy).pcap"
	copy=$((copy + 1))
done
rm "$work/block.pcap" "$work/copy.pcap"
mergecap -a -F pcap -w "$out/mixed.pcap" "$work"/*.pcap
packets=$(capinfos -TrcM "$out/mixed.pcap" | cut -f 2)
editcap -F pcap -r "$out/mixed.pcap" "$out/tenth.pcap" 1-$((packets / 10))
capinfos -TMcsz "$out/mixed.pcap" "$out/tenth.pcap"
