/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines of packetdrill's language, taken apart. */
#ifndef TESTS_TCP_PLAY_H
#define TESTS_TCP_PLAY_H

#include "packetdrill.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PACKET_OPTIONS = 40, WORDS = 8 };

/* A segment as a script writes it: "S. 0:0(0) ack 1 win 1000 <mss 1000,sackOK>". Its numbers are as they
 * stand there; options are bytes as on the wire. */
struct segment {
	uint8_t flags;
	uint32_t seq, len, ack;
	int32_t win;             /* -1: any */
	uint8_t option[PACKET_OPTIONS];
	uint32_t options;        /* bytes */
	bool any_options;        /* <...> */
};

/* A call: "read(4, ..., 1000) = -1 EAGAIN (…)". */
struct call {
	const char *name, *arg[WORDS];
	int args;
	long result;
	const char *error;       /* NULL: none */
};

extern const char *play_file;
extern int play_line;
_Noreturn void play_fail(const char *format, ...);

/* Both change the text. */
void read_segment(char *text, struct segment *s);
void read_call(char *text, struct call *c);

/* Numbers of names: SOL_SOCKET, O_RDWR|O_NONBLOCK, 17, EAGAIN. */
long symbol(const char *text);
const char *error_name(int error);

/* Makes the call of the table, and compares what it says. */
void make_call(struct packetdrill_interface *table, const struct call *c);

#endif
