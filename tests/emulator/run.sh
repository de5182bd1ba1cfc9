#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# run.sh FOLDER TEST.js ARGUMENTS…: runs a test of the emulator with what setup.sh has put into FOLDER.
set -eu
folder=$1
test=$2
shift 2
skip() {
	echo "skipped: $*"
	exit 77
}
command -v node >/dev/null || skip "there is no node"
[ -e "$folder/node_modules/rp2040js/package.json" ] || skip "there is no rp2040js, emulator-modules says why"
[ -e "$folder/pico_w/bin/remora.uf2" ] || skip "there is no firmware, pico-build says why"
REMORA_EMULATOR=$folder exec node "$(dirname "$0")/$test" "$@"
