/* SPDX-License-Identifier: BSD-3-Clause */
/* The options that every command which captures has, into members of the same names. */
#ifndef CMD_CAPTURE_OPTIONS_H
#define CMD_CAPTURE_OPTIONS_H

/* clang-format off */
#define CAPTURE_OPTIONS(given) \
	{"ring-buffer", 'b', 0, G_OPTION_ARG_STRING_ARRAY, &(given).ring, \
	 "Turn to another file of -w after duration:SECONDS, interval:SECONDS, filesize:KB or packets:N; files:N keeps the last N of them", \
	 "LIMIT"}, \
	{"snapshot-length", 's', 0, G_OPTION_ARG_INT, &(given).snaplen, \
	 "Keep so many bytes of each packet; 0: all", "BYTES"}, \
	{"buffer-size", 'B', 0, G_OPTION_ARG_INT, &(given).buffer_mib, \
	 "Let the kernel keep so much for us (8)", "MIB"}, \
	{"no-promiscuous-mode", 'p', 0, G_OPTION_ARG_NONE, &(given).not_promiscuous, \
	 "See only what is for this machine", NULL}
/* clang-format on */

#endif
