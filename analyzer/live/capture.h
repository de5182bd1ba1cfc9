/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The process that captures: libpcap on one interface, from the kernel into a ring. It has nothing
 * else to do, so whoever takes packets apart slowly does not make the kernel drop them, and who
 * does it wrongly has no socket in hand.
 */
#ifndef LIVE_CAPTURE_H
#define LIVE_CAPTURE_H

#include "live/ring.h"

enum {
	CAPTURE_NAME = 128,
	CAPTURE_FILTER = 4096,
	CAPTURE_TEXT = 1024,
	CAPTURE_SNAPLEN = 262144,
	CAPTURE_BUFFER_MIB = 8,
	CAPTURE_BUFFER_MIB_MOST = 2047,
	CAPTURE_RING = 16 << 20, /* bytes */
};

/* What is to be captured. Texts end in a zero byte; all of it crosses from process to process. */
struct capture_request {
	char interface[CAPTURE_NAME];
	char filter[CAPTURE_FILTER]; /* BPF; empty: everything */
	char linktype[CAPTURE_NAME]; /* libpcap's name; empty: the interface's own */
	uint32_t snaplen;            /* 1 to CAPTURE_SNAPLEN */
	uint32_t buffer_mib;         /* the kernel's; 1 to CAPTURE_BUFFER_MIB_MOST */
	uint8_t promiscuous, monitor; /* 0 or 1 */
	uint8_t sandbox;             /* 1: rights are given up once all is open */
	uint8_t filter_may_fail;      /* 1: without the filter where it does not fit the link type */
};

/* Its first word, over the line. */
struct capture_hello {
	uint8_t running;         /* else text says why not */
	uint8_t nanoseconds, filtered;
	uint16_t linktype;       /* LINKTYPE_ value */
	uint32_t snaplen;
	char text[CAPTURE_TEXT];
};

/* What connects with it; -1: nothing. */
struct capture_line {
	int line;   /* a byte here says that there is news; the end of it, that the process is gone */
	int memory; /* of the ring */
};

/* Is it one that capture_start can be handed, whoever wrote it? */
bool capture_request_is_good(const struct capture_request *q);
/* Starts the process. False: see errno. */
bool capture_start(const struct capture_request *q, struct capture_line *l);
void capture_line_close(struct capture_line *l);

/* What the process does, in a process of its own, until the other end of the line closes. */
struct capture;
struct capture *capture_open(const struct capture_request *q, struct capture_hello *hello);
void capture_close(struct capture *c);
/* Says why not; false. The format is printf's. */
bool capture_refuse(struct capture_hello *hello, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool capture_filter(struct capture *c, struct capture_hello *hello);
void capture_serve(struct capture *c, struct ring *r, int line);

#endif
