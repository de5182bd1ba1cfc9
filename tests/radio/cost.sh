#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# cost.sh FOLDER: instructions that the radio's driver takes on this machine for a full frame in and for one out, the bus not
# counted. What is measured is built in FOLDER, with -O2. More than was once enough is a failure.
set -eu
folder=$1
cd "$(dirname "$0")/../.."
command -v valgrind >/dev/null || { echo "skipped: valgrind is missing"; exit 77; }

mkdir -p "$folder"
${CC:-cc} -std=c11 -O2 -DNDEBUG -Istack/include -Istack stack/drivers/cyw43439/*.c stack/core/tlv.c tests/radio/cost.c -o "$folder/cost"
count() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$folder/cost" "$@" 2>&1 | sed -n 's/.*Collected : //p'
}
status=0
for way in in out; do
	each=$((($(count $way 2000) - $(count $way 1000)) / 1000))
	[ $way = in ] && limit=340 || limit=160
	echo "a full frame $way: $each instructions, at most $limit"
	[ $each -le $limit ] || status=1
done
exit $status
