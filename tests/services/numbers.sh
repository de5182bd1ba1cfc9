#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# numbers.sh BIN: how hard nmap finds it to predict our initial sequence numbers: 250 at least.
. "$(dirname "$0")/net.sh"
command -v nmap >/dev/null || skip "nmap is missing"

background webserver "$bin/webserver" -i tap0 --no-breakdown
until_true at ping -c 1 -W 1 192.168.10.2
at nmap -n -Pn -O -v --max-os-tries 1 -p 80,81 192.168.10.2 >"$dir/nmap.log" 2>&1 || die "nmap has failed"
difficulty=$(sed -n 's/^TCP Sequence Prediction: Difficulty=\([0-9]*\).*/\1/p' "$dir/nmap.log")
[ "${difficulty:-0}" -ge 250 ] || die "nmap rates our sequence numbers ${difficulty:-not at all}"
echo "TCP Sequence Prediction: Difficulty=$difficulty"
