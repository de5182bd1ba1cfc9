#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# target.sh PRESET BINARY_DIR: build libremora by one of the presets stack, m0plus and s390x, run there what can run there,
# and look at the symbols: nothing undefined but mem* and the compiler's own runtime, nothing exported without rem_, no variables.
set -eu
preset=$1
build=$2/targets/$preset
cd "$(dirname "$0")/../.."

case $preset in
stack) tools= runs=yes ;;
m0plus) tools=arm-none-eabi- runs= ;;
s390x) tools=s390x-linux-gnu- runs=yes ;;
esac

missing() {
	echo "skipped: $1 is missing"
	exit 77
}
[ -z "$tools" ] || command -v ${tools}gcc >/dev/null || missing ${tools}gcc
if [ "$preset" = s390x ]; then
	command -v qemu-s390x >/dev/null || command -v qemu-s390x-static >/dev/null || missing qemu-s390x
fi

cmake --preset "$preset" -B "$build"
cmake --build "$build"
[ -z "$runs" ] || ctest --test-dir "$build" --output-on-failure
sh tests/house/symbols.sh "$build/libremora.a" "$tools"

# A machine of the other byte order must say the same of every sample.
if [ "$preset" = s390x ]; then
	captures=$(find samples/captures -name '*.pcapng' | sort)
	"$2/targets/stack/tests/dump" $captures >"$build/native.txt"
	$(command -v qemu-s390x || command -v qemu-s390x-static) "$build/tests/dump" $captures >"$build/s390x.txt"
	cmp "$build/native.txt" "$build/s390x.txt"
	echo "$(wc -l <"$build/native.txt") lines about the samples, the same in both byte orders"
fi

# So must an older processor, which has none of what is asked for when a program runs.
if [ "$preset" = stack ] && [ "$(uname -m)" = x86_64 ] && command -v qemu-x86_64 >/dev/null; then
	qemu-x86_64 -cpu Nehalem "$build/tests/unit-sum"
	qemu-x86_64 -cpu Nehalem "$build/tests/dump" samples/captures/*.pcapng >"$build/older.txt"
	"$build/tests/dump" samples/captures/*.pcapng | cmp - "$build/older.txt"
	echo "$(wc -l <"$build/older.txt") lines about the samples, the same on a processor of 2008"
fi

# What firmware without names is made of must compile as well.
if [ "$preset" = m0plus ]; then
	cmake --preset "$preset" -B "$build-no-names" -DREMORA_NAMES=OFF -DBUILD_TESTING=OFF
	cmake --build "$build-no-names"
	sh tests/house/symbols.sh "$build-no-names/libremora.a" "$tools"
fi
