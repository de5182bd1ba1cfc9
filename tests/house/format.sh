#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# format.sh [--fix]: the C files of the tree look as .clang-format says; --fix makes them.
set -eu
cd "$(dirname "$0")/../.."
command -v clang-format >/dev/null || { echo "skipped: clang-format is missing"; exit 77; }

rooms=
for room in stack analyzer tui plugin samples tests; do
	[ ! -d $room ] || rooms="$rooms $room"
done
if [ "${1:-}" = --fix ]; then
	find $rooms -name '*.[ch]' -exec clang-format -i {} +
else
	find $rooms -name '*.[ch]' -exec clang-format --dry-run -Werror --ferror-limit=3 {} +
fi
