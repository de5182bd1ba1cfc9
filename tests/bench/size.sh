#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# size.sh: what libremora costs in the flash of a Cortex-M0+, in bytes: whole programs, linked without what they do not use,
# the compiler's runtime included and a start-up of nothing; then each file of the library by itself; then two firmwares, with
# their stack.
set -eu
cd "$(dirname "$0")/../.."
command -v arm-none-eabi-gcc >/dev/null || { echo "skipped: arm-none-eabi-gcc is missing"; exit 77; }

for names in ON OFF; do
	dir=build/m0plus/names-$names
	cmake --preset m0plus -B "$dir" -DREMORA_NAMES=$names -DBUILD_TESTING=OFF >/dev/null
	cmake --build "$dir" --target remora >/dev/null
done

# program FILE NAMES [SYMBOL...]: its flash and its RAM; the symbols are kept though nobody calls them
program() {
	file=$1
	names=$2
	shift 2
	dir=build/m0plus/names-$names
	define=
	[ "$names" = ON ] || define=-DREM_NO_NAMES
	arm-none-eabi-gcc -std=c11 -Wall -Werror -mcpu=cortex-m0plus -mthumb -Os -ffreestanding -ffunction-sections -fdata-sections $define \
		-Istack/include --specs=nano.specs -nostartfiles -Wl,--gc-sections -Wl,-e,main \
		$(printf -- '-Wl,-u,%s ' main "$@") "tests/bench/size/$file.c" "$dir/libremora.a" -o "$dir/$file"
	arm-none-eabi-size "$dir/$file" | awk 'NR == 2 { printf "%9d %9d\n", $1 + $2, $2 + $3 }'
}

# firmware NAME FILE TEXT STATE STACK [OPTION]: a whole program for the live stack, IPv4 alone, as small as a build may choose: text, what
# of its memory is not the frame's buffer, and its stack at the deepest. None may be more than it is allowed here.
firmware() {
	name=$1
	file=$2
	dir=build/m0plus/firmware
	# What gcc does under -Os to be faster costs registers, of which there are eight; what it puts together costs calls.
	cut="-fno-expensive-optimizations -fno-tree-loop-im -fno-move-loop-invariants -fno-tree-ch -fno-tree-coalesce-vars -fno-jump-tables
		-fno-tree-slsr -fno-tree-scev-cprop -fno-tree-tail-merge -fno-tree-pta -fno-ipa-pure-const -frename-registers --param=uninlined-function-insns=0"
	options="-DREM_NO_NAMES -DREM_ADDR_BYTES=4 -DREM_DHCP_LIST=1 -DREM_DNS_SERVERS=1 -DREM_DNS_ADDRESSES=1 -DREM_HOST_ADDRESSES=1
		-DREM_HOST_ROUTES=1 -DREM_HOST_LINK_SEATS=2 -DREM_HOST_IP_SEATS=3 -DREM_TCP_RANGES=4 -DREM_HTTP_SIZE=uint32_t"
	CFLAGS="-flto -ffat-lto-objects $(echo $cut $options)" cmake --fresh --preset m0plus -B "$dir" -DREMORA_NAMES=OFF -DBUILD_TESTING=OFF >/dev/null
	cmake --build "$dir" --target remora >/dev/null
	flags="-std=c11 -Wall -Werror -Os -ffreestanding -fcallgraph-info=su $(sed -n 's/^CMAKE_C_FLAGS:STRING=//p' "$dir/CMakeCache.txt")"
	arm-none-eabi-gcc $flags -fno-lto -fno-tree-loop-distribute-patterns -c tests/bench/size/mem.c -o "$dir/mem.o"
	arm-none-eabi-gcc $flags -flto-partition=one -Istack/include --specs=nano.specs -nostartfiles \
		-Wl,--gc-sections -Wl,-e,main -Wl,-u,main -Wl,--defsym=device=0x40000000 -dumpdir "$dir/$file." \
		${6-} "tests/bench/size/$file.c" "$dir/mem.o" "$dir/libremora.a" -o "$dir/$file"
	deepest=$(python3 tests/bench/size/stack.py "$dir/$file" "$dir/mem.ci" "$dir/$file.ltrans0.ltrans.ci")
	echo "$name, by link-time optimization and the flags of this script alone: -Os $(echo $cut)" | fold -s -w 120
	echo "the deepest chain of calls of $name: ${deepest#* }" | fold -s -w 120
	arm-none-eabi-size "$dir/$file" | awk -v name="$name" -v frame=1514 -v stack="${deepest%% *}" -v most="$3 $4 $5" 'NR == 2 {
		split(most, may)
		t = $1 + $2
		s = $2 + $3 - frame
		print name, t, s
		print name "-stack", stack
		if (t > may[1] || s > may[2] || stack + 0 > may[3]) {
			print name " may have " may[1] " bytes of text, " may[2] " of state and " may[3] " of stack"
			exit 1
		}
	}'
}

checks=$(arm-none-eabi-nm --defined-only --format=posix build/m0plus/names-OFF/libremora.a | sed -n 's/^\(rem_[a-z0-9_]*_check\) T.*/\1/p')
alone=$(program checks OFF $checks)
without=$(program decode OFF)
with=$(program names ON)
printf '%-44s %9s %9s\n' "Cortex-M0+, gcc $(arm-none-eabi-gcc -dumpversion), -Os" flash RAM
printf '%-44s %s\n' "checks alone ($(echo $checks | wc -w) protocols)" "$alone"
printf '%-44s %s\n' "all decoders, no names" "$without"
printf '%-44s %s\n' "all decoders, with names and text" "$with"


# The driver of the Pico W's radio, but for its names, has a limit.
driver=$(find build/m0plus/names-OFF -path '*drivers/cyw43439*' -name '*.obj' ! -name 'names.*' -exec arm-none-eabi-size {} + |
	awk '$1 ~ /^[0-9]/ { sum += $1 + $2 } END { print sum }')
printf '%-44s %9d\n' "driver of the CYW43439, by itself" "$driver"
[ "$driver" -le 8000 ] || { echo "that is more than 8000 bytes"; exit 1; }

echo
printf '%-24s %9s %9s\n' "file of the library" "no names" "names"
files() {
	arm-none-eabi-size "build/m0plus/names-$1/libremora.a" | awk 'NR > 1 { sub(/\.obj$|\.o$/, "", $6); print $6, $1 + $2 }' | sort
}
files OFF >build/m0plus/sizes-OFF
files ON >build/m0plus/sizes-ON
join build/m0plus/sizes-OFF build/m0plus/sizes-ON | awk '
	{ printf "%-24s %9d %9d\n", $1, $2, $3; off += $2; on += $3 }
	END { printf "%-24s %9d %9d\n", "all", off, on }'

echo
firmware udp-set udp_set 13940 1024 880
firmware tcp-http tcp_http 30000 9200 1300
# Of HTTP, that links what its routes use: who takes bodies, and makes answers as they go, pays for it.
firmware tcp-http-bodies tcp_http 30940 9200 1300 -DFULL
