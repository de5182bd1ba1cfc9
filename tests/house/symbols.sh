#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# symbols.sh LIBRARY [TOOLS]: libremora calls nothing but mem* and the compiler's runtime, exports nothing but rem_*, and has
# no variables: all it remembers is its caller's. TOOLS is the prefix of another machine's binutils, "arm-none-eabi-".
set -eu
library=$1
tools=${2:-}
nm=${tools}nm
status=0

defined=$("$nm" --defined-only --extern-only --format=posix "$library" | awk 'NF > 1 { print $1 }' | sort -u)
undefined=$("$nm" --undefined-only --format=posix "$library" | awk 'NF > 1 { print $1 }' | sort -u)
[ -n "$defined" ] || { echo "$library: no symbols at all"; exit 1; }

runtime='mem(cpy|move|set|cmp|chr)|__aeabi_[a-z0-9_]+|__gnu_thumb1_case_[a-z]+|__(clz|ctz|popcount|bswap|ashl|ashr|lshr|mul|u?div|u?mod|u?divmod)[sdt]i[234]?|__cpu_model|_GLOBAL_OFFSET_TABLE_'
for symbol in $undefined; do
	echo "$defined" | grep -qxF -- "$symbol" && continue
	echo "$symbol" | grep -qxE "$runtime" && continue
	echo "$library: calls $symbol"
	status=1
done
for symbol in $defined; do
	case $symbol in
	rem_*) ;;
	*) echo "$library: exports $symbol, which has no rem_ in front"; status=1 ;;
	esac
done
variables=$("${tools}objdump" -h "$library" | awk '
	$2 ~ /^\.(data|bss|tdata|tbss)/ && $2 !~ /^\.data\.rel\.ro/ && $3 !~ /^0+$/ { print $2 }' | sort -u)
for section in $variables; do
	echo "$library: has variables in $section"
	status=1
done
[ $status = 0 ] && echo "$library: $(echo "$defined" | wc -l) symbols, all rem_*; calls nothing but" $(echo "$undefined" | grep -vE '^rem_')
exit $status
