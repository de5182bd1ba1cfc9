/* SPDX-License-Identifier: BSD-3-Clause */
/* How long, large or many: what ends a capture (-a), or a file of it (-b), and how far one has come. */
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

/* What a file has come to. */
struct limits_file {
	uint64_t packets;
	int64_t began_us, slot;
};

/* A file begins now. */
struct limits_file limits_begin(const struct limits *l);
/* Is it full, of what it holds? */
bool limits_are_full(const struct limits *l, const struct limits_file *f, uint64_t bytes);
/* Microseconds until it is over by the clock; 0: it is, INT64_MAX: it never is. */
int64_t limits_left_us(const struct limits *l, const struct limits_file *f);

#endif
