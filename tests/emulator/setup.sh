#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# setup.sh PART FOLDER: what the emulator's tests need, once a build, into FOLDER. `modules`: rp2040js from npm and our boot ROM.
# `firmware`: images of the radio's size with nothing in them, and the firmware for a Pico W around them, `firmware2`: for a
# Pico 2 W. `library`: the sample of a project that links the library.
set -eu
part=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$folder"
skip() {
	echo "skipped: $*"
	exit 77
}
command -v node >/dev/null || skip "there is no node"
command -v arm-none-eabi-gcc >/dev/null || skip "there is no arm-none-eabi-gcc"

modules() {
	command -v npm >/dev/null || skip "there is no npm"
	cp "$here/package.json" "$here/package-lock.json" "$folder/"
	(cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1) ||
		skip "npm does not bring rp2040js, $folder/npm.log says why"
	arm-none-eabi-gcc -nostdlib -Wl,-Ttext=0,--entry=0 -o "$folder/bootrom.elf" "$here/bootrom.S"
	arm-none-eabi-objcopy -O binary "$folder/bootrom.elf" "$folder/bootrom.bin"
	echo "boot ROM: $(wc -c <"$folder/bootrom.bin") bytes"
}

firmware() {
	if [ -z "${PICO_SDK_PATH:-}" ]; then
		line=$(sh "$root/samples/pico_w/get-sdk.sh" 2>"$folder/sdk.log") ||
			skip "the Pico SDK cannot be had, $folder/sdk.log says why"
		export "$line"
	fi
	node "$here/images.js" "$folder"
	build "$root" pico_w
}

# The same for a Pico 2 W, which nothing here can run.
firmware2() {
	[ -e "$folder/firmware.bin" ] || skip "there are no images, pico-build says why"
	[ -n "${PICO_SDK_PATH:-}" ] || export "$(sh "$root/samples/pico_w/get-sdk.sh")"
	[ -e "$PICO_SDK_PATH/src/boards/include/boards/pico2_w.h" ] || skip "this Pico SDK knows no Pico 2 W"
	build "$root" pico2_w pico2_w
}

# The project of a user who links the library.
library() {
	[ -e "$folder/firmware.bin" ] || skip "there are no images, pico-build says why"
	[ -n "${PICO_SDK_PATH:-}" ] || export "$(sh "$root/samples/pico_w/get-sdk.sh")"
	build "$root/samples/pico_w/minimal" minimal
}

build() {
	cmake -S "$1" -B "$folder/$2" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel -DPICO_BOARD="${3:-pico_w}" -DBUILD_TESTING=OFF \
		-DCYW43_FIRMWARE="$folder/firmware.bin" -DCYW43_CLM="$folder/clm.bin" -DCYW43_NVRAM="$folder/nvram.txt" \
		>"$folder/$2.log" 2>&1 || { tail -n 30 "$folder/$2.log"; exit 1; }
	cmake --build "$folder/$2" >>"$folder/$2.log" 2>&1 || { tail -n 40 "$folder/$2.log"; exit 1; }
	tail -n 2 "$folder/$2.log"
}

"$part"
