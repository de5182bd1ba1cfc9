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
	for word; do
		case $word in
		*[!A-Za-z0-9./:=-]*) printf " '%s'" "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	printf '\n'
	"$remora" "$@"
}
show read "$capture"
show read -T breakdown --us 192.0.2.100 --us 02:00:00:00:00:01 -c 6 "$capture"
show read -T tree -x "$capture" 'frame.number == 15'
show read "$capture" 'tcp.flags.syn == 1 && ip.src != 192.0.2.80'

cat <<END

That was $capture. Look through it, or through one of your own, in this terminal (? shows every key):

  $remora tui $capture
END
