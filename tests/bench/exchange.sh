#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# exchange.sh: what two live stacks in memory spend, Ethernet to TCP, both sides together: instructions, by callgrind. lwIP's
# figures are those of its own two stacks in one process, NO_SYS, as they were measured with gcc -O2 beside lneto; its handshake
# ends with both sides forgetting it, which sends nothing, ours with a reset, which is a frame and has a line of its own.
set -eu
cd "$(dirname "$0")/../.."
program=build/release/tests/exchange
[ -x $program ] || { echo "exchange.sh: $program is missing: cmake --preset release && cmake --build --preset release" >&2; exit 1; }
command -v valgrind >/dev/null || { echo "skipped: valgrind is missing"; exit 77; }

figure() { # NAME FUNCTION LIMIT LWIP
	n=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect="exchange_$2*" $program 200 2>&1 |
		sed -n 's/.*Collected : \([0-9]*\)$/\1/p')
	printf '%-44s %7d %7s %7s\n' "$1" $((n / 200)) "$3" "$4"
}
printf '%-44s %7s %7s %7s\n' instructions remora limit lwIP
figure 'ARP exchange (2 frames, the way looked up)' arp 900 1958
figure 'TCP handshake (listen, open, 3 frames)' handshake 3500 7390
figure 'TCP reset (abort, 1 frame, close, unlisten)' reset - -
figure 'TCP echo of a byte (2 frames)' echo 2500 5077
figure 'SYN cookie (SYN in, SYN,ACK out)' cookie - -
figure 'HTTP request, 4 header lines' head 2500 -
