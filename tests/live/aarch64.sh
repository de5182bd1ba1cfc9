#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# aarch64.sh: what asks the kernel for things that differ from machine to machine (system calls by number, most of all) compiles
# for a 64-bit ARM, too. Its list of system calls has never run there: its comments give the reasons.
set -eu
cd "$(dirname "$0")/../.."
compiler=aarch64-linux-gnu-gcc
command -v $compiler >/dev/null || { echo "skipped: $compiler is missing"; exit 77; }
for source in analyzer/guard/*.c analyzer/live/*.c analyzer/file/relay.c analyzer/file/nameless.c; do
	# GLib's headers are this machine's, whose types are as wide.
	$compiler -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wconversion -Wshadow -Werror -fsyntax-only -Ianalyzer -Istack/include \
		$(pkg-config --cflags glib-2.0) "$source"
done
