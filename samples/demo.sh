#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# demo.sh: installs what a build needs and is missing (Debian, Ubuntu), builds remora, and breaks a real capture down.
set -eu
cd "$(dirname "$0")/.."
. tests/need.sh
need $need_build

echo "Building remora (build/release/bin/remora) …"
mkdir -p build
{ cmake --preset release && cmake --build --preset release --target remora-cli; } >build/demo.log 2>&1 || {
	tail -n 40 build/demo.log
	exit 1
}

remora=build/release/bin/remora
capture=samples/captures/first-light.pcapng
show() {
	printf '\n$ remora'
	printf ' %s' "$@"
	printf '\n'
	"$remora" "$@"
}
show read -c 12 "$capture"
show read -T breakdown -c 12 "$capture"
show read -T tree -c 1 "$capture" dns
show read "$capture" 'tcp.flags.syn == 1 && ip.ttl <= 64'

cat <<END

That was $capture. Take your own captures apart in the same way: $remora read FILE
The screen for the terminal, "remora tui", is not built yet; its first version will open here.
END
