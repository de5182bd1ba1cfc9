/* SPDX-License-Identifier: BSD-3-Clause */
/* How long, large or many: what ends a capture (-a), or a file of it (-b). */
#ifndef LIVE_LIMITS_H
#define LIVE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

/* 0: no limit. */
struct limits {
	int64_t duration_us;
	int64_t interval_us; /* at the clock's multiples of it */
	uint64_t bytes;
	uint64_t packets;
	uint64_t files;
};

/*
 * Takes "duration:2.5" (seconds), "filesize:1000" (thousands of bytes), "packets:5", "files:3" or,
 * if it is allowed, "interval:60" (seconds). False: it is none of them.
 */
bool limits_take(struct limits *l, const char *text, bool interval);

#endif
